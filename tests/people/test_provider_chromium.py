"""Signing in with an account elsewhere in Chromium: the way back goes on by itself, and no page of
it is a barrier."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.people.cookie import PLAIN
from tests.barriers import barriers_of
from tests.people.conftest import Instance
from tests.people.elsewhere import tell
from tests.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    """A page of a browser that is signed in nowhere; what the provider takes from afar stays out."""
    troubles: list[str] = []
    with tabs.lent(troubles) as one:
        one.context.route(
            re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort("blockedbyclient")
        )
        yield one
    assert [one for one in troubles if one.startswith("script")] == []


def come(page: Page, instance: Instance, subject: str) -> None:
    page.goto(f"{instance.url}/sign-in?next=/d/open-source-ai")
    page.get_by_role("link", name="Sign in with Work").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_there_and_back_and_signed_out_at_both(
    page: Page, served_instance: Instance, provider: str
) -> None:
    tell(provider, "chromium-1", name="Noa New")
    come(page, served_instance, "chromium-1")
    expect(page).to_have_url(f"{served_instance.url}/d/open-source-ai")
    expect(page.get_by_role("status")).to_contain_text("You are signed in.")
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(f"^{provider}/oauth2/end_session"))
    page.get_by_role("button", name="End session").click()
    expect(page).to_have_url(f"{served_instance.url}/")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_consent_that_was_refused_is_told_and_the_sentence_has_the_focus(
    page: Page, served_instance: Instance
) -> None:
    page.goto(f"{served_instance.url}/sign-in")
    page.get_by_role("link", name="Sign in with Work").click()
    page.get_by_role("button", name="Deny").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Work was not allowed to say who you are")
    expect(told).to_be_focused()
    assert barriers_of(page) == []


def test_an_account_is_added_at_ones_own_page(
    page: Page, served_instance: Instance, provider: str
) -> None:
    tell(provider, "chromium-2", email="dara@work.example")
    session = served_instance.session_of(served_instance.cast.dara)
    page.context.add_cookies([{"name": PLAIN, "value": session, "url": served_instance.url}])
    page.goto(f"{served_instance.url}/me")
    page.get_by_role("link", name="Add an account of Work").click()
    page.locator("input[name=sub]").fill("chromium-2")
    page.get_by_role("button", name="Authorize").click()
    expect(page.locator("#ways")).to_contain_text("dara@work.example")
    assert barriers_of(page) == []


def test_no_page_on_the_way_is_a_barrier(
    page: Page, served_instance: Instance, provider: str
) -> None:
    tell(provider, "chromium-3", email="eli.novak@example.org", email_verified=True)
    page.goto(f"{served_instance.url}/sign-in")
    assert barriers_of(page) == []
    come(page, served_instance, "chromium-3")
    expect(page).to_have_url(f"{served_instance.url}/sign-in/join/sent")
    assert barriers_of(page) == []
    page.goto(re.findall(r"http\S+/sign-in/join\S+", served_instance.last_mail().text)[0])
    assert barriers_of(page) == []
    page.get_by_role("button", name="Yes, and sign in").click()
    expect(page).to_have_url(f"{served_instance.url}/d/open-source-ai")
    page.goto(f"{served_instance.url}/sign-out/at/work")
    assert barriers_of(page) == []


def test_the_page_back_is_one_without_scripts_too(
    tabs: Tabs, served_instance: Instance, provider: str
) -> None:
    tell(provider, "chromium-4", name="Noa New")
    with tabs.lent(java_script_enabled=False) as page:
        come(page, served_instance, "chromium-4")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nearly there")
        page.get_by_role("button", name="Go on").click()
        expect(page).to_have_url(f"{served_instance.url}/d/open-source-ai")
