"""An instance with providers, over the wire, and the accounts that people have there."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from app.kit.db import Database
from app.kit.models import Mail
from app.main import create_app
from app.people.models import Identity, Person, SignIn
from app.people.provider_client import ProviderClient
from app.record.models import Entry
from app.settings import Settings
from tests.browser import PlainBrowser
from tests.cast import Cast
from tests.conftest import Live
from tests.page import Page
from tests.people.elsewhere import Elsewhere, GitHubElsewhere, real_provider, serving_elsewhere
from tests.serving import free_port, serving

MINE = {"client_id": "clausewise", "client_secret": "a secret of theirs"}
COUNTED = (Entry, Identity, Mail, Person, SignIn)


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real provider, with accounts for whoever types a name; where it is."""
    with real_provider(tmp_path_factory.mktemp("provider") / "log") as url:
        yield url


@dataclass
class Instance:
    """A server with providers, the data behind it, and a browser that looks at it."""

    url: str
    live: Live
    settings: Settings
    browsers: ExitStack
    app: Any
    mine: list[PlainBrowser] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.live.database

    @property
    def cast(self) -> Cast:
        return self.live.cast

    def open_browser(self) -> PlainBrowser:
        """Another browser, of another person."""
        client = httpx2.Client(base_url=self.url, trust_env=False, timeout=30)
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


@contextmanager
def instance_with(
    live: Live, settings: Settings, **providers: dict[str, str]
) -> Iterator[Instance]:
    port = free_port()
    own = settings.model_copy(
        update={"base_url": f"http://127.0.0.1:{port}", "providers": json.dumps(providers)}
    )
    app = create_app(own, live.database)
    with serving(app, port) as url, ExitStack() as browsers:
        yield Instance(url, live, own, browsers, app)


@pytest.fixture
def instance(live: Live, settings: Settings, provider: str) -> Iterator[Instance]:
    """With the real provider, called Work."""
    work = {**MINE, "issuer": provider, "name": "Work"}
    with instance_with(live, settings, work=work) as one:
        yield one


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A small provider, of which a test says what it does wrong."""
    with serving_elsewhere(Elsewhere()) as one:
        yield one


@pytest.fixture
def at_elsewhere(live: Live, settings: Settings, elsewhere: Elsewhere) -> Iterator[Instance]:
    entry = {**MINE, "issuer": elsewhere.url, "name": "Elsewhere"}
    with instance_with(live, settings, elsewhere=entry) as one:
        yield one


@pytest.fixture
def github() -> Iterator[GitHubElsewhere]:
    with serving_elsewhere(GitHubElsewhere()) as one:
        assert isinstance(one, GitHubElsewhere)
        yield one


@pytest.fixture
def at_github(live: Live, settings: Settings, github: GitHubElsewhere) -> Iterator[Instance]:
    with instance_with(live, settings, github={**MINE, "issuer": github.url}) as one:
        yield one
