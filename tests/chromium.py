"""A real browser: the machine's own Chromium, driven by Playwright, on a server of this process."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session

from app.kit.db import Database
from app.main import create_app
from app.people.cookie import PLAIN
from app.people.models import Person
from app.settings import Settings
from bench.case import Case, Size, tell
from tests.barriers import AXE
from tests.databases import own_database
from tests.serving import free_port, serving, settled
from tests.signing import session_of
from tests.tabs import Tabs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--js-flags=--no-maglev --no-opt",  # a page is gone before what they compile has paid
]
SIZE = Size(clauses=14, comments=14, proposals=6, ballots=4, votes=8)  # some of each kind


def executable() -> str | None:
    """Where the machine has its Chromium."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; one a worker."""
    path = executable()
    if path is None:
        warnings.warn("NO CHROMIUM: the browser tests are skipped", stacklevel=1)
        pytest.skip("no Chromium on this machine")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=flags)
        yield browser
        browser.close()


@dataclass
class Stage:
    """A case that is served: where, and who is in it."""

    url: str
    database: Database
    case: Case

    def cookie_of(self, person: Person) -> str:
        with self.database.writing() as db:
            return session_of(db, person)


@pytest.fixture(scope="session")
def stage(
    backend: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Stage]:
    """The case ``/d/stage`` of the group ``/g/stage-group``, served once for all browser tests."""
    folder = tmp_path_factory.mktemp("stage")
    with own_database(backend, folder, f"stage_{worker_id}") as url:
        database = Database(url)
        with database.writing() as db:
            case = _tell(db)
        port = free_port()
        settings = Settings(
            base_url=f"http://127.0.0.1:{port}",
            secret_key="a key for tests only",
            development=True,
            demo=True,
        )
        with serving(settled(create_app(settings, database)), port) as address:
            yield Stage(address, database, case)


def _tell(db: Session) -> Case:
    return tell(db, SIZE, slug="stage")


@dataclass
class Tab:
    """One page of the browser, with what went wrong in it."""

    page: Page
    stage: Stage
    troubles: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """The troubles, without the answers that refuse something."""
        return [one for one in self.troubles if "status of 4" not in one]

    def goto(self, path: str) -> "Tab":
        self.page.goto(self.stage.url + path, wait_until="load")
        return self


@pytest.fixture(scope="session")
def tabs(chromium: Browser) -> Tabs:
    """The tabs of this worker; they close with the browser."""
    return Tabs(chromium)


@contextmanager
def open_tab(tabs: Tabs, stage: Stage, person: Person | None = None) -> Iterator[Tab]:
    """A tab of somebody at the stage."""
    troubles: list[str] = []
    with tabs.lent(troubles) as page:
        if person is not None:
            sign_in(page.context, stage, person)
        yield Tab(page, stage, troubles)


@pytest.fixture
def tab(tabs: Tabs, stage: Stage) -> Iterator[Tab]:
    """A tab, signed out; a script error or a missing file fails the test at its end."""
    with open_tab(tabs, stage) as one:
        yield one
    assert one.wrong == []


@pytest.fixture(scope="session")
def lasting_tabs(chromium: Browser, stage: Stage) -> Iterator[Callable[[Person | None], Tab]]:
    """Tabs that stay open from test to test, by the person whose they are; axe is in them."""
    tabs, found = Tabs(chromium), dict[str, Tab]()
    with ExitStack() as stack:

        def of(person: Person | None) -> Tab:
            name = person.id if person else ""
            if name not in found:
                found[name] = stack.enter_context(open_tab(tabs, stage, person))
                found[name].page.context.add_init_script(path=AXE)
            return found[name]

        yield of


@pytest.fixture
def look_as(
    lasting_tabs: Callable[[Person | None], Tab],
) -> Iterator[Callable[[Person | None], Tab]]:
    """The tab of somebody, for tests that only look."""
    used: list[Tab] = []

    def of(person: Person | None) -> Tab:
        used.append(lasting_tabs(person))
        used[-1].troubles.clear()
        return used[-1]

    yield of
    assert [trouble for one in used for trouble in one.wrong] == []


def sign_in(context: BrowserContext, stage: Stage, person: Person) -> None:
    """From now on this browser is this person's."""
    context.add_cookies([{"name": PLAIN, "value": stage.cookie_of(person), "url": stage.url}])
