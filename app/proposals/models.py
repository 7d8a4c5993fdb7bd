"""Proposals, their revisions with the changes they put forward, and what became of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.definitions.models import KINDS, Clause, Definition, Wording
from app.kit.db import Base
from app.people.models import Person


class Proposal(Base):
    """Put forward by a person against a definition; its words stand in its revisions."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("definition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    number: Mapped[int]
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    at: Mapped[datetime]

    definition: Mapped[Definition] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
    revisions: Mapped[list["Revision"]] = relationship(
        lazy="raise", order_by="Revision.number", back_populates="proposal"
    )
    seconds: Mapped[list["Second"]] = relationship(
        lazy="raise", order_by="Second.at, Second.person_id"
    )
    withdrawal: Mapped["Withdrawal | None"] = relationship(lazy="raise")
    adoption: Mapped["Adoption | None"] = relationship(lazy="raise")
    rejection: Mapped["Rejection | None"] = relationship(lazy="raise")
    stake: Mapped["Stake | None"] = relationship(lazy="raise")
    conflicts: Mapped[list["Conflict"]] = relationship(lazy="raise", order_by="Conflict.at")


class Revision(Base):
    """One immutable state of a proposal's words. ``hash`` names what a vote on it is bound to:
    base text, title and changes in canonical form."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    rationale: Mapped[str] = mapped_column(Text, comment="Markdown")
    rationale_html: Mapped[str] = mapped_column(Text)
    base_text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    proposal: Mapped[Proposal] = relationship(lazy="raise", back_populates="revisions")
    changes: Mapped[list["ProposedChange"]] = relationship(
        lazy="raise", order_by="ProposedChange.position", back_populates="revision"
    )


class ProposedChange(Base):
    """One reword, add, strike or move that a revision puts forward.

    reword: clause, from, to. strike: clause, from. add: to, kind, place. move: clause, place.
    The place is ``after`` (a clause of the base text; none: at the very beginning) and ``depth``.
    """

    __tablename__ = "proposed_changes"
    __table_args__ = (
        CheckConstraint("verb IN ('reword', 'add', 'strike', 'move')", name="verb"),
        CheckConstraint(f"kind IS NULL OR kind IN {KINDS}", name="kind"),
        CheckConstraint("(verb = 'add') = (clause_id IS NULL)", name="clause"),
        CheckConstraint("(verb IN ('reword', 'add')) = (to_hash IS NOT NULL)", name="to_hash"),
        UniqueConstraint("revision_id", "position"),
        Index("ix_proposed_changes_clause", "clause_id"),
        Index("ix_proposed_changes_after", "after_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    position: Mapped[int]
    verb: Mapped[str] = mapped_column(String(8))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"))
    from_hash: Mapped[str | None] = mapped_column(ForeignKey("wordings.hash"))
    to_hash: Mapped[str | None] = mapped_column(ForeignKey("wordings.hash"))
    kind: Mapped[str | None] = mapped_column(String(10))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"))
    depth: Mapped[int | None]

    revision: Mapped[Revision] = relationship(lazy="raise", back_populates="changes")
    clause: Mapped[Clause | None] = relationship(lazy="raise", foreign_keys=[clause_id])
    after: Mapped[Clause | None] = relationship(lazy="raise", foreign_keys=[after_id])
    from_wording: Mapped[Wording | None] = relationship(lazy="raise", foreign_keys=[from_hash])
    to_wording: Mapped[Wording | None] = relationship(lazy="raise", foreign_keys=[to_hash])


class Second(Base):
    """A member stands behind a proposal. Taking it back removes the row; the record keeps both."""

    __tablename__ = "seconds"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")


class Stake(Base):
    """A ballot is on a revision, open or still to open: its words stand still until it has closed.

    The key lets one ballot at a time be on a proposal. Written when a ballot is set, removed when
    its closing adopts or rejects.
    """

    __tablename__ = "stakes"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    ballot_number: Mapped[int]
    since: Mapped[datetime]


class Withdrawal(Base):
    """Its author took a proposal back."""

    __tablename__ = "withdrawals"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class Adoption(Base):
    """A proposal's changes are in the text: through which step, and merged or as they stood."""

    __tablename__ = "adoptions"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), comment="the text it led to")
    step: Mapped[int] = mapped_column(comment="of the definition's changes")
    merged: Mapped[bool] = mapped_column(comment="the clause had changed since; a clean merge")
    at: Mapped[datetime]


class Rejection(Base):
    """A ballot on a proposal did not carry."""

    __tablename__ = "rejections"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, comment="the outcome in a sentence")
    at: Mapped[datetime]


class Held(Base):
    """Against which working text the proposals under way of a definition were held last. ``since``
    is that text's own: an older text that is the newest again is one that they are held against
    anew."""

    __tablename__ = "held_texts"

    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    since: Mapped[datetime]


class Conflict(Base):
    """A revision can't be merged with what a clause has become; its author's next one ends it."""

    __tablename__ = "conflicts"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), comment="it conflicts with this")
    at: Mapped[datetime]

    clause: Mapped[Clause] = relationship(lazy="raise")
