"""The one verb of this room: to have looked."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.reading import rules
from app.reading.models import Look


def mark_as_seen(db: Session, *, by: Person, until: datetime) -> Look:
    """What happened until a moment is no longer new to this person. until: when the page was drawn
    that they looked at, so that what happened since stays new.

    Leaves no entry: what somebody reads, and when, is nobody else's business (decision 0011).
    """
    lock(db, by)  # their looks come one after the other, the first one too
    look = db.get(Look, by.id, populate_existing=True)
    now = clock.now()
    kept = rules.looked_until(look.until if look else None, until, now)
    if look is None:
        look = Look(person_id=by.id, until=kept)
        db.add(look)
    look.until = kept
    return look
