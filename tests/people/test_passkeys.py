"""Passkeys: added and taken away at /me, signed in with; what is not the owner's device is refused."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings as how, strategies as st
from sqlalchemy import select

from app.people import ceremonies, rules_passkey as rules
from app.people.actions_erasure import erase_person
from app.people.ceremonies import Ceremony, NotShown, Party, begun, party_of
from app.people.cookie import HOST_ONLY
from app.people.models import Passkey, SignIn, Token
from app.record.models import Entry
from tests.conftest import NOON
from tests.people.authenticator import Authenticator, Held, coded, decoded

pytestmark = pytest.mark.usefixtures("clock")

PARTY = Party("testserver", "https://testserver")


@pytest.fixture
def device():
    return Authenticator()


def code(refusal):
    return getattr(refusal, "code", None)


def add(browser, device, name="My laptop", **said):
    options = json.loads(browser.client.get("/me/passkeys.json").text)
    return browser.post("/me/passkeys", name=name, credential=device.create(options, **said))


def come(browser, device, **said):
    options = json.loads(browser.client.get("/sign-in/passkey.json").text)
    return browser.post("/sign-in/passkey", credential=device.get(options, **said), next="/me")


@pytest.fixture
def dara(browser, cast, device, clock):
    """Dara's browser, a moment after she added a passkey."""
    assert add(browser.sign_in(cast.dara), device).path == "/me"
    clock.forward(seconds=1)
    return browser


class TestRules:
    def test_one_is_shown_by_whose_it_is_for_a_question_asked_since(self):
        one = Passkey(person_id="p_1", used_at=NOON)
        later = NOON + timedelta(microseconds=1)
        assert rules.may_show_passkey(one, handle="p_1", begun_at=later) is None
        for passkey, handle, at, refusal in [
            (None, "p_1", later, "passkey_unknown"),
            (one, "p_2", later, "passkey_unknown"),
            (Passkey(person_id="p_1", removed_at=NOON), "p_1", later, "passkey_unknown"),
            (one, "p_1", NOON, "passkey_shown_already"),
        ]:
            assert code(rules.may_show_passkey(passkey, handle=handle, begun_at=at)) == refusal

    @pytest.mark.parametrize(
        ("before", "now", "refusal"),
        [(0, 0, None), (0, 1, None), (7, 8, None), (7, 90, None)]
        + [(before, now, "passkey_copied") for before, now in [(7, 7), (7, 6), (7, 0), (1, 0)]],
    )
    def test_what_counts_counts_up(self, before, now, refusal):
        assert code(rules.may_count_on(before, now)) == refusal

    def test_the_last_way_in_stays(self):
        assert code(rules.may_remove_passkey(0)) == "last_way_in"
        assert rules.may_remove_passkey(1) is None

    def test_one_is_added_once(self):
        assert code(rules.may_add_passkey(Passkey())) == "passkey_added_already"


