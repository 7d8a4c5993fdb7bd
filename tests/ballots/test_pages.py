"""The pages of ballots, in a browser without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.ballots.counting import two_thirds
from app.ballots.models import Ballot, Closing
from app.ballots.queries import ballot_named
from tests.ballots.staging import (
    all_vote,
    make_ballot,
    make_candidate_version,
    make_proposal,
    vote,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import OneTransaction
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")
ROOT = "/d/open-source-ai"


def ballots(db: Session) -> list[Ballot]:
    return list(db.scalars(select(Ballot).order_by(Ballot.number)))


@pytest.mark.alike
class TestOpening:
    def test_a_chair_opens_a_ballot_on_a_proposal(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?proposal=1")
        assert "Times are read by clocks in UTC" in browser.page.text
        browser.submit(
            "Open the ballot",
            question="Shall it say for whom?",
            preset="two_thirds",
            quorum="51 %",
            closes_at="2024-06-10T18:00",
        )
        assert browser.page.status == 200
        assert browser.page.path == f"{ROOT}/b/1"
        assert "Shall it say for whom?" in browser.page.text
        assert "At least 3 of the 5 on the roll must vote." in browser.page.text
        (ballot,) = ballots(db)
        assert ballot.card == two_thirds(Fraction(51, 100))

    def test_the_rule_is_read_before_it_is_set(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?proposal=1")
        browser.submit(
            "Preview the rule", preset="custom", threshold="3/4", strict="more_than",
            base="roll", quorum="0", closes_at="2024-06-10T18:00", names_shown="never",
        )  # fmt: skip
        text = browser.page.text
        assert "Carried if more than three quarters of everybody on the roll say yes." in text
        assert "Names and reasons are not shown to others." in text
        assert "Mon 10 Jun 2024, 18:00 UTC" in text
        assert not ballots(db)
        browser.submit("Open the ballot")
        assert ballots(db)[0].card.threshold == Fraction(3, 4)

    def test_mistakes_keep_what_was_typed(self, db: Session, cast: Cast, browser: Browser) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?proposal=1")
        browser.submit(
            "Open the ballot", question="Shall it?", preset="custom", threshold="most of us",
            quorum="7/4", closes_at="2024-06-01T10:00",
        )  # fmt: skip
        assert browser.page.status == 422
        assert browser.page.css('input[name="threshold"]')[0].attributes["value"] == "most of us"
        assert browser.page.css('input[name="question"]')[0].attributes["value"] == "Shall it?"
        assert "Write a share from nothing to all" in browser.page.text
        browser.submit("Open the ballot", threshold="2/3", quorum="1/2")
        assert browser.page.status == 422
        assert "A ballot must close after it opens." in browser.page.text
        assert not ballots(db)

    def test_a_rule_that_nobody_can_meet_is_refused_with_the_reason(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?proposal=1")
        browser.submit(
            "Open the ballot", preset="custom", threshold="1", strict="more_than",
            closes_at="2024-06-10T18:00",
        )  # fmt: skip
        assert browser.page.status == 422
        assert "No votes could satisfy this rule" in browser.page.text

    def test_a_version_is_put_to_its_ratification(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_candidate_version(db, cast, "0.1")
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?version=0.1")
        browser.submit("Open the ballot", closes_at="2024-06-10T18:00")
        assert "Shall version 0.1 be ratified?" in browser.page.text
        assert "Binding: if carried, version 0.1 is ratified at once." in browser.page.text

    def test_others_read_why_they_can_not(self, db: Session, cast: Cast, browser: Browser) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/b/new?proposal=1")
        assert "Only chairs of this working group can do this." in browser.page.text
        browser.post(f"{ROOT}/ballots", proposal="1", closes_at="2024-06-10T18:00", quorum="0")
        assert browser.page.status == 403
        assert not ballots(db)

    @pytest.mark.parametrize("query", ["", "?proposal=9", "?version=none", "?proposal=1&version=0.1", "?proposal=x"])  # fmt: skip
    def test_a_ballot_needs_one_subject_that_exists(
        self, db: Session, cast: Cast, browser: Browser, query: str
    ) -> None:
        make_proposal(db, cast)
        assert browser.sign_in(cast.ana).get(f"{ROOT}/b/new{query}").status == 404


class TestLooking:
    def test_counts_and_what_they_mean_are_shown_when_the_card_says_so(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, [cast.ana, cast.bruno], "yes")
        vote(db, ballot, cast.dara, "no")
        browser.get(f"{ROOT}/b/1")
        assert "If it closed now it would be carried: 2 of 3 yes and no votes" in browser.page.text
        assert "One more no, and no other change, would be enough to lose it." in browser.page.text
        assert browser.page.css("table.tally svg.bar")
        assert "2 : 1" in browser.page.text

    def test_counts_and_names_wait_for_the_close_when_the_card_says_so(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        ballot = make_ballot(db, cast, counts_shown="closed", names_shown="closed")
        all_vote(db, ballot, voters(cast))
        vote(db, ballot, cast.dara, "no", "A reason of Dara's.")
        browser.sign_in(cast.eli).get(f"{ROOT}/b/1")
        assert "5 of 5 have voted." in browser.page.text
        assert "If it closed now" not in browser.page.text
        assert "A reason of Dara's." not in browser.page.text
        assert not browser.page.css("table.tally")
        close_ballot(db, ballot, by=cast.ana)
        browser.reload()
        assert "A reason of Dara's." in browser.page.text
        assert "4 : 1" in browser.page.text

    def test_names_that_are_never_shown_stay_out_of_the_page(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        ballot = make_ballot(db, cast, names_shown="never")
        all_vote(db, ballot, voters(cast))
        vote(db, ballot, cast.farah, "no", "A reason of Farah's.")
        close_ballot(db, ballot, by=cast.ana)
        browser.sign_in(cast.eli).get(f"{ROOT}/b/1")
        assert "Farah" not in browser.page.text
        assert "regulators" not in browser.page.text  # she is the only one of them
        browser.sign_in(cast.farah).get(f"{ROOT}/b/1")
        assert "You voted No" in browser.page.text

    def test_the_outcome_stands_with_its_arithmetic(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, voters(cast))
        browser.sign_in(cast.ana).get(f"{ROOT}/b/1")
        browser.submit("Close the ballot")
        assert browser.page.status == 200
        assert "Carried: 5 of 5 yes and no votes are yes (100%)" in browser.page.text
        assert db.get_one(Closing, ballot.id).by_id == cast.ana.id

    def test_a_carried_proposal_in_conflict_is_said(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        words = ["Enough is said about the data to build it twice.", "Nothing needs to be said."]
        for ballot in [
            make_ballot(db, cast, proposal=make_proposal(db, cast, words=one)) for one in words
        ]:
            all_vote(db, ballot, voters(cast))
            close_ballot(db, ballot, by=cast.ana)
        browser.get(f"{ROOT}/b/2")
        assert "It is not in the text yet" in browser.page.text
        assert "It is not in the text yet" not in browser.get(f"{ROOT}/b/1").text

    def test_the_list_has_filters_in_its_address(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock
    ) -> None:
        first = make_ballot(db, cast)
        make_ballot(
            db, cast, version=make_candidate_version(db, cast),
            opens_at=clock.now + timedelta(days=1), closes_at=clock.now + timedelta(days=30),
        )  # fmt: skip
        all_vote(db, first, voters(cast)[:-1])

        def shown(query: str) -> list[str]:
            browser.get(f"{ROOT}/ballots{query}")
            return [node.text().strip() for node in browser.page.css(".row__number")]

        browser.sign_in(cast.farah)
        assert shown("") == ["2", "1"]
        assert shown("?state=open") == ["1"]
        assert shown("?state=mine") == ["1"]
        assert shown("?state=scheduled") == ["2"]
        assert shown("?proposal=1") == ["1"]
        assert shown("?version=0.1") == ["2"]
        clock.set_to(first.closes_at)
        assert shown("?state=closed") == ["1"]
        assert shown("?state=mine") == ["2"]
        browser.sign_in(cast.dara)
        assert shown("?state=mine") == ["2"]
        assert browser.get(f"{ROOT}/ballots?state=odd").status == 404

    def test_the_page_asks_no_more_when_more_have_voted(
        self, db: Session, database: OneTransaction, cast: Cast, browser: Browser
    ) -> None:
        ballot = make_ballot(db, cast, names_shown="open")
        browser.sign_in(cast.ana)
        vote(db, ballot, cast.ana, "yes")

        def queries() -> int:
            count = 0

            def one_more(*_: object) -> None:
                nonlocal count
                count += 1

            event.listen(database.engine, "before_cursor_execute", one_more)
            browser.get(f"{ROOT}/b/1")
            event.remove(database.engine, "before_cursor_execute", one_more)
            return count

        few = queries()
        all_vote(db, ballot, voters(cast))
        assert queries() == few
        assert few < 40


@pytest.mark.alike
class TestRunning:
    def test_a_chair_extends_and_everybody_reads_why(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_ballot(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/1")
        browser.submit("Extend the ballot", closes_at="2024-06-20T18:00", reason="A holiday.")
        assert browser.page.status == 200
        browser.sign_out()
        browser.reload()
        assert "A holiday." in browser.page.text
        assert "Thu 20 Jun 2024, 18:00 UTC" in browser.page.text

    def test_an_extension_that_is_none_keeps_what_was_typed(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_ballot(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/1")
        browser.submit("Extend the ballot", closes_at="2024-06-04T18:00", reason="A holiday.")
        assert browser.page.status == 422
        assert "it can only be extended, to a later time" in browser.page.text
        assert "A holiday." in browser.page.text

    def test_nobody_else_runs_it(self, db: Session, cast: Cast, browser: Browser) -> None:
        make_ballot(db, cast)
        browser.sign_in(cast.bruno).get(f"{ROOT}/b/1")
        assert "Extend it" not in browser.page.text
        for part, values in (
            ("closing", {}),
            ("extensions", {"closes_at": "2024-06-20T18:00", "reason": "No."}),
        ):
            assert browser.post(f"{ROOT}/b/1/{part}", **values).status == 403
        browser.sign_in(cast.ana)
        assert browser.post(f"{ROOT}/b/1/closing").status == 409


class TestReceipts:
    def test_a_receipt_shows_that_a_vote_was_taken_and_then_counted(
        self, db: Session, cast: Cast, browser: Browser, open_browser: Callable[[], Browser]
    ) -> None:
        make_ballot(db, cast)
        browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
        browser.submit("Cast my vote", choice="no")
        kept = browser.page.css(".receipt__code")[0].text()
        stranger = open_browser()
        stranger.get(f"{ROOT}/b/1/receipt")
        stranger.submit("Check it", receipt=kept)
        assert "This vote was taken and stands." in stranger.page.text
        ballot = ballot_named(db, cast.definition.slug, 1, cast.ana)
        all_vote(db, ballot, [p for p in voters(cast) if p is not cast.dara])
        close_ballot(db, ballot, by=cast.ana)
        stranger.submit("Check it", receipt=kept)
        assert "This vote was counted" in stranger.page.text
        assert db.get_one(Closing, ballot.id).votes_root in stranger.page.text

    def test_a_replaced_and_a_forged_vote_are_told_apart(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock
    ) -> None:
        make_ballot(db, cast)
        browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
        browser.submit("Cast my vote", choice="no")
        first = browser.page.css(".receipt__code")[0].text()
        clock.forward(minutes=1)
        browser.submit("Change my vote", choice="yes")
        browser.get(f"{ROOT}/b/1/receipt")
        browser.submit("Check it", receipt=first)
        assert "It was replaced later" in browser.page.text
        browser.submit("Check it", receipt=first.replace('"no"', '"yes"'))
        assert "was not signed here" in browser.page.text
        browser.submit("Check it", receipt="")
        assert browser.page.status == 422

    def test_the_key_is_published(self, cast: Cast, browser: Browser) -> None:
        browser.get("/.well-known/clausewise.json")
        assert browser.page.status == 200
        assert '"Ed25519"' in browser.page.html
