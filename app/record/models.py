"""Logs, their entries, and the words that entries were made with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import Base


class Log(Base):
    """One append-only record: a definition's, a working group's, the people's, the instance's.

    ``size`` and ``head`` say how many entries it has and the leaf hash of the last; who appends
    locks this row, so entries have no gaps.
    """

    __tablename__ = "logs"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(
        String(120), unique=True, comment="what it is the record of: instance, g/…, d/…"
    )
    size: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="")


class Entry(Base):
    """What happened, once. Never updated or deleted.

    ``leaf`` is the RFC 9162 leaf hash over the RFC 8785 form of the entry (see ``canonical``);
    ``previous`` is the leaf of the entry before it.
    """

    __tablename__ = "record_entries"
    __table_args__ = (
        Index("ix_record_entries_log_verb", "log_id", "verb", "sequence"),
        Index("ix_record_entries_log_person", "log_id", "person_id", "sequence"),
    )

    log_id: Mapped[int] = mapped_column(ForeignKey("logs.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(60), comment="subject.past_participle")
    person_id: Mapped[str | None] = mapped_column(String(32), comment="opaque; none: the clock")
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[dict[str, str]] = mapped_column(JSON, comment="field: salted hash of the words")
    previous: Mapped[str] = mapped_column(String(64))
    leaf: Mapped[str] = mapped_column(String(64))


class EntryWords(Base):
    """People's words of an entry, with the salt of their hash; gone words leave a tombstone."""

    __tablename__ = "record_words"
    __table_args__ = (
        ForeignKeyConstraint(
            ["log_id", "sequence"], ["record_entries.log_id", "record_entries.sequence"]
        ),
    )

    log_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
