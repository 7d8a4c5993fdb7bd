"""Rolls that a person was on, and what the record has rolls come to since people were erased."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.ballots.models import Ballot, RollEntry
from app.people.models import Person
from app.record.actions import PEOPLE
from app.record.models import Log
from app.record.queries import told


def rolls_of(db: Session, person: Person) -> Sequence[Ballot]:
    """The ballots on whose roll a person stands, with the whole roll and the definition."""
    theirs = select(RollEntry.ballot_id).where(RollEntry.person_id == person.id)
    return db.scalars(
        select(Ballot)
        .where(Ballot.id.in_(theirs))
        .options(joinedload(Ballot.definition), selectinload(Ballot.roll))
        .order_by(Ballot.id)
        .execution_options(populate_existing=True)
    ).all()


def hashes_since_erasures(db: Session) -> dict[str, str]:
    """By the path of a ballot: what its roll comes to since somebody on it was erased."""
    log_id = db.scalar(select(Log.id).where(Log.subject == PEOPLE)) or 0
    newest: dict[str, str] = {}
    for one in told(db, log_id, "person.erased"):
        newest |= dict(one.entry.about.get("rolls", []))
    return newest


def hash_when_frozen(db: Session, ballot: Ballot) -> str | None:
    """What the roll came to when it was frozen, as the definition's record tells."""
    entries = told(db, ballot.definition.log_id, "ballot.opened", "roll.frozen")
    return next(
        (
            str(one.entry.about["roll_hash"])
            for one in entries
            if one.entry.about["ballot"] == ballot.number and "roll_hash" in one.entry.about
        ),
        None,
    )
