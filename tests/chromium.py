"""A real browser: the machine's own Chromium, driven by Playwright, on a server of this process."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
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

    def goto(self, path: str) -> "Tab":
        self.page.goto(self.stage.url + path, wait_until="load")
        return self


def open_tab(chromium: Browser, stage: Stage, person: Person | None = None) -> Tab:
    """A page in a context of its own, which notes script errors and files that are missing."""
    context = chromium.new_context(reduced_motion="reduce")
    if person is not None:
        sign_in(context, stage, person)
    one = Tab(context.new_page(), stage)
    one.page.on("pageerror", lambda error: one.troubles.append(f"script: {error}"))
    one.page.on(
        "console",
        lambda message: (
            one.troubles.append(f"console: {message.text}")
            if message.type == "error" and "status of 4" not in message.text
            else None
        ),
    )
    one.page.on(
        "response",
        lambda answer: (
            one.troubles.append(f"{answer.status} {answer.url}")
            if answer.status >= 400 and ("/static/" in answer.url or "/assets/" in answer.url)
            else None
        ),
    )
    return one


@pytest.fixture
def tab(chromium: Browser, stage: Stage) -> Iterator[Tab]:
    """A new page, signed out; a script error or a missing file fails the test at its end."""
    one = open_tab(chromium, stage)
    yield one
    one.page.context.close()
    assert one.troubles == []


@pytest.fixture(scope="session")
def lasting_tabs(chromium: Browser, stage: Stage) -> Iterator[dict[str, Tab]]:
    """Tabs that stay open from test to test, by the person whose they are."""
    tabs: dict[str, Tab] = {}
    yield tabs
    for one in tabs.values():
        one.page.context.close()


@pytest.fixture
def look_as(
    chromium: Browser, stage: Stage, lasting_tabs: dict[str, Tab]
) -> Iterator[Callable[[Person | None], Tab]]:
    """The tab of somebody, for tests that only look: a new one takes longer than most pages do."""
    used: list[Tab] = []

    def of(person: Person | None) -> Tab:
        name = person.id if person else ""
        if name not in lasting_tabs:
            lasting_tabs[name] = open_tab(chromium, stage, person)
            lasting_tabs[name].page.context.add_init_script(path=AXE)
        used.append(lasting_tabs[name])
        used[-1].troubles.clear()
        return used[-1]

    yield of
    assert [trouble for one in used for trouble in one.troubles] == []


def sign_in(context: BrowserContext, stage: Stage, person: Person) -> None:
    """From now on this browser is this person's."""
    context.add_cookies([{"name": PLAIN, "value": stage.cookie_of(person), "url": stage.url}])
