"""Ballots with their rule card, the roll, votes, extensions, closings and ratifications."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.ballots.counting import Base as CountedIn, RuleCard, Tally
from app.ballots.receipts import Leaf
from app.definitions.models import Definition, Version
from app.kit.db import Base
from app.people.models import Person
from app.proposals.models import Proposal, Revision

CHOICES = ("yes", "no", "abstain")


class Ballot(Base):
    """A question on a proposal's revision, or on ratifying a version, with its rule card.

    The card: carried if yes / base is at least (``threshold_strict``: more than) the threshold, if
    no more than ``noes_max`` people say no, and if ``quorum`` of the roll has voted. All fractions
    are kept as two integers. ``words_hash`` names the words at stake: the revision's hash, or the
    version's text hash. ``closes_at`` is exclusive, and moves only by an extension.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        CheckConstraint("(proposal_id IS NULL) <> (version_id IS NULL)", name="one_subject"),
        CheckConstraint("(proposal_id IS NULL) = (revision_id IS NULL)", name="revision"),
        CheckConstraint("threshold_base IN ('yes_no', 'cast', 'roll')", name="threshold_base"),
        CheckConstraint(
            "threshold_denominator > 0 AND threshold_numerator BETWEEN 0 AND threshold_denominator",
            name="threshold",
        ),
        CheckConstraint(
            "quorum_denominator > 0 AND quorum_numerator BETWEEN 0 AND quorum_denominator",
            name="quorum",
        ),
        CheckConstraint("noes_max IS NULL OR noes_max >= 0", name="noes_max"),
        CheckConstraint("names_shown IN ('open', 'closed', 'never')", name="names_shown"),
        CheckConstraint("counts_shown IN ('open', 'closed')", name="counts_shown"),
        CheckConstraint("closes_at > opens_at", name="window"),
        UniqueConstraint("definition_id", "number"),
        Index("ix_ballots_proposal", "proposal_id"),
        Index("ix_ballots_version", "version_id"),
        Index("ix_ballots_closes_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    number: Mapped[int]
    question: Mapped[str] = mapped_column(String(300))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    words_hash: Mapped[str] = mapped_column(String(64))
    preset: Mapped[str] = mapped_column(String(30), default="custom")
    threshold_numerator: Mapped[int]
    threshold_denominator: Mapped[int]
    threshold_strict: Mapped[bool]
    threshold_base: Mapped[str] = mapped_column(String(6))
    quorum_numerator: Mapped[int]
    quorum_denominator: Mapped[int]
    noes_max: Mapped[int | None]
    names_shown: Mapped[str] = mapped_column(String(6))
    counts_shown: Mapped[str] = mapped_column(String(6))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]

    definition: Mapped[Definition] = relationship(lazy="raise")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")
    revision: Mapped[Revision | None] = relationship(lazy="raise")
    version: Mapped[Version | None] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
    roll: Mapped[list["RollEntry"]] = relationship(lazy="raise", back_populates="ballot")
    extensions: Mapped[list["Extension"]] = relationship(lazy="raise", order_by="Extension.at")
    closing: Mapped["Closing | None"] = relationship(lazy="raise", back_populates="ballot")

    @property
    def card(self) -> RuleCard:
        """The rule card, as it was frozen when the ballot opened."""
        base: dict[str, CountedIn] = {"yes_no": "yes_no", "cast": "cast", "roll": "roll"}
        return RuleCard(
            threshold=Fraction(self.threshold_numerator, self.threshold_denominator),
            strict=self.threshold_strict,
            base=base[self.threshold_base],
            quorum=Fraction(self.quorum_numerator, self.quorum_denominator),
            noes_max=self.noes_max,
            preset=self.preset,
        )

    @property
    def path(self) -> str:
        """The address of its page. Needs the definition to be loaded."""
        return f"/d/{self.definition.slug}/b/{self.number}"

    def is_open_at(self, moment: datetime) -> bool:
        """Whether the window holds this moment; whether it was closed early is for the closing."""
        return self.opens_at <= moment < self.closes_at

    def leaf_of(self, vote: "Vote") -> Leaf:
        """A vote as its receipt signs it and the closing seals it."""
        return Leaf(self.path, vote.person_id, vote.choice, vote.words_hash, vote.at, vote.nonce)


class RollEntry(Base):
    """One person entitled to vote, with what they stood for then. Frozen at opening."""

    __tablename__ = "roll_entries"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    category: Mapped[str] = mapped_column(String(80), default="")
    affiliation: Mapped[str] = mapped_column(String(160), default="")

    ballot: Mapped[Ballot] = relationship(lazy="raise", back_populates="roll")
    person: Mapped[Person] = relationship(lazy="raise")


class Vote(Base):
    """One person's current choice; the key is one vote a person. Sealed by the closing's root.

    ``nonce`` and the other columns make the leaf that the voter's receipt signs.
    """

    __tablename__ = "votes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ballot_id", "person_id"], ["roll_entries.ballot_id", "roll_entries.person_id"]
        ),
        CheckConstraint("choice IN ('yes', 'no', 'abstain')", name="choice"),
        Index("ix_votes_person", "person_id"),
    )

    ballot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    choice: Mapped[str] = mapped_column(String(7))
    reason: Mapped[str] = mapped_column(Text, default="")
    words_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]

    entry: Mapped[RollEntry] = relationship(lazy="raise", viewonly=True)


class Extension(Base):
    """A chair moved the close to a later time, before it came."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), index=True)
    from_time: Mapped[datetime]
    to_time: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship(lazy="raise")


class Closing(Base):
    """The row that ends a ballot: frozen tally, outcome, arithmetic, and the seal of the votes.

    ``roll_size`` is without those who recused themselves, who are ``recused``.
    """

    __tablename__ = "closings"
    __table_args__ = (CheckConstraint("outcome IN ('carried', 'lost')", name="outcome"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    yes: Mapped[int]
    no: Mapped[int]
    abstain: Mapped[int]
    roll_size: Mapped[int]
    recused: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[str] = mapped_column(String(7))
    sentence: Mapped[str] = mapped_column(Text, comment="the outcome with its arithmetic")
    votes_root: Mapped[str] = mapped_column(String(64), comment="Merkle root over all votes")
    by_id: Mapped[str | None] = mapped_column(
        ForeignKey("persons.id"), comment="none: the clock closed it"
    )
    at: Mapped[datetime]

    ballot: Mapped[Ballot] = relationship(lazy="raise", back_populates="closing")

    @property
    def tally(self) -> Tally:
        """The frozen tally."""
        return Tally(self.yes, self.no, self.abstain)


class Ratification(Base):
    """A version is final: its text, its hash, and the closing that this rests on."""

    __tablename__ = "ratifications"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("closings.ballot_id"), unique=True)
    text_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    version: Mapped[Version] = relationship(lazy="raise")
    closing: Mapped[Closing] = relationship(lazy="raise")
