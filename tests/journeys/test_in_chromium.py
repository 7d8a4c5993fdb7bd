"""The whole journey in a real browser, with JavaScript: as chair, editor, members, observer, public.

The same pages and the same forms as without it; what a script adds is looked at on the way: the
redline while one types, the thread that changes in its place, keys, what was typed and not sent.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from app.ballots.actions_close import close_due_ballots
from app.people.cookie import PLAIN
from app.people.models import Person
from app.verification import verify
from tests.barriers import axe
from tests.conftest import Clock
from tests.journeys.test_the_whole_journey import FIRST, SECOND
from tests.live import Server
from tests.tabs import Tabs

pytestmark = pytest.mark.browser
ROOT = "/d/fair-scales"


class Stage:
    """Everybody's own browser, and what went wrong in any of them."""

    def __init__(self, at_hand: Tabs, server: Server, clock: Clock) -> None:
        self.at_hand, self.server, self.clock = at_hand, server, clock
        self.lent = ExitStack()
        self.tabs: dict[str, Page] = {}
        self.troubles: list[str] = []

    def tab(self, person: Person | None = None) -> Page:
        """The one tab of a person, open from the first time on; the public has one, too."""
        name = person.id if person else ""
        if name not in self.tabs:
            self.tabs[name] = self.new_tab(person)
        return self.tabs[name]

    def new_tab(self, person: Person | None) -> Page:
        page = self.lent.enter_context(self.at_hand.lent(self.troubles))
        if person is not None:
            secret = self.server.live.session_of(person)
            page.context.add_cookies([{"name": PLAIN, "value": secret, "url": self.server.url}])
        page.goto(f"{self.server.url}/sign-in")
        return page

    def end_of_ballot(self) -> None:
        self.clock.forward(days=8)
        assert close_due_ballots(self.server.live.database) == 1

    def closes(self) -> str:
        return (self.clock.now + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def stage(tabs: Tabs, server: Server, clock: Clock) -> Iterator[Stage]:
    one = Stage(tabs, server, clock)
    with one.lent:
        yield one
    assert one.troubles == []


def visit(page: Page, path: str) -> None:
    """Another page of the server that the tab is at."""
    page.goto(urljoin(page.url, path))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def import_draft(page: Page, draft: str, label: str) -> None:
    visit(page, f"{ROOT}/import")
    page.locator("textarea[name=markdown]").fill(draft)
    page.locator("input[name=label]").fill(label)
    press(page, "Show the plan")
    expect(page.get_by_role("heading", name="Which clause is which")).to_be_visible()
    press(page, "Import it as this version")
    expect(page).to_have_url(re.compile(re.escape(label)))


def vote(page: Page, ballot: str, choice: str) -> None:
    visit(page, ballot)
    page.locator(f"input[name=choice][value={choice}]").check()
    press(page, "Cast my vote")
    expect(page.get_by_role("button", name="Change my vote", exact=True)).to_be_visible()


def open_ballot(page: Page, path: str, closes: str) -> str:
    visit(page, path)
    page.locator("input[name=preset][value=two_thirds]").check()
    page.locator("input[name=quorum]").fill("1/2")
    page.locator("input[name=closes_at]").fill(closes)
    press(page, "Open the ballot")
    expect(page).to_have_url(re.compile(rf"{ROOT}/b/\d+$"))
    return page.url


def everybody_votes(stage: Stage, ballot: str, choices: dict[str, str]) -> None:
    for who, choice in choices.items():
        vote(stage.tab(getattr(stage.server.cast, who)), ballot, choice)


def no_barrier(page: Page) -> None:
    """Axe finds nothing on the page in the state that it is in."""
    assert axe(page) == []


def begin_definition(page: Page) -> None:
    visit(page, "/g/open-definitions/definitions/new")
    page.locator("input[name=name]").fill("Fair Scales")
    page.locator("input[name=slug]").fill("fair-scales")
    press(page, "Create the definition")


def read_with_keys(page: Page) -> str:
    """Walks through the text by keys; returns the number of the clause about testing."""
    visit(page, ROOT)
    expect(page.get_by_text("A scale is fair when anybody may test it.")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.clause")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    no_barrier(page)
    clause = page.locator("[data-clause]", has_text="A scale is fair").first
    return clause.get_attribute("data-clause") or ""


def comment(page: Page, clause: str) -> None:
    """What was typed and not sent is kept; what is sent shows up in its place."""
    visit(page, f"{ROOT}/c/{clause}")
    page.locator("#field-comment-body").fill("Test it **how**?")
    page.wait_for_function("JSON.stringify(localStorage).includes('Test it **how**?')")
    visit(page, ROOT)
    visit(page, f"{ROOT}/c/{clause}")
    expect(page.locator("#field-comment-body")).to_have_value("Test it **how**?")
    press(page, "Comment")
    expect(page.locator(".comment strong", has_text="how")).to_be_visible()
    no_barrier(page)


def propose(page: Page, clause: str) -> None:
    """The redline shows while one types."""
    visit(page, f"{ROOT}/p/new?clause={clause}")
    words = page.locator("textarea", has_text="A scale is fair").first
    words.fill("A scale is fair when anybody may test it at any time.")
    expect(page.locator("#preview-words ins")).to_contain_text("at any time")
    no_barrier(page)
    page.locator("input[name=title]").fill("At any time")
    page.locator("textarea[name=rationale]").fill("Tests on request are no tests.")
    press(page, "Put forward")
    expect(page).to_have_url(re.compile(rf"{ROOT}/p/1$"))


def second(page: Page) -> None:
    visit(page, f"{ROOT}/p/1")
    press(page, "Second it")
    expect(page.get_by_role("button", name="Take back your second")).to_be_visible()


def test_a_draft_becomes_a_ratified_definition_in_chromium(stage: Stage) -> None:
    cast = stage.server.cast
    ana, bruno, public = stage.tab(cast.ana), stage.tab(cast.bruno), stage.tab()
    begin_definition(ana)
    import_draft(bruno, FIRST, "0.1")
    clause = read_with_keys(public)
    comment(stage.tab(cast.eli), clause)
    propose(stage.tab(cast.chloe), clause)
    second(stage.tab(cast.dara))

    ballot = open_ballot(ana, f"{ROOT}/b/new?proposal=1", stage.closes())
    everybody_votes(stage, ballot, {"ana": "yes", "bruno": "yes", "chloe": "yes", "dara": "no"})
    stage.end_of_ballot()
    visit(public, ballot)
    expect(public.locator("main")).to_contain_text("Carried")
    no_barrier(public)
    visit(public, ROOT)
    expect(public.get_by_text("anybody may test it at any time.")).to_be_visible()

    import_draft(bruno, SECOND, "0.2")
    visit(public, f"{ROOT}/compare/0.1...0.2")
    expect(public.locator("ins", has_text="Calibration").first).to_be_visible()
    no_barrier(public)

    visit(ana, f"{ROOT}/v/0.2")
    press(ana, "Make it a candidate")
    ballot = open_ballot(ana, f"{ROOT}/b/new?version=0.2", stage.closes())
    everybody_votes(stage, ballot, {"ana": "yes", "bruno": "yes", "chloe": "yes"})
    stage.end_of_ballot()
    visit(public, f"{ROOT}/v/0.2")
    expect(public.locator("main")).to_contain_text("Ratified")

    visit(public, f"{ROOT}/export")
    no_barrier(public)
    assert public.request.get(f"{stage.server.url}{ROOT}/v/0.2.pdf").body().startswith(b"%PDF-")
    with stage.server.live.database.reading() as db:
        assert list(verify(db)) == []
