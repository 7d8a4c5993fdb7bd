"""Migrated databases for each worker, made once, and given back as they were after each test."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Select, event, text
from sqlalchemy.orm import Session

from app.kit.db import Database
from tests import postgresql

ROOT = postgresql.ROOT
CACHE = postgresql.CACHE
MIGRATIONS = ROOT / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """Brings a database to a revision, up or down."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    database = Database(url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
    database.dispose()


def digest() -> str:
    """What the migrations come to; a template is made anew when they change."""
    content = b"".join(path.read_bytes() for path in sorted(MIGRATIONS.rglob("*.py")))
    return hashlib.sha256(content).hexdigest()[:12]


def sqlite_template() -> Path:
    """A migrated SQLite file to copy from."""
    template = CACHE / "sqlite" / f"{digest()}.db"
    with postgresql.alone("sqlite"):
        if not template.exists():
            template.parent.mkdir(parents=True, exist_ok=True)
            making = template.with_suffix(f".{os.getpid()}")
            migrate(f"sqlite:///{making}")
            with sqlite3.connect(making) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            making.rename(template)
    return template


def postgresql_template(server: str) -> str:
    """The name of a migrated PostgreSQL database to copy from."""
    name = f"clausewise_template_{digest()}"
    with postgresql.alone("postgresql-template"), postgresql.maintenance(server) as connection:
        ready = connection.scalar(
            text("SELECT datistemplate FROM pg_database WHERE datname = :name"), {"name": name}
        )
        if not ready:
            url = postgresql.create(server, name, "template0")
            migrate(url.render_as_string(hide_password=False))
            connection.execute(text(f'ALTER DATABASE "{name}" IS_TEMPLATE true'))
    return name


@contextmanager
def own_database(backend: str, folder: Path, name: str) -> Iterator[str]:
    """The URL of a fresh, migrated database, which is gone afterwards."""
    if backend == "sqlite":
        path = folder / f"{name}.db"
        shutil.copy(sqlite_template(), path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for one in folder.glob(f"{name}.db*"):
                one.unlink()
    else:
        server = postgresql.start()
        database = f"clausewise_test_{os.getpid()}_{name}"
        url = postgresql.create(server, database, postgresql_template(server))
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            postgresql.drop(server, database)


@contextmanager
def bare_database(backend: str, folder: Path, name: str) -> Iterator[str]:
    """The URL of a database with no table in it, which is gone afterwards."""
    if backend == "sqlite":
        yield f"sqlite:///{folder}/{name}.db"
        for one in folder.glob(f"{name}.db*"):
            one.unlink()
        return
    server = postgresql.start()
    database = f"clausewise_test_{os.getpid()}_{name}"
    try:
        url = postgresql.create(server, database, "template0")
        yield url.render_as_string(hide_password=False)
    finally:
        postgresql.drop(server, database)


class OneTransaction(Database):
    """A database inside one outer transaction that is never committed.

    Every session of the application is a savepoint in it: its commit is real to all that comes
    after, and gone with the test. ``watching`` is the test's own session: what it holds is flushed
    before others look, and read again after others wrote.
    """

    def __init__(self, database: Database, connection: Connection) -> None:
        self.__dict__.update(database.__dict__)
        self._glancing = None  # another connection would not see this transaction
        self.connection = connection
        self.watching: Session | None = None

    def open_writing(self) -> Session:
        session = self._join(Session)
        event.listen(session, "after_commit", self._look_again)
        return session

    def open_reading(self) -> Session:
        return self._join(Reading)

    def dispose(self) -> None:
        """Keeps the connections: they are the worker's, not the application's."""

    def glance(self, statement: Select[int], **values: int) -> int:
        with self.open_reading() as session:
            return session.scalar(statement, values) or 0

    def _join(self, kind: type[Session]) -> Session:
        if self.watching is not None:
            self.watching.flush()
        return kind(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )

    def _look_again(self, _: Session) -> None:
        if self.watching is not None:
            self.watching.expire_all()


class Reading(Session):
    """A read-only session inside a transaction that can write."""

    def __init__(self, connection: Connection, **options: Any) -> None:
        super().__init__(connection, **options)
        self._of = connection
        self.begin()
        self.connection()  # the savepoint, which gives PostgreSQL its mode back at its end
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    def close(self) -> None:
        try:
            super().close()
        finally:
            if self._of.dialect.name == "sqlite":
                self._of.exec_driver_sql("PRAGMA query_only = OFF")
