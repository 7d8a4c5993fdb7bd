"""Whether what groups ask of sign-ins is what their records tell of."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.groups.models import Group
from app.groups.models_passkey import PasskeyCondition
from app.record.findings import Finding
from app.record.queries import told

SET, LIFTED = "passkey_condition.set", "passkey_condition.lifted"


def check(db: Session) -> Iterator[Finding]:
    """Each time has the entry that it began with, and the one that it ended with."""
    for group in db.scalars(select(Group).order_by(Group.id)).all():
        happened = [one.entry for one in told(db, group.log_id, SET, LIFTED)]
        entries = {(one.verb, one.person_id, one.at) for one in happened}
        rows: set[tuple[str, str | None, datetime]] = set()
        for row in db.scalars(
            select(PasskeyCondition).where(PasskeyCondition.group_id == group.id)
        ):
            rows.add((SET, row.set_by_id, row.since))
            if row.until is not None:
                rows.add((LIFTED, row.lifted_by_id, row.until))
        for verb, _, at in sorted(rows ^ entries, key=lambda one: (one[2], one[0])):
            where = f"passkey_conditions {group.slug} {at:%Y-%m-%d %H:%M:%S}"
            yield Finding(where, f"the row and the record do not both tell of {verb}")
