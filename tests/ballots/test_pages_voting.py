"""Voting on the page of a ballot, in a browser without JavaScript."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ballots.models import Vote
from tests.ballots.staging import make_ballot, vote
from tests.cast import Cast
from tests.conftest import Clock
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")
ROOT = "/d/open-source-ai"


def test_a_member_votes_and_changes_their_mind(db: Session, cast: Cast, browser: Browser) -> None:
    make_ballot(db, cast)
    browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
    assert "for a skilled person" in " ".join(n.text() for n in browser.page.css("ins"))
    browser.submit("Cast my vote", choice="no", reason="Who is skilled?")
    assert browser.page.status == 200
    assert "Your vote is recorded." in browser.page.text
    assert "You voted No" in browser.page.text
    browser.submit("Change my vote", choice="yes")
    assert db.scalars(select(Vote.choice)).all() == ["yes"]
    assert db.scalars(select(Vote.reason)).all() == ["Who is skilled?"]


def test_no_choice_is_said_and_the_reason_kept(db: Session, cast: Cast, browser: Browser) -> None:
    make_ballot(db, cast)
    browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
    browser.submit("Cast my vote", reason="I have a long reason for this.")
    assert browser.page.status == 422
    assert "This is needed." in browser.page.text
    area = browser.page.css('textarea[name="reason"]')[0]
    assert "I have a long reason" in area.text()


def test_a_vote_that_came_too_late_is_said_and_its_reason_given_back(
    db: Session, cast: Cast, browser: Browser, clock: Clock
) -> None:
    ballot = make_ballot(db, cast)
    browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
    clock.set_to(ballot.closes_at)
    browser.submit("Cast my vote", choice="no", reason="I came in the last second.")
    assert browser.page.status == 409
    assert "Your vote was not recorded." in browser.page.text
    assert "This ballot closed at" in browser.page.text
    assert "I came in the last second." in browser.page.text
    assert db.scalar(select(func.count()).select_from(Vote)) == 0


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("eli", "Only people on the roll vote in this ballot"),
        ("sam", "Only people on the roll vote in this ballot"),
        (None, "Sign in to cast your vote"),
    ],
)
def test_others_read_why_they_do_not_vote(
    db: Session, cast: Cast, browser: Browser, who: str | None, sentence: str
) -> None:
    ballot = make_ballot(db, cast)
    if who:
        browser.sign_in(getattr(cast, who))
    browser.get(f"{ROOT}/b/1")
    assert sentence in browser.page.text
    assert not browser.page.css('input[name="choice"]')
    page = browser.post(f"{ROOT}/b/1/vote", choice="yes", words=ballot.words_hash)
    assert page.status == (403 if who else 401)


def test_a_forged_page_with_other_words_is_not_voted_on(
    db: Session, cast: Cast, browser: Browser
) -> None:
    make_ballot(db, cast)
    browser.sign_in(cast.dara).post(f"{ROOT}/b/1/vote", choice="yes", words="0" * 64)
    assert browser.page.status == 409
    assert "The words that you were shown are not the ones" in browser.page.text
    browser.submit("Cast my vote")
    assert "Your vote is recorded." in browser.page.text


def test_the_form_names_the_vote_that_it_was_shown_with(
    db: Session, cast: Cast, browser: Browser
) -> None:
    ballot = make_ballot(db, cast)

    def named() -> str | None:
        return browser.page.css('#vote input[name="replaces"]')[0].attributes["value"]

    browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
    assert not named()
    browser.submit("Cast my vote", choice="no")
    assert named() == db.get_one(Vote, (ballot.id, cast.dara.id)).nonce
    shown = named()
    vote(db, ballot, cast.dara, "yes")
    browser.submit("Change my vote", reason="x" * 5001)
    assert browser.page.status == 422
    assert named() == shown  # the other vote was not told of yet


def test_a_form_from_before_ones_latest_vote_does_not_replace_it_unseen(
    db: Session, cast: Cast, browser: Browser
) -> None:
    ballot = make_ballot(db, cast)
    browser.sign_in(cast.dara).get(f"{ROOT}/b/1")
    vote(db, ballot, cast.dara, "yes", "A reason from my telephone.")
    browser.submit("Cast my vote", choice="no", reason="A reason from my desk.")
    assert browser.page.status == 409
    assert "You voted yes at" in browser.page.text
    assert "A reason from my telephone." in browser.page.text
    assert "You voted Yes" in browser.page.text  # the receipt of the one that stands
    assert "A reason from my desk." in browser.page.css('textarea[name="reason"]')[0].text()
    assert db.scalars(select(Vote.choice)).all() == ["yes"]
    browser.submit("Change my vote")
    assert "Your vote is recorded." in browser.page.text
    assert db.scalars(select(Vote.choice)).all() == ["no"]
    assert db.scalars(select(Vote.reason)).all() == ["A reason from my desk."]


def test_a_button_pressed_twice_is_one_vote(db: Session, cast: Cast, browser: Browser) -> None:
    ballot = make_ballot(db, cast)
    browser.sign_in(cast.dara)
    for _ in range(2):
        browser.post(f"{ROOT}/b/1/vote", choice="no", words=ballot.words_hash, replaces="")
        assert browser.page.status == 200
    assert db.scalars(select(Vote.choice)).all() == ["no"]
