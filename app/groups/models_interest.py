"""Interests that members declare: what may weigh with them beside the question."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base
from app.people.models import Person

KINDS = ("employer", "funding", "other")


class Interest(Base):
    """An interest that a member declared, in their words; ``until`` is empty while it stands.

    It is ended and never deleted or altered: what stood when somebody proposed or voted can be
    read afterwards. ``shown_to``: everybody, or people in the group only.
    """

    __tablename__ = "interests"
    __table_args__ = (
        CheckConstraint("kind IN ('employer', 'funding', 'other')", name="kind"),
        CheckConstraint("shown_to IN ('everybody', 'group')", name="shown_to"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        Index("ix_interests_group_person", "group_id", "person_id"),
        Index("ix_interests_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text)
    shown_to: Mapped[str] = mapped_column(String(9))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
