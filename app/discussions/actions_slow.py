"""Setting slow mode for a definition, and ending it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions import rules_slow as rules
from app.discussions.models_moderation import SlowMode
from app.discussions.queries_slow import slow_mode_of
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import locked
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person
from app.record.actions import record
from app.record.canonical import canonical_time
from app.record.models import Log


def set_slow_mode(
    db: Session, definition: Definition, *, by: Person, minutes: int, until: datetime, reason: str
) -> SlowMode:
    """From now on each person comments at most once in so many minutes, until a moment, for a
    reason that everybody sees. One that is on already ends with it."""
    locked(db, Log, definition.log_id)
    now = clock.now()
    refuse_unless(rules.may_set_slow_mode(membership_of(db, definition.group_id, by)))
    refuse_unless(rules.must_come_to_an_end(until, now), 422)
    reason = reason.strip()
    if not reason:
        raise Refused(Refusal("reason_is_needed"), 422)
    before = slow_mode_of(db, definition, now)
    if before is not None:
        before.ended_at, before.ended_by_id = now, by.id
    slow = SlowMode(
        definition_id=definition.id, minutes=minutes, reason=reason, by_id=by.id, since=now,
        until=until,
    )  # fmt: skip
    db.add(slow)
    db.flush()
    about = {"slow_mode": slow.id, "minutes": minutes, "until": canonical_time(until)}
    if before is not None:
        about["instead_of"] = before.id
    record(
        db, definition.log_id, "slow_mode.set", by=by.id, at=now, about=about,
        words={"reason": reason},
    )  # fmt: skip
    return slow


def end_slow_mode(db: Session, definition: Definition, *, by: Person) -> SlowMode:
    """Everybody comments as often as they like again, from now on."""
    locked(db, Log, definition.log_id)
    now = clock.now()
    refuse_unless(rules.may_set_slow_mode(membership_of(db, definition.group_id, by)))
    slow = slow_mode_of(db, definition, now)
    refuse_unless(rules.must_be_slow(slow), 409)
    assert slow is not None
    slow.ended_at, slow.ended_by_id = now, by.id
    about = {"slow_mode": slow.id}
    record(db, definition.log_id, "slow_mode.ended", by=by.id, at=now, about=about)
    return slow
