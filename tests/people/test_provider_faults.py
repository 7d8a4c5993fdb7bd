"""What a provider does wrong, or somebody who sits between: a sentence, and nothing written.

At a small provider over HTTP, which does one thing wrong at a time.
"""

import time
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from app.kit import clock as the_clock
from app.people.models import Identity, SignIn
from app.people.provider_client import ProviderClient
from app.people.provider_metadata import KEPT_FOR
from app.people.provider_transport import Limits, NotWithin
from tests.people.conftest import MINE
from tests.people.elsewhere import WRONG_CLAIMS

pytestmark = pytest.mark.alike

DOWN = "Elsewhere does not answer as it should"
NOT_PROVEN = "What Elsewhere said of you does not hold"
OUT_OF_TIME = "What Elsewhere said is of another time than now"

OF_THE_TOKEN = {
    "wrong nonce": NOT_PROVEN,
    "no nonce": NOT_PROVEN,
    "wrong issuer": NOT_PROVEN,
    "wrong audience": NOT_PROVEN,
    "another party": NOT_PROVEN,
    "wrong access token": NOT_PROVEN,
    "unsigned": NOT_PROVEN,
    "signed by somebody else": NOT_PROVEN,
    "signed with the public key": NOT_PROVEN,
    "unknown key": NOT_PROVEN,
    "expired": OUT_OF_TIME,
    "of the future": OUT_OF_TIME,
    "not yet": OUT_OF_TIME,
    "no ID token": DOWN,
    "other sub": DOWN,
    "expired code": "Elsewhere does not take the answer that this browser brought",
    "unknown client": DOWN,
}
ANYWHERE = ["broken", "no JSON", "endless", "sends elsewhere"]
OF_THE_DOCUMENT = ["another issuer", "no token endpoint", "shared secrets only"]


def told(at_elsewhere, page):
    """What the page to sign in on says, where nothing was written and everything is offered."""
    assert page.form_with("Send the link")
    assert at_elsewhere.all_of(SignIn) == [] and at_elsewhere.all_of(Identity) == []
    assert at_elsewhere.entries() == []
    return page.one(".errors").text()


def test_without_a_fault_somebody_is_signed_in(at_elsewhere, elsewhere):
    elsewhere.claims = {"sub": "1", "name": "Noa New"}
    assert "Noa New" in at_elsewhere.sign_in_with("Elsewhere").text


def test_what_it_says_of_somebody(at_elsewhere, elsewhere):
    """By fault, what they are told. The statuses: who, when, and not now."""
    for fault, words in OF_THE_TOKEN.items():
        elsewhere.fault = fault
        page = at_elsewhere.sign_in_with("Elsewhere")
        assert words in told(at_elsewhere, page), fault
        assert page.status in {403, 409, 503}, fault


def test_every_wrong_claim_is_tried():
    assert set(WRONG_CLAIMS) <= set(OF_THE_TOKEN)


def test_what_it_publishes(at_elsewhere, elsewhere):
    at_elsewhere.browser.get("/sign-in?next=/d/open-source-ai")
    for fault in [*OF_THE_DOCUMENT, *ANYWHERE]:
        elsewhere.fault = fault
        page = at_elsewhere.browser.click("Sign in with Elsewhere")
        assert page.status == 503, fault
        assert DOWN in told(at_elsewhere, page), fault
        assert page.form_with("Send the link")[0].values()["next"] == ["/d/open-source-ai"]


def test_what_it_does_on_the_way_back(at_elsewhere, elsewhere):
    for fault in ANYWHERE:
        elsewhere.fault = ""
        at_elsewhere.browser.get("/sign-in")
        at_elsewhere.browser.click("Sign in with Elsewhere")
        elsewhere.fault = fault
        page = at_elsewhere.browser.submit("Go on")
        assert page.status == 503, fault
        assert DOWN in told(at_elsewhere, page), fault


def test_one_that_is_slow_is_given_up_and_holds_up_nobody(at_elsewhere, elsewhere):
    at_elsewhere.hurry(0.4)
    at_elsewhere.browser.get("/sign-in")
    at_elsewhere.browser.click("Sign in with Elsewhere")
    elsewhere.fault = "slow"
    began = time.monotonic()
    page = at_elsewhere.browser.submit("Go on")
    assert time.monotonic() - began < 1.4
    assert DOWN in told(at_elsewhere, page)


def test_one_that_is_down(with_providers):
    entry = {**MINE, "issuer": "http://127.0.0.1:1", "name": "Elsewhere"}
    with with_providers(elsewhere=entry) as one:
        one.browser.get("/sign-in")
        page = one.browser.click("Sign in with Elsewhere")
        assert page.status == 503
        assert DOWN in told(one, page)


def test_what_it_says_instead_of_a_code(at_elsewhere):
    for error in ["server_error", "temporarily_unavailable", "", "<script>"]:
        page = at_elsewhere.browser.get(f"/sign-in/with/elsewhere/back?error={error}&state=x")
        assert page.status == 503
        assert DOWN in told(at_elsewhere, page)
        assert "<script>" not in page.html


class TestWhatIsKept:
    def test_what_it_publishes_is_asked_for_once_an_hour(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "1", "name": "Noa New"}
        for _ in range(2):
            at_elsewhere.sign_in_with("Elsewhere", at_elsewhere.open_browser())
        document = "/.well-known/openid-configuration"
        assert elsewhere.asked.count(document) == elsewhere.asked.count("/keys") == 1
        with the_clock.at(datetime.now(UTC) + KEPT_FOR + timedelta(seconds=1)):
            at_elsewhere.open_browser().get("/sign-in/with/elsewhere")
        assert elsewhere.asked.count(document) == 2

    def test_nobody_can_make_us_ask_for_keys_again_and_again(self, at_elsewhere, elsewhere):
        elsewhere.fault = "unknown key"
        for _ in range(3):
            at_elsewhere.sign_in_with("Elsewhere", at_elsewhere.open_browser())
        assert elsewhere.asked.count("/keys") == 1

    def test_a_key_that_is_new_is_found(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "1", "name": "Noa New"}
        at_elsewhere.sign_in_with("Elsewhere")
        client: ProviderClient = at_elsewhere.app.state.providers
        kept = client._published._kept["elsewhere"]
        assert kept.keys is not None and kept.keys_from is not None
        kept.keys.keys.clear()
        kept.keys_from -= timedelta(minutes=2)
        assert "Noa New" in at_elsewhere.sign_in_with("Elsewhere", at_elsewhere.open_browser()).text


def test_outside_of_development_nothing_goes_unencrypted(elsewhere):
    limits = Limits(development=False, seconds=1)
    with httpx2.Client(transport=limits) as client, pytest.raises(NotWithin, match="encryption"):
        client.get(elsewhere.url)
    assert elsewhere.asked == []


def test_no_log_line_holds_a_secret(at_elsewhere, elsewhere, caplog):
    for fault in OF_THE_TOKEN:
        elsewhere.fault = fault
        at_elsewhere.sign_in_with("Elsewhere", at_elsewhere.open_browser())
    assert len(caplog.records) >= len(OF_THE_TOKEN)
    assert "a secret of theirs" not in caplog.text
    assert not [code for code in elsewhere.codes if code in caplog.text]
