"""Persons and the ways in. Every secret is kept as its SHA-256 only."""

import secrets
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base


def opaque_id() -> str:
    """A name for a person that says nothing about them: ``p_`` and sixteen random hex digits."""
    return "p_" + secrets.token_hex(8)


class Person(Base):
    """Somebody, across all working groups."""

    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=opaque_id)
    name: Mapped[str] = mapped_column(String(120))
    pronouns: Mapped[str] = mapped_column(String(40), default="", server_default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True, comment="lower case")
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC", comment="IANA name")
    locale: Mapped[str] = mapped_column(String(16), default="en")
    theme: Mapped[str] = mapped_column(String(8), default="auto", comment="auto, light or dark")
    by_passkey = False  # whether they have come with a passkey: in this request, kept nowhere
    invented: Mapped[bool] = mapped_column(
        default=False, comment="a seeded person whom demo mode offers on the sign-in page"
    )
    since: Mapped[datetime]


class SignInLink(Base):
    """A link sent by mail: bound to its address, good once, for fifteen minutes."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    next_path: Mapped[str] = mapped_column(String(500), default="/")
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """A session of the browser: listed to its owner, and ended by them."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        Index(
            "ix_sign_ins_id_token",
            "expires_at",
            sqlite_where=text("id_token IS NOT NULL"),
            postgresql_where=text("id_token IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(comment="to the minute; none: not since")
    ended_at: Mapped[datetime | None]
    way: Mapped[str | None] = mapped_column(
        String(31), comment="what it began with: mail, demo, or the key of a provider"
    )
    id_token: Mapped[str | None] = mapped_column(
        Text, comment="what the provider signed, for signing out there; gone when this ends"
    )

    passkey_id: Mapped[int | None] = mapped_column(
        ForeignKey("passkeys.id"), index=True, comment="none: it began another way"
    )

    person: Mapped[Person] = relationship(lazy="raise")


class Identity(Base):
    """An account elsewhere that a person signs in with. They may have several."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("provider", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    provider: Mapped[str] = mapped_column(String(31), comment="its key in the settings")
    subject: Mapped[str] = mapped_column(String(255), comment="who it is there, for good")
    address: Mapped[str | None] = mapped_column(
        String(254), comment="as the provider said it, to tell accounts apart by"
    )
    made_at: Mapped[datetime]


class JoiningLink(Base):
    """A link sent by mail that adds a way in to a person's: an identity, or a new address.

    Bound to all of it; good once, for fifteen minutes.
    """

    __tablename__ = "joining_links"
    __table_args__ = (
        CheckConstraint("(provider IS NULL) = (subject IS NULL)", name="whole_identity"),
    )

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True, comment="where it was sent")
    provider: Mapped[str | None] = mapped_column(String(31))
    subject: Mapped[str | None] = mapped_column(String(255))
    address: Mapped[str | None] = mapped_column(String(254), comment="as of identities")
    next_path: Mapped[str] = mapped_column(String(500), default="/")
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class Passkey(Base):
    """The public half of a key that a device holds for somebody, as WebAuthn has it.

    What signs never leaves the device, which shows it when they have unlocked it.
    """

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True, comment="base64url")
    public_key: Mapped[str] = mapped_column(Text, comment="COSE (RFC 9052), base64url")
    sign_count: Mapped[int] = mapped_column(BigInteger, comment="0 where the device counts not")
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class Token(Base):
    """A bearer token for the API: shown once, kept as a hash, revoked by its owner.

    What it may be used for are its scopes (``app/kit/scopes.py``).
    """

    __tablename__ = "tokens"
    __table_args__ = (Index("ix_tokens_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4), comment="last characters, to tell tokens apart")
    scopes: Mapped[str] = mapped_column(
        String(40),
        server_default="read write vote admin",  # of tokens from before there were scopes
        comment="with spaces between them",
    )
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(comment="none: never")
    seen_at: Mapped[datetime | None] = mapped_column(comment="to the minute; none: never")
    revoked_at: Mapped[datetime | None]
    passkey_id: Mapped[int | None] = mapped_column(
        ForeignKey("passkeys.id"), index=True, comment="of the session that it was made in"
    )

    person: Mapped[Person] = relationship(lazy="raise")


class Administration(Base):
    """A time for which somebody administers this instance; granted and ended by its operators."""

    __tablename__ = "administrations"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        Index(
            "uq_administrations_current",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
