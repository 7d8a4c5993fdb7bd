"""The story, told once in a run, for all tests that look at it."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.kit.db import Database
from seed.load import tell
from tests.databases import own_database
from tests.postgresql import alone

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Database]:
    """A database in which everything has happened, up to the twentieth of November 2026.

    The workers of a run copy the file that the first of them makes.
    """
    folder = tmp_path_factory.mktemp("seed")
    common = folder if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with own_database("sqlite", folder, "own") as url:
        with alone("seed"):
            if not (common / "told.db").exists():
                make(url)
                shutil.copy(folder / "own.db", common / "told.db")
        shutil.copy(common / "told.db", folder / "own.db")
        database = Database(url)
        yield database
        database.dispose()


def make(url: str) -> None:
    """Tells the story into a file."""
    database = Database(url)
    tell(database, now=NOW)
    database.dispose()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def story(told: Database) -> Iterator[Session]:
    """A look at what happened."""
    with told.reading() as db:
        yield db
