"""The database: two kinds of session, one commit, one lock.

A reading session cannot write (``PRAGMA query_only`` on SQLite, ``READ ONLY`` on PostgreSQL). A
writing session is one transaction, committed here and nowhere else, before the answer leaves.

Until its first lock or write, a writing session only looks, and each question sees what was
committed last: so it is on PostgreSQL (``READ COMMITTED``), and so it is made on SQLite, where the
one write lock is then held for the length of a verb and not of a request.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Select,
    TypeDecorator,
    create_engine,
    literal,
    make_url,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Session, object_mapper, sessionmaker

from app.kit import sqlite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

F = TypeVar("F", bound=Callable[..., Any])
Row = TypeVar("Row")


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; aware in Python on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Constraints are named by rule, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Utc()}


class Database:
    """One database by its URL, for the web, the worker, the command line and tests alike."""

    def __init__(self, url: str, *, connections: int = 10, patience: float = 15) -> None:
        """patience: seconds that a writer waits for SQLite's one write lock."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._glancing: sqlite.Glancing | None = None
        if self.is_sqlite:
            if self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._writer = sqlite.engine(url, connections, patience, writes=True)
            self._reader = sqlite.engine(url, connections, patience, writes=False)
            self._glancer = self._reader
            self._glancing = sqlite.glancing(self.url.database or ":memory:")
        else:
            driver = self.url.set(drivername="postgresql+psycopg")
            self._writer = create_engine(
                driver, pool_size=connections, pool_pre_ping=True, hide_parameters=True
            )
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._glancer = create_engine(
                driver,
                pool_size=2,
                isolation_level="AUTOCOMMIT",
                pool_reset_on_return=None,
                hide_parameters=True,
            )
        self._writing: Callable[[], Session] = sessionmaker(self._writer, expire_on_commit=False)
        self._reading: Callable[[], Session] = sessionmaker(self._reader, expire_on_commit=False)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations and tests."""
        return self._writer

    def open_reading(self) -> Session:
        """A session that the database keeps from writing; the caller closes it."""
        return self._reading()

    def open_writing(self) -> Session:
        """A session that can write; the caller ends it with ``finish``, or closes it."""
        return self._writing()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only session for the length of a block."""
        with self.open_reading() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction for the length of a block: committed at its end, or nothing happened."""
        with self.open_writing() as db:
            yield db
            finish(db)

    @property
    def glances_at_once(self) -> bool:
        """Whether a glance is so quick that the event loop can wait for it."""
        return self._glancing is not None

    def glance(self, statement: Select[int], **values: int) -> int:
        """One number, without a session: for what is asked on every request of the public.

        On SQLite it is read over a connection of its own, in a few microseconds; on PostgreSQL
        outside of a transaction, in one message there and back.
        """
        if self._glancing is None:
            with self._glancer.connect() as connection:
                return connection.scalar(statement, values) or 0
        row = self._glancing.execute(sqlite.as_text(statement), tuple(values.values())).fetchone()
        return (row[0] if row else 0) or 0

    def leave_nothing_behind(self) -> None:
        """Rewrites a SQLite file, so that nothing of what was deleted is left in it or beside it.

        PostgreSQL does so by itself, in its own time.
        """
        if self.is_sqlite:
            with self._glancer.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                raw.execute("PRAGMA query_only = OFF")
                raw.execute("VACUUM")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.execute("PRAGMA query_only = ON")

    def dispose(self) -> None:
        """Closes every connection."""
        self._writer.dispose()
        self._glancer.dispose()  # on SQLite, the reader
        if self._glancing is not None:
            self._glancing.close()
            self._glancing = None


def finish(db: Session) -> None:
    """Ends the transaction of a writing session. The only commit there is."""
    db.commit()


def lock(db: Session, row: Any, *, shared: bool = False) -> None:
    """Locks a row and reads it again, so that a verb decides on what is true now.

    A plain ``get`` keeps the attributes that were loaded before the lock was granted. On SQLite the
    lock is the one write lock of the file, whatever was asked for.
    """
    sqlite.take_turn(db.connection())
    # The row's own columns only: what was joined when it was loaded can't be locked with it.
    # FOR SHARE, or FOR NO KEY UPDATE: rows that refer to a locked row can still be inserted.
    columns = [column.key for column in object_mapper(row).column_attrs]
    db.refresh(row, columns, with_for_update={"read": shared, "key_share": not shared})


def locked(db: Session, kind: type[Row], key: Any) -> Row:
    """A row by its key, locked and as it is now: one question where ``lock`` would be a second.

    For rows that nothing was loaded with: that would have to be loaded again. Raises NoResultFound.
    """
    sqlite.take_turn(db.connection())
    return db.get_one(
        kind, key, populate_existing=True, with_for_update={"read": False, "key_share": True}
    )


def share(db: Session, row: Any) -> None:
    """Locks a row together with whoever shares it, and reads nothing of it again.

    For what a whole group does in the same minute: the next question, which is put under the lock,
    asks for all that may have changed.
    """
    connection = db.connection()
    sqlite.take_turn(connection)
    if connection.dialect.name != "sqlite":
        mapper = object_mapper(row)
        key = zip(mapper.primary_key, mapper.primary_key_from_instance(row), strict=True)
        held = select(literal(1)).select_from(mapper.local_table)
        connection.execute(held.where(*(c == v for c, v in key)).with_for_update(read=True))


def only_looks(endpoint: F) -> F:
    """Marks a route that is a POST for the length of its body alone: it gets a reading session."""
    endpoint.only_looks = True  # type: ignore[attr-defined]
    return endpoint


def ends_at_once(endpoint: F) -> F:
    """Ends the transaction in the thread that ran the route, not after its way through the loop.

    For what a whole group does in the same minute: whoever waits for this lock waits less.
    """

    @wraps(endpoint)
    def to_its_end(*, request: Request, db: Session, **given: Any) -> Any:
        answer = endpoint(request=request, db=db, **given)
        _end(request, db)
        return answer

    return to_its_end  # type: ignore[return-value]


async def session(request: Request) -> AsyncIterator[Session]:
    """The session of a request: read-only for safe methods, else one transaction.

    A page that says no (``request.state.refused``) commits nothing, whatever led to it.
    A body is read to its end before anything is locked, so that a slow sender holds up nobody.
    Sessions end with a limiter of their own: a thread of the pool may be waiting for the very lock
    that this commit gives back.
    """
    database: Database = request.app.state.database
    looks = getattr(request.scope.get("endpoint"), "only_looks", False)
    if request.method in SAFE_METHODS or looks:
        db = database.open_reading()
        try:
            yield db
        finally:
            await _in_own_thread(db.close)
        return
    await request.body()
    db = database.open_writing()
    try:
        yield db
    except BaseException:
        await _in_own_thread(db.close)
        raise
    if db.in_transaction():
        await _in_own_thread(lambda: _end(request, db))


def _end(request: Request, db: Session) -> None:
    with closing(db):
        if not getattr(request.state, "refused", False):
            finish(db)


async def _in_own_thread(work: Callable[[], None]) -> None:
    await anyio.to_thread.run_sync(work, limiter=anyio.CapacityLimiter(1))


Db = Annotated[Session, Depends(session, scope="function")]
