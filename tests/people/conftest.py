"""An instance with providers, which are asked over the wire, and the accounts that people have there.

The instance itself answers in this process, over the database of the test; a browser that runs
scripts needs a server, and gets one.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.datastructures import State
from starlette.testclient import TestClient

from app.kit.db import Database
from app.kit.models import Mail
from app.people.models import Identity, Person, SignIn
from app.people.provider_client import ProviderClient
from app.people.providers import read_providers
from app.record.models import Entry
from app.settings import Settings
from tests.browser import PlainBrowser
from tests.cast import Cast
from tests.live import Live
from tests.page import Page
from tests.people.elsewhere import Elsewhere, GitHubElsewhere, real_provider, serving_elsewhere
from tests.serving import free_port, serving, wire
from tests.signing import session_of

HERE = "http://127.0.0.1:8000"
MINE = {"client_id": "clausewise", "client_secret": "a secret of theirs"}
COUNTED = (Entry, Identity, Mail, Person, SignIn)


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real provider, with accounts for whoever types a name; where it is."""
    with real_provider(tmp_path_factory.mktemp("provider") / "log") as url:
        yield url


@dataclass
class Instance:
    """An application with providers, the data behind it, and browsers that look at it and at them."""

    url: str
    database: Database
    cast: Cast
    browsers: ExitStack
    app: Any
    session_of: Callable[[Person], str]
    inside: dict[str, httpx2.BaseTransport] = field(default_factory=dict)
    mine: list[PlainBrowser] = field(default_factory=list)

    def open_browser(self) -> PlainBrowser:
        """Another browser, of another person."""
        client = wire(base_url=self.url, mounts=self.inside, timeout=30)
        return PlainBrowser(self.browsers.enter_context(client))

    @property
    def browser(self) -> PlainBrowser:
        if not self.mine:
            self.mine.append(self.open_browser())
        return self.mine[0]

    def hurry(self, seconds: float) -> None:
        """Waits for providers no longer than this."""
        self.app.state.providers = ProviderClient(
            self.app.state.providers.providers,
            base_url=self.url,
            development=True,
            seconds=seconds,
        )

    def counts(self) -> list[int]:
        """How many rows there are of all that signing in could write."""
        with self.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(one)) or 0 for one in COUNTED]

    def all_of(self, model: Any) -> list[Any]:
        with self.database.reading() as db:
            return list(db.scalars(select(model).order_by(model.__mapper__.primary_key[0])))

    def person(self, name: str) -> Person:
        """The one of this name."""
        (one,) = [one for one in self.all_of(Person) if one.name == name]
        assert isinstance(one, Person)
        return one

    def entries(self) -> list[str]:
        """What the record tells, in order."""
        with self.database.reading() as db:
            return list(db.scalars(select(Entry.verb).order_by(Entry.log_id, Entry.sequence)))

    def last_mail(self) -> Mail:
        with self.database.reading() as db:
            return db.scalars(select(Mail).order_by(Mail.id.desc()).limit(1)).one()

    def sign_in_with(self, name: str, browser: PlainBrowser | None = None) -> Page:
        """Through a small provider, which asks nothing, to the end."""
        browser = browser or self.browser
        if f"Sign in with {name}" not in browser.page.html:
            browser.get("/sign-in")
        browser.click(f"Sign in with {name}")
        return browser.submit("Go on")


WithProviders = Callable[..., AbstractContextManager[Instance]]


def set_up(
    app: FastAPI, settings: Settings, url: str, providers: dict[str, dict[str, str]]
) -> None:
    """The application is at this address, and has these providers."""
    app.state.settings = settings.model_copy(update={"base_url": url})
    read = read_providers(json.dumps(providers), development=True)
    app.state.providers = ProviderClient(read, base_url=url, development=True)


@pytest.fixture
def with_providers(app: FastAPI, db: Session, cast: Cast, settings: Settings) -> WithProviders:
    """``with with_providers(work={…}) as instance:`` over this test's database."""

    @contextmanager
    def answer(**providers: dict[str, str]) -> Iterator[Instance]:
        set_up(app, settings, HERE, providers)
        with TestClient(app, base_url=HERE) as client, ExitStack() as browsers:
            yield Instance(
                HERE,
                app.state.database,
                cast,
                browsers,
                app,
                partial(session_of, db),
                {HERE: client._transport},
            )

    return answer


@pytest.fixture
def instance(with_providers: WithProviders, provider: str) -> Iterator[Instance]:
    """With the real provider, called Work."""
    with with_providers(work={**MINE, "issuer": provider, "name": "Work"}) as one:
        yield one


@pytest.fixture
def served_instance(
    lasting_app: FastAPI, live: Live, settings: Settings, provider: str
) -> Iterator[Instance]:
    """The same by a real server, over a database of its own."""
    port, before = free_port(), lasting_app.state
    url = f"http://127.0.0.1:{port}"
    lasting_app.state = State({**before._state, "database": live.database})
    set_up(lasting_app, settings, url, {"work": {**MINE, "issuer": provider, "name": "Work"}})
    try:
        with serving(lasting_app, port), ExitStack() as browsers:
            yield Instance(url, live.database, live.cast, browsers, lasting_app, live.session_of)
    finally:
        lasting_app.state = before


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A small provider, of which a test says what it does wrong."""
    with serving_elsewhere(Elsewhere()) as one:
        yield one


@pytest.fixture
def at_elsewhere(with_providers: WithProviders, elsewhere: Elsewhere) -> Iterator[Instance]:
    entry = {**MINE, "issuer": elsewhere.url, "name": "Elsewhere"}
    with with_providers(elsewhere=entry) as one:
        yield one


@pytest.fixture
def github() -> Iterator[GitHubElsewhere]:
    with serving_elsewhere(GitHubElsewhere()) as one:
        assert isinstance(one, GitHubElsewhere)
        yield one


@pytest.fixture
def at_github(with_providers: WithProviders, github: GitHubElsewhere) -> Iterator[Instance]:
    with with_providers(github={**MINE, "issuer": github.url}) as one:
        yield one
