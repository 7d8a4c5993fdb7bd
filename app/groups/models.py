"""Working groups, their stakeholder categories, and memberships as periods of time."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.groups.models_passkey import PasskeyCondition
from app.kit.db import Base
from app.people.models import Person
from app.record.models import Log

ROLES = ("chair", "editor", "member", "observer")


class Group(Base):
    """The people who own definitions."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    log_id: Mapped[int] = mapped_column(ForeignKey(Log.id), unique=True)
    since: Mapped[datetime]

    categories: Mapped[list["Category"]] = relationship(
        lazy="raise",
        primaryjoin="and_(Group.id == Category.group_id, Category.retired_at.is_(None))",
        order_by="Category.position",
        back_populates="group",
    )


class Category(Base):
    """A stakeholder category: whom a member speaks for. The group sets the list.

    Nobody begins to speak for one that was retired; who did before keeps it.
    """

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("group_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship(lazy="raise", back_populates="categories")


class Membership(Base):
    """A person in a group with one role, category and affiliation, from ``since`` to ``until``.

    ``until`` is exclusive, and empty while it lasts.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('chair', 'editor', 'member', 'observer')", name="role"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        Index(
            "uq_memberships_current",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_memberships_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str] = mapped_column(String(10))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    affiliation: Mapped[str] = mapped_column(String(160), default="")
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    group: Mapped[Group] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    category: Mapped[Category | None] = relationship(lazy="raise")
    suspensions: Mapped[list["Suspension"]] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(foreign(Suspension.group_id) == Membership.group_id, "
        "foreign(Suspension.person_id) == Membership.person_id)",
    )

    passkey_condition: Mapped[PasskeyCondition | None] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin=lambda: and_(
            foreign(PasskeyCondition.group_id) == Membership.group_id,
            PasskeyCondition.until.is_(None),
        ),
    )

    by_passkey = False  # whether who asks has come with a passkey: in this request, kept nowhere

    @property
    def suspension(self) -> "Suspension | None":
        """The one that holds, at the moment for which it was asked; queries load no others."""
        return self.suspensions[0] if self.suspensions else None

    def was_current_at(self, moment: datetime) -> bool:
        """Whether this membership held at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


class Suspension(Base):
    """A time for which somebody may read in a group and do nothing else, for a reason.

    ``until`` is exclusive; a chair may lift it before. It is of the person and not of a period of
    theirs, so that leaving and coming back ends nothing.
    """

    __tablename__ = "suspensions"
    __table_args__ = (
        CheckConstraint("until > since", name="period"),
        CheckConstraint("lifted_at IS NULL OR lifted_at >= since", name="lifted"),
        Index("ix_suspensions_group_person", "group_id", "person_id"),
        Index("ix_suspensions_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])

    def holds_at(self, moment: datetime) -> bool:
        """Whether it holds at a moment."""
        is_lifted = self.lifted_at is not None and self.lifted_at <= moment
        return self.since <= moment < self.until and not is_lifted