class TestAdding:
    def test_it_is_listed_and_signs_in(self, dara, device, open_browser, cast, db):
        assert "My laptop" in dara.page.one("#passkeys .row").text()
        here = open_browser()
        assert come(here, device).path == "/me"
        assert "Dara Singh" in here.page.text
        assert "last used" in here.page.one("#passkeys .row").text()

    def test_only_the_public_half_is_here(self, dara, device, db):
        kept = db.scalars(select(Passkey)).one()
        secret = device.held[0].key.private_numbers().private_value.to_bytes(32, "big")
        assert secret not in decoded(kept.public_key)

    def test_the_entries_do_not_say_what_it_is_called(self, dara, db):
        entries = db.scalars(select(Entry).where(Entry.verb.startswith("passkey."))).all()
        assert [one.verb for one in entries] == ["passkey.added"]
        assert "laptop" not in str(entries[0].about) + str(entries[0].words)

    def test_the_browser_is_told_which_ones_there_are(self, dara, device):
        options = json.loads(dara.client.get("/me/passkeys.json").text)
        assert [one["id"] for one in options["excludeCredentials"]] == [coded(device.held[0].id)]
        chosen = options["authenticatorSelection"]
        assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
        assert options["attestation"] == "none"

    def test_the_same_answer_is_not_taken_twice(self, browser, cast, device, db):
        browser.sign_in(cast.dara)
        options = json.loads(browser.client.get("/me/passkeys.json").text)
        answer = device.create(options)
        cookie = browser.client.cookies["ceremony"]
        assert browser.post("/me/passkeys", name="one", credential=answer).status == 200
        assert browser.post("/me/passkeys", name="two", credential=answer).status == 409
        browser.client.cookies.set("ceremony", cookie)
        page = browser.post("/me/passkeys", name="two", credential=answer)
        assert page.status == 409 and "was added already" in page.text
        assert page.form_with("Add a passkey")[0].values()["name"] == ["two"]
        assert len(db.scalars(select(Passkey)).all()) == 1

    def test_what_somebody_else_began_is_not_taken(self, browser, cast, device, db):
        browser.sign_in(cast.dara)
        options = json.loads(browser.client.get("/me/passkeys.json").text)
        cookie = browser.client.cookies["ceremony"]
        browser.sign_in(cast.eli).client.cookies.set("ceremony", cookie)
        page = browser.post("/me/passkeys", name="x", credential=device.create(options))
        assert page.status == 409 and db.scalars(select(Passkey)).all() == []

    def test_it_takes_five_minutes_at_most(self, browser, cast, device, clock, db):
        browser.sign_in(cast.dara)
        options = json.loads(browser.client.get("/me/passkeys.json").text)
        clock.forward(minutes=5)
        page = browser.post("/me/passkeys", name="x", credential=device.create(options))
        assert page.status == 409 and "within the last five minutes" in page.text

    @pytest.mark.parametrize(
        "said",
        [
            {"origin": "https://testserver.example"},
            {"origin": "http://testserver"},
            {"challenge": coded(b"another challenge of 32 bytes ...")},
            {"type": "webauthn.get"},
        ],
        ids=str,
    )
    def test_it_refuses_what_was_not_asked_here(self, browser, cast, device, db, said):
        page = add(browser.sign_in(cast.dara), device, **said)
        assert page.status == 422
        assert "no passkey for this place" in page.text
        assert db.scalars(select(Passkey)).all() == []

    def test_it_refuses_a_device_that_does_not_know_its_owner(self, browser, cast, db):
        assert add(browser.sign_in(cast.dara), Authenticator(verifies=False)).status == 422

    def test_a_name_is_needed(self, browser, cast, device, db):
        page = add(browser.sign_in(cast.dara), device, name="")
        assert page.status == 422 and "This is needed." in page.text


