"""Tables of the house itself: mail on its way, answers kept for repeated requests, attempts."""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import Base


class Mail(Base):
    """One mail to one address, written in the transaction that caused it, sent by the worker."""

    __tablename__ = "mails"
    __table_args__ = (
        Index(
            "ix_mails_waiting",
            "next_try_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, comment="emptied when sent: it may hold a secret")
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]


class Answer(Base):
    """What a POST with an ``Idempotency-Key`` was answered, so that a repeat gets the same."""

    __tablename__ = "answers"

    actor: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), comment="of method, path and body")
    status: Mapped[int]
    location: Mapped[str] = mapped_column(String(500), default="")
    etag: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Attempt(Base):
    """Something was done from a network that could be done too often; forgotten after an hour."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_network", "kind", "network", "at"),
        Index("ix_attempts_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), comment="links, comments, proposals")
    network: Mapped[str] = mapped_column(String(32), comment="keyed hash of where it came from")
    at: Mapped[datetime]
