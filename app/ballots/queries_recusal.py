"""Who recused themselves from a ballot, and what that makes of its roll."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from app.ballots.counting import Recused
from app.ballots.models import Ballot, RollEntry
from app.ballots.models_recusal import Recusal
from app.ballots.queries_verb import roll_at, roll_is_frozen
from app.people.models import Person


def recusals_of(db: Session, ballot: Ballot) -> Sequence[Recusal]:
    """Those that stand, with who, in the order in which they were declared."""
    return db.scalars(
        select(Recusal)
        .where(Recusal.ballot_id == ballot.id, Recusal.until.is_(None))
        .options(joinedload(Recusal.person))
        .order_by(Recusal.since, Recusal.id)
    ).all()


def recusals_on_roll(db: Session, ballot: Ballot) -> Sequence[Recusal]:
    """Those that stand, of people on the frozen roll, by their opaque ids: what a closing freezes.

    Who recused themselves before the roll was frozen, and was not in the group then, is not here.
    """
    found = db.scalars(
        select(Recusal)
        .join(
            RollEntry,
            and_(
                RollEntry.ballot_id == Recusal.ballot_id,
                RollEntry.person_id == Recusal.person_id,
            ),
        )
        .where(Recusal.ballot_id == ballot.id, Recusal.until.is_(None))
        .execution_options(populate_existing=True)
    ).all()
    return sorted(found, key=lambda one: one.person_id)  # not by a database's collation


def recused_in(recusals: Sequence[Recusal]) -> Recused:
    """How many that are, and how many of them had voted."""
    return Recused(len(recusals), sum(one.vote_nonce is not None for one in recusals))


def will_be_on_roll(db: Session, ballot: Ballot, person: Person, now: datetime) -> bool:
    """Whether somebody would be on a roll that is not frozen yet, if it was now."""
    if roll_is_frozen(db, ballot):
        return False
    roll = roll_at(db, ballot.definition, min(now, ballot.opens_at))
    return any(member.person_id == person.id for member in roll)
