"""Ending what somebody is signed in with elsewhere."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.people import queries
from app.people.models import Person, SignIn
from app.record.actions import INSTANCE, record
from app.settings import Settings


def end_other_sessions(db: Session, this: SignIn, *, by: Person, settings: Settings) -> None:
    """Ends every session of a person but the one that they are in."""
    lock(db, by)
    now = clock.now()
    idle = timedelta(days=settings.session_idle_days)
    others = [one for one in queries.sign_ins_of(db, by, now, idle=idle) if one.id != this.id]
    for one in others:
        one.ended_at, one.id_token = now, None
    ended = [one.id for one in others]
    record(db, INSTANCE, "sessions.ended", by=by.id, at=now, about={"sessions": ended})
