"""Signing out here ends the session at the provider, too, where it offers that; and nothing is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.responses import Response

from app.kit import clock
from app.people import way_out
from app.people.cookie import lend_cookie
from app.people.models import SignIn
from app.people.way_out import LENGTH_MAX, LIFETIME
from app.settings import Settings
from app.worker import turn
from tests.people.elsewhere import tell

pytestmark = pytest.mark.alike

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
KEY = "a key for tests only"


class TestTheCookie:
    def test_it_carries_what_the_provider_signed_to_that_provider_for_two_minutes(self):
        cookie = way_out.sealed(KEY, "work", "signed", NOON)
        assert way_out.opened(KEY, cookie, "work", NOON) == "signed"
        assert way_out.opened(KEY, cookie, "other", NOON) is None
        assert way_out.opened(KEY, cookie, "work", NOON + LIFETIME) is None

    @pytest.mark.parametrize(("length", "kept"), [(2_500, True), (20_000, False)])
    def test_what_no_browser_would_take_stays_behind(self, length, kept):
        cookie = way_out.sealed(KEY, "work", "x" * length, NOON)
        assert len(cookie) <= LENGTH_MAX
        assert (way_out.opened(KEY, cookie, "work", NOON) == "x" * length) is kept


@pytest.fixture
def noa(instance, provider):
    """Somebody who came in with the real provider; their browser."""
    tell(provider, "leaving", name="Noa New")
    browser = instance.browser
    browser.get("/sign-in")
    browser.click("Sign in with Work")
    browser.submit("Authorize", sub="leaving")
    browser.submit("Go on")
    return browser


def test_it_goes_on_to_the_provider_and_comes_back(instance, provider, noa):
    (before,) = instance.all_of(SignIn)
    assert before.id_token
    page = noa.submit("Sign out")
    assert "You are signed out here" in page.text and "Noa New" not in page.text
    link = page.links()["Sign out at Work"]
    assert page.one("meta[http-equiv=refresh]").attributes["content"] == f"0; url={link}"
    assert page.headers["cache-control"] == "no-store"
    asked = parse_qs(urlsplit(link).query)
    assert asked == {
        "client_id": ["clausewise"],
        "id_token_hint": [before.id_token],
        "post_logout_redirect_uri": [f"{instance.url}/"],
    }
    noa.click("Sign out at Work")
    assert noa.submit("End session").url == f"{instance.url}/"


def test_nothing_of_it_stays(instance, noa):
    """Not what the provider signed, nor the way to where it was used."""
    noa.submit("Sign out")
    (after,) = instance.all_of(SignIn)
    assert after.ended_at is not None and after.id_token is None
    page = noa.reload()
    assert "Work was not told." in page.text
    assert not page.css("meta[http-equiv=refresh]")
    assert noa.get("/me").path.startswith("/sign-in")


def test_a_provider_that_is_down_keeps_nobody_signed_in(instance, noa):
    instance.hurry(0.2)
    client = instance.app.state.providers
    client.providers = {"work": replace(client.providers["work"], issuer="http://127.0.0.1:1")}
    page = noa.submit("Sign out")
    assert "You are signed out here" in page.text and "Work was not told." in page.text
    assert instance.all_of(SignIn)[0].ended_at is not None


def test_where_it_does_not_offer_that_it_is_signed_out_here(at_elsewhere):
    at_elsewhere.sign_in_with("Elsewhere")
    assert at_elsewhere.all_of(SignIn)[0].id_token is None
    page = at_elsewhere.browser.submit("Sign out")
    assert page.path == "/"
    assert "You are signed out." in page.text


def test_behind_tls_what_a_browser_carries_is_of_this_host_only():
    """So that nothing beside us can put a trip of somebody else in its place."""
    tls = Settings(base_url="https://definitions.example.org")
    answer = Response()
    lend_cookie(answer, "round_trip", "x", lifetime=LIFETIME, settings=tls)
    said = answer.headers["set-cookie"]
    assert said.startswith("__Host-round_trip=x;")
    assert "Secure" in said and "Path=/;" in said and "Domain" not in said


def test_who_is_signed_in_is_not_told_otherwise(instance, noa):
    assert noa.get("/sign-out/at/work").path == "/"


def test_who_comes_by_chance_is_sent_nowhere(instance):
    page = instance.browser.get("/sign-out/at/work")
    assert not page.css("meta[http-equiv=refresh]")
    assert instance.browser.get("/sign-out/at/nobody").status == 404


def test_what_was_signed_is_forgotten_when_a_session_ends_by_itself(instance, noa, settings):
    with clock.at(datetime.now(UTC) + timedelta(days=settings.session_days)):
        turn(instance.database, settings)
    assert instance.all_of(SignIn)[0].id_token is None
