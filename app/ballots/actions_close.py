"""Closing a ballot: the count is frozen, the votes are sealed, and the result takes effect."""

import logging

from sqlalchemy.orm import Session, joinedload

from app.ballots import actions_subject as subjects, queries_recusal, queries_verb, rules
from app.ballots.actions import freeze_roll, lock_ballot
from app.ballots.counting import decide
from app.ballots.models import Ballot, Closing
from app.ballots.receipts import votes_root
from app.ballots.sentences import outcome_sentence
from app.groups.queries import membership_of
from app.groups.rules import must_be_chair
from app.kit import clock
from app.kit.db import Database
from app.people.models import Person
from app.record.actions import record
from app.record.canonical import canonical_time

log = logging.getLogger("clausewise")


def close_ballot(db: Session, ballot: Ballot, *, by: Person | None) -> Closing:
    """Ends a ballot, once: whoever comes second gets the closing that is there.

    1. The lock waits for the votes under way, so that they are counted; later ones are refused.
    2. by=None is the clock, which closes what is over. A chair closes before the end only if every
       person on the roll has voted.
    3. The roll (without those who recused themselves), the votes and the card give the outcome;
       tally, sentence and the root over all votes are frozen in the closing.
    4. What was carried takes effect in the same transaction: a result and its effect are never
       apart.
    """
    if by is not None:
        rules.enforce(must_be_chair(membership_of(db, ballot.definition.group_id, by)))
    lock_ballot(db, ballot)
    if (closed := queries_verb.closing_of(db, ballot)) is not None:
        return closed
    subjects.lock_for_closing(db, ballot)
    freeze_roll(db, ballot)
    now = clock.now()
    votes = queries_verb.votes_in_order(db, ballot)
    recusals = queries_recusal.recusals_on_roll(db, ballot)
    roll_size = queries_verb.roll_size(db, ballot) - len(recusals)
    if by is None:
        rules.enforce(rules.may_close_by_clock(ballot, now))
    else:
        membership = membership_of(db, ballot.definition.group_id, by)
        rules.enforce(
            rules.may_close(ballot, membership, voted=len(votes), roll_size=roll_size, now=now)
        )
    tally = queries_verb.tally_of(votes)
    outcome = decide(tally, roll_size, ballot.card, queries_recusal.recused_in(recusals))
    closing = Closing(
        ballot_id=ballot.id,
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
        roll_size=roll_size,
        recused=len(recusals),
        outcome="carried" if outcome.carried else "lost",
        sentence=outcome_sentence(outcome),
        votes_root=votes_root([ballot.leaf_of(vote) for vote in votes]).hex(),
        by_id=by.id if by is not None else None,
        at=now,
    )
    db.add(closing)
    db.flush()
    record(
        db,
        ballot.definition.log_id,
        "ballot.closed",
        by=closing.by_id,
        at=now,
        about={
            "ballot": ballot.number,
            "outcome": closing.outcome,
            "yes": tally.yes,
            "no": tally.no,
            "abstain": tally.abstain,
            "roll": roll_size,
            "recused": [one.person_id for one in recusals],
            "sentence": closing.sentence,
            "votes_root": closing.votes_root,
            "closes_at": canonical_time(ballot.closes_at),
        },
    )
    subjects.follow(db, ballot, closing)
    return closing


def close_due_ballots(database: Database) -> int:
    """Writes down what the clock has decided: rolls that are due, then closings. Returns how many.

    Each in its own transaction, so that one that fails keeps no other from being closed; it is
    tried again at the worker's next turn.
    """
    now = clock.now()
    with database.reading() as db:
        due = [(True, one) for one in queries_verb.due_ballots(db, now)]
        due = [(False, one) for one in queries_verb.due_rolls(db, now)] + due
    done = 0
    for is_over, ballot_id in due:
        try:
            with database.writing() as db:
                ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
                if is_over:
                    close_ballot(db, ballot, by=None)
                else:
                    freeze_roll(db, ballot)
            done += 1
        except Exception:
            log.exception("ballot %s could not be brought up to the clock", ballot_id)
    return done
