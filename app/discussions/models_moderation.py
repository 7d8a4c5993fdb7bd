"""Reports of comments that should not stand, and times in which everybody speaks slowly."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.definitions.models import Definition
from app.discussions.models import Comment
from app.kit.db import Base
from app.people.models import Person

REPORT_GROUNDS = ("attack", "private", "spam", "unlawful", "other")


class Report(Base):
    """Somebody tells the chairs that a comment should not stand. Only chairs read who, and why.

    It is open until a chair has dismissed it with a word, or has hidden the comment.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(
            "ground IN ('attack', 'private', 'spam', 'unlawful', 'other')", name="ground"
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
        Index(
            "uq_reports_open",
            "comment_id",
            "by_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_reports_by", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    ground: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    answer: Mapped[str] = mapped_column(
        Text, default="", comment="why a chair dismissed it; empty where the comment was hidden"
    )

    comment: Mapped[Comment] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])


class SlowMode(Base):
    """A time for which each person comments on a definition at most once in so many minutes.

    ``until`` is exclusive. ``ended_at`` is filled in when a chair ends it before, or sets another.
    """

    __tablename__ = "slow_modes"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("until > since", name="period"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
        Index("ix_slow_modes_definition", "definition_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))

    definition: Mapped[Definition] = relationship(lazy="raise")
