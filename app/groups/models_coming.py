"""How people come into a group: by invitation, by a link, by asking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.groups.models import Category, Group
from app.kit.db import Base
from app.people.models import Person


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


class JoinLink(Base):
    """A link that lets whoever holds it into a group, so many people until ``expires_at``.

    Its secret is shown once, to the chair who makes it; a chair may revoke it before its time.
    """

    __tablename__ = "join_links"
    __table_args__ = (
        CheckConstraint("role IN ('member', 'observer')", name="role"),
        CheckConstraint("uses_max > 0", name="uses_max"),
        CheckConstraint("expires_at > at", name="window"),
        Index("ix_join_links_group", "group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    label: Mapped[str] = mapped_column(String(80), comment="whom it is for, to tell links apart")
    role: Mapped[str] = mapped_column(String(10))
    uses_max: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
    uses: Mapped[list["LinkUse"]] = relationship(lazy="raise")


class LinkUse(Base):
    """One person came into a group by a link; the key is once a person."""

    __tablename__ = "join_link_uses"

    link_id: Mapped[int] = mapped_column(ForeignKey("join_links.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    at: Mapped[datetime]


class JoinRequest(Base):
    """Somebody asks to join a group, in a few words; a chair decides, or they take it back."""

    __tablename__ = "join_requests"
    __table_args__ = (
        CheckConstraint("decision IN ('accepted', 'declined', 'withdrawn')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        Index(
            "uq_join_requests_open",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_join_requests_group_person", "group_id", "person_id"),
        Index("ix_join_requests_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str] = mapped_column(Text)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    affiliation: Mapped[str] = mapped_column(String(160), default="")
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(9))
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    group: Mapped[Group] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    category: Mapped[Category | None] = relationship(lazy="raise")