class TestSigningIn:
    def test_the_browser_may_show_any_that_it_has(self, browser):
        answer = browser.client.get("/sign-in/passkey.json")
        options = answer.json()
        assert options["allowCredentials"] == []
        assert options["userVerification"] == "required" and options["rpId"] == "testserver"
        assert answer.headers["cache-control"] == "no-store"

    def test_each_question_is_another(self, browser):
        asked = {browser.client.get("/sign-in/passkey.json").json()["challenge"] for _ in range(9)}
        assert len(asked) == 9

    def test_the_session_knows_its_passkey_and_ends_the_one_before(self, dara, device, db, cast):
        come(dara, device)
        old, new = db.scalars(select(SignIn).order_by(SignIn.id)).all()
        assert old.ended_at is not None and old.passkey_id is None
        passkey = db.scalars(select(Passkey)).one()
        assert (new.passkey_id, new.way, new.person_id) == (passkey.id, "passkey", cast.dara.id)

    def test_an_answer_that_was_seen_is_worth_nothing(self, dara, device, open_browser):
        """Not even with the cookie that it was given for, and from a device that does not count."""
        device.counts = False
        add(dara, device, name="It does not count")
        here = open_browser()
        options = here.client.get("/sign-in/passkey.json").json()
        cookie, answer = here.client.cookies["ceremony"], device.get(options)
        assert here.post("/sign-in/passkey", credential=answer).status == 200
        there = open_browser()
        there.client.cookies.set("ceremony", cookie)
        page = there.post("/sign-in/passkey", credential=answer)
        assert page.status == 409 and "a moment ago" in page.text
        assert HOST_ONLY not in there.client.cookies

    def test_one_whose_count_goes_back_may_be_a_copy(self, dara, device, open_browser, clock):
        come(open_browser(), device)
        clock.forward(seconds=1)
        device.held[0].count -= 2
        page = come(open_browser(), device)
        assert page.status == 409 and "there may be a copy" in page.text

    @pytest.mark.parametrize(
        "said",
        [
            {"origin": "https://testserver.example"},
            {"challenge": coded(b"another challenge of 32 bytes ...")},
            {"type": "webauthn.create"},
        ],
        ids=str,
    )
    def test_it_refuses_what_was_not_asked_here(self, dara, device, open_browser, said):
        here = open_browser()
        page = come(here, device, **said)
        assert page.status == 422 and HOST_ONLY not in here.client.cookies

    def test_it_refuses_a_device_that_does_not_know_its_owner(self, dara, device, open_browser):
        device.verifies = False
        assert come(open_browser(), device).status == 422

    def test_it_refuses_a_signature_of_another_key(self, dara, device, open_browser):
        device.held[0].key = Held("", "").key
        assert come(open_browser(), device).status == 422

    def test_it_refuses_the_handle_of_somebody_else(self, dara, device, open_browser, cast):
        device.held[0].handle = coded(cast.ana.id.encode())
        page = come(open_browser(), device)
        assert page.status == 409 and "not known here" in page.text

    def test_it_refuses_one_that_was_never_added(self, dara, open_browser, cast):
        stranger = Authenticator()
        options = {"rp": {"id": "testserver"}, "user": {"id": coded(cast.ana.id.encode())}}
        stranger.create({**options, "challenge": "x"})
        assert come(open_browser(), stranger).status == 409

    def test_it_refuses_one_that_was_removed(self, dara, device, open_browser):
        dara.get("/me")
        dara.submit("Remove", within="#passkeys")
        assert come(open_browser(), device).status == 409

    def test_it_takes_five_minutes_at_most(self, dara, device, open_browser, clock):
        here = open_browser()
        options = here.client.get("/sign-in/passkey.json").json()
        clock.forward(minutes=5)
        page = here.post("/sign-in/passkey", credential=device.get(options))
        assert page.status == 409 and "within the last five minutes" in page.text

    def test_it_goes_on_within_this_site_only(self, dara, device, open_browser):
        here = open_browser()
        options = here.client.get("/sign-in/passkey.json").json()
        page = here.post(
            "/sign-in/passkey", credential=device.get(options), next="//elsewhere.example"
        )
        assert page.path == "/"

    @given(
        wrong=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(coded)),
        place=st.integers(0, 8),
    )
    @how(max_examples=60, deadline=None)
    def test_nothing_that_is_sent_breaks_it(self, wrong, place):
        """Garbage in each place of an answer is refused, never a mistake of ours."""
        device, now = Authenticator(), NOON
        ceremony = Ceremony(now, "p_1")
        options = ceremonies.options_to_add(PARTY, ceremony, name="Dara", address="", have=[])
        new = json.loads(device.create(options))
        old = json.loads(device.get(ceremonies.options_to_sign_in(PARTY, ceremony)))
        names = ["id", "rawId", "type", "attestationObject", "clientDataJSON", "authenticatorData"]
        for answer in (new, old):
            for name in [(*names, "signature", "userHandle", "response")[place]]:
                held = answer if name in answer else answer["response"]
                held[name] = wrong
        public = ceremonies.added(PARTY, ceremony, device.create(options)).public_key
        for read in (
            lambda: ceremonies.added(PARTY, ceremony, json.dumps(new)),
            lambda: ceremonies.shown(PARTY, ceremony, json.dumps(old), public_key=public),
            lambda: ceremonies.named(json.dumps(old)),
            lambda: ceremonies.named(wrong),
        ):
            try:
                read()
            except NotShown:
                continue


