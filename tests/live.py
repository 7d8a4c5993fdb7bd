"""Databases where commits are real, and the real server over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.kit.db import Database
from app.main import create_app
from app.people.models import Person
from app.settings import Settings
from tests import cast as the_cast
from tests.cast import Cast
from tests.databases import own_database
from tests.serving import Served, free_port, serving, settled
from tests.signing import session_of, token_of


@dataclass
class Live:
    """A database of this test's own, where commits are real and sessions are many."""

    url: str
    database: Database
    cast: Cast

    def session_of(self, person: Person) -> str:
        """The cookie of a new session of somebody."""
        with self.database.writing() as db:
            return session_of(db, person)

    def token_of(self, person: Person) -> str:
        with self.database.writing() as db:
            return token_of(db, person)


@pytest.fixture
def live(backend: str, tmp_path: Path, worker_id: str) -> Iterator[Live]:
    """For tests of concurrency, of the real server, of the power going: nothing is rolled back."""
    with own_database(backend, tmp_path, f"live_{worker_id}") as url:
        database = Database(url)
        with database.writing() as db:
            people = the_cast.enter(db)
        yield Live(url, database, people)
        database.dispose()


@pytest.fixture
def live_app(live: Live, settings: Settings) -> FastAPI:
    return settled(create_app(settings, live.database))


@dataclass
class Server:
    """Where the server of this test is, and the data behind it."""

    url: str
    live: Live

    @property
    def cast(self) -> Cast:
        return self.live.cast


@pytest.fixture
def server(live: Live, settings: Settings) -> Iterator[Server]:
    """The real server over the live database, in a thread: the test's clock is its clock."""
    port = free_port()
    own = settings.model_copy(update={"base_url": f"http://127.0.0.1:{port}"})
    with serving(settled(create_app(own, live.database)), port) as url:
        yield Server(url, live)


@pytest.fixture
def served(live: Live, tmp_path: Path) -> Iterator[Served]:
    """The real server over the live database, in a process of its own; not started yet."""
    environment = {
        "DATABASE_URL": live.url,
        "CLAUSEWISE_SECRET_KEY": "a key for tests only",
        "CLAUSEWISE_DEVELOPMENT": "true",
        "CLAUSEWISE_DEMO": "true",
    }
    one = Served(environment, free_port(), tmp_path / "server.log")
    yield one
    one.stop()
