"""Appending to a record. Called by every verb, in its transaction."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.db import lock, locked
from app.record.canonical import canonical_time, leaf_hash
from app.record.models import Entry, EntryWords, Log

# Logs that belong to no definition and no group: sign-ins and tokens; who people are.
INSTANCE = "instance"
PEOPLE = "people"


def open_log(db: Session, subject: str) -> Log:
    """A new, empty record, named after what it is the record of."""
    log = Log(subject=subject, size=0, head="")
    db.add(log)
    db.flush()
    return log


def record(
    db: Session,
    log_id: int | str,
    verb: str,
    *,
    by: str | None,
    at: datetime,
    about: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
) -> Entry:
    """Appends one entry and returns it.

    log_id: a log's id, or ``INSTANCE`` or ``PEOPLE``. by: a person's opaque id; ``None`` is the
    clock. about: plain JSON (text, integers, lists) that names what the verb touched. words: what
    people wrote, kept beside the entry and named in it by a salted SHA-256 only.
    """
    log = _locked_log(db, log_id)
    salted = {field: (secrets.token_hex(16), text) for field, text in (words or {}).items()}
    entry = Entry(
        log_id=log.id,
        sequence=log.size + 1,
        at=at,
        verb=verb,
        person_id=by,
        about=about or {},
        words={field: words_hash(salt, text) for field, (salt, text) in salted.items()},
        previous=log.head,
        leaf="",
    )
    entry.leaf = leaf_hash(entry_body(entry, log.subject)).hex()
    log.size, log.head = entry.sequence, entry.leaf
    db.add(entry)
    db.flush()  # words refer to their entry
    for field, (salt, text) in salted.items():
        db.add(
            EntryWords(log_id=log.id, sequence=entry.sequence, field=field, salt=salt, text=text)
        )
    return entry


def entry_body(entry: Entry, subject: str) -> dict[str, Any]:
    """The JSON object whose canonical form is hashed. ``v`` names the form."""
    return {
        "v": 1,
        "log": subject,
        "sequence": entry.sequence,
        "at": canonical_time(entry.at),
        "verb": entry.verb,
        "by": entry.person_id,
        "about": entry.about,
        "words": entry.words,
        "previous": entry.previous,
    }


def words_hash(salt: str, text: str) -> str:
    """SHA-256 over the salt's bytes and the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def _locked_log(db: Session, log_id: int | str) -> Log:
    if isinstance(log_id, int):
        return locked(db, Log, log_id)
    log = db.scalar(select(Log).where(Log.subject == log_id)) or open_log(db, log_id)
    lock(db, log)
    return log
