"""Writing down when sessions and tokens were seen last.

Nobody does it and it concerns nobody but its owner, so no entry tells of it.
"""

from datetime import datetime

from sqlalchemy import bindparam, or_, update
from sqlalchemy.orm import Session

from app.people.models import SignIn, Token

# Which session or token, and when.
Sightings = dict[tuple[type[SignIn | Token], int], datetime]


def write_down(db: Session, sightings: Sightings) -> None:
    """Several processes may have seen the same session; the latest moment stays."""
    # In one order, so that two processes do not wait for each other.
    ordered = sorted(sightings.items(), key=lambda one: one[0][1])
    for kind in (SignIn, Token):
        rows = [{"row": row, "at": at} for (one, row), at in ordered if one is kind]
        later = or_(kind.seen_at.is_(None), kind.seen_at < bindparam("at"))
        statement = update(kind).where(kind.id == bindparam("row"), later)
        if rows:
            db.connection().execute(statement.values(seen_at=bindparam("at")), rows)
