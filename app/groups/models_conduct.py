"""What a group asks of those who speak in it, and who may not for a time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.groups.models import Group
from app.kit.db import Base
from app.people.models import Person


class ConductRule(Base):
    """A rule of conduct: what a decision about somebody's words rests on. Never altered.

    Another rule may take its place; that one has a number of its own, so that “rule 2” is the same
    words for good.
    """

    __tablename__ = "conduct_rules"
    __table_args__ = (UniqueConstraint("group_id", "number"), UniqueConstraint("replaces_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("conduct_rules.id"))

    replaces: Mapped["ConductRule | None"] = relationship(
        lazy="raise", remote_side=[id], back_populates="replaced_by"
    )
    replaced_by: Mapped["ConductRule | None"] = relationship(
        lazy="raise", back_populates="replaces", uselist=False
    )


class Block(Base):
    """A time for which somebody may neither comment nor propose in a group. They read and vote.

    Their membership, if they have one, goes on: a block is about speaking only. ``until`` is
    exclusive. ``lifted_at`` is filled in when a chair lifts it before.
    """

    __tablename__ = "blocks"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        CheckConstraint("until > since", name="period"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted"),
        Index("ix_blocks_person", "group_id", "person_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("conduct_rules.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    lifted_reason: Mapped[str] = mapped_column(Text, default="")

    group: Mapped[Group] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    rule: Mapped[ConductRule] = relationship(lazy="raise")

    def holds_at(self, moment: datetime) -> bool:
        """Whether it keeps the person from speaking at a moment."""
        return self.lifted_at is None and self.since <= moment < self.until
