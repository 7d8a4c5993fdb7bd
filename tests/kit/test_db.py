"""Which session a request gets."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.kit.db import Database, Db, only_looks


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    app = FastAPI()
    app.state.database = Database(f"sqlite:///{tmp_path}/small.db")
    with app.state.database.writing() as db:
        db.execute(text("CREATE TABLE words (word TEXT)"))

    @app.get("/get")
    @app.post("/post")
    def write(db: Db) -> Any:
        db.execute(text("INSERT INTO words VALUES ('x')"))

    @app.post("/look")
    @only_looks
    def look(db: Db) -> Any:
        db.execute(text("INSERT INTO words VALUES ('x')"))

    return TestClient(app)


def test_a_post_writes(client: TestClient) -> None:
    assert client.post("/post").status_code == 200


@pytest.mark.parametrize(("method", "path"), [("GET", "/get"), ("POST", "/look")])
def test_what_only_looks_cannot_write(client: TestClient, method: str, path: str) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        client.request(method, path)


class TestWhoseTurnItIs:
    """On SQLite there is one writer at a time; whoever only looks holds up nobody."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "turns.db"

    @pytest.fixture
    def database(self, file: Path) -> Iterator[Database]:
        database = Database(f"sqlite:///{file}", patience=0.1)
        with database.writing() as db:
            db.execute(text("CREATE TABLE words (word TEXT)"))
        yield database
        database.dispose()

    def test_a_writing_session_that_has_only_looked_holds_no_lock(self, database: Database) -> None:
        with database.writing() as looking:
            assert looking.scalar(text("SELECT count(*) FROM words")) == 0
            with database.writing() as other:
                other.execute(text("INSERT INTO words VALUES ('theirs')"))
            assert looking.scalar(text("SELECT count(*) FROM words")) == 1

    def test_a_second_writer_of_this_process_is_told_that_it_took_too_long(
        self, database: Database
    ) -> None:
        with database.writing() as first:
            first.execute(text("INSERT INTO words VALUES ('first')"))
            with pytest.raises(OperationalError, match="others are writing"):
                _insert(database, "second")
        _insert(database, "second, again")

    def test_so_is_one_who_meets_a_writer_of_another_process(
        self, database: Database, file: Path
    ) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                _insert(database, "mine")
            other.execute("ROLLBACK")
        _insert(database, "mine, again")

    def test_a_fault_that_no_waiting_mends_is_told_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / "turns.db"
        patient = Database(f"sqlite:///{file}", patience=60)
        with patient.writing() as db:
            db.execute(text("CREATE TABLE words (word TEXT)"))
        with patient.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA user_version").close()
            raw: Any = connection.connection.dbapi_connection
            raw.execute("BEGIN")  # nobody begins twice
            with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
                connection.info["turns"]._begin(raw)
            raw.execute("ROLLBACK")
        patient.dispose()

    def test_a_connection_that_goes_on_after_its_commit_writes_again(
        self, database: Database
    ) -> None:
        with database.engine.connect() as connection:
            for _ in range(2):
                connection.execute(text("INSERT INTO words VALUES ('x')"))
                connection.commit()
        with database.reading() as db:
            assert db.scalar(text("SELECT count(*) FROM words")) == 2


def _insert(database: Database, word: str) -> None:
    with database.writing() as db:
        db.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})
