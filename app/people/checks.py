"""Whether those who administer the instance are those whom its record names."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Administration
from app.record.actions import INSTANCE
from app.record.findings import Finding
from app.record.models import Log
from app.record.queries import told

MADE, ENDED = "administrator.made", "administrator.ended"


def check(db: Session) -> Iterator[Finding]:
    """Each administration has the entry that it began with, and the one that it ended with."""
    log_id = db.scalar(select(Log.id).where(Log.subject == INSTANCE)) or 0
    happened = [one.entry for one in told(db, log_id, MADE, ENDED)]
    entries = {(one.about["person"], one.at, one.verb) for one in happened}
    rows = set()
    for row in db.scalars(select(Administration)):
        rows.add((row.person_id, row.since, MADE))
        if row.until is not None:
            rows.add((row.person_id, row.until, ENDED))
    for person, _, verb in sorted(rows ^ entries):
        where = f"administrations {person}"
        yield Finding(where, f"the row and the record do not both tell of {verb}")
