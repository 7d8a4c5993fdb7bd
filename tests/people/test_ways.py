"""The ways in to one's account: added, taken away, confirmed by mail; nobody adds one to another's."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.kit.refusals import Refusal
from app.people import rules_identity
from app.people.models import Identity, JoiningLink, Person, SignIn
from app.people.vouched import Vouched
from tests.people.conftest import MINE

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
ANA, ELI = Person(id="p_1", email="ana@example.org"), Person(id="p_2", email=None)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


class TestRules:
    @pytest.mark.parametrize(
        ("address", "checked", "refusal"),
        [
            ("a@example.org", True, None),
            ("a@example.org", None, None),
            ("a@example.org", False, "address_not_checked"),
            (None, None, None),
        ],
    )
    def test_who_may_come(self, address, checked, refusal):
        said = Vouched("work", "1", address=address, checked=checked)
        assert code(rules_identity.may_come(said, provider="Work")) == refusal

    @pytest.mark.parametrize(
        ("owner", "refusal"),
        [(None, None), ("p_1", "identity_joined_already"), ("p_2", "identity_of_somebody_else")],
    )
    def test_an_account_is_one_persons(self, owner, refusal):
        current = Identity(person_id=owner) if owner else None
        assert code(rules_identity.may_join_identity(current, ANA, provider="Work")) == refusal

    @pytest.mark.parametrize(("ways", "refusal"), [(0, "last_way_in"), (1, None), (3, None)])
    def test_one_way_in_stays(self, ways, refusal):
        assert code(rules_identity.may_leave_identity(ways)) == refusal

    def link(self, **values):
        named = {
            "person": ANA, "person_id": "p_1", "email": "ana@example.org", "provider": "work",
            "subject": "1", "expires_at": NOON, "used_at": None,
        }  # fmt: skip
        return JoiningLink(**{**named, **values})

    BEFORE = NOON - timedelta(microseconds=1)

    @pytest.mark.parametrize(
        ("changed", "now", "refusal"),
        [
            ({}, BEFORE, None),
            ({}, NOON, "link_expired"),
            ({"used_at": BEFORE}, BEFORE, "link_used"),
            ({"provider": "gone"}, BEFORE, "link_unknown"),
            ({"provider": None, "subject": None}, BEFORE, "link_unknown"),
            ({"email": "before@example.org"}, BEFORE, "link_of_another_address"),
        ],
    )
    def test_a_joining_link_is_bound_to_all_that_it_was_sent_for(self, changed, now, refusal):
        link = self.link(**changed)
        assert code(rules_identity.may_use_joining_link(link, now, providers={"work"})) == refusal

    @pytest.mark.parametrize(
        ("changed", "by", "owner", "refusal"),
        [
            ({}, ANA, None, None),
            ({}, ELI, None, "link_unknown"),
            ({"provider": "work", "subject": "1"}, ANA, None, "link_unknown"),
            ({"used_at": BEFORE}, ANA, None, "link_used"),
            ({}, ANA, ELI, "address_in_use"),
        ],
    )
    def test_an_address_is_taken_by_who_asked_for_it(self, changed, by, owner, refusal):
        link = self.link(**{"provider": None, "subject": None, **changed})
        assert code(rules_identity.may_take_address(link, by, owner, self.BEFORE)) == refusal

    def test_no_link_is_none(self):
        assert code(rules_identity.may_take_address(None, ANA, None, NOON)) == "link_unknown"
        unknown = rules_identity.may_use_joining_link(None, NOON, providers={"work"})
        assert code(unknown) == "link_unknown"


def signed_in(instance, person):
    """A browser of somebody who is in the group, at their settings."""
    browser = instance.open_browser()
    browser.client.cookies.set("clausewise", instance.session_of(person))
    browser.get("/me")
    return browser


def add(browser):
    browser.get("/me")
    browser.click("Add an account of Elsewhere")
    return browser.submit("Go on")


@pytest.mark.alike
class TestAddingOne:
    def test_it_joins_at_once_and_signs_in_from_then_on(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "dara", "email": "d@elsewhere.example", "email_verified": False}
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        page = add(browser)
        assert page.path.startswith("/me")
        assert "You can sign in with that account from now on." in page.text
        assert "d@elsewhere.example" in page.one("#ways").text()
        assert at_elsewhere.entries() == ["identity.joined"]
        other = at_elsewhere.open_browser()
        assert "Dara Singh" in at_elsewhere.sign_in_with("Elsewhere", other).text

    def test_several_can_lead_to_one_person(self, at_elsewhere, elsewhere):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        for subject in ("one", "two"):
            elsewhere.claims = {"sub": subject}
            add(browser)
        assert {one.person_id for one in at_elsewhere.all_of(Identity)} == {
            at_elsewhere.cast.dara.id
        }
        elsewhere.claims = {"sub": "two"}
        page = add(browser)
        assert page.status == 409
        assert "You sign in with this account of Elsewhere already." in page.one("#ways").text()

    def test_one_of_somebody_else_is_refused(self, at_elsewhere, elsewhere):
        add(signed_in(at_elsewhere, at_elsewhere.cast.dara))
        page = add(signed_in(at_elsewhere, at_elsewhere.cast.eli))
        assert page.status == 409
        assert "belongs to somebody else here" in page.one("#ways .errors").text()
        (identity,) = at_elsewhere.all_of(Identity)
        assert identity.person_id == at_elsewhere.cast.dara.id

    def test_what_goes_wrong_is_told_at_ones_settings(self, at_elsewhere, elsewhere):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        elsewhere.fault = "wrong nonce"
        page = add(browser)
        assert page.status == 403
        assert "does not hold" in page.one("#ways .errors").text()
        assert at_elsewhere.all_of(Identity) == []

    @pytest.mark.parametrize("proof", ["x", "%00", "0" * 64])
    def test_nobody_is_sent_to_add_one_by_a_page_of_elsewhere(self, at_elsewhere, elsewhere, proof):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        page = browser.get(f"/sign-in/with/elsewhere?join={proof}")
        assert page.path.startswith("/me")
        assert at_elsewhere.all_of(Identity) == []

    def test_the_link_of_one_session_is_not_that_of_another(self, at_elsewhere):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        (link,) = [one for one in browser.page.links().values() if "join=" in one]
        other = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        assert other.get(link).path.startswith("/me")

    def test_who_is_somebody_else_by_then_adds_nothing(self, at_elsewhere, elsewhere):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        browser.click("Add an account of Elsewhere")
        browser.client.cookies.set("clausewise", at_elsewhere.session_of(at_elsewhere.cast.eli))
        page = browser.submit("Go on")
        assert page.status == 409
        assert "did not begin in this browser" in page.text
        assert at_elsewhere.all_of(Identity) == []


@pytest.mark.alike
class TestTakingOneAway:
    def test_it_opens_nothing_any_more(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "dara", "name": "Another Dara"}
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        add(browser)
        page = browser.submit("Remove", within="#ways")
        assert "That account is no longer a way in." in page.text
        assert at_elsewhere.all_of(Identity) == []
        other = at_elsewhere.open_browser()
        assert "Another Dara" in at_elsewhere.sign_in_with("Elsewhere", other).text

    def test_the_last_way_in_stays(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "noa", "name": "Noa New"}
        at_elsewhere.sign_in_with("Elsewhere")
        page = at_elsewhere.browser.get("/me")
        assert "your only way in" in page.one("#ways").text()
        (identity,) = at_elsewhere.all_of(Identity)
        page = at_elsewhere.browser.post(f"/me/identities/{identity.id}/removal")
        assert page.status == 409
        assert "This is your only way in." in page.text
        assert len(at_elsewhere.all_of(Identity)) == 1

    def test_one_that_can_be_used_no_more_is_no_way_in(self, with_providers, elsewhere):
        """Two accounts, one of a provider that the operator has taken away."""
        entry = {**MINE, "issuer": elsewhere.url}
        both = {"elsewhere": {**entry, "name": "Elsewhere"}, "old": {**entry, "name": "Old"}}
        with with_providers(**both) as before:
            elsewhere.claims = {"sub": "noa", "name": "Noa New"}
            before.sign_in_with("Elsewhere")
            before.browser.get("/me")
            before.browser.click("Add an account of Old")
            before.browser.submit("Go on")
        with with_providers(elsewhere=both["elsewhere"]) as after:
            after.sign_in_with("Elsewhere")
            page = after.browser.get("/me")
            assert "it can't be signed in with here any more" in page.one("#ways").text()
            kept, old = after.all_of(Identity)
            assert after.browser.post(f"/me/identities/{kept.id}/removal").status == 409
            assert after.browser.post(f"/me/identities/{old.id}/removal").status == 200

    def test_nobody_takes_away_one_of_somebody_else(self, at_elsewhere, elsewhere):
        add(signed_in(at_elsewhere, at_elsewhere.cast.dara))
        (identity,) = at_elsewhere.all_of(Identity)
        eli = signed_in(at_elsewhere, at_elsewhere.cast.eli)
        assert eli.post(f"/me/identities/{identity.id}/removal").status == 404
        assert len(at_elsewhere.all_of(Identity)) == 1


def link_in(instance):
    return re.findall(r"/\S+token=\S+", instance.last_mail().text.replace(instance.url, ""))[0]


class TestTheAddress:
    """Theirs once a link that was sent there was used, by who asked for it."""

    def ask(self, browser, email):
        browser.get("/me")
        return browser.submit("Send the link there", email=email)

    def test_who_came_without_one_adds_one(self, at_elsewhere, elsewhere):
        elsewhere.claims = {"sub": "noa", "name": "Noa New"}
        at_elsewhere.sign_in_with("Elsewhere")
        page = self.ask(at_elsewhere.browser, "Noa@example.org")
        assert "A link is on its way there." in page.text
        assert at_elsewhere.person("Noa New").email is None
        at_elsewhere.browser.get(link_in(at_elsewhere))
        assert at_elsewhere.person("Noa New").email is None
        page = at_elsewhere.browser.submit("Use this address")
        assert "Your address is changed." in page.text
        assert at_elsewhere.person("Noa New").email == "noa@example.org"

    def test_the_address_until_then_is_told(self, at_elsewhere):
        browser = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        self.ask(browser, "dara@new.example")
        browser.get(link_in(at_elsewhere))
        browser.submit("Use this address")
        told = at_elsewhere.last_mail()
        assert told.to == "dara.singh@example.org"
        assert "another address from now on" in told.text

    def test_it_is_nobody_elses_to_confirm(self, at_elsewhere):
        """Who gets the mail of somebody who wants their address is not made to give it away."""
        self.ask(signed_in(at_elsewhere, at_elsewhere.cast.dara), "eli.novak@example.org")
        link = link_in(at_elsewhere)
        eli = signed_in(at_elsewhere, at_elsewhere.cast.eli)
        assert eli.get(link).status == 409
        assert eli.post("/me/address/confirmation", token=link.partition("=")[2]).status == 409
        assert at_elsewhere.open_browser().get(link).path.startswith("/sign-in")

    def test_one_that_is_somebodys_is_refused_to_who_can_read_its_mail_only(self, at_elsewhere):
        dara = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        known = self.ask(dara, "eli.novak@example.org")
        unknown = self.ask(dara, "nobody@example.org")
        assert known.text == unknown.text
        self.ask(dara, "eli.novak@example.org")
        dara.get(link_in(at_elsewhere))
        page = dara.submit("Use this address")
        assert page.status == 409
        assert "This address belongs to another account here." in page.text

    def test_a_link_of_before_the_change_joins_nothing(self, at_elsewhere, elsewhere):
        """Who can read the old address no longer comes in by it."""
        elsewhere.claims = {
            "sub": "thief", "email": "dara.singh@example.org", "email_verified": True
        }  # fmt: skip
        at_elsewhere.sign_in_with("Elsewhere")
        old = link_in(at_elsewhere)
        dara = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        self.ask(dara, "dara@new.example")
        dara.get(link_in(at_elsewhere))
        dara.submit("Use this address")
        page = at_elsewhere.browser.post("/sign-in/join", token=old.partition("=")[2])
        assert page.status == 409
        assert "The address of this account has changed since the link was sent." in page.text
        assert at_elsewhere.all_of(Identity) == []

    def test_what_is_no_address_gets_no_mail(self, at_elsewhere):
        page = self.ask(signed_in(at_elsewhere, at_elsewhere.cast.dara), "a1<victim@example.org>")
        assert page.status == 422
        assert at_elsewhere.all_of(JoiningLink) == []

    def test_no_more_than_five_links_go_to_one(self, at_elsewhere):
        dara = signed_in(at_elsewhere, at_elsewhere.cast.dara)
        for _ in range(5):
            assert self.ask(dara, "dara@new.example").status == 200
        assert self.ask(dara, "dara@new.example").status == 429


def test_a_session_that_began_elsewhere_says_so(at_elsewhere, elsewhere):
    at_elsewhere.sign_in_with("Elsewhere")
    assert [one.way for one in at_elsewhere.all_of(SignIn)] == ["elsewhere"]
