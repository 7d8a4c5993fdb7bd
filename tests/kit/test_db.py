"""Which session a request gets."""

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