class TestKeeping:
    def test_it_can_be_called_otherwise(self, dara, db):
        page = dara.submit("Save", within="#passkeys", name="The blue key")
        assert "The blue key" in page.one("#passkeys .row").text()
        page = dara.submit("Save", within="#passkeys", name="")
        assert page.status == 422 and "This is needed." in page.one("#passkeys").text()

    def test_what_was_begun_with_it_ends_but_here(self, dara, device, open_browser, db, clock):
        there = open_browser()
        come(there, device)
        clock.forward(seconds=1)
        come(dara, device)
        dara.submit("Make a token", name="script")
        dara.get("/me")
        dara.submit("Remove", within="#passkeys")
        assert dara.get("/me").path == "/me"
        assert there.get("/me").path.startswith("/sign-in")
        assert {one.passkey_id for one in db.scalars(select(SignIn)) if one.ended_at is None} == {
            None
        }
        assert db.scalars(select(Token.passkey_id)).all() == [None]
        entry = db.scalars(select(Entry).where(Entry.verb == "passkey.removed")).one()
        assert len(entry.about["sessions"]) == 1

    def test_a_token_counts_as_shown_with_the_passkey_of_its_session(self, dara, device, db):
        dara.submit("Make a token", name="before")
        come(dara, device)
        dara.submit("Make a token", name="after")
        before, after = db.scalars(select(Token.passkey_id).order_by(Token.id)).all()
        assert before is None and after is not None

    def test_the_last_way_in_is_not_taken(self, dara, cast, db):
        cast.dara.email = None
        db.flush()
        page = dara.post(f"/me/passkeys/{db.scalars(select(Passkey.id)).one()}/removal")
        assert page.status == 409 and "your only way in" in page.text

    @pytest.mark.parametrize("deed", ["name", "removal"])
    def test_that_of_somebody_else_is_not_found(self, dara, cast, db, deed):
        number = db.scalars(select(Passkey.id)).one()
        assert dara.sign_in(cast.eli).post(f"/me/passkeys/{number}/{deed}", name="x").status == 404

    def test_who_is_erased_has_none(self, dara, cast, db):
        erase_person(db, cast.dara, by=cast.dara, elsewhere=[], typed=cast.dara.name)
        assert db.scalars(select(Passkey)).all() == []


class TestParties:
    @pytest.mark.parametrize(
        ("address", "party"),
        [
            (
                "https://clausewise.example",
                Party("clausewise.example", "https://clausewise.example"),
            ),
            ("http://localhost:8000", Party("localhost", "http://localhost:8000")),
            ("http://127.0.0.1:8000", None),
            ("http://[::1]:8000", None),
        ],
    )
    def test_they_are_names(self, address, party):
        assert party_of(address) == party

    def test_where_there_can_be_none_nothing_is_offered(self, app, browser, cast, settings):
        app.state.settings = settings.model_copy(update={"base_url": "http://127.0.0.1:8000"})
        assert "passkey" not in browser.get("/sign-in").html
        assert browser.get("/sign-in/passkey.json").status == 404


def test_a_ceremony_of_one_kind_is_nothing_for_the_other():
    one = Ceremony(NOON, "p_1")
    sealed = one.sealed("a key", "adding")
    assert begun("a key", "adding", sealed, NOON) == one
    assert begun("a key", "signing in", sealed, NOON) is None
    assert begun("another key", "adding", sealed, NOON) is None
    assert begun("a key", "adding", "", NOON) is None
