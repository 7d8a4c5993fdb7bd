"""The words at stake in a ballot, as its page shows them, and how they stand against the text."""

from typing import Any

from sqlalchemy.orm import Session

from app.ballots.models import Ballot
from app.ballots.queries_verb import ratified_versions
from app.definitions.models import Definition
from app.definitions.pieces import redline_html
from app.definitions.queries import text_of
from app.proposals.queries_page import Standing, changes_of, standing_of
from app.proposals.shown import Shown


def words_view(db: Session, definition: Definition, ballot: Ballot) -> dict[str, Any]:
    """What ``ballots/_words.html`` needs. A proposal shows what its revision changes of the text
    that it was written against; while the ballot is not closed, also whether that can be made in
    the text of now. A ballot that ``ballot_for`` loaded."""
    text_id = definition.working.text_id
    text = text_of(db, text_id)
    places = {placed.number: placed.place for placed in text}
    changes: list[Shown] = []
    standing: Standing | None = None
    revision = ballot.revision
    if revision is not None:
        is_of_now = revision.base_text_id == text_id
        changes = changes_of(
            db, revision, text if is_of_now else text_of(db, revision.base_text_id)
        )
        if ballot.closing is None:
            standing = standing_of(db, definition, revision, text)
    return {
        "root": f"/d/{definition.slug}",
        "places": places,
        "changes": changes,
        "standing": standing,
        "conflict": _conflict(ballot, places),
        "earlier": _earlier(db, ballot),
        "redline_html": redline_html,
    }


def _conflict(ballot: Ballot, places: dict[int, str]) -> str:
    """Where a carried proposal could not be put into the text, if it could not."""
    if ballot.proposal is None or ballot.closing is None or ballot.proposal.adoption is not None:
        return ""
    clauses = [
        conflict.clause.number
        for conflict in ballot.proposal.conflicts
        if conflict.revision_id == ballot.revision_id
    ]
    if ballot.closing.outcome != "carried":
        return ""
    return ", ".join(str(places.get(number, number)) for number in clauses)


def _earlier(db: Session, ballot: Ballot) -> str:
    """The label of the version that is ratified now, to compare with."""
    if ballot.version is None:
        return ""
    ratified = ratified_versions(db, ballot.definition_id)
    return ratified[0].label if ratified else ""
