"""Appeals against what chairs decided about somebody or their words."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.discussions.models import Hiding
from app.groups.models import Group, Suspension
from app.groups.models_conduct import Block
from app.kit.db import Base
from app.people.models import Person

OUTCOMES = ("upheld", "lifted")


class Appeal(Base):
    """Somebody asks that another chair looks at a hiding, a block or a suspension of theirs. Once.

    It waits until it is decided, or until what it is against is over.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN hiding_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN block_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN suspension_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_measure",
        ),
        CheckConstraint("outcome IN ('upheld', 'lifted')", name="outcome"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (outcome IS NULL)",
            name="decided",
        ),
        Index("ix_appeals_group", "group_id", "decided_at"),
        Index("ix_appeals_by", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    hiding_id: Mapped[int | None] = mapped_column(ForeignKey("hidings.id"), unique=True)
    block_id: Mapped[int | None] = mapped_column(ForeignKey("blocks.id"), unique=True)
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspensions.id"), unique=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str] = mapped_column(Text, comment="for whoever decides")
    at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship(lazy="raise")
    hiding: Mapped[Hiding | None] = relationship(lazy="raise")
    block: Mapped[Block | None] = relationship(lazy="raise")
    suspension: Mapped[Suspension | None] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])
