"""Whether interests are those that their group's record tells of."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.groups.models import Group
from app.groups.models_interest import Interest
from app.record.findings import Finding, compared
from app.record.queries import told

BEGUN, ENDED = "interest.declared", "interest.ended"


def check(db: Session) -> Iterator[Finding]:
    """Each has the entry that it began with, and one where it ended; who is erased has the entry of
    that instead, and no words."""
    for group in db.scalars(select(Group).order_by(Group.id)).all():
        entries = told(db, group.log_id, BEGUN, ENDED)
        begun = {e.entry.about["interest"]: e for e in entries if e.entry.verb == BEGUN}
        ended = {e.entry.about["interest"]: e for e in entries if e.entry.verb == ENDED}
        for row in db.scalars(select(Interest).where(Interest.group_id == group.id)):
            where = f"interests {group.slug} {row.id}"
            one, over = begun.pop(row.id, None), ended.pop(row.id, None)
            if one is None:
                yield Finding(where, "no entry of the record tells of it")
                continue
            pairs = {
                "person": (row.person_id, one.entry.person_id),
                "shown to": (row.shown_to, one.entry.about["shown_to"]),
                "time": (row.since, one.entry.at),
            }
            for field in ("kind", "words"):
                if one.said(field) is not None:
                    pairs[field] = (getattr(row, field), one.said(field))
            if row.words or over is not None:
                pairs["end"] = (row.until, over.entry.at if over else None)
            yield from compared(where, pairs)
        for number in sorted([*begun, *ended]):
            yield Finding(f"interests {group.slug} {number}", "the record tells of it, no row")
