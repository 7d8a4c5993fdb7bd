"""Asking chairs and editors of a group to sign in with a passkey."""

from sqlalchemy.orm import Session

from app.groups import queries_passkey as queries, rules_passkey as rules
from app.groups.models import Group
from app.groups.models_passkey import PasskeyCondition
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import refuse_unless
from app.people.models import Person
from app.record.actions import record


def set_passkey_condition(db: Session, group: Group, *, by: Person) -> PasskeyCondition:
    """From now on chairs and editors do what is theirs only when signed in with a passkey."""
    lock(db, group)
    now = clock.now()
    refuse_unless(rules.may_set_passkey_condition(membership_of(db, group.id, by)))
    refuse_unless(rules.must_not_be_asked(queries.passkey_condition_of(db, group.id)), 409)
    condition = PasskeyCondition(group_id=group.id, set_by_id=by.id, since=now)
    db.add(condition)
    db.flush()
    record(db, group.log_id, "passkey_condition.set", by=by.id, at=now)
    return condition


def lift_passkey_condition(db: Session, group: Group, *, by: Person) -> None:
    """From now on chairs and editors may have signed in any way."""
    lock(db, group)
    now = clock.now()
    refuse_unless(rules.may_lift_passkey_condition(membership_of(db, group.id, by)))
    condition = queries.passkey_condition_of(db, group.id)
    refuse_unless(rules.must_be_asked(condition), 409)
    assert condition is not None
    condition.until, condition.lifted_by_id = now, by.id
    record(db, group.log_id, "passkey_condition.lifted", by=by.id, at=now)
