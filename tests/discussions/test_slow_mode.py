"""Slow mode: each person comments at most once in so many minutes, until a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.discussions import rules_slow as rules
from app.discussions.actions import edit_comment, retract_comment
from app.discussions.actions_slow import end_slow_mode, set_slow_mode
from app.discussions.models import Comment
from app.discussions.models_moderation import SlowMode
from app.groups.models import ROLES, Membership
from app.kit.refusals import Refused
from app.record.models import Entry
from app.verification import verify
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("clock")

CLAUSE = "/d/open-source-ai/c/4"
PAGE = "/d/open-source-ai/moderation"
API = "/api/v1/d/open-source-ai/slow-mode"
MINUTE = timedelta(minutes=1)
WHY = "So that all are read."


@pytest.fixture
def slow(db, cast):
    """Slow mode, thirty minutes for a day from now."""

    def made(by="ana", minutes=30, lasts=timedelta(days=1), reason=WHY):
        return set_slow_mode(
            db, cast.definition, by=getattr(cast, by), minutes=minutes, until=NOON + lasts,
            reason=reason,
        )  # fmt: skip

    return made


def code(refusal):
    return refusal.code if refusal else None


class TestRules:
    @pytest.mark.parametrize("role", [*ROLES, None])
    def test_chairs_set_it(self, role):
        refusal = rules.may_set_slow_mode(Membership(role=role) if role else None)
        assert code(refusal) == (None if role == "chair" else "chairs_only")

    @pytest.mark.parametrize(
        "until, expected",
        [
            (timedelta(0), "slow_mode_time"),
            (-MINUTE, "slow_mode_time"),
            (timedelta(microseconds=1), None),
            (timedelta(days=30), None),
            (timedelta(days=30, microseconds=1), "slow_mode_time"),
        ],
    )
    def test_it_is_for_a_time(self, until, expected):
        assert code(rules.must_come_to_an_end(NOON + until, NOON)) == expected

    @pytest.mark.parametrize(
        "passed, expected",
        [
            (timedelta(0), "slow_mode"),
            (timedelta(minutes=9, seconds=59, microseconds=999_999), "slow_mode"),
            (timedelta(minutes=10), None),
            (timedelta(days=1), None),
        ],
    )
    def test_after_ten_minutes_it_is_ones_turn_again(self, passed, expected):
        slow = SlowMode(minutes=10, until=NOON + timedelta(days=2))
        assert code(rules.must_take_turns(slow, NOON, NOON + passed)) == expected

    def test_one_is_told_when(self):
        slow = SlowMode(minutes=10, until=NOON + timedelta(minutes=5))
        refusal = rules.must_take_turns(slow, NOON, NOON + MINUTE)
        assert refusal is not None
        assert refusal.facts["again"] == NOON + timedelta(minutes=5), "when slow mode is over"

    def test_who_has_not_spoken_waits_for_nothing(self):
        slow = SlowMode(minutes=10, until=NOON + timedelta(days=2))
        assert rules.must_take_turns(slow, None, NOON) is None
        assert rules.must_take_turns(None, NOON, NOON) is None


class TestSpeaking:
    @pytest.mark.parametrize("who", ["eli", "dara", "ana"])
    def test_everybody_waits_chairs_too(self, db, slow, say, clock, who):
        slow()
        say(who, "One.")
        clock.forward(minutes=29, seconds=59)
        with pytest.raises(Refused) as refused:
            say(who, "Two.")
        assert (refused.value.refusal.code, refused.value.status) == ("slow_mode", 409)
        clock.forward(seconds=1)
        assert say(who, "Two.").number == 2

    def test_others_do_not_wait_for_each_other(self, slow, say):
        slow()
        assert [say(who, "Mine.").number for who in ("eli", "dara", "ana")] == [1, 2, 3]

    def test_what_was_said_before_counts_and_so_does_what_was_taken_back(self, db, cast, slow, say):
        comment = say("dara", "One.")
        retract_comment(db, cast.definition, comment, by=cast.dara)
        slow()
        with pytest.raises(Refused):
            say("dara", "Two.")

    def test_a_form_that_is_sent_twice_is_told_of_its_first_comment(self, slow, say):
        slow()
        say("dara", "Once.")
        with pytest.raises(Refused) as refused:
            say("dara", "Once.")
        assert refused.value.refusal.code == "comment_posted_already"

    def test_one_can_still_put_it_otherwise(self, db, cast, slow, say):
        slow()
        comment = say("dara", "One.")
        edit_comment(db, cast.definition, comment, by=cast.dara, body="One, better.")
        assert comment.body == "One, better."

    def test_at_its_end_it_is_over_without_anybody(self, slow, say, clock):
        slow(minutes=1440, lasts=timedelta(hours=1))
        say("dara", "One.")
        clock.forward(minutes=59)
        with pytest.raises(Refused):
            say("dara", "Two.")
        clock.forward(minutes=1)
        say("dara", "Two.")


class TestSetting:
    def test_it_says_who_why_and_until_when(self, db, cast, slow, clock):
        mode = slow(reason=f" {WHY} ")
        assert (mode.minutes, mode.reason, mode.by_id, mode.since) == (30, WHY, cast.ana.id, NOON)
        [entry] = db.scalars(select(Entry).where(Entry.verb == "slow_mode.set"))
        assert entry.about == {
            "slow_mode": mode.id, "minutes": 30, "until": "2024-06-04T12:00:00.000000Z",
        }  # fmt: skip

    def test_another_takes_its_place(self, db, cast, slow, clock):
        first = slow()
        clock.forward(minutes=5)
        second = slow(minutes=5)
        assert (first.ended_at, first.ended_by_id, second.ended_at) == (
            clock.now, cast.ana.id, None,
        )  # fmt: skip

    def test_a_chair_ends_it(self, db, cast, slow, say):
        slow()
        say("dara", "One.")
        end_slow_mode(db, cast.definition, by=cast.ana)
        say("dara", "Two.")

    @pytest.mark.parametrize(
        "more, expected",
        [
            ({"by": "bruno"}, ("chairs_only", 403)),
            ({"by": "sam"}, ("chairs_only", 403)),
            ({"reason": " "}, ("reason_is_needed", 422)),
            ({"lasts": timedelta(0)}, ("slow_mode_time", 422)),
        ],
    )
    def test_refusals(self, slow, more, expected):
        with pytest.raises(Refused) as refused:
            slow(**more)
        assert (refused.value.refusal.code, refused.value.status) == expected

    @pytest.mark.parametrize("who, expected", [("ana", "no_slow_mode"), ("eli", "chairs_only")])
    def test_what_is_not_on_is_not_ended(self, db, cast, who, expected):
        with pytest.raises(Refused) as refused:
            end_slow_mode(db, cast.definition, by=getattr(cast, who))
        assert refused.value.refusal.code == expected

    def test_it_agrees_with_the_record(self, db, cast, slow, clock):
        slow()
        clock.forward(minutes=5)
        slow(minutes=5)
        end_slow_mode(db, cast.definition, by=cast.ana)
        third = slow()
        assert not [str(one) for one in verify(db)]
        third = db.merge(third)
        third.minutes = 1
        db.flush()
        assert [one.what for one in verify(db)] == ["its minutes is not what the record tells"]


class TestPages:
    def test_a_chair_sets_it_and_everybody_reads_why(self, browser, open_browser, cast):
        browser.sign_in(cast.ana).get(PAGE)
        page = browser.submit("Set slow mode", minutes="30", hours="24", reason=WHY)
        assert "Slow mode is on." in page.text
        for who in (None, cast.sam, cast.eli):
            other = open_browser()
            if who is not None:
                other.sign_in(who)
            text = other.get(CLAUSE).one("#discussion").text()
            assert "each person comments at most once in 30 minutes" in text
            assert WHY in text
        browser.get(PAGE)
        assert "It is off" in browser.submit("End it now").text

    def test_who_is_too_early_is_told_when_and_keeps_the_words(self, browser, cast, slow, say):
        slow()
        say("dara", "One.")
        page = browser.sign_in(cast.dara).get(CLAUSE)
        assert "You can comment again at Mon 3 Jun 2024, 12:30 UTC." in page.text
        page = browser.submit("Comment", body="Two, so soon.")
        assert page.status == 409
        assert "You can comment again at Mon 3 Jun 2024, 12:30 UTC." in page.one(".errors").text()
        assert "Two, so soon." in page.one("textarea[name=body]").text()

    def test_what_was_typed_comes_back(self, browser, cast):
        browser.sign_in(cast.ana).get(PAGE)
        page = browser.submit("Set slow mode", minutes="0", hours="24", reason=WHY)
        assert page.status == 422
        assert page.one("textarea[name=reason]").text().strip() == WHY

    @pytest.mark.parametrize("who, status", [("bruno", 403), ("sam", 403), (None, 401)])
    def test_nobody_else_sets_it(self, browser, cast, db, who, status):
        if who:
            browser.sign_in(getattr(cast, who))
        values = {"minutes": 5, "hours": 1, "reason": "Mine."}
        assert browser.post(f"{PAGE}/slow-mode", **values).status == status
        assert browser.post(f"{PAGE}/slow-mode/end").status == status
        assert db.scalars(select(SlowMode)).all() == []

    def test_the_record_tells_of_it(self, browser, slow):
        slow()
        text = browser.get("/d/open-source-ai/record").text
        assert "Ana Ferreira set slow mode until" in text
        assert "Slow mode" in text


class TestApi:
    def test_set_read_and_end(self, api, cast, db):
        program = api.as_(cast.ana)
        body = {"minutes": 30, "until": "2024-06-04T12:00:00Z", "reason": WHY}
        assert program.put(API, json=body).json()["slow_mode"]["minutes"] == 30
        assert api.get(API).json()["slow_mode"]["until"] == "2024-06-04T12:00:00.000Z"
        comments = "/api/v1/d/open-source-ai/comments"
        program.post(comments, json={"clause": 4, "body": "One."})
        answer = program.post(comments, json={"clause": 4, "body": "Two."})
        assert (answer.status_code, answer.json()["code"]) == (409, "slow_mode")
        assert program.delete(API).json() == {"slow_mode": None}
        assert len(db.scalars(select(Comment)).all()) == 1

    @pytest.mark.parametrize(
        "who, more, status, code",
        [
            (None, {}, 401, "sign_in_first"),
            ("eli", {}, 403, "chairs_only"),
            ("ana", {"minutes": 0}, 422, "invalid"),
            ("ana", {"minutes": 1441}, 422, "invalid"),
            ("ana", {"until": "2024-06-03T12:00:00Z"}, 422, "slow_mode_time"),
            ("ana", {"until": "9999-12-31T23:59:59Z"}, 422, "slow_mode_time"),
            ("ana", {"until": "2024-06-04T12:00:00"}, 422, "invalid"),
        ],
    )
    def test_refusals(self, api, cast, who, more, status, code):
        program = api.as_(getattr(cast, who)) if who else api
        body = {"minutes": 30, "until": "2024-06-04T12:00:00Z", "reason": WHY} | more
        answer = program.put(API, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
