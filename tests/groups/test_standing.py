"""Leaving a group, being suspended from it, and what somebody was in it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from app.ballots.queries import ballots_to_cast
from app.ballots.queries_verb import roll_at
from app.discussions.actions import post_comment
from app.groups import actions, actions_standing, queries
from app.groups.checks_standing import check
from app.groups.models import Membership, Suspension
from app.groups.rules import must_be_chair, must_be_editor, must_be_in_group, must_be_voter
from app.groups.rules_standing import (
    BY_A_CHAIR_A_DAY,
    OF_A_PERSON_A_DAY,
    may_leave,
    may_lift_suspension,
    may_suspend,
    may_tell_again,
)
from app.kit.models import Mail
from app.kit.refusals import Refusal, Refused
from app.record.models import Entry
from tests.ballots.staging import make_ballot, make_proposal, vote

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
A_WEEK = timedelta(days=7)
GROUP = "/g/open-definitions"


def code_of(refusal):
    return refusal.code if refusal else None


def member(role="member", person="p_1", suspended=False):
    one = Membership(role=role, person_id=person)
    if suspended:
        one.suspensions.append(Suspension(since=NOON, until=NOON + A_WEEK, reason="Rude."))
    return one


class TestRules:
    @pytest.mark.parametrize(
        ("mine", "left", "code"),
        [
            (None, 1, "not_in_group"),
            (member(), 0, None),
            (member("chair"), 1, None),
            (member("chair"), 0, "last_chair"),
            (member(suspended=True), 1, None),
        ],
    )
    def test_who_may_leave(self, mine, left, code):
        assert code_of(may_leave(mine, chairs_left=left)) == code

    @pytest.mark.parametrize(
        ("mine", "theirs", "given", "code"),
        [
            (None, member(), {}, "chairs_only"),
            (member("editor"), member(), {}, "chairs_only"),
            (member("chair", "p_2", suspended=True), member(), {}, "suspended"),
            (member("chair", "p_2"), None, {}, "not_a_member_now"),
            (member("chair", "p_1"), member("chair", "p_1"), {}, "suspension_of_oneself"),
            (member("chair", "p_2"), member(suspended=True), {}, "suspended_already"),
            (member("chair", "p_2"), member(), {"until": NOON}, "suspension_end"),
            (member("chair", "p_2"), member(), {"until": NOON + timedelta(367)}, "suspension_end"),
            (member("chair", "p_2"), member(), {"reason": " "}, "reason_is_needed"),
            (member("chair", "p_2"), member(), {"reason": "x" * 2001}, "reason_too_long"),
            (member("chair", "p_2"), member("chair"), {}, None),
            (member("chair", "p_2"), member(), {"until": None, "reason": None}, None),
        ],
    )
    def test_who_may_suspend_whom_until_when(self, mine, theirs, given, code):
        said = {"until": NOON + A_WEEK, "reason": "Rude.", **given}
        assert code_of(may_suspend(mine, theirs, name="Sam", now=NOON, **said)) == code

    @pytest.mark.parametrize(
        ("role", "later", "lifted", "code"),
        [
            ("editor", timedelta(), None, "chairs_only"),
            ("chair", timedelta(), None, None),
            ("chair", A_WEEK, None, "suspension_is_over"),
            ("chair", timedelta(1), NOON + timedelta(hours=1), "suspension_is_over"),
        ],
    )
    def test_who_may_lift_one(self, role, later, lifted, code):
        one = Suspension(since=NOON, until=NOON + A_WEEK, lifted_at=lifted)
        assert code_of(may_lift_suspension(member(role), one, NOON + later)) == code

    @pytest.mark.parametrize("role", ["chair", "editor", "member", "observer"])
    def test_who_is_suspended_may_nothing_of_their_role(self, role):
        one = member(role, suspended=True)
        asked = [must_be_in_group(one), must_be_voter(one)]
        asked += [must_be_editor(one)] if role in ("chair", "editor") else []
        asked += [must_be_chair(one)] if role == "chair" else []
        assert {code_of(refusal) for refusal in asked} == {"suspended"}
        assert asked[0] == Refusal("suspended", until=NOON + A_WEEK, reason="Rude.")

    @pytest.mark.parametrize(
        ("later", "holds"),
        [(timedelta(-1), False), (timedelta(), True), (A_WEEK, False), (A_WEEK / 2, True)],
    )
    def test_a_suspension_ends_exclusively(self, later, holds):
        assert Suspension(since=NOON, until=NOON + A_WEEK).holds_at(NOON + later) is holds

    @pytest.mark.parametrize(
        ("of_person", "by_chair", "code"),
        [
            (0, 0, None),
            (OF_A_PERSON_A_DAY - 1, BY_A_CHAIR_A_DAY - 1, None),
            (OF_A_PERSON_A_DAY, 0, "decided_too_often"),
            (0, BY_A_CHAIR_A_DAY, "decided_too_often"),
        ],
    )
    def test_how_often_a_mail_leaves_that_nobody_asked_for(self, of_person, by_chair, code):
        assert code_of(may_tell_again(of_person, by_chair)) == code


@pytest.fixture
def suspend(db, cast, clock, settings):
    def one(person=None, days=7, by=None, reason="Rude, again and again."):
        return actions_standing.suspend_member(
            db,
            cast.group,
            by=by or cast.ana,
            person=person or cast.dara,
            until=clock.now + timedelta(days=days),
            reason=reason,
            settings=settings,
        )

    return one


def last_entry(db, cast):
    return db.scalars(
        select(Entry).where(Entry.log_id == cast.group.log_id).order_by(Entry.sequence.desc())
    ).first()


class TestLeaving:
    def test_who_leaves_is_out_from_now_on(self, db, cast, clock):
        actions_standing.leave_group(db, cast.group, by=cast.dara)
        assert queries.membership_of(db, cast.group.id, cast.dara) is None
        entry = last_entry(db, cast)
        assert (entry.verb, entry.person_id) == ("member.left", cast.dara.id)

    def test_the_last_chair_stays_until_somebody_else_is_one(self, db, cast, clock, suspend):
        with pytest.raises(Refused, match="last_chair"):
            actions_standing.leave_group(db, cast.group, by=cast.ana)
        given = {"by": cast.ana, "role": "chair", "category": None, "affiliation": ""}
        actions.change_membership(db, cast.group, person=cast.bruno, **given)
        suspend(cast.bruno)
        with pytest.raises(Refused, match="last_chair"):
            actions_standing.leave_group(db, cast.group, by=cast.ana)
        clock.forward(days=7)
        actions_standing.leave_group(db, cast.group, by=cast.ana)

    def test_who_was_never_in_it_can_not_leave(self, db, cast, clock):
        with pytest.raises(Refused, match="not_in_group"):
            actions_standing.leave_group(db, cast.group, by=cast.sam)


class TestSuspension:
    def test_nobody_is_written_to_again_and_again(self, db, cast, clock, suspend):
        """Whoever makes a group can bring anybody in, by an address that they know."""
        for _ in range(OF_A_PERSON_A_DAY):
            actions_standing.lift_suspension(db, suspend(), by=cast.ana)
            clock.forward(minutes=1)
        with pytest.raises(Refused, match="decided_too_often") as refused:
            suspend()
        assert refused.value.status == 429
        assert len(db.scalars(select(Mail)).all()) == OF_A_PERSON_A_DAY
        suspend(cast.bruno)
        clock.forward(days=1)
        suspend()

    def test_it_is_told_with_its_end_and_reason(self, db, cast, suspend):
        suspend()
        mail = db.scalars(select(Mail)).one()
        assert mail.to == "dara.singh@example.org" and "Rude, again and again." in mail.text
        entry = last_entry(db, cast)
        assert entry.verb == "member.suspended" and set(entry.words) == {"reason"}
        assert list(check(db)) == []

    def test_who_is_suspended_neither_comments_nor_proposes_until_it_ends(
        self, db, cast, clock, suspend
    ):
        suspend(cast.chloe)
        with pytest.raises(Refused, match="suspended"):
            make_proposal(db, cast)
        with pytest.raises(Refused, match="suspended"):
            post_comment(db, cast.definition, by=cast.chloe, body="Hello", clause=None)
        clock.forward(days=7)
        make_proposal(db, cast)

    def test_an_open_ballot_keeps_them_on_its_roll_and_takes_no_vote_meanwhile(
        self, db, cast, clock, suspend
    ):
        ballot = make_ballot(db, cast, closes_at=clock.now + timedelta(days=14))
        vote(db, ballot, cast.farah, "yes")
        suspend(cast.dara)
        suspend(cast.farah)
        for person in (cast.dara, cast.farah):
            with pytest.raises(Refused, match="suspended"):
                vote(db, ballot, person, "no")
        clock.forward(days=7)
        vote(db, ballot, cast.dara, "no")

    def test_a_roll_at_opening_leaves_them_out(self, db, cast, clock, suspend):
        opens = clock.now + timedelta(days=1)
        before = {one.person_id for one in roll_at(db, cast.definition, clock.now)}
        suspend()
        after = {one.person_id for one in roll_at(db, cast.definition, opens)}
        assert before - after == {cast.dara.id}
        later = {one.person_id for one in roll_at(db, cast.definition, opens + A_WEEK)}
        assert later == before

    def test_a_ballot_that_opened_meanwhile_does_not_wait_for_them(self, db, cast, clock, suspend):
        suspend()
        opens = clock.now + timedelta(hours=1)
        make_ballot(db, cast, opens_at=opens, closes_at=opens + 2 * A_WEEK)
        now = clock.forward(days=8)
        assert ballots_to_cast(db, cast.dara, now=now) == []
        assert len(ballots_to_cast(db, cast.farah, now=now)) == 1

    def test_none_waits_for_them_that_would_take_no_vote_of_theirs(
        self, db, cast, clock, suspend, browser
    ):
        make_ballot(db, cast, closes_at=clock.now + 2 * A_WEEK)
        suspend()
        home = browser.sign_in(cast.dara).get("/")
        assert "Read and vote" not in home.text
        assert ballots_to_cast(db, cast.dara, now=clock.now) == []
        assert len(ballots_to_cast(db, cast.dara, now=clock.forward(days=7))) == 1

    def test_leaving_and_coming_back_ends_nothing(self, db, cast, clock, suspend):
        suspend()
        actions_standing.leave_group(db, cast.group, by=cast.dara)
        actions.add_member(db, cast.group, by=cast.ana, person=cast.dara, role="member")
        mine = queries.membership_of(db, cast.group.id, cast.dara)
        assert code_of(must_be_voter(mine)) == "suspended"

    def test_a_chair_lifts_it(self, db, cast, clock, suspend):
        one = suspend()
        clock.forward(days=1)
        actions_standing.lift_suspension(db, one, by=cast.ana)
        assert must_be_voter(queries.membership_of(db, cast.group.id, cast.dara)) is None
        assert last_entry(db, cast).verb == "suspension.lifted"
        assert list(check(db)) == []
        with pytest.raises(Refused, match="suspension_is_over"):
            actions_standing.lift_suspension(db, one, by=cast.ana)

    @pytest.mark.parametrize("who", ["bruno", "chloe", "eli", "sam", "dara"])
    def test_nobody_else_suspends_or_lifts(self, db, cast, suspend, who):
        with pytest.raises(Refused, match="chairs_only"):
            suspend(cast.farah, by=getattr(cast, who))
        one = suspend(cast.farah)
        with pytest.raises(Refused, match="chairs_only"):
            actions_standing.lift_suspension(db, one, by=getattr(cast, who))

    def test_a_suspension_that_was_altered_is_found(self, db, cast, suspend):
        one = suspend()
        one.until = one.until + A_WEEK
        db.flush()
        assert [finding.where for finding in check(db)] == [
            f"suspensions open-definitions {cast.dara.id}"
        ]


class TestThePage:
    def test_it_tells_what_somebody_was(self, db, cast, clock, browser):
        clock.forward(days=40)
        given = {"by": cast.ana, "role": "editor", "category": None, "affiliation": "Acme"}
        actions.change_membership(db, cast.group, person=cast.dara, **given)
        browser.get(GROUP)
        page = browser.click("Dara Singh")
        assert page.path == f"{GROUP}/people/{cast.dara.id}"
        assert "Acme" in page.text and "8 January 2024 to 13 July 2024" in page.text

    def test_a_chair_suspends_somebody_and_lifts_it(self, db, cast, clock, browser):
        path = f"{GROUP}/people/{cast.dara.id}"
        browser.sign_in(cast.ana).get(path)
        page = browser.submit("Suspend them", days=0, reason="Rude.")
        assert page.status == 422 and page.css("#suspend[open]")
        page = browser.submit("Suspend them", days=7, reason="Rude.")
        assert "Suspended until" in page.text and "Rude." in page.text
        assert "suspended" in browser.get(GROUP).text
        browser.get(path)
        page = browser.submit("Lift the suspension")
        assert "Suspensions that are over" in page.text

    def test_who_is_suspended_is_told_until_when_and_why(self, cast, browser, suspend):
        suspend(reason="Rude.")
        page = browser.sign_in(cast.dara).get("/d/open-source-ai/c/2")
        assert "You are suspended in this working group until Mon 10 Jun 2024" in page.text
        assert "“Rude.”" in page.text

    def test_the_public_is_not_told_why(self, cast, browser, suspend):
        suspend(reason="Rude.")
        for person in (None, cast.sam):
            browser.sign_out() if person is None else browser.sign_in(person)
            page = browser.get(f"{GROUP}/people/{cast.dara.id}")
            assert page.status == 200
            assert "Rude." not in page.html and "suspended" not in page.text
        assert "suspended" not in browser.get(GROUP).text

    def test_somebody_leaves(self, db, cast, clock, browser):
        browser.sign_in(cast.dara).get(GROUP)
        browser.click("you: member")
        page = browser.submit("Leave the group")
        assert page.path == GROUP and "You have left the group" in page.text
        page = browser.get(f"{GROUP}/people/{cast.dara.id}")
        assert "no longer in the group" in page.text

    def test_the_last_chair_is_told_why_not(self, cast, clock, browser):
        page = browser.sign_in(cast.ana).get(f"{GROUP}/people/{cast.ana.id}")
        assert "A group needs a chair" in page.text and "Leave the group" not in page.buttons()

    def test_who_never_was_in_it_has_no_page(self, cast, browser):
        for nobody in (cast.sam.id, "p_0000000000000000", "x"):
            assert browser.get(f"{GROUP}/people/{nobody}").status == 404


def test_the_api_does_the_same(cast, api, clock):
    ana, dara = api.as_(cast.ana), api.as_(cast.dara)
    path = f"/api/v1{GROUP}/members/{cast.dara.id}"
    there = (clock.now + A_WEEK).astimezone(timezone(timedelta(hours=5, minutes=30)))
    until = {"until": there.isoformat(), "reason": "Rude."}
    made = ana.post(f"{path}/suspensions", json=until)
    assert made.status_code == 201 and made.json()["lifted_at"] is None
    assert made.json()["until"] == "2024-06-10T12:00:00.000Z"
    told = api.get(f"/api/v1{GROUP}/moderation/log").json()["items"][0]
    assert told["until"] == made.json()["until"]
    assert len(dara.get(f"{path}/history").json()["suspensions"]) == 1
    assert api.get(f"{path}/history").json()["suspensions"] == []
    lifting = f"/api/v1{GROUP}/suspensions/{made.json()['number']}/lifting"
    assert dara.post(lifting).json()["code"] == "chairs_only"
    assert ana.post(lifting).status_code == 204
    assert dara.post(f"/api/v1{GROUP}/leaving").status_code == 204
    assert api.get(f"{path}/history").json()["periods"][0]["until"] is not None
