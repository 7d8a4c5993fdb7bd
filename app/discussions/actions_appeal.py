"""Appealing against a hiding, a block or a suspension, and deciding about an appeal."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.discussions import queries_appeal as queries, rules_appeal as rules
from app.discussions.mails import tell_of_decision
from app.discussions.measures import Measure, measure
from app.discussions.models import Hiding
from app.discussions.models_appeal import Appeal
from app.discussions.rules_moderation import enforce
from app.groups.models import Group, Suspension
from app.groups.models_conduct import Block
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal
from app.people.models import Person
from app.people.queries import administration_of
from app.record.actions import record
from app.settings import Settings


def make_appeal(db: Session, group: Group, against: Measure, *, by: Person, words: str) -> Appeal:
    """Asks that another chair looks at what was decided about oneself, or one's words. Once.

    The words are for whoever decides: the record keeps them, and shows them to nobody.
    """
    against = _look_again(db, group, against)
    now = clock.now()
    enforce(rules.may_appeal(against, by.id, now))
    words = _needed(words, "appeal_needs_words")
    row = against.row
    appeal = Appeal(
        group_id=group.id,
        hiding_id=row.id if isinstance(row, Hiding) else None,
        block_id=row.id if isinstance(row, Block) else None,
        suspension_id=row.id if isinstance(row, Suspension) else None,
        by_id=by.id,
        words=words,
        at=now,
    )
    db.add(appeal)
    db.flush()
    record(
        db, _log_of(group, against), "appeal.made", by=by.id, at=now,
        about={"appeal": appeal.id, **against.about}, words={"words": words},
    )  # fmt: skip
    return appeal


def decide_appeal(
    db: Session,
    group: Group,
    against: Measure,
    *,
    by: Person,
    outcome: str,
    reason: str,
    settings: Settings,
) -> Appeal:
    """Upholds what was decided, or lifts it: then it ends with the same entry. For a reason.

    outcome: one of ``OUTCOMES``. Who appealed is told by mail.
    """
    against = _look_again(db, group, against)
    now = clock.now()
    enforce(
        rules.may_decide(
            against,
            by.id,
            membership_of(db, group.id, by),
            administration_of(db, by),
            queries.chairs_beside(db, group.id, against, now),
            now,
        )
    )
    appeal = against.appeal
    assert appeal is not None
    appeal.outcome, appeal.reason = outcome, _needed(reason, "reason_is_needed")
    appeal.decided_at, appeal.decided_by_id = now, by.id
    if outcome == "lifted":
        _lift(against, by, now, appeal.reason)
    record(
        db, _log_of(group, against), "appeal.decided", by=by.id, at=now,
        about={"appeal": appeal.id, "outcome": outcome, **against.about},
        words={"reason": appeal.reason},
    )  # fmt: skip
    tell_of_decision(db, group, against, settings)
    db.flush()
    if against.comment is not None:
        db.refresh(against.comment, ["hiding"])
    return appeal


def _lift(against: Measure, by: Person, now: datetime, reason: str) -> None:
    row = against.row
    row.lifted_at, row.lifted_by_id = now, by.id
    if not isinstance(row, Suspension):
        row.lifted_reason = reason


def _look_again(db: Session, group: Group, against: Measure) -> Measure:
    """What was decided, and the appeal against it, as they are now. The order of the locks is that
    of the verbs that lift: the group before what is the group's, a comment before its hiding."""
    lock(db, group)
    if against.comment is not None:
        lock(db, against.comment)
    lock(db, against.row)
    appeal = queries.appeal_against(db, against)
    if appeal is not None:
        lock(db, appeal)
    return measure(against.row, appeal)


def _log_of(group: Group, against: Measure) -> int:
    return against.definition.log_id if against.definition is not None else group.log_id


def _needed(words: str, code: str) -> str:
    words = words.strip()
    enforce(None if words else Refusal(code))
    return words
