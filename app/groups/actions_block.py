"""Blocking somebody from speaking in a group for a time, and lifting that."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.groups import queries_conduct as queries, rules_conduct as rules
from app.groups.mails_conduct import block_mail
from app.groups.models import Group
from app.groups.models_conduct import Block
from app.groups.queries import membership_of
from app.groups.queries_standing import decided_since
from app.groups.rules import enforce
from app.groups.rules_standing import may_tell_again
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal
from app.people.models import Person
from app.record.actions import record
from app.record.canonical import canonical_time
from app.settings import Settings


def block_person(
    db: Session,
    group: Group,
    *,
    by: Person,
    person: Person,
    rule: int,
    until: datetime,
    reason: str,
    settings: Settings,
) -> Block:
    """Takes somebody's word in a group until a moment, under a rule of conduct and for a reason.

    They may neither comment nor propose; they read, vote, retract and withdraw as before, and a
    membership goes on. rule: its number. They are told by mail.
    """
    lock(db, group)
    now = clock.now()
    mine, theirs = (membership_of(db, group.id, one) for one in (by, person))
    enforce(rules.may_block(mine, theirs, queries.block_of(db, group.id, person, now)))
    enforce(rules.must_be_for_a_time(until, now))
    since = now - timedelta(days=1)
    enforce(may_tell_again(*decided_since(db, since, person=person, by=by)))
    resting = queries.conduct_rule_of(db, group.id, rule)
    enforce(rules.must_be_in_force(resting, rule))
    assert resting is not None
    block = Block(
        group_id=group.id,
        number=queries.next_block_number(db, group.id),
        person_id=person.id,
        rule_id=resting.id,
        reason=_needed(reason),
        by_id=by.id,
        since=now,
        until=until,
    )
    db.add(block)
    db.flush()
    about = {
        "person": person.id, "block": block.number, "rule": rule, "until": canonical_time(until),
    }  # fmt: skip
    record(
        db, group.log_id, "person.blocked", by=by.id, at=now, about=about,
        words={"reason": block.reason},
    )  # fmt: skip
    block_mail(db, block, group, resting, person, settings=settings)
    return block


def lift_block(db: Session, group: Group, block: Block, *, by: Person, reason: str) -> Block:
    """Gives somebody their word back before the time, with a reason."""
    lock(db, group)
    lock(db, block)
    now = clock.now()
    enforce(rules.may_lift_block(block, by.id, membership_of(db, group.id, by), now))
    block.lifted_at, block.lifted_by_id, block.lifted_reason = now, by.id, _needed(reason)
    about = {"person": block.person_id, "block": block.number}
    record(
        db, group.log_id, "block.lifted", by=by.id, at=now, about=about,
        words={"reason": block.lifted_reason},
    )  # fmt: skip
    return block


def _needed(reason: str) -> str:
    reason = reason.strip()
    enforce(None if reason else Refusal("reason_is_needed"))
    return reason
