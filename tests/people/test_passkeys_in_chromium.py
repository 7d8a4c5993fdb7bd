"""A passkey in a real browser, held by a virtual device: added at /me, signed in with, refused."""

import pytest
from playwright.sync_api import Page, expect

from app.main import create_app
from app.people.cookie import PLAIN
from app.settings import Settings
from tests.barriers import axe
from tests.live import Live
from tests.serving import free_port, serving, settled
from tests.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("backend")]


@pytest.fixture
def url(live: Live):
    """Served under a name, as passkeys need it; a browser trusts this one without TLS."""
    port = free_port()
    settings = Settings(
        base_url=f"http://localhost:{port}", secret_key="a key for tests only", development=True
    )
    with serving(settled(create_app(settings, live.database)), port):
        yield settings.base_url


@pytest.fixture
def page(tabs: Tabs, live: Live, url):
    """Dara's browser, signed in by mail."""
    with tabs.lent() as one:
        cookie = live.session_of(live.cast.dara)
        one.context.add_cookies([{"name": PLAIN, "value": cookie, "url": url}])
        yield one


@pytest.fixture
def device(page: Page):
    one = Device(page)
    yield one
    one.session.detach()  # the device goes with it


class Device:
    """What the browser takes for a device with a fingerprint reader."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        told = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = told["authenticatorId"]

    def knows_its_owner(self, does: bool) -> None:
        of = {"authenticatorId": self.id, "isUserVerified": does}
        self.session.send("WebAuthn.setUserVerified", of)

    def held(self) -> list[dict]:
        told = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return list(told["credentials"])


def add(page: Page, url: str, name: str = "This laptop") -> None:
    page.goto(f"{url}/me#passkeys")
    page.get_by_label("What holds it?").fill(name)
    page.get_by_role("button", name="Add a passkey").click()


def test_it_is_added_signed_in_with_and_taken_away(page: Page, device: Device, url: str):
    add(page, url)
    expect(page.locator("#flash")).to_contain_text("You can sign in with that passkey")
    expect(page.locator("#passkeys .row")).to_contain_text("This laptop")
    assert [one["isResidentCredential"] for one in device.held()] == [True]
    assert axe(page) == []

    page.context.clear_cookies()
    page.goto(f"{url}/sign-in?next=/me")
    assert axe(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{url}/me")
    expect(page.locator("h1")).to_have_text("Dara Singh")
    expect(page.locator("#passkeys .row")).to_contain_text("last used")

    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#passkeys").get_by_role("button", name="Remove").click()
    expect(page.locator("#passkeys")).to_contain_text("You have added none.")
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").first).to_contain_text("not known here, or was removed")


def test_a_device_that_does_not_know_its_owner_adds_none(page: Page, device: Device, url: str):
    device.knows_its_owner(False)
    add(page, url)
    expect(page.locator("[data-passkey-trouble]")).to_be_visible()
    expect(page.get_by_label("What holds it?")).to_have_value("This laptop")
    assert device.held() == []


def test_the_same_device_is_not_added_twice(page: Page, device: Device, url: str):
    add(page, url)
    expect(page.locator("#passkeys .row")).to_have_count(1)
    add(page, url, "The same again")
    expect(page.locator("[data-passkey-trouble]")).to_be_visible()
    expect(page.locator("#passkeys .row")).to_have_count(1)


def test_where_scripts_do_not_run_nothing_is_offered(tabs: Tabs, url: str, live: Live):
    with tabs.lent(java_script_enabled=False) as page:
        cookie = live.session_of(live.cast.dara)
        page.context.add_cookies([{"name": PLAIN, "value": cookie, "url": url}])
        page.goto(f"{url}/me")
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        expect(page.locator("[data-passkey-unable]")).to_be_visible()
        page.goto(f"{url}/sign-in")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        expect(page.get_by_role("button", name="Send the link")).to_be_visible()
