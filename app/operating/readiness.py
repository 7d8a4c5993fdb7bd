"""Whether an instance can be used now: its database has this release's tables and can be written,
and its worker keeps up.

Each question answers what is wrong in a sentence without any value, since everybody may read it.
"""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.ballots.queries_verb import due_ballots
from app.kit.db import Database
from app.kit.refusals import Failed
from app.operating import queries, revisions
from app.settings import Settings

BEHIND = timedelta(minutes=5)  # a worker takes a turn every second, and a failed one a minute later


def what_is_wrong(database: Database, *, sends_mail: bool, now: datetime) -> list[str]:
    """Why the instance is not ready; nothing where it is."""
    try:
        wrong = tables_wrong(database)
        if wrong is not None:
            return [wrong]
        found = [writing_wrong(database), worker_wrong(database, sends_mail=sends_mail, now=now)]
    except DBAPIError:
        return ["The database does not answer."]
    return [one for one in found if one is not None]


def tables_wrong(database: Database) -> str | None:
    """Whether the database is at the revision of this release."""
    with database.reading() as db:
        found = revisions.revision_of(db.connection())
    if found == revisions.newest():
        return None
    if found is not None and found not in revisions.known():
        return "The database is of a later release than this one: install that."
    return "The database is not up to date: run `clausewise migrate`."


def check_tables(settings: Settings) -> None:
    """Keeps a command from a database that is not of this release."""
    database = Database(settings.database_url)
    wrong = tables_wrong(database)
    database.dispose()
    if wrong is not None:
        raise Failed(wrong)


def writing_wrong(database: Database) -> str | None:
    """Whether the database takes writes. Nothing is written to find that out."""
    if database.is_sqlite:
        takes = _sqlite_takes_writes(database.url.database or "")
    else:
        with database.reading() as db:
            standby = db.scalar(text("SELECT pg_is_in_recovery()"))
            takes = not standby and db.scalar(text("SHOW default_transaction_read_only")) == "off"
    return None if takes else "The database can't be written to."


def _sqlite_takes_writes(path: str) -> bool:
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # somebody writes just now
    return True


def worker_wrong(database: Database, *, sends_mail: bool, now: datetime) -> str | None:
    """Whether what is due was done. Where no mail server is set, mail waits, and that is right."""
    with database.reading() as db:
        ballots = len(due_ballots(db, now - BEHIND))
        mails = queries.mail_due(db, now - BEHIND) if sends_mail else 0
    if not ballots and not mails:
        return None
    return f"The worker is behind ({ballots} ballots to close, {mails} mails to send): start it."
