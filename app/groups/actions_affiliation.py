"""Where members work, from when to when."""

from sqlalchemy.orm import Session

from app.groups import queries, rules, rules_standing
from app.groups.models import Group, Membership
from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.record.actions import record


def change_affiliation(
    db: Session, group: Group, *, by: Person, person: Person, affiliation: str
) -> Membership:
    """A member is with somebody else, or with nobody, from now on; role and category stay.

    Rolls that are frozen, and all that was said and voted, keep the affiliation of then.
    """
    lock(db, group)
    now = clock.now()
    affiliation = affiliation.strip()
    mine = queries.membership_of(db, group.id, by)
    before = queries.membership_of(db, group.id, person)
    rules.enforce(
        rules_standing.may_change_affiliation(
            mine, before, name=person.name, affiliation=affiliation
        )
    )
    assert before is not None
    before.until = now
    db.flush()
    after = Membership(
        group_id=group.id,
        person_id=person.id,
        role=before.role,
        category_id=before.category_id,
        affiliation=affiliation,
        since=now,
    )
    db.add(after)
    db.flush()
    record(
        db, group.log_id, "affiliation.changed", by=by.id, at=now,
        about={"person": person.id}, words={"affiliation": affiliation} if affiliation else {},
    )  # fmt: skip
    return after
