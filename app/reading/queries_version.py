"""What stands beside a version: its ratification, and its neighbours."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.models import Ballot, Closing, Ratification
from app.definitions.models import Version


@dataclass(frozen=True, slots=True)
class Ratified:
    """When a version became final, by which ballot, with which outcome."""

    at: datetime
    ballot: int
    sentence: str
    text_hash: str


def ratification_of(db: Session, version: Version) -> Ratified | None:
    """The ratification of a version, if there is one; one query."""
    row = db.execute(
        select(Ratification.at, Ballot.number, Closing.sentence, Ratification.text_hash)
        .join(Closing, Closing.ballot_id == Ratification.ballot_id)
        .join(Ballot, Ballot.id == Closing.ballot_id)
        .where(Ratification.version_id == version.id)
    ).one_or_none()
    return Ratified(*row) if row is not None else None
