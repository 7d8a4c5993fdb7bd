"""What a ballot is on: how its page, the proposal's and the record tell of it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.definitions.tree import Kind
from app.proposals.steps import Place, Step
from tests.ballots.staging import A_WEEK, all_vote, make_ballot, make_proposal, voters
from tests.cast import Cast
from tests.conftest import Clock
from tests.proposals.staging import edit, put
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")
ROOT = "/d/open-source-ai"


@pytest.mark.alike
class TestTheWords:
    def test_they_are_said_as_on_the_page_of_the_proposal(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        steps = [
            Step("add", markdown="By whom", kind=Kind.item, place=Place(under=5)),
            Step("move", 6, place=Place(under=1)),
            Step("strike", 4),
            Step("reword", 2, "It may be used for any purpose."),
        ]
        make_ballot(db, cast, proposal=put(db, cast, steps))
        proposed = browser.get(f"{ROOT}/p/1").said("#changes .words")
        assert proposed[0].startswith("Add a list item first under clause 1.2.2")
        assert browser.get(f"{ROOT}/b/1").said("#words .words") == proposed

    def test_a_change_of_the_text_meanwhile_that_can_be_merged_is_said(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        make_ballot(db, cast, proposal=put(db, cast))
        assert not browser.get(f"{ROOT}/b/1").css("#standing")
        edit(db, cast, 4, "Enough is said about the data to build the whole system again.")
        page = browser.reload()
        assert "both stand in the text" in page.one("#standing").text()
        assert "if carried, the words change at once" in page.text

    def test_a_conflict_with_the_text_is_said_before_anybody_votes_for_it(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast, proposal=put(db, cast))
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        page = browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
        assert "clause 1.2.1 now has other words in the same place" in page.one("#standing").text()
        assert "the words change at once" not in page.text
        assert "asked to fit it to the text of now" in page.one("#vote").text()
        assert "In conflict with the working text" in browser.get(f"{ROOT}/p/1").said(".need")[1]
        clock.set_to(ballot.closes_at)
        close_ballot(db, ballot, by=None)
        assert not browser.get(f"{ROOT}/b/1").css("#standing")


@pytest.mark.alike
class TestBeforeItOpens:
    def test_it_is_not_called_open(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock
    ) -> None:
        opens_at = clock.now + timedelta(days=1)
        ballot = make_ballot(db, cast, opens_at=opens_at, closes_at=opens_at + A_WEEK)
        assert browser.get(f"{ROOT}/proposals").said(".row .tag") == ["ballot 1"]
        page = browser.get(f"{ROOT}/p/1")
        assert "ballot 1" in page.said(".title .tag")
        assert "Ballot 1 on it is set: it opens" in page.said(".need")[0]
        clock.set_to(opens_at)
        assert "Ballot 1 is open on it until" in browser.reload().said(".need")[0]
        clock.set_to(ballot.closes_at)
        assert "Ballot 1 on it is over" in browser.reload().said(".need")[0]

    def test_its_author_is_told_why_the_words_stand_still(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock
    ) -> None:
        opens_at = clock.now + timedelta(days=1)
        make_ballot(db, cast, opens_at=opens_at, closes_at=opens_at + A_WEEK)
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/1/revise")
        assert page.status == 409
        assert "Ballot 1 on this proposal has not closed yet" in page.text

    @pytest.mark.parametrize(
        ("opens_at", "said"),
        [
            ("", "The ballot is open. Its rule, its roll and its words stand still."),
            ("2024-06-04T12:00", "its roll is written down when it opens."),
        ],
    )
    def test_what_stands_still_is_said_to_who_set_it(
        self, db: Session, cast: Cast, browser: Browser, opens_at: str, said: str
    ) -> None:
        make_proposal(db, cast)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/new?proposal=1")
        page = browser.submit("Open the ballot", opens_at=opens_at, closes_at="2024-06-10T18:00")
        assert said in page.one("#flash").text()


class TestAfterTheClose:
    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            (0, "Ana Ferreira closed ballot 1, as everybody had voted. Carried:"),
            (8, "Ana Ferreira closed ballot 1. Carried:"),
        ],
    )
    def test_the_record_says_why_a_chair_could_close_it(
        self, db: Session, cast: Cast, browser: Browser, clock: Clock, days: int, sentence: str
    ) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, voters(cast))
        clock.forward(days=days)
        close_ballot(db, ballot, by=cast.ana)
        said = browser.get(f"{ROOT}/record?ballot=1").said(".entry__sentence")
        assert any(one.startswith(sentence) for one in said), said

    def test_who_closes_it_is_not_told_of_an_effect_that_a_conflict_kept_away(
        self, db: Session, cast: Cast, browser: Browser
    ) -> None:
        words = ["Enough is said about the data to build it twice.", "Nothing needs to be said."]
        ballots = [
            make_ballot(db, cast, proposal=make_proposal(db, cast, words=one)) for one in words
        ]
        for ballot in ballots:
            all_vote(db, ballot, voters(cast))
        close_ballot(db, ballots[0], by=cast.ana)
        browser.sign_in(cast.ana).get(f"{ROOT}/b/2")
        page = browser.submit("Close the ballot")
        assert "The ballot is closed, and its result stands here." in page.one("#flash").text()
        assert "It is not in the text yet" in page.text
