"""A group that asks its chairs and editors for passkeys: who may ask, who is held to it, where."""

import json

import pytest
from sqlalchemy import select

from app.definitions.rules import may_change_text
from app.groups import actions_passkey as actions, checks_passkey, rules, rules_passkey
from app.groups.models import Membership
from app.groups.models_passkey import PasskeyCondition
from app.groups.queries import members_of, membership_of
from app.kit.refusals import Refused
from app.record.models import Entry
from tests.ballots.staging import make_proposal
from tests.people.authenticator import Authenticator

pytestmark = pytest.mark.usefixtures("clock")

G = "/g/open-definitions"
D = "/d/open-source-ai"


def code(refusal):
    return getattr(refusal, "code", None)


def member(role, *, asked, by_passkey):
    one = Membership(role=role)
    one.by_passkey = by_passkey
    one.__dict__["passkey_condition"] = PasskeyCondition() if asked else None
    return one


@pytest.mark.parametrize(
    ("role", "chair", "editor"),
    [
        ("chair", None, None),
        ("editor", "chairs_only", None),
        ("member", "chairs_only", "editors_only"),
        ("observer", "chairs_only", "editors_only"),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("by_passkey", [True, False])
def test_who_may_act_as_what(role, chair, editor, asked, by_passkey):
    one = member(role, asked=asked, by_passkey=by_passkey)
    kept_out = asked and not by_passkey
    assert code(rules.must_be_chair(one)) == (chair or ("passkey_needed" if kept_out else None))
    assert code(rules.must_be_editor(one)) == (editor or ("passkey_needed" if kept_out else None))
    assert code(rules.must_be_voter(one)) == ("observers_do_not" if role == "observer" else None)


@pytest.mark.parametrize(
    ("role", "by_passkey", "refusal"),
    [
        ("chair", True, None),
        ("chair", False, "passkey_of_ones_own_first"),
        ("editor", True, "chairs_only"),
        ("member", True, "chairs_only"),
    ],
)
def test_who_may_ask(role, by_passkey, refusal):
    one = member(role, asked=False, by_passkey=by_passkey)
    assert code(rules_passkey.may_set_passkey_condition(one)) == refusal


def test_the_public_may_nothing():
    assert code(rules_passkey.may_set_passkey_condition(None)) == "chairs_only"
    assert code(rules_passkey.may_lift_passkey_condition(None)) == "chairs_only"


class TestVerbs:
    @pytest.fixture
    def ana(self, cast):
        """The chair, who has come with a passkey."""
        cast.ana.by_passkey = True
        return cast.ana

    def test_it_is_a_time_with_two_entries(self, db, cast, ana, clock):
        since = clock.now
        actions.set_passkey_condition(db, cast.group, by=ana)
        until = clock.forward(days=3)
        actions.lift_passkey_condition(db, cast.group, by=ana)
        (row,) = db.scalars(select(PasskeyCondition)).all()
        assert (row.set_by_id, row.since, row.lifted_by_id, row.until) == (
            ana.id, since, ana.id, until,
        )  # fmt: skip
        entries = select(Entry.verb).where(Entry.verb.startswith("passkey_condition."))
        told = db.scalars(entries.order_by(Entry.sequence))
        assert list(told) == ["passkey_condition.set", "passkey_condition.lifted"]
        assert list(checks_passkey.check(db)) == []

    def test_it_can_be_asked_again(self, db, cast, ana):
        for _ in range(2):
            actions.set_passkey_condition(db, cast.group, by=ana)
            actions.lift_passkey_condition(db, cast.group, by=ana)

    def test_it_is_asked_once_at_a_time(self, db, cast, ana):
        actions.set_passkey_condition(db, cast.group, by=ana)
        with pytest.raises(Refused, match="passkeys_asked_already"):
            actions.set_passkey_condition(db, cast.group, by=ana)

    def test_what_is_not_asked_is_not_lifted(self, db, cast, ana):
        with pytest.raises(Refused, match="passkeys_not_asked"):
            actions.lift_passkey_condition(db, cast.group, by=ana)

    def test_nobody_asks_it_of_others_only(self, db, cast):
        with pytest.raises(Refused, match="passkey_of_ones_own_first"):
            actions.set_passkey_condition(db, cast.group, by=cast.ana)

    def test_it_is_not_lifted_from_a_session_that_it_keeps_out(self, db, cast, ana):
        actions.set_passkey_condition(db, cast.group, by=ana)
        ana.by_passkey = False
        with pytest.raises(Refused, match="passkey_needed"):
            actions.lift_passkey_condition(db, cast.group, by=ana)

    def test_it_holds_in_this_group_only(self, db, cast, ana):
        actions.set_passkey_condition(db, cast.group, by=ana)
        bruno = membership_of(db, cast.group.id, cast.bruno)
        assert code(may_change_text(bruno)) == "passkey_needed"
        assert membership_of(db, cast.group.id + 1, cast.bruno) is None

    def test_a_membership_that_was_found_otherwise_answers_nobody(self, db, cast, ana):
        """Whoever forgets to ask for the condition is told so, and lets nobody in."""
        db.expire_all()
        listed = members_of(db, cast.group.id)[0]
        with pytest.raises(Exception, match="passkey_condition"):
            rules.passkey_is_shown(listed)

    def test_one_that_the_record_does_not_know_is_found(self, db, cast, clock):
        row = PasskeyCondition(group_id=cast.group.id, set_by_id=cast.ana.id, since=clock.now)
        db.add(row)
        db.flush()
        (found,) = checks_passkey.check(db)
        assert "do not both tell of passkey_condition.set" in str(found)


@pytest.fixture
def by_passkey(open_browser, clock):
    """``by_passkey(cast.ana)``: their browser, after they added a passkey and signed in with it."""

    def come(person):
        device, browser = Authenticator(), open_browser().sign_in(person)
        options = json.loads(browser.client.get("/me/passkeys.json").text)
        browser.post("/me/passkeys", name="mine", credential=device.create(options))
        clock.forward(seconds=1)
        options = json.loads(browser.client.get("/sign-in/passkey.json").text)
        browser.post("/sign-in/passkey", credential=device.get(options))
        assert browser.page.status == 200
        return browser

    return come


class TestPages:
    def test_a_chair_asks_and_lifts_on_the_page_of_the_group(self, by_passkey, cast):
        ana = by_passkey(cast.ana)
        ana.get(G)
        page = ana.submit("Ask chairs and editors for passkeys")
        assert page.path == G and "from now on" in page.text
        assert "With a passkey, since 3 June 2024" in page.one("#passkeys").text()
        page = ana.submit("Ask for passkeys no longer")
        assert "Any way they like." in page.one("#passkeys").text()

    def test_a_chair_who_came_by_mail_is_told_what_to_do_first(self, browser, cast):
        page = browser.sign_in(cast.ana).get(G)
        assert "You have not signed in with a passkey yourself." in page.one("#passkeys").text()
        assert browser.post(f"{G}/passkey-condition").status == 403

    def test_who_came_by_mail_acts_no_longer_as_chair_or_editor(self, by_passkey, browser, cast):
        ana = by_passkey(cast.ana)
        ana.post(f"{G}/passkey-condition")
        for person in (cast.ana, cast.bruno):
            page = browser.sign_in(person).get(G)
            assert "Add one in your settings, and sign in with it." in page.one("#passkeys").text()
            edit = browser.post(f"{D}/c/4/edit", markdown="Otherwise.", reason="So.", base="")
            assert edit.status == 403
            assert "asks its chairs and editors to sign in with a passkey" in edit.text
        assert ana.get(f"{D}/c/4/edit").status == 200

    def test_to_open_a_ballot_too_and_it_is_about_who_they_are(self, by_passkey, api, db, cast):
        by_passkey(cast.ana).post(f"{G}/passkey-condition")
        make_proposal(db, cast)
        body = {
            "proposal": 1, "card": {"preset": "two_thirds"}, "closes_at": "2026-12-30T18:00:00Z",
        }  # fmt: skip
        refused = api.as_(cast.ana).post(f"/api/v1{D}/ballots", json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "passkey_needed")

    def test_they_read_comment_and_vote_as_members_do(self, by_passkey, browser, cast):
        by_passkey(cast.ana).post(f"{G}/passkey-condition")
        browser.sign_in(cast.bruno)
        page = browser.post(f"{D}/comments", clause="4", kind="general", body="I read on.")
        assert page.status == 200 and "I read on." in page.text

    def test_no_page_offers_what_they_could_not_do(self, by_passkey, browser, cast):
        ana = by_passkey(cast.ana)
        ana.post(f"{G}/passkey-condition")
        for path in (D, f"{D}/c/4", f"{D}/proposals", f"{D}/ballots"):
            deeds = [
                {
                    link
                    for link in one.get(path).links().values()
                    if link.endswith(("/edit", "/import", "/new"))
                }
                for one in (ana, browser.sign_in(cast.bruno), browser.sign_in(cast.dara))
            ]
            assert deeds[1] == deeds[2], f"{path}: an editor is offered more than a member"
        assert f"{D}/c/4/edit" in ana.get(f"{D}/c/4").html

    def test_others_see_no_word_of_it_to_act_on(self, by_passkey, browser, cast):
        by_passkey(cast.ana).post(f"{G}/passkey-condition")
        for person in (cast.chloe, cast.eli, cast.sam):
            assert not browser.sign_in(person).get(G).css("#passkeys")

    def test_a_passkey_that_is_removed_counts_no_longer(self, by_passkey, cast):
        ana = by_passkey(cast.ana)
        ana.post(f"{G}/passkey-condition")
        ana.get("/me")
        ana.submit("Remove", within="#passkeys")
        assert ana.post(f"{G}/passkey-condition/end").status == 403


class TestOverTheApi:
    def test_a_token_is_worth_what_its_session_was(self, by_passkey, api, cast):
        ana = by_passkey(cast.ana)
        ana.get("/me")
        ana.submit("Make a token", name="script", scopes=["admin"])
        secret = ana.page.one("#new-token").text().strip()
        headers = {"authorization": f"Bearer {secret}"}
        path = f"/api/v1{G}/passkey-condition"
        assert api.get(path).json() == {"since": None}
        answer = api.put(path, headers=headers)
        assert answer.status_code == 200 and answer.json() == api.get(path).json()
        refused = api.as_(cast.ana).delete(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "passkey_needed")
        assert api.delete(path, headers=headers).status_code == 204
