"""Comments, each earlier text of them, their retraction, and their hiding."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.definitions.models import Clause, Definition, Version, Wording
from app.groups.models_conduct import ConductRule
from app.kit.db import Base
from app.people.models import Person
from app.proposals.models import Proposal

COMMENT_KINDS = ("question", "editorial", "technical", "general", "support", "objection")


class Comment(Base):
    """What somebody says, on exactly one of clause, proposal, version and ballot.

    A reply has the subject of its parent, and ``thread_id`` is the comment that began the thread.
    On a clause, ``wording_hash`` says which wording it was made on. ``body`` and ``html`` are the
    current text; each text there ever was stands in ``comment_texts``.
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN clause_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN version_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN ballot_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        CheckConstraint(
            "kind IN ('question', 'editorial', 'technical', 'general', 'support', 'objection')",
            name="kind",
        ),
        CheckConstraint("(clause_id IS NULL) = (wording_hash IS NULL)", name="wording"),
        UniqueConstraint("definition_id", "number"),
        Index("ix_comments_clause", "clause_id"),
        Index("ix_comments_proposal", "proposal_id"),
        Index("ix_comments_version", "version_id"),
        Index("ix_comments_ballot", "ballot_id"),
        Index("ix_comments_thread", "thread_id"),
        Index("ix_comments_by", "by_id"),
        Index("ix_comments_definition_at", "definition_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"))
    wording_hash: Mapped[str | None] = mapped_column(ForeignKey("wordings.hash"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("ballots.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("comments.id"), comment="none: this comment begins a thread"
    )
    quote: Mapped[str] = mapped_column(Text, default="", comment="the words it points at")
    body: Mapped[str] = mapped_column(Text, comment="Markdown")
    html: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    definition: Mapped[Definition] = relationship(lazy="raise")
    clause: Mapped[Clause | None] = relationship(lazy="raise")
    wording: Mapped[Wording | None] = relationship(lazy="raise")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")
    version: Mapped[Version | None] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
    parent: Mapped["Comment | None"] = relationship(
        lazy="raise", remote_side=[id], foreign_keys=[parent_id]
    )
    texts: Mapped[list["CommentText"]] = relationship(
        lazy="raise", order_by="CommentText.number", back_populates="comment"
    )
    retraction: Mapped["Retraction | None"] = relationship(lazy="raise")
    hiding: Mapped["Hiding | None"] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(Hiding.comment_id == Comment.id, Hiding.lifted_at.is_(None))",
    )


class CommentText(Base):
    """One text that a comment has had, from the first to the current."""

    __tablename__ = "comment_texts"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    comment: Mapped[Comment] = relationship(lazy="raise", back_populates="texts")


class Retraction(Base):
    """Its author took a comment back; the place in the thread stays."""

    __tablename__ = "retractions"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class Hiding(Base):
    """A chair took a comment's words from everybody's sight, under a rule of conduct.

    The place in the thread stays, and so do the words: its author and the chairs can open them, and
    when the hiding is lifted everybody reads them again. One at a time.
    """

    __tablename__ = "hidings"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted"),
        Index(
            "uq_hidings_current",
            "comment_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("conduct_rules.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    lifted_reason: Mapped[str] = mapped_column(Text, default="")

    comment: Mapped[Comment] = relationship(lazy="raise")
    rule: Mapped[ConductRule] = relationship(lazy="raise")
