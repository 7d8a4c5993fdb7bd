"""The rules of the house are tried at every address: what is asked goes straight in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from tests.signing import Api, Browser
from tests.straight import straight


@pytest.fixture
def open_browser(app: FastAPI, db: Session) -> Iterator[Callable[[], Browser]]:
    """Another browser, of another person."""
    with ExitStack() as stack:
        yield lambda: Browser(stack.enter_context(straight(app)), db)


@pytest.fixture
def api(app: FastAPI, db: Session) -> Iterator[Api]:
    """A program that speaks the JSON API."""
    with straight(app) as client:
        yield Api(client, db)
