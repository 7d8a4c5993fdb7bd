"""What scripts add to pages that work without them: keys, quotes, what was typed, finding a person."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.kit import clock
from app.people.models import Person
from tests.chromium import Tab, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("backend")]
TEXT = "/d/stage"


@pytest.fixture
def page(tab: Tab) -> Page:
    """A member's page."""
    sign_in(tab.page.context, tab.stage, tab.stage.case.people[4])
    return tab.page


def select_words(page: Page, count: int) -> str:
    """Selects the first characters of the first paragraph, as a mouse would."""
    return page.evaluate(
        """(count) => {
          const words = document.querySelector("div.clause__words p").firstChild;
          const range = document.createRange();
          range.setStart(words, 0);
          range.setEnd(words, count);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return range.toString().trim();
        }""",
        count,
    )


def test_keys_go_from_clause_to_clause_and_open_what_one_can_do(tab: Tab, page: Page) -> None:
    tab.goto(TEXT)
    page.keyboard.press("j")
    first = page.locator("[data-clause][data-current]")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(first).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/c/\d+#comment-form"))
    expect(page.locator("#comment-form textarea[name=body]")).to_be_focused()


@pytest.mark.parametrize("path", ["c/3", "p/1", "b/1"])
def test_the_key_for_a_comment_leads_to_its_form_where_that_is_on_the_page(
    tab: Tab, page: Page, path: str
) -> None:
    tab.goto(f"{TEXT}/{path}")
    page.keyboard.press("c")
    body = page.locator("#comment-form textarea[name=body]")
    expect(body).to_be_focused()
    expect(body).to_have_value("")


def test_anybody_can_turn_single_keys_off_for_this_browser(tab: Tab) -> None:
    page = tab.goto(TEXT).page
    current = page.locator("[data-clause][data-current]")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys do this").uncheck()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(current).to_have_count(0)
        expect(page.locator("dialog#keys")).to_be_hidden()
        tab.goto(TEXT)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name="Single keys do this").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(current).to_be_focused()


def test_single_keys_are_a_setting_too(tab: Tab, page: Page) -> None:
    tab.goto("/me")
    page.locator("#single-keys").get_by_role("checkbox").uncheck()
    tab.goto(TEXT)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_hidden()


def test_keys_are_letters_while_somebody_types(tab: Tab, page: Page) -> None:
    tab.goto(f"{TEXT}/c/3")
    body = page.locator("#comment-form textarea[name=body]")
    body.press_sequentially("jk?c")
    expect(body).to_have_value("jk?c")
    expect(page.locator("dialog#keys")).to_be_hidden()


def test_selected_words_travel_with_the_comment(tab: Tab, page: Page) -> None:
    tab.goto(TEXT)
    quote = select_words(page, 12)
    page.locator(".quote-button").click()
    expect(page.locator("#comment-form .comment__quote")).to_have_text(quote)
    page.locator("#comment-form textarea[name=body]").fill("About these words.")
    page.locator("#comment-form button[type=submit]").click()
    posted = page.locator("#discussion article", has_text="About these words.")
    expect(posted.locator(".comment__quote")).to_have_text(quote)
    expect(posted).to_be_focused()


def test_what_was_typed_survives_a_closed_page_and_goes_when_it_was_sent(
    tab: Tab, page: Page
) -> None:
    tab.goto(f"{TEXT}/c/3")
    page.locator("#comment-form textarea[name=body]").fill("Half a thought")
    tab.goto(TEXT).goto(f"{TEXT}/c/3")
    body = page.locator("#comment-form textarea[name=body]")
    expect(body).to_have_value("Half a thought")
    expect(page.locator(".draft-kept")).to_be_visible()
    page.locator("#comment-form button[type=submit]").click()
    expect(page.locator("#discussion article", has_text="Half a thought")).to_be_visible()
    tab.goto(f"{TEXT}/c/3")
    expect(body).to_have_value("")


def test_what_was_typed_on_other_words_is_offered_and_not_put_in(tab: Tab, page: Page) -> None:
    tab.goto(f"{TEXT}/p/new?clause=3")
    words = page.locator("textarea[name^=markdown]").first
    words.fill("Mine")
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((name) => name.includes("markdown"));
          const draft = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...draft, start: "what stood there before" }));
        }"""
    )
    tab.goto(f"{TEXT}/p/new?clause=3")
    expect(words).not_to_have_value("Mine")
    page.locator(".draft-kept [data-deed=take]").click()
    expect(words).to_have_value("Mine")


def test_the_redline_follows_what_one_types(tab: Tab, page: Page) -> None:
    tab.goto(f"{TEXT}/p/new?clause=3")
    words = page.locator("textarea[name^=markdown]").first
    words.press("Control+End")
    words.press_sequentially(" Quite so.")
    expect(page.locator("#preview ins").last).to_have_text(re.compile("Quite so"))
    expect(words).to_be_focused()


def test_colours_show_as_they_are_chosen(tab: Tab, page: Page) -> None:
    tab.goto("/me")
    page.locator("label", has=page.locator("input[value=dark]")).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_person_is_found_by_part_of_a_name(tab: Tab) -> None:
    with tab.stage.database.writing() as db:
        for name in ("Zoë Ångström", "Otto Ohm"):
            db.add(Person(name=name, invented=True, since=clock.now()))
    tab.goto("/sign-in/demo")
    tab.page.locator("#find-person").fill("angst zoe")
    expect(tab.page.locator("[data-filter-row]:visible")).to_have_text(["Zoë Ångström"])


def test_the_menu_closes_by_escape_and_gives_the_focus_back(tab: Tab, page: Page) -> None:
    tab.goto(TEXT)
    page.locator(".menu > summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.locator(".menu > summary")).to_be_focused()
