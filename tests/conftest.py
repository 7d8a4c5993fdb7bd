"""Databases, people and browsers for every test.

``--db sqlite``, ``--db postgresql`` or ``--db both`` (the default): a test that asks for the
database, directly or not, runs once on each. What it writes is gone when it ends.
"""

import gc
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from fastapi import FastAPI
from jinja2 import Environment
from sqlalchemy.orm import Session
from starlette.datastructures import State

from app.kit import clock as the_clock
from app.kit.db import Database
from app.main import create_app
from app.people import seen
from app.settings import Settings
from tests import cast as the_cast, postgresql
from tests.cast import Cast
from tests.databases import OneTransaction, own_database
from tests.serving import settled
from tests.signing import Api, Browser
from tests.straight import straight

pytest_plugins = ["tests.chromium", "tests.live", "tests.order"]

BACKENDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=sorted(BACKENDS), default="both", help="which databases")


def pytest_configure(config: pytest.Config) -> None:
    """The run starts PostgreSQL once; its workers find it in the environment."""
    if "postgresql" in _backends(config) and not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is left, too
        postgresql.sweep(postgresql.start())


def pytest_collection_finish() -> None:
    """Seven thousand tests are no rubbish: whoever looks for some need not go through them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish() -> None:
    """Nor is what they leave behind: pytest would go through all of it, five times over."""
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        backends = _backends(metafunc.config)
        marks = {mark.name for mark in metafunc.definition.iter_markers()}
        if marks & {"browser", "alike"}:
            backends = backends[:1]  # what they look at does not depend on the database
        metafunc.parametrize("backend", backends, indirect=True, scope="session")


def _backends(config: pytest.Config) -> list[str]:
    return BACKENDS[config.getoption("--db")]


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``."""
    return str(request.param)


@pytest.fixture(scope="session")
def lasting_databases(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Callable[[str, bool], Database]]:
    """This worker's own databases, migrated: of each kind an empty one, and one with the cast."""
    folder = tmp_path_factory.mktemp("databases")
    with ExitStack() as stack:

        @cache
        def lasting(backend: str, with_cast: bool) -> Database:
            name = f"{worker_id}_cast" if with_cast else worker_id
            database = Database(stack.enter_context(own_database(backend, folder, name)))
            stack.callback(database.dispose)
            if with_cast:
                with database.writing() as db:
                    the_cast.enter(db)
            return database

        yield lasting


@pytest.fixture
def migrated(backend: str, lasting_databases: Callable[[str, bool], Database]) -> Database:
    """This worker's database with nothing in it, for tests that do not write."""
    return lasting_databases(backend, False)


@pytest.fixture
def database(
    request: pytest.FixtureRequest,
    backend: str,
    lasting_databases: Callable[[str, bool], Database],
) -> Iterator[OneTransaction]:
    """The database, for this test only: all that is written goes with it."""
    lasting = lasting_databases(backend, "cast" in request.fixturenames)
    with lasting.engine.connect() as connection:
        outer = connection.begin()
        try:
            yield OneTransaction(lasting, connection)
        finally:
            outer.rollback()


@pytest.fixture
def db(database: OneTransaction) -> Iterator[Session]:
    """A writing session. Requests see what it holds, and it sees what they wrote."""
    with database.open_writing() as session:
        database.watching = session
        yield session
        database.watching = None


@pytest.fixture
def cast(db: Session) -> Cast:
    """Ana, Bruno, Chloé, Dara, Eli and Farah of the group; Sam of none; one definition."""
    return the_cast.met(db)


class Clock:
    """The clock, stopped at noon, until it is set or moved on."""

    def __init__(self) -> None:
        the_clock.set_to(NOON)

    @property
    def now(self) -> datetime:
        return the_clock.now()

    def set_to(self, moment: datetime) -> datetime:
        the_clock.set_to(moment)
        return the_clock.now()

    def forward(self, **by: float) -> datetime:
        """``clock.forward(minutes=10)``"""
        return self.set_to(self.now + timedelta(**by))


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()
    the_clock.set_to(None)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """How the instance under test is set up: development and demo, no mail server."""
    return Settings(
        base_url="https://testserver",
        secret_key="a key for tests only",
        development=True,
        demo=True,
        worker_in_process=False,
        database_url=f"sqlite:///{tmp_path_factory.mktemp('unused')}/unused.db",
    )


@pytest.fixture(scope="session")
def lasting_app(settings: Settings) -> FastAPI:
    """This worker's application: its routes and templates take longer to build than most tests."""
    seen.PAUSE = 3600.0  # nothing else writes in the midst of a test that takes its time
    return settled(create_app(settings))


@pytest.fixture(scope="session")
def templates(lasting_app: FastAPI) -> Environment:
    """The templates, with all that they may use."""
    environment: Environment = lasting_app.state.templates
    return environment


@pytest.fixture
def app(lasting_app: FastAPI, database: OneTransaction) -> Iterator[FastAPI]:
    """The application over this test's database; what a test adds to it is gone afterwards."""
    state, routes = lasting_app.state, list(lasting_app.router.routes)
    lasting_app.state = State({**state._state, "database": database})
    yield lasting_app
    lasting_app.state = state
    lasting_app.router.routes[:] = routes


@pytest.fixture
def open_browser(app: FastAPI, db: Session) -> Iterator[Callable[[], Browser]]:
    """Another browser, of another person: ``hers = open_browser()``."""
    with ExitStack() as stack:

        def another() -> Browser:
            return Browser(stack.enter_context(straight(app)), db)

        yield another


@pytest.fixture
def browser(open_browser: Callable[[], Browser]) -> Browser:
    """A browser without JavaScript, signed out."""
    return open_browser()


@pytest.fixture
def api(app: FastAPI, db: Session) -> Iterator[Api]:
    """A program that speaks the JSON API: ``api.as_(cast.ana).post("/api/v1/…", json=…)``."""
    with straight(app) as client:
        yield Api(client, db)
