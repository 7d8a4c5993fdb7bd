"""Doing to rows what no verb can: past every trigger, as somebody with the disk in hand could."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


def unguard(db: Session) -> None:
    """For the rest of the transaction no trigger, key or check stands in the way."""
    db.flush()
    if db.get_bind().dialect.name == "sqlite":
        triggers = db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for (name,) in triggers.all():
            db.execute(text(f"DROP TRIGGER {name}"))
        db.execute(text("PRAGMA defer_foreign_keys = ON"))
        db.execute(text("PRAGMA ignore_check_constraints = ON"))
    else:
        db.execute(text("SET LOCAL session_replication_role = replica"))
        checks = db.execute(
            text(
                "SELECT conrelid::regclass, conname FROM pg_constraint "
                "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
            )
        )
        for table, name in checks.all():
            db.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))


def tamper(db: Session, statement: str, **values: Any) -> None:
    """Runs one statement that must hit at least one row; nothing stops it."""
    unguard(db)
    result = db.execute(text(statement), values)
    assert result.rowcount, "nothing was there to tamper with"  # type: ignore[attr-defined]
    db.expire_all()


def flip(words: str) -> str:
    """The words with the lowest bit of their first character flipped."""
    return chr(ord(words[0]) ^ 1) + words[1:]
