"""Whether recusals are those that the record tells of."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.models import Ballot
from app.ballots.models_recusal import Recusal
from app.definitions.models import Definition
from app.record.findings import Finding, compared
from app.record.queries import Happening, told

BEGUN, ENDED = "recusal.declared", "recusal.withdrawn"
Key = tuple[int, str | None, datetime]


def check(db: Session) -> Iterator[Finding]:
    """Each has the entry that it began with, and one where it was taken back; none is missing."""
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        entries = told(db, definition.log_id, BEGUN, ENDED)
        begun, ended = (_by_key(entries, verb) for verb in (BEGUN, ENDED))
        rows = db.execute(
            select(Recusal, Ballot.number)
            .join(Ballot, Ballot.id == Recusal.ballot_id)
            .where(Ballot.definition_id == definition.id)
            .order_by(Recusal.id)
        )
        for row, number in rows:
            where = f"recusals {definition.slug} {number} {row.person_id}"
            one = begun.pop((number, row.person_id, row.since), None)
            if one is None:
                yield Finding(where, "no entry of the record tells of it")
            elif one.said("reason") is not None:
                yield from compared(where, {"reason": (row.reason, one.said("reason"))})
            if row.until and not ended.pop((number, row.person_id, row.until), None):
                yield Finding(where, "no entry of the record tells that it was taken back")
        for number, person, _ in sorted([*begun, *ended], key=str):
            where = f"recusals {definition.slug} {number} {person}"
            yield Finding(where, "the record tells of it, no row")


def _by_key(entries: Sequence[Happening], verb: str) -> dict[Key, Happening]:
    return {
        (one.entry.about["ballot"], one.entry.person_id, one.entry.at): one
        for one in entries
        if one.entry.verb == verb
    }
