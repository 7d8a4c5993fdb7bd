"""Voting in a ballot: what a whole group may do in the same minute.

Voters hold the ballot's lock together, and their votes touch no row but their own.
"""

import secrets
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.ballots import queries_verb, rules
from app.ballots.actions import fitting, freeze_roll
from app.ballots.models import Ballot, Vote
from app.kit import clock
from app.kit.db import share
from app.people.models import Person


def cast_vote(
    db: Session,
    ballot: Ballot,
    *,
    by: Person,
    choice: str,
    words_hash: str,
    reason: str = "",
    replaces: str | None = None,
) -> Vote:
    """Takes a person's choice, or their new one; the last before the close counts.

    words_hash: of the words that the person was shown. replaces: the nonce of the vote of theirs
    that they were shown, empty if none; None where nobody says. Leaves no entry in the record:
    votes are sealed by the closing's root, and the voter holds a receipt. Touches no column of the
    ballot.
    """
    if ballot.opens_at > ballot.at:  # it was scheduled: its roll may still have to be written down
        freeze_roll(db, ballot)
    share(db, ballot)
    now = clock.now()
    voter = queries_verb.voter_at(db, ballot, by, now)
    rules.enforce(
        rules.may_cast(
            ballot,
            voter.closing,
            on_roll=voter.on_roll,
            suspension=voter.suspension,
            recusal=voter.recusal,
            choice=choice,
            words_hash=words_hash,
            now=now,
        )
    )
    reason = fitting(reason)
    rules.enforce(rules.may_replace(voter.vote, replaces, choice=choice, reason=reason))
    vote = {
        "ballot_id": ballot.id,
        "person_id": by.id,
        "choice": choice,
        "reason": reason,
        "words_hash": words_hash,
        "nonce": secrets.token_hex(16),
        "at": now,
    }
    db.execute(_TAKE_VOTE[db.get_bind().dialect.name], vote)
    return Vote(**vote)  # as it was taken; a row that this session had loaded is not read again


_VOTES = cast(Table, Vote.__table__)


def _take_vote(insert: Any) -> Any:
    """One statement, so that of two clicks at once one waits for the other and replaces it."""
    key = ["ballot_id", "person_id"]
    replaced = {
        column.name: insert.excluded[column.name]
        for column in _VOTES.columns
        if column.name not in key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=replaced)


# By dialect, built once.
_TAKE_VOTE = {
    "sqlite": _take_vote(sqlite.insert(_VOTES)),
    "postgresql": _take_vote(postgresql.insert(_VOTES)),
}
