"""SQLite as it is used here: what every connection is set to, and whose turn it is to write."""

import sqlite3
from functools import cache
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import OperationalError

Glancing = sqlite3.Connection


def engine(url: str, connections: int, patience: float, *, writes: bool) -> Engine:
    """An engine whose sessions write, each in its turn, or one that the database keeps from it."""
    made = create_engine(
        url,
        pool_size=connections,
        max_overflow=20,
        connect_args={"timeout": patience},
        hide_parameters=True,  # an error tells no values
    )

    @event.listens_for(made, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not by the driver's guess
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # an answered vote survives a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes without asking
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        cursor.execute("PRAGMA cache_size = -16000")
        if not writes:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    if writes:
        _Turns(made, patience)
    else:
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return made


def take_turn(connection: Connection) -> None:
    """Waits for the one write lock of the file; nothing on a database that has locks of its own."""
    turns: _Turns | None = connection.info.get("turns")
    if turns is not None:
        turns.take(connection)


class _Turns:
    """Whose turn it is to write to a SQLite file; a transaction begins when it gets its turn.

    Writers of one process wait in line for each other, since SQLite itself would have them sleep
    and try again; those of several processes meet at ``BEGIN IMMEDIATE``.
    """

    LOOKS = ("SELECT", "PRAGMA", "WITH", "EXPLAIN")

    def __init__(self, engine: Engine, patience: float) -> None:
        self._free, self._patience = Lock(), patience
        event.listen(engine, "connect", lambda _, record: record.info.update(turns=self))
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "checkin", lambda _, record: self._end(record.info))

    def take(self, connection: Connection) -> None:
        """Begins the writing transaction of a connection, unless it has begun.

        The turn ends when the connection goes back to the pool.
        """
        raw: Any = connection.connection
        if raw.dbapi_connection.in_transaction:
            return
        if not raw.info.get("has_turn"):
            if not self._free.acquire(timeout=self._patience):
                raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("others are writing"))
            raw.info["has_turn"] = True
        try:
            self._begin(raw.dbapi_connection)
        except sqlite3.OperationalError as error:  # another process did not come to an end
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Asks again soon: SQLite's own patience sleeps for up to a tenth of a second at a time."""
        end = monotonic() + self._patience
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    # The low byte: busy for whatever reason.
                    is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not is_busy or monotonic() > end:
                        raise  # a full disk, say, is no reason to wait
                    sleep(0.0003)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * self._patience)}")

    def _before(self, connection: Connection, _: Any, statement: str, *__: Any) -> None:
        if not statement.lstrip()[:8].upper().startswith(self.LOOKS):
            self.take(connection)

    def _end(self, info: dict[str, Any]) -> None:
        if info.pop("has_turn", False):
            self._free.release()


def glancing(path: str) -> Glancing:
    """A connection that reads outside of transactions, and sees what was committed last."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=15)
    connection.execute("PRAGMA query_only = ON")
    return connection


@cache
def as_text(statement: Select[int]) -> str:
    """A statement in SQLite's own words."""
    return str(statement.compile(dialect=dialect()))
