"""Recusing oneself from the question of a ballot, and taking that back.

Both hold the ballot's lock alone: a vote of the same person, at the same moment, is either there
and goes, or comes after and is refused.
"""

from sqlalchemy.orm import Session

from app.ballots import queries_recusal, queries_verb, rules, rules_recusal
from app.ballots.actions import freeze_roll, lock_ballot
from app.ballots.models import Ballot
from app.ballots.models_recusal import Recusal
from app.kit import clock
from app.people.models import Person
from app.record.actions import record


def declare_recusal(db: Session, ballot: Ballot, *, by: Person, reason: str) -> Recusal:
    """Somebody takes no part in a ballot: they are not counted on its roll, and do not vote.

    The vote that they may have cast goes with it. Whoever was on the roll stays on it: what counts
    is the roll without those who recused themselves.
    """
    freeze_roll(db, ballot)
    lock_ballot(db, ballot)
    now = clock.now()
    voter = queries_verb.voter_at(db, ballot, by, now)
    rules.enforce(
        rules_recusal.may_recuse(
            ballot,
            voter.closing,
            on_roll=voter.on_roll or queries_recusal.will_be_on_roll(db, ballot, by, now),
            recusal=voter.recusal,
            suspension=voter.suspension,
            reason=reason,
            now=now,
        )
    )
    recusal = Recusal(
        ballot_id=ballot.id,
        person_id=by.id,
        reason=reason.strip(),
        vote_nonce=voter.vote.nonce if voter.vote else None,
        since=now,
    )
    if voter.vote is not None:
        db.delete(voter.vote)
    db.add(recusal)
    db.flush()
    record(
        db, ballot.definition.log_id, "recusal.declared", by=by.id, at=now,
        about={"ballot": ballot.number}, words={"reason": recusal.reason},
    )  # fmt: skip
    return recusal


def withdraw_recusal(db: Session, ballot: Ballot, *, by: Person) -> None:
    """They count and vote again; a vote that went with the recusal does not come back."""
    lock_ballot(db, ballot)
    now = clock.now()
    voter = queries_verb.voter_at(db, ballot, by, now)
    rules.enforce(
        rules_recusal.may_withdraw_recusal(
            ballot, voter.closing, recusal=voter.recusal, suspension=voter.suspension, now=now
        )
    )
    assert voter.recusal is not None
    voter.recusal.until = now
    about = {"ballot": ballot.number}
    record(db, ballot.definition.log_id, "recusal.withdrawn", by=by.id, at=now, about=about)
