"""Coming in by a link, and asking to join: who may, how often, and what a chair answers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.groups import actions, actions_joining, queries
from app.groups.actions_erasure import forget_in_groups
from app.groups.models import Membership
from app.groups.models_coming import JoinLink, JoinRequest, LinkUse
from app.groups.rules_joining import (
    may_ask_to_join,
    may_decide_request,
    may_join,
    may_make_link,
    may_use_link,
)
from app.kit.models import Mail
from app.kit.refusals import Refused
from app.record.models import Entry, EntryWords

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
GROUP = "/g/open-definitions"
PEOPLE = f"{GROUP}/people"
API = f"/api/v1{GROUP}"


def code_of(refusal):
    return refusal.code if refusal else None


class TestRules:
    @pytest.mark.parametrize(
        ("role", "given", "code"),
        [
            (None, {}, "chairs_only"),
            ("editor", {}, "chairs_only"),
            ("chair", {}, None),
            ("chair", {"role": "chair"}, "join_link_role"),
            ("chair", {"uses_max": 0}, "join_link_limits"),
            ("chair", {"uses_max": 501}, "join_link_limits"),
            ("chair", {"days": 91}, "join_link_limits"),
            ("chair", {"uses_max": 500, "days": 90}, None),
        ],
    )
    def test_who_makes_which_links(self, role, given, code):
        mine = Membership(role=role) if role else None
        asked = {"role": "observer", "uses_max": 5, "days": 7, **given}
        assert code_of(may_make_link(mine, **asked)) == code

    @pytest.mark.parametrize(
        ("link", "uses", "late", "code"),
        [
            ({}, 4, timedelta(microseconds=-1), None),
            ({}, 0, timedelta(), "join_link_expired"),
            ({}, 5, timedelta(-1), "join_link_used_up"),
            ({"revoked_at": NOON}, 0, timedelta(-1), "join_link_revoked"),
        ],
    )
    def test_until_when_a_link_lets_in(self, link, uses, late, code):
        one = JoinLink(uses_max=5, expires_at=NOON, **link)
        assert code_of(may_use_link(one, uses=uses, now=NOON + late)) == code
        assert code_of(may_use_link(None, uses=0, now=NOON)) == "join_link_unknown"

    def test_who_was_in_the_group_does_not_come_back_by_a_link(self):
        assert code_of(may_join(None, was_in_group=False)) is None
        assert code_of(may_join(None, was_in_group=True)) == "was_in_group"
        assert code_of(may_join(Membership(), was_in_group=True)) == "you_are_in_group"

    @pytest.mark.parametrize(
        ("last", "words", "code"),
        [
            (None, None, None),
            (None, "Hello", None),
            (None, "  ", "words_are_needed"),
            (None, "x" * 2001, "words_too_long"),
            (JoinRequest(at=NOON), None, "asked_to_join_already"),
            (JoinRequest(decision="withdrawn", decided_at=NOON), None, None),
            (
                JoinRequest(decision="declined", decided_at=NOON - timedelta(29)),
                None,
                "request_declined_lately",
            ),
            (JoinRequest(decision="declined", decided_at=NOON - timedelta(30)), None, None),
        ],
    )
    def test_who_may_ask(self, last, words, code):
        assert code_of(may_ask_to_join(None, last, words=words, now=NOON)) == code
        refusal = may_ask_to_join(Membership(), last, words=words, now=NOON)
        assert code_of(refusal) == "you_are_in_group"

    @pytest.mark.parametrize(
        ("role", "decision", "reason", "code"),
        [
            ("editor", None, None, "chairs_only"),
            ("chair", None, None, None),
            ("chair", None, "Full.", None),
            ("chair", None, " ", "reason_is_needed"),
            ("chair", None, "x" * 2001, "reason_too_long"),
            ("chair", "withdrawn", None, "request_is_over"),
        ],
    )
    def test_who_decides(self, role, decision, reason, code):
        request = JoinRequest(decision=decision)
        refusal = may_decide_request(Membership(role=role), request, reason=reason)
        assert code_of(refusal) == code


@pytest.fixture
def link(db, cast, clock):
    def make(**more):
        given = {"label": "Meeting", "role": "observer", "uses_max": 2, "days": 7, **more}
        return actions_joining.make_join_link(db, cast.group, by=cast.ana, **given)

    return make


def last_entry(db, cast):
    return db.scalars(
        select(Entry).where(Entry.log_id == cast.group.log_id).order_by(Entry.sequence.desc())
    ).first()


class TestLinks:
    def test_who_holds_it_comes_in_and_says_for_whom_they_speak(self, db, cast, browser, link):
        _, secret = link()
        page = browser.sign_in(cast.sam).get(f"/join?token={secret}")
        assert "Ana Ferreira has made a link" in page.text and "observer" in page.text
        page = browser.submit("Join the group", category="regulators", affiliation="Rivermouth")
        assert page.path == GROUP
        mine = queries.member_of(db, cast.group.id, cast.sam.id)
        assert (mine.role, mine.affiliation) == ("observer", "Rivermouth")
        entry = last_entry(db, cast)
        assert (entry.verb, entry.about["category"]) == ("member.joined", "regulators")

    def test_the_secret_waits_while_somebody_signs_in(self, cast, browser, link):
        _, secret = link()
        browser.get(f"/join?token={secret}")
        href = browser.page.one("a.button--main").attributes["href"]
        assert href == "/sign-in?next=%2Fjoin"
        assert browser.get("/join").status == 200

    def test_it_lets_so_many_in_and_no_more(self, db, cast, link):
        one, _ = link(uses_max=1)
        actions_joining.join_by_link(db, one, by=cast.sam)
        ida = actions.newcomer(db, email="ida@x.org")
        with pytest.raises(Refused, match="join_link_used_up"):
            actions_joining.join_by_link(db, one, by=ida)

    def test_who_was_put_out_does_not_come_back_by_it(self, db, cast, link):
        one, _ = link()
        actions.end_membership(db, cast.group, by=cast.ana, person=cast.eli)
        with pytest.raises(Refused, match="was_in_group"):
            actions_joining.join_by_link(db, one, by=cast.eli)

    def test_its_secret_is_shown_once_and_kept_as_a_hash(self, db, cast, browser):
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit("Make the link", label="The spring meeting", role="member")
        found = re.search(r"/join\?token=([\w-]+)", page.text)
        assert found and page.headers["cache-control"] == "no-store"
        assert found[1] not in browser.get(PEOPLE).html
        row = db.scalars(select(JoinLink)).one()
        assert found[1] not in repr(vars(row))
        page = browser.get(PEOPLE)
        assert "The spring meeting member · 0 of 50 have come" in page.text

    def test_a_revoked_link_lets_nobody_in(self, cast, browser, link):
        _, secret = link()
        browser.sign_in(cast.ana).get(PEOPLE)
        assert "revoked" in browser.submit("Revoke").text
        page = browser.sign_in(cast.sam).get(f"/join?token={secret}")
        assert "A chair has revoked this link" in page.text and "Join the group" not in page.html
        assert browser.post("/join", token=secret).status == 409

    @pytest.mark.parametrize("typed", [{"uses_max": "0"}, {"days": "x"}, {"label": ""}])
    def test_what_can_not_be_taken_is_shown_again(self, cast, browser, typed):
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit("Make the link", **{"label": "Meeting", **typed})
        assert page.status == 422 and page.css("#links details[open]")

    @pytest.mark.parametrize("query", ["", "?token=x", "?token=%00"])
    def test_there_is_no_such_link(self, cast, browser, query):
        assert browser.get(f"/join{query}").status == 404
        assert browser.sign_in(cast.sam).post("/join", token="x").status == 404


class TestAsking:
    def test_a_chair_lets_in_who_asks(self, db, cast, browser):
        browser.sign_in(cast.sam).get(GROUP)
        browser.click("Ask to join")
        page = browser.submit("Ask to join", words="I run models.", category="deployers")
        assert "You have asked to join" in page.text and "I run models." in page.text
        page = browser.sign_in(cast.ana).get("/")
        assert "1 person asks to join Open Definitions Group" in page.text
        page = browser.click("Answer")
        assert "I run models." in page.text
        page = browser.submit("Let them in", role="observer")
        mine = queries.member_of(db, cast.group.id, cast.sam.id)
        assert mine.role == "observer" and mine.category is not None
        mail = db.scalars(select(Mail)).one()
        assert mail.to == "sam.okoro@example.org" and mail.subject.startswith("You are in")
        assert last_entry(db, cast).verb == "join_request.accepted"

    def test_who_declines_says_why_and_it_is_told(self, db, cast, browser):
        browser.sign_in(cast.sam).get(f"{GROUP}/join")
        browser.submit("Ask to join", words="I run models.")
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit("Decline, and say why", reason=" ")
        assert page.status == 422 and page.css("#requests details[open]")
        page = browser.submit("Decline, and say why", reason="Full until autumn.")
        assert "asks to join" not in page.text
        assert "Full until autumn." in db.scalars(select(Mail.text)).one()
        page = browser.sign_in(cast.sam).get(f"{GROUP}/join")
        assert "You can ask again from" in page.text and "Full until autumn." in page.text
        assert browser.post(f"{GROUP}/requests", words="Please").status == 409

    def test_one_request_at_a_time_and_it_can_be_taken_back(self, db, cast, browser):
        browser.sign_in(cast.sam).get(f"{GROUP}/join")
        page = browser.submit("Ask to join", words="I run models.")
        assert browser.post(f"{GROUP}/requests", words="Again").status == 409
        browser.get(f"{GROUP}/join")
        page = browser.submit("Take it back")
        assert page.path == GROUP
        assert db.scalars(select(JoinRequest.decision)).one() == "withdrawn"
        page = browser.get(f"{GROUP}/join")
        assert browser.submit("Ask to join", words="After all.").status == 200

    def test_who_is_in_the_group_does_not_ask(self, cast, browser):
        browser.sign_in(cast.dara)
        assert "Ask to join" not in browser.get(GROUP).links()
        assert "You are in this group already" in browser.get(f"{GROUP}/join").text
        assert browser.post(f"{GROUP}/requests", words="Hello").status == 409

    def test_who_comes_in_otherwise_has_asked_enough(self, db, cast, clock):
        actions_joining.ask_to_join(db, cast.group, by=cast.sam, words="Hello")
        actions.add_member(db, cast.group, by=cast.ana, person=cast.sam, role="member")
        assert db.scalars(select(JoinRequest.decision)).one() == "accepted"

    @pytest.mark.parametrize("who", ["bruno", "dara", "eli", "sam"])
    def test_nobody_else_answers_or_makes_links(self, db, cast, browser, clock, who):
        ida = actions.newcomer(db, email="ida@x.org")
        asked = actions_joining.ask_to_join(db, cast.group, by=ida, words="Hello")
        browser.sign_in(getattr(cast, who))
        for path in ("acceptance", "refusal"):
            answer = browser.post(f"{GROUP}/requests/{asked.id}/{path}", reason="x")
            assert answer.status == 403
        assert browser.post(f"{GROUP}/links", label="x").status == 403
        assert browser.post(f"{GROUP}/links/1/revocation").status == 403


def test_who_is_erased_has_asked_nothing(db, cast, clock):
    actions_joining.ask_to_join(db, cast.group, by=cast.sam, words="I am Sam Okoro")
    forget_in_groups(db, cast.sam, clock.now)
    request = db.scalars(select(JoinRequest)).one()
    assert (request.words, request.decision) == ("", "withdrawn")
    words = select(EntryWords.text).where(EntryWords.log_id == cast.group.log_id)
    assert db.scalars(words).all() == [None]


class TestTheApi:
    def test_a_link_is_made_used_and_revoked(self, db, cast, api, clock):
        ana, sam = api.as_(cast.ana), api.as_(cast.sam)
        made = ana.post(f"{API}/links", json={"label": "Meeting", "role": "member"}).json()
        secret = made["address"].split("token=")[1]
        answer = sam.post("/api/v1/join", json={"token": secret, "category": "regulators"})
        assert answer.status_code == 201 and answer.json()["role"] == "member"
        assert db.scalars(select(LinkUse.person_id)).one() == cast.sam.id
        (one,) = ana.get(f"{API}/links").json()["items"]
        assert (one["uses"], "token" in str(one)) == (1, False)
        assert ana.post(f"{API}/links/{made['number']}/revocation").status_code == 204
        late = api.as_(cast.sam).post("/api/v1/join", json={"token": secret})
        assert late.json()["code"] == "join_link_revoked"

    def test_somebody_asks_and_is_answered(self, cast, api, clock):
        ana, sam = api.as_(cast.ana), api.as_(cast.sam)
        number = sam.post(f"{API}/requests", json={"words": "Hello"}).json()["number"]
        assert [one["number"] for one in ana.get(f"{API}/requests").json()["items"]] == [number]
        path = f"{API}/requests/{number}"
        assert sam.post(f"{path}/acceptance", json={}).json()["code"] == "chairs_only"
        answer = ana.post(f"{path}/acceptance", json={"category": "x"})
        assert answer.json()["code"] == "unknown_category"
        answer = ana.post(f"{path}/acceptance", json={"role": "editor"})
        assert (answer.status_code, answer.json()["role"]) == (201, "editor")
        late = ana.post(f"{path}/refusal", json={"reason": "No."})
        assert (late.status_code, late.json()["code"]) == (409, "request_is_over")

    def test_a_request_is_taken_back(self, cast, api, clock):
        sam = api.as_(cast.sam)
        sam.post(f"{API}/requests", json={"words": "Hello"})
        assert sam.post(f"{API}/requests/mine/withdrawal").status_code == 204
        assert sam.post(f"{API}/requests/mine/withdrawal").status_code == 409
