"""Who keeps the instance: granted and revoked by its operators, on the command line.

An operator has no account, so the entries are by nobody and name whom they are about.
"""

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import refuse_unless
from app.people import queries, rules
from app.people.models import Administration, Person
from app.record.actions import INSTANCE, record


def grant_administrator(db: Session, person: Person) -> Administration:
    """Makes somebody an administrator of this instance, from now on."""
    lock(db, person)
    now = clock.now()
    current = queries.administration_of(db, person)
    refuse_unless(rules.may_grant_administration(current, name=person.name), 409)
    administration = Administration(person_id=person.id, since=now)
    db.add(administration)
    db.flush()
    record(db, INSTANCE, "administrator.made", by=None, at=now, about={"person": person.id})
    return administration


def revoke_administrator(db: Session, person: Person) -> None:
    """Ends somebody's administration, from now on."""
    lock(db, person)
    now = clock.now()
    current = queries.administration_of(db, person)
    refuse_unless(rules.may_revoke_administration(current, name=person.name), 409)
    assert current is not None
    current.until = now
    record(db, INSTANCE, "administrator.ended", by=None, at=now, about={"person": person.id})
