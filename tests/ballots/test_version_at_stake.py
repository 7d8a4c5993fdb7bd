"""While a ballot is on ratifying a version, the version is not withdrawn; after it, as before."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.definitions.actions import withdraw_version
from app.definitions.models import VersionStage, VersionStake
from app.definitions.queries import stage_now
from tests.ballots.staging import (
    all_vote,
    entries,
    make_ballot,
    make_candidate_version,
    refused,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.signing import Api, Browser

pytestmark = pytest.mark.usefixtures("clock")
PAGE = "/d/open-source-ai/v/0.1"
WORDS = "Ballot 1 is on ratifying this version"


def stages(db: Session) -> list[str]:
    return list(db.scalars(select(VersionStage.stage).order_by(VersionStage.id)))


def test_a_version_is_not_withdrawn_while_people_vote_on_it(db: Session, cast: Cast) -> None:
    version = make_candidate_version(db, cast)
    ballot = make_ballot(db, cast, version=version)
    assert refused(withdraw_version, db, version, by=cast.bruno, reason="A slip.") == (
        "version_is_at_stake"
    )
    assert stages(db) == ["draft", "candidate"]
    assert not entries(db, cast, "version.withdrawn")
    all_vote(db, ballot, voters(cast))
    close_ballot(db, ballot, by=cast.ana)
    assert stage_now(db, version) == "ratified"
    assert db.get(VersionStake, version.id) is None


def test_nor_before_a_ballot_that_was_announced(db: Session, cast: Cast, clock: Clock) -> None:
    version = make_candidate_version(db, cast)
    make_ballot(db, cast, version=version, opens_at=clock.now.replace(hour=clock.now.hour + 1))
    assert refused(withdraw_version, db, version, by=cast.ana, reason="A slip.") == (
        "version_is_at_stake"
    )


def test_what_was_lost_may_be_withdrawn_or_voted_on_again(
    db: Session, cast: Cast, clock: Clock
) -> None:
    version = make_candidate_version(db, cast)
    for _ in range(2):
        ballot = make_ballot(db, cast, version=version)
        clock.set_to(ballot.closes_at)
        assert close_ballot(db, ballot, by=None).outcome == "lost"
    withdraw_version(db, version, by=cast.bruno, reason="Nobody came.")
    assert stage_now(db, version) == "withdrawn"


def test_who_may_not_withdraw_is_told_that_first(db: Session, cast: Cast) -> None:
    version = make_candidate_version(db, cast)
    make_ballot(db, cast, version=version)
    assert refused(withdraw_version, db, version, by=cast.dara, reason="x") == "editors_only"


def test_the_page_says_why_in_place_of_the_form(db: Session, cast: Cast, browser: Browser) -> None:
    make_ballot(db, cast, version=make_candidate_version(db, cast))
    page = browser.sign_in(cast.bruno).get(PAGE)
    assert WORDS in page.text
    assert "Withdraw this version" not in page.text
    page = browser.post(f"{PAGE}/withdrawal", reason="A slip.")
    assert page.status == 409
    assert WORDS in page.one("#field-withdrawal-reason-error").text()
    assert "A slip." in page.one("#field-withdrawal-reason").text()
    assert stages(db) == ["draft", "candidate"]
    assert WORDS not in browser.sign_in(cast.dara).get(PAGE).text


def test_a_program_is_told_why(db: Session, cast: Cast, api: Api) -> None:
    make_ballot(db, cast, version=make_candidate_version(db, cast))
    address = "/api/v1/d/open-source-ai/versions/0.1/withdrawal"
    answer = api.as_(cast.bruno).post(address, json={"reason": "A slip."})
    assert (answer.status_code, answer.json()["code"]) == (409, "version_is_at_stake")
    assert stages(db) == ["draft", "candidate"]
