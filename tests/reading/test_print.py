"""What is printed is a document: it says how things stand, since when, and can be signed."""

import io
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.ballots.models import Ballot
from app.definitions.actions_clause import edit_clause
from app.definitions.queries import text_now
from app.discussions.actions import post_comment
from tests.ballots.staging import (
    all_vote,
    make_ballot,
    make_candidate_version,
    make_proposal,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.signing import Browser
from tests.tabs import Tabs

pytestmark = pytest.mark.browser

TEXT = "/d/open-source-ai"
SIGN_HERE = "Chair, name and signature"

Print = Callable[[str], list[str]]


@pytest.fixture
def printed(tabs: Tabs, browser: Browser) -> Iterator[Print]:
    """Prints what the plain browser would read, in Paris; gives the words of each sheet."""

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        found = browser.client.get(asked._replace(scheme="", netloc="").geturl())
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    def sheets(tab: Page, path: str) -> list[str]:
        tab.goto(f"https://testserver{path}", wait_until="load")
        pdf = tab.pdf(prefer_css_page_size=True)
        found = [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(pdf)).pages]
        assert "Skip to" not in " ".join(found)
        return found

    with tabs.lent(timezone_id="Europe/Paris") as tab:
        tab.route("**/*", answer)
        yield partial(sheets, tab)


def carried(db: Session, ballot: Ballot, cast: Cast) -> Ballot:
    all_vote(db, ballot, voters(cast))
    close_ballot(db, ballot, by=cast.ana)
    return ballot


def test_a_ratified_version_is_signed_under_its_last_clause_and_its_hash(
    printed: Print, db: Session, cast: Cast, clock: Clock
) -> None:
    edit_clause(
        db, cast.definition, by=cast.ana, clause=2, reason="So long that a sheet is full.",
        markdown="An open source system may be used for any purpose. " * 75,
    )  # fmt: skip
    carried(db, make_ballot(db, cast, version=make_candidate_version(db, cast, "1.0")), cast)
    *before, last = printed(f"{TEXT}/v/1.0")
    assert before
    assert SIGN_HERE not in " ".join(before)
    assert SIGN_HERE in last
    assert "How it was labelled and filtered" in last
    assert f"Open Source AI 1.0 Hash of the text {text_now(db, cast.definition).hash}" in last
    assert f"https://testserver{TEXT}/v/1.0 · as it stood on Mon 3 Jun 2024, 12:00 UTC" in last


def test_a_ballot_is_signed_when_it_is_closed(
    printed: Print, db: Session, cast: Cast, clock: Clock
) -> None:
    ballot = make_ballot(db, cast)
    assert SIGN_HERE not in " ".join(printed(f"{TEXT}/b/{ballot.number}"))
    carried(db, ballot, cast)
    *_, last = printed(f"{TEXT}/b/{ballot.number}")
    assert f"Ballot {ballot.number}: Carried: 5 of 5" in last
    assert last.index("Root of all votes") < last.index(SIGN_HERE)


def test_a_proposal_says_what_became_of_it(
    printed: Print, db: Session, cast: Cast, clock: Clock
) -> None:
    proposal = make_proposal(db, cast)
    carried(db, make_ballot(db, cast, proposal=proposal), cast)
    assert "Adopted on Mon 3 Jun 2024" in " ".join(printed(f"{TEXT}/p/{proposal.number}"))


def test_a_proposal_in_conflict_says_so(
    printed: Print, db: Session, cast: Cast, clock: Clock
) -> None:
    proposal = make_proposal(db, cast)
    edit_clause(db, cast.definition, by=cast.ana, clause=4, markdown="Nothing is said.", reason="r")
    assert "In conflict with the working text" in " ".join(printed(f"{TEXT}/p/{proposal.number}"))


def test_a_moment_is_printed_with_utc_beside_it_and_how_long_ago_as_the_day_that_it_was(
    printed: Print, db: Session, cast: Cast, clock: Clock
) -> None:
    ballot = make_ballot(db, cast)
    post_comment(db, cast.definition, by=cast.eli, body="Why now?", ballot_id=ballot.id)
    clock.forward(days=2)
    said = " ".join(printed(f"{TEXT}/b/{ballot.number}"))
    assert "until Mon 10 Jun 2024, 14:00 CEST (Mon 10 Jun 2024, 12:00 UTC)." in said
    assert "Mon 3 Jun 2024, 12:00 UTC Why now?" in said
    assert "ago" not in said.split()
