"""A proposal is written where its clause stands, in a real browser; without scripts, on the sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.barriers import axe
from tests.browser import NotOnThePage
from tests.chromium import Tab, sign_in
from tests.proposals.staging import ROOT

TEXT = "/d/stage"


def test_without_scripts_the_link_leads_to_the_sheet_and_back_to_the_clause(browser, cast):
    browser.sign_in(cast.chloe).get(ROOT)
    page = browser.click("Propose a change", within="#c4")
    assert page.path == f"{ROOT}/p/new?clause=4"
    assert page.one("textarea[name=markdown-0]").text().strip().startswith("Enough is said")
    assert page.links()["Leave it"] == f"{ROOT}#c4"


def test_who_may_not_propose_finds_the_reason_there(browser, cast):
    browser.sign_in(cast.eli).get(ROOT)
    page = browser.click("Propose a change", within="#c4")
    assert "Observers read and comment" in page.text
    with pytest.raises(NotOnThePage):
        page.form_with("Put forward")


@pytest.mark.browser
@pytest.mark.usefixtures("backend")
class TestInChromium:
    @pytest.fixture
    def page(self, tab: Tab) -> Page:
        """A member's page, with the text."""
        sign_in(tab.page.context, tab.stage, tab.stage.case.people[4])
        return tab.goto(TEXT).page

    def open(self, page: Page, number: int) -> None:
        page.locator(f"#c{number}").hover()
        page.locator(f"#c{number} [data-key=p]").click()

    def test_the_sheet_opens_where_the_clause_stands_and_is_left_again(self, page: Page) -> None:
        clause, form = page.locator("#c3"), page.locator("#proposal-form")
        title = page.title()
        self.open(page, 3)
        expect(form.locator("textarea[name=markdown-0]")).to_be_focused()
        expect(clause).to_be_hidden()
        expect(page.locator("#c2")).to_be_visible()
        expect(page.locator("#live")).to_have_text("Propose a change")
        assert page.url.endswith(TEXT)
        assert page.title() == title
        form.get_by_text("Leave it").click()
        expect(form).to_have_count(0)
        expect(clause).to_be_focused()

    def test_one_sheet_at_a_time(self, page: Page) -> None:
        self.open(page, 3)
        expect(page.locator("#proposal-form")).to_have_count(1)
        expect(page.locator("#c5 [data-key=p]")).to_be_hidden()
        page.locator("#c5").focus()
        page.keyboard.press("p")
        page.keyboard.press("k")
        expect(page.locator("#proposal-form")).to_have_count(1)

    def test_the_redline_shows_as_one_types_and_the_proposal_is_put_forward(
        self, page: Page
    ) -> None:
        self.open(page, 3)
        words = page.locator("textarea[name=markdown-0]")
        words.press("End")
        words.press_sequentially(" Truly so.")
        expect(page.locator("#preview-words ins").first).to_contain_text("Truly so")
        expect(words).to_be_focused()
        page.locator("[name=title]").fill("Say that it is so")
        page.get_by_role("button", name="Put forward", exact=True).click()
        page.wait_for_url(re.compile(r"/p/\d+$"))
        expect(page.locator("h1")).to_have_text("Say that it is so")

    @pytest.mark.parametrize("width", [320, 1600])
    def test_everybody_can_use_it_there(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("#c3 [data-key=p]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#proposal-form")).to_be_visible()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_who_is_signed_out_is_led_to_sign_in_and_on_to_the_sheet(self, tab: Tab) -> None:
        page = tab.goto(TEXT).page
        self.open(page, 3)
        page.wait_for_url(re.compile(r"/sign-in\?next=%2Fd%2Fstage%2Fp%2Fnew"))
        expect(page.locator("h1")).to_be_visible()
