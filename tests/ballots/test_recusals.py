"""Taking no part in a ballot: who may, what it does to the roll, and what the closing says."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.ballots.actions_close import close_ballot
from app.ballots.actions_recusal import declare_recusal, withdraw_recusal
from app.ballots.counting import (
    Recused,
    RuleCard,
    Tally,
    consensus_minus,
    decide,
    simple_majority,
)
from app.ballots.models import Ballot, Closing, RollEntry
from app.ballots.models_recusal import Recusal
from app.ballots.queries import ballots_to_cast
from app.ballots.queries_page import ballot_page
from app.ballots.queries_receipt import check_receipt
from app.ballots.receipts import Signer
from app.ballots.rules import may_cast
from app.ballots.rules_recusal import may_recuse, may_withdraw_recusal
from app.ballots.sentences import outcome_sentence, recused_sentences
from app.groups.actions import end_membership
from app.groups.actions_standing import suspend_member
from app.groups.models import Suspension
from app.people.actions_erasure import erase_person
from app.reading.actions_erasure import ELSEWHERE
from app.verification import verify
from tests.ballots.staging import (
    A_WEEK,
    all_vote,
    entries,
    make_ballot,
    make_candidate_version,
    refused,
    vote,
    voters,
)
from tests.record.tampering import tamper

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
HALF = Fraction(1, 2)
WHY = "My employer sells what this would allow."
PAGE = "/d/open-source-ai/b/1"


def code_of(refusal):
    return refusal.code if refusal else None


class TestRules:
    OPEN = Ballot(opens_at=NOON, closes_at=NOON + A_WEEK, words_hash="w")
    CLOSED = Closing(at=NOON + timedelta(1))
    STANDS = Recusal(since=NOON)
    HELD = Suspension(since=NOON, until=NOON + A_WEEK, reason="Rude.")

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({}, None),
            ({"now": NOON - timedelta(1)}, None),
            ({"now": NOON + A_WEEK}, "ballot_closed"),
            ({"closing": CLOSED}, "ballot_closed"),
            ({"suspension": HELD}, "suspended"),
            ({"on_roll": False}, "recusal_not_on_roll"),
            ({"recusal": STANDS}, "recused_already"),
            ({"reason": " "}, "reason_is_needed"),
            ({"reason": "x" * 5001}, "reason_too_long"),
            ({"reason": None}, None),
        ],
    )
    def test_who_may_recuse_themselves_until_when(self, given, code):
        said: dict[str, Any] = {
            "on_roll": True, "recusal": None, "suspension": None, "reason": WHY, "now": NOON,
        }  # fmt: skip
        said |= {name: value for name, value in given.items() if name != "closing"}
        assert code_of(may_recuse(self.OPEN, given.get("closing"), **said)) == code

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({}, None),
            ({"now": NOON + A_WEEK}, "ballot_closed"),
            ({"closing": CLOSED}, "ballot_closed"),
            ({"suspension": HELD}, "suspended"),
            ({"recusal": None}, "not_recused"),
        ],
    )
    def test_who_may_take_it_back(self, given, code):
        said: dict[str, Any] = {
            "closing": None,
            "recusal": self.STANDS,
            "suspension": None,
            "now": NOON,
        } | given
        closing = said.pop("closing")
        assert code_of(may_withdraw_recusal(self.OPEN, closing, **said)) == code

    def test_who_recused_themselves_does_not_vote(self):
        asked: dict[str, Any] = {"on_roll": True, "choice": "yes", "words_hash": "w", "now": NOON}
        refusal = may_cast(self.OPEN, None, recusal=self.STANDS, **asked)
        assert code_of(refusal) == "recused"


class TestTheCount:
    @pytest.mark.parametrize(
        ("card", "tally", "roll", "carried"),
        [
            (simple_majority(HALF), Tally(yes=2), 5, False),
            (simple_majority(HALF), Tally(yes=2), 4, True),
            (RuleCard(HALF, base="roll"), Tally(yes=2), 5, False),
            (RuleCard(HALF, base="roll"), Tally(yes=2), 4, True),
            (consensus_minus(0), Tally(yes=2, no=1), 5, False),
            (consensus_minus(0), Tally(yes=2), 4, True),
            (RuleCard(Fraction(1), base="roll"), Tally(), 0, False),
        ],
    )
    def test_the_roll_is_the_roll_without_them(self, card, tally, roll, carried):
        assert decide(tally, roll, card, Recused(1)).carried is carried

    @pytest.mark.parametrize(
        ("recused", "said"),
        [
            (Recused(), "54 of 68 voted."),
            (Recused(2), "54 of 68 voted; 2 of the 70 recused themselves."),
            (Recused(2, 1), "54 of 68 voted; 2 of the 70 recused themselves, 1 of them after voting."),
        ],
    )  # fmt: skip
    def test_the_sentence_says_how_many_of_how_many(self, recused, said):
        outcome = decide(Tally(yes=50, no=4), 68, simple_majority(), recused)
        assert outcome_sentence(outcome).endswith(said)
        assert bool(recused_sentences(recused, 68)) is bool(recused.count)


class TestTheVerbs:
    def test_before_voting(self, db, cast, clock):
        ballot = make_ballot(db, cast, card=RuleCard(Fraction(2, 3), base="roll", quorum=HALF))
        declare_recusal(db, ballot, by=cast.dara, reason=f" {WHY} ")
        assert refused(vote, db, ballot, cast.dara, "no") == "recused"
        assert [b.id for b in ballots_to_cast(db, cast.dara, now=clock.now)] == []
        assert len(ballots_to_cast(db, cast.farah, now=clock.now)) == 1
        all_vote(db, ballot, [cast.ana, cast.bruno, cast.chloe])
        it = ballot_page(db, ballot, viewer=cast.dara, now=clock.now)
        assert (it.roll_size, it.cast, it.recused) == (4, 3, Recused(1))
        assert code_of(it.vote_refusal) == "recused"
        entry = entries(db, cast, "recusal.declared")[0]
        assert (entry.person_id, entry.about) == (cast.dara.id, {"ballot": 1})
        clock.set_to(ballot.closes_at)
        closing = close_ballot(db, ballot, by=None)
        assert (closing.outcome, closing.roll_size, closing.recused) == ("carried", 4, 1)
        assert closing.sentence.endswith(
            "3 of 4 voted, 2 were needed; 1 of the 5 recused themselves."
        )
        assert entries(db, cast, "ballot.closed")[0].about["recused"] == [cast.dara.id]
        assert [str(one) for one in verify(db)] == []

    def test_after_voting_the_vote_counts_no_longer(self, db, cast, clock):
        ballot = make_ballot(db, cast)
        kept = Signer("x").receipt(ballot.leaf_of(vote(db, ballot, cast.dara, "no")))
        all_vote(db, ballot, [cast.ana, cast.farah])
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        it = ballot_page(db, ballot, viewer=cast.eli, now=clock.now)
        assert it.outcome and it.outcome.tally == Tally(yes=2)
        assert check_receipt(db, ballot, None, kept, Signer("x")).verdict == "recused"
        clock.set_to(ballot.closes_at)
        closing = close_ballot(db, ballot, by=None)
        assert closing.tally == Tally(yes=2)
        assert "1 of the 5 recused themselves, 1 of them after voting" in closing.sentence
        assert check_receipt(db, ballot, closing, kept, Signer("x")).verdict == "recused"
        assert [str(one) for one in verify(db)] == []

    def test_the_receipt_of_a_vote_that_was_replaced_before_says_so(self, db, cast, clock):
        ballot, signer = make_ballot(db, cast), Signer("x")
        kept = signer.receipt(ballot.leaf_of(vote(db, ballot, cast.dara, "no")))
        clock.forward(minutes=1)
        last = signer.receipt(ballot.leaf_of(vote(db, ballot, cast.dara, "yes")))
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        assert check_receipt(db, ballot, None, kept, signer).verdict == "replaced"
        assert check_receipt(db, ballot, None, last, signer).verdict == "recused"

    def test_taking_it_back_lets_them_vote_again_and_brings_no_vote_back(self, db, cast, clock):
        ballot = make_ballot(db, cast)
        vote(db, ballot, cast.dara, "no")
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        withdraw_recusal(db, ballot, by=cast.dara)
        it = ballot_page(db, ballot, viewer=cast.dara, now=clock.now)
        assert (it.roll_size, it.cast, it.my_recusal, it.vote_refusal) == (5, 0, None, None)
        vote(db, ballot, cast.dara, "yes")
        all_vote(db, ballot, voters(cast))
        closing = close_ballot(db, ballot, by=cast.ana)
        assert (closing.tally, closing.recused) == (Tally(yes=5), 0)
        assert "recused" not in closing.sentence
        assert [one.about for one in entries(db, cast, "recusal.withdrawn")] == [{"ballot": 1}]
        assert [str(one) for one in verify(db)] == []

    def test_a_ballot_closes_early_when_all_who_count_have_voted(self, db, cast, clock):
        ballot = make_ballot(db, cast)
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        all_vote(db, ballot, [cast.ana, cast.bruno, cast.chloe])
        assert refused(close_ballot, db, ballot, by=cast.ana) == "not_everybody_voted"
        vote(db, ballot, cast.farah, "no")
        assert close_ballot(db, ballot, by=cast.ana).recused == 1

    def test_a_roll_that_is_still_to_come_keeps_who_recused_themselves_before(
        self, db, cast, clock
    ):
        opens = clock.now + timedelta(days=1)
        ballot = make_ballot(db, cast, opens_at=opens, closes_at=opens + A_WEEK)
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        declare_recusal(db, ballot, by=cast.farah, reason=WHY)
        it = ballot_page(db, ballot, viewer=cast.dara, now=clock.now)
        assert (it.roll_size, it.recused, it.roll_is_frozen) == (3, Recused(2), False)
        end_membership(db, cast.group, by=cast.ana, person=cast.farah)
        clock.set_to(opens)
        assert ballots_to_cast(db, cast.dara, now=clock.now) == []
        vote(db, ballot, cast.chloe, "yes")
        assert db.get(RollEntry, (ballot.id, cast.dara.id)) is not None
        it = ballot_page(db, ballot, viewer=cast.dara, now=clock.now)
        assert (it.roll_size, it.recused) == (3, Recused(1))
        clock.set_to(ballot.closes_at)
        assert close_ballot(db, ballot, by=None).recused == 1
        assert [str(one) for one in verify(db)] == []

    def test_nobody_off_the_roll_and_nobody_who_is_suspended_does(self, db, cast, clock, settings):
        ballot = make_ballot(db, cast)
        for person in (cast.eli, cast.sam):
            found = refused(declare_recusal, db, ballot, by=person, reason=WHY)
            assert found == "recusal_not_on_roll"
        until = clock.now + A_WEEK / 2
        suspend_member(
            db, cast.group, by=cast.ana, person=cast.dara, until=until, reason="Rude.",
            settings=settings,
        )  # fmt: skip
        assert refused(declare_recusal, db, ballot, by=cast.dara, reason=WHY) == "suspended"
        assert refused(withdraw_recusal, db, ballot, by=cast.farah) == "not_recused"

    def test_the_closing_freezes_it(self, db, cast, clock):
        ballot = make_ballot(db, cast)
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        clock.set_to(ballot.closes_at)
        for deed in (
            partial(withdraw_recusal, db, ballot, by=cast.dara),
            partial(declare_recusal, db, ballot, by=cast.farah, reason=WHY),
        ):
            assert refused(deed) == "ballot_closed"
        close_ballot(db, ballot, by=None)
        for statement in (
            "DELETE FROM recusals",
            "UPDATE recusals SET until = since",
            "UPDATE recusals SET reason = '', vote_nonce = 'x'",
            "UPDATE recusals SET reason = 'Another one.'",
        ):
            savepoint = db.begin_nested()
            with pytest.raises(DBAPIError, match="sealed"):
                db.execute(text(statement))
            savepoint.rollback()

    @pytest.mark.parametrize(
        "deed",
        [
            "DELETE FROM recusals",
            "UPDATE recusals SET until = since",
            "UPDATE recusals SET reason = 'Another one.'",
            "UPDATE recusals SET person_id = (SELECT id FROM persons WHERE name LIKE 'Farah%')",
            "UPDATE closings SET recused = 0",
            "UPDATE closings SET roll_size = 5",
        ],
    )
    def test_what_was_altered_is_found(self, db, cast, clock, deed):
        ballot = make_ballot(db, cast)
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        clock.set_to(ballot.closes_at)
        close_ballot(db, ballot, by=None)
        tamper(db, deed)
        assert list(verify(db))

    def test_the_reason_goes_with_who_is_erased_and_the_recusal_stays(self, db, cast, clock):
        ballot = make_ballot(db, cast)
        declare_recusal(db, ballot, by=cast.dara, reason=WHY)
        clock.set_to(ballot.closes_at)
        close_ballot(db, ballot, by=None)
        erase_person(db, cast.dara, by=None, elsewhere=ELSEWHERE)
        db.expire_all()
        it = ballot_page(db, ballot, viewer=cast.ana, now=clock.now)
        assert [(one.reason, one.person_id) for one in it.recusals] == [("", cast.dara.id)]
        assert [str(one) for one in verify(db)] == []


def test_on_the_page_somebody_recuses_themselves_and_takes_it_back(db, cast, clock, browser):
    ballot = make_ballot(db, cast)
    vote(db, ballot, cast.dara, "no")
    browser.sign_in(cast.dara).get(PAGE)
    page = browser.submit("Recuse yourself", reason="")
    assert page.status == 422 and page.css("#recuse[open]")
    page = browser.submit("Recuse yourself", reason=WHY)
    assert page.path == PAGE and "You recused yourself" in page.text
    assert "Cast my vote" not in page.buttons() and not page.css("#receipt")
    assert "1 of the 5 on the roll recused themselves" in page.text
    page = browser.submit("Take it back")
    assert "Cast my vote" in page.buttons() and "Who recused themselves" not in page.text
    assert "Recuse yourself" not in browser.sign_in(cast.eli).get(PAGE).buttons()


def test_why_is_for_the_group_on_every_page_and_answer(db, cast, clock, browser, api):
    declare_recusal(db, make_ballot(db, cast), by=cast.dara, reason=WHY)
    places = (PAGE, "/d/open-source-ai/record")
    told = [f"/api/v1{place.replace('/b/', '/ballots/')}" for place in places]
    for person in (None, cast.sam):
        browser.sign_out() if person is None else browser.sign_in(person)
        pages = [browser.get(place) for place in places]
        assert all("Dara Singh" in page.text and WHY not in page.html for page in pages)
        answers = [(api.as_(person) if person else api).get(path) for path in told]
        assert all(WHY not in answer.text for answer in answers)
    browser.sign_in(cast.eli)
    assert WHY in browser.get(PAGE).text
    assert WHY not in browser.get(places[1]).html
    answer = api.as_(cast.eli).get(told[1]).json()["items"][0]
    assert (answer["entry"]["verb"], answer["held_back"]) == ("recusal.declared", "group")


def test_the_api_does_the_same(db, cast, clock, api):
    make_ballot(db, cast)
    path = "/api/v1/d/open-source-ai/ballots/1/recusal"
    dara = api.as_(cast.dara)
    made = dara.post(path, json={"reason": WHY})
    assert made.status_code == 201
    told = made.json()
    assert (told["roll"], told["recused"], told["why_not"]) == (4, 1, "recused")
    assert told["recusals"][0]["reason"] == WHY
    assert api.get(path.removesuffix("/recusal")).json()["recusals"][0]["reason"] is None
    assert dara.post(path, json={"reason": WHY}).json()["code"] == "recused_already"
    assert (
        api.as_(cast.eli).post(path, json={"reason": WHY}).json()["code"] == "recusal_not_on_roll"
    )
    assert dara.post(f"{path}/withdrawal").json()["may_vote"] is True
    assert dara.post(f"{path}/withdrawal").json()["code"] == "not_recused"


def test_what_is_taken_away_of_a_ratified_version_says_it(db, cast, clock, browser):
    ballot = make_ballot(db, cast, version=make_candidate_version(db, cast, "1.0"))
    declare_recusal(db, ballot, by=cast.dara, reason=WHY)
    all_vote(db, ballot, [one for one in voters(cast) if one is not cast.dara])
    close_ballot(db, ballot, by=cast.ana)
    for kind in ("json", "html"):
        copy = browser.client.get(f"/d/open-source-ai/v/1.0.{kind}").text
        assert "1 of the 5 recused themselves" in copy and WHY not in copy
