"""Opening a ballot and extending it; ``actions_vote`` and ``actions_close`` have the rest.

Voters hold the ballot's lock together; whoever extends or closes holds it alone. Locks are taken in
one order, so that nobody waits in a circle: ballot, its subject, group, log. The clock is read
after them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.ballots import actions_subject as subjects, queries_verb, rules
from app.ballots.cards import about_card, columns_of
from app.ballots.counting import RuleCard
from app.ballots.models import Ballot, Extension, RollEntry
from app.ballots.rolls import roll_hash
from app.definitions.models import Definition, Version
from app.groups.models import Group, Membership
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock, locked
from app.kit.refusals import Refusal
from app.people.models import Person
from app.proposals.models import Proposal
from app.record.actions import record
from app.record.canonical import canonical_time
from app.record.models import Log


def open_ballot(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    card: RuleCard,
    closes_at: datetime,
    opens_at: datetime | None = None,
    proposal: Proposal | None = None,
    version: Version | None = None,
    question: str = "",
    names_shown: str = "closed",
    counts_shown: str = "open",
) -> Ballot:
    """Puts a proposal's current revision, or ratifying a candidate version, to a vote.

    opens_at: now if not given; a later time schedules the ballot, and its roll is frozen then.
    Exactly one of proposal and version is given. The subject is locked first, the log (under which
    ballots are numbered) last.
    """
    subject = subjects.lock_subject(db, proposal=proposal, version=version)
    lock(db, db.get_one(Group, definition.group_id), shared=True)
    locked(db, Log, definition.log_id)
    now = clock.now()
    opens_at = opens_at or now
    roll = queries_verb.roll_at(db, definition, now)
    rules.enforce(
        rules.may_open(
            membership_of(db, definition.group_id, by),
            subject.hindrance,
            card,
            len(roll),
            opens_at=opens_at,
            closes_at=closes_at,
            now=now,
        )
    )
    ballot = Ballot(
        definition_id=definition.id,
        number=queries_verb.next_number(db, definition.id),
        question=question.strip() or subject.question,
        **subject.columns,
        words_hash=subject.words_hash,
        **columns_of(card),
        names_shown=names_shown,
        counts_shown=counts_shown,
        opens_at=opens_at,
        closes_at=closes_at,
        by_id=by.id,
        at=now,
    )
    db.add(ballot)
    db.flush()
    set_committed_value(ballot, "definition", definition)
    about = {
        "ballot": ballot.number,
        **subject.about,
        "words": ballot.words_hash,
        "card": about_card(card),
        "names": names_shown,
        "counts": counts_shown,
        "opens_at": canonical_time(opens_at),
        "closes_at": canonical_time(closes_at),
    }
    if opens_at == now:
        about |= _freeze(db, ballot, roll)
    subjects.begin(db, ballot)
    record(
        db, definition.log_id, "ballot.opened", by=by.id, at=now, about=about,
        words={"question": ballot.question},
    )  # fmt: skip
    return ballot


def extend_ballot(
    db: Session, ballot: Ballot, *, by: Person, to_time: datetime, reason: str
) -> Extension:
    """Moves the close to a later time, for a reason that everybody sees."""
    lock_ballot(db, ballot)
    now = clock.now()
    rules.enforce(
        rules.may_extend(
            membership_of(db, ballot.definition.group_id, by),
            ballot,
            queries_verb.closing_of(db, ballot),
            to_time=to_time,
            now=now,
        )
    )
    reason = fitting(reason)
    if not reason:
        rules.enforce(Refusal("reason_is_needed"))
    extension = Extension(
        ballot_id=ballot.id,
        from_time=ballot.closes_at,
        to_time=to_time,
        reason=reason,
        by_id=by.id,
        at=now,
    )
    db.add(extension)
    ballot.closes_at = to_time
    db.flush()
    record(
        db,
        ballot.definition.log_id,
        "ballot.extended",
        by=by.id,
        at=now,
        about={
            "ballot": ballot.number,
            "from": canonical_time(extension.from_time),
            "to": canonical_time(to_time),
        },
        words={"reason": reason},
    )
    return extension


def freeze_roll(db: Session, ballot: Ballot) -> None:
    """Writes the roll of a scheduled ballot down, once it has opened; whoever comes first does it.

    The roll is who was a chair, editor or member at ``opens_at``. Memberships are periods that
    begin and end when they are written, under the group's lock, so that waiting for that lock is
    enough to see all that held then; a later freeze gives the same roll.
    """
    if clock.now() < ballot.opens_at or queries_verb.roll_is_frozen(db, ballot):
        return
    lock_ballot(db, ballot)
    if queries_verb.roll_is_frozen(db, ballot):
        return
    definition = ballot.definition
    lock(db, db.get_one(Group, definition.group_id), shared=True)
    now = clock.now()
    frozen = _freeze(db, ballot, queries_verb.roll_at(db, definition, ballot.opens_at))
    about = {"ballot": ballot.number, **frozen}
    record(db, definition.log_id, "roll.frozen", by=None, at=now, about=about)


def lock_ballot(db: Session, ballot: Ballot) -> None:
    """Locks a ballot. What was loaded with it is forgotten, but for its definition, which stays."""
    lock(db, ballot)
    set_committed_value(ballot, "definition", db.get_one(Definition, ballot.definition_id))


def _freeze(db: Session, ballot: Ballot, roll: list[Membership]) -> dict[str, Any]:
    entries = [
        RollEntry(
            ballot_id=ballot.id,
            person_id=m.person_id,
            category=m.category.name if m.category else "",
            affiliation=m.affiliation,
        )
        for m in roll
    ]
    db.add_all(entries)
    db.flush()
    return {"roll": len(entries), "roll_hash": roll_hash(entries)}


def fitting(reason: str) -> str:
    """A reason as it is kept, if it is not too long."""
    reason = reason.strip()
    if len(reason) > rules.REASON_LENGTH_MAX:
        rules.enforce(Refusal("reason_too_long", most=rules.REASON_LENGTH_MAX))
    return reason
