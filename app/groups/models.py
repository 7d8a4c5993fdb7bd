"""Working groups, their stakeholder categories, and memberships as periods of time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base
from app.people.models import Person

ROLES = ("chair", "editor", "member", "observer")


class Group(Base):
    """The people who own definitions."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    log_id: Mapped[int] = mapped_column(ForeignKey("logs.id"), unique=True)
    since: Mapped[datetime]

    categories: Mapped[list["Category"]] = relationship(
        lazy="raise", order_by="Category.position", back_populates="group"
    )


class Category(Base):
    """A stakeholder category: whom a member speaks for. The group sets the list."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("group_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]

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

    def was_current_at(self, moment: datetime) -> bool:
        """Whether this membership held at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)
