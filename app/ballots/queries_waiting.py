"""Which ballots take votes now, and whose they wait for: conditions for lists of ballots."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, exists, or_

from app.ballots.models import Ballot, RollEntry, Vote
from app.ballots.models_recusal import Recusal
from app.definitions.models import Definition
from app.groups.models import Membership, Suspension
from app.groups.queries import OF_THE_MEMBER, suspension_holds_at


def is_running(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Open by the clock, and not closed early."""
    return and_(Ballot.opens_at <= now, Ballot.closes_at > now, ~Ballot.closing.has())


def waits_for(
    person_id: str | BindParameter[str], now: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """On the roll, frozen or (until somebody freezes it) by membership when it opened; no vote, not
    recused, and not suspended now."""
    entry = exists().where(RollEntry.ballot_id == Ballot.id, RollEntry.person_id == person_id)
    vote = exists().where(Vote.ballot_id == Ballot.id, Vote.person_id == person_id)
    recused = exists().where(
        Recusal.ballot_id == Ballot.id, Recusal.person_id == person_id, Recusal.until.is_(None)
    )
    was_member = exists().where(
        Definition.id == Ballot.definition_id,
        Membership.group_id == Definition.group_id,
        Membership.person_id == person_id,
        Membership.role != "observer",
        Membership.since <= Ballot.opens_at,
        or_(Membership.until.is_(None), Membership.until > Ballot.opens_at),
        ~exists()
        .where(OF_THE_MEMBER, suspension_holds_at(Ballot.opens_at))
        .correlate(Membership, Ballot),
    )
    held = exists().where(
        Definition.id == Ballot.definition_id,
        Suspension.group_id == Definition.group_id,
        Suspension.person_id == person_id,
        suspension_holds_at(now),
    )
    return and_(or_(entry, and_(~Ballot.roll.any(), was_member)), ~vote, ~recused, ~held)
