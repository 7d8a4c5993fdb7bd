"""What ballots forget of a person who is erased. Parts of ``erase_person``."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from app.ballots import queries_erasure
from app.ballots.models_recusal import Recusal
from app.ballots.rolls import roll_hash
from app.people.models import Person
from app.record.models import Entry, EntryWords


def forget_on_rolls(db: Session, person: Person, now: datetime) -> dict[str, Any]:
    """Empties where they worked on every roll, and answers what those rolls come to from now on.

    That they were on the roll, and for which category, stays: without it no result could be
    checked. A roll that is not what the record has it come to is told of no further, so that what
    was wrong with it is found afterwards, too. Who calls holds the locks of all their groups: no
    roll that they could come onto is frozen meanwhile, and nobody else on theirs is erased.
    """
    since = queries_erasure.hashes_since_erasures(db)
    told = []
    for ballot in queries_erasure.rolls_of(db, person):
        before = since.get(ballot.path) or queries_erasure.hash_when_frozen(db, ballot)
        own = next(one for one in ballot.roll if one.person_id == person.id)
        if not own.affiliation:
            continue
        is_right = roll_hash(ballot.roll) == before
        own.affiliation = ""
        if is_right:
            told.append([ballot.path, roll_hash(ballot.roll)])
    return {"rolls": told} if told else {}


def forget_recusals(db: Session, person: Person, now: datetime) -> dict[str, Any]:
    """Why they recused themselves, which may tell whom they worked for; that they did, stays."""
    db.execute(update(Recusal).where(Recusal.person_id == person.id).values(reason=""))
    entries = select(Entry.log_id, Entry.sequence).where(
        Entry.person_id == person.id, Entry.verb == "recusal.declared"
    )
    db.execute(
        update(EntryWords)
        .where(tuple_(EntryWords.log_id, EntryWords.sequence).in_(entries))
        .values(text=None, salt="")
    )
    return {}
