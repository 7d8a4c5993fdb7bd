"""Working groups, their stakeholder categories, memberships as periods of time, invitations."""

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


class Invitation(Base):
    """Somebody is asked into a group, by a mail to one address.

    It can be answered until ``expires_at`` (exclusive), or until it has an outcome. Sent again, it
    is another one, which replaces it: each mail has a link of its own, and the last one works.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('chair', 'editor', 'member', 'observer')", name="role"),
        CheckConstraint(
            "outcome IN ('accepted', 'declined', 'withdrawn', 'replaced')", name="outcome"
        ),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("expires_at > at", name="window"),
        Index(
            "uq_invitations_open",
            "group_id",
            "email",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_invitations_email_at", "email", "at"),
        Index("ix_invitations_group_at", "group_id", "at"),
        Index("ix_invitations_by_at", "by_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    email: Mapped[str] = mapped_column(String(254), comment="lower case")
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(10))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    affiliation: Mapped[str] = mapped_column(String(160), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(9))
    ended_by_id: Mapped[str | None] = mapped_column(
        ForeignKey("persons.id"), comment="none: whoever held the link declined"
    )

    group: Mapped[Group] = relationship(lazy="raise")
    category: Mapped[Category | None] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it can be answered."""
        return self.ended_at is None and moment < self.expires_at
