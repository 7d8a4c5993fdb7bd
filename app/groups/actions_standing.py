"""Leaving a group, and being kept from acting in it for a time."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.groups import queries, queries_standing, rules, rules_standing
from app.groups.mails import suspension_mail
from app.groups.models import Group, Suspension
from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.record.actions import record
from app.record.canonical import canonical_time
from app.settings import Settings


def leave_group(db: Session, group: Group, *, by: Person) -> None:
    """Somebody leaves, from now on. What they said and voted stays."""
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    left = queries.chairs_beside(db, group.id, by)
    rules.enforce(rules_standing.may_leave(mine, chairs_left=left))
    assert mine is not None
    mine.until = now
    record(db, group.log_id, "member.left", by=by.id, at=now, about={"person": by.id})


def suspend_member(
    db: Session,
    group: Group,
    *,
    by: Person,
    person: Person,
    until: datetime,
    reason: str,
    settings: Settings,
) -> Suspension:
    """Until a time, somebody may read in the group and do nothing else; they are told by mail.

    A ballot that is open keeps them on its roll, but takes no vote of theirs meanwhile; one that
    opens meanwhile leaves them out.
    """
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    theirs = queries.membership_of(db, group.id, person)
    rules.enforce(
        rules_standing.may_suspend(
            mine, theirs, name=person.name, until=until, reason=reason, now=now
        )
    )
    since = now - timedelta(days=1)
    told = queries_standing.decided_since(db, since, person=person, by=by)
    rules.enforce(rules_standing.may_tell_again(*told))
    suspension = Suspension(
        group_id=group.id,
        person_id=person.id,
        reason=reason.strip(),
        by_id=by.id,
        since=now,
        until=until,
    )
    db.add(suspension)
    db.flush()
    suspension_mail(db, suspension, group, person, settings=settings)
    record(
        db, group.log_id, "member.suspended", by=by.id, at=now,
        about={"person": person.id, "until": canonical_time(until)},
        words={"reason": suspension.reason},
    )  # fmt: skip
    return suspension


def lift_suspension(db: Session, suspension: Suspension, *, by: Person) -> None:
    """Ends a suspension before its time."""
    group = db.get_one(Group, suspension.group_id)
    lock(db, group)
    lock(db, suspension)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_standing.may_lift_suspension(mine, suspension, now))
    suspension.lifted_at, suspension.lifted_by_id = now, by.id
    about = {"person": suspension.person_id}
    record(db, group.log_id, "suspension.lifted", by=by.id, at=now, about=about)
