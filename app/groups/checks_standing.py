"""Whether suspensions are those that their group's record tells of."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.groups.models import Group, Suspension
from app.record.findings import Finding, compared
from app.record.models import Entry
from app.record.queries import told

BEGUN, LIFTED, DECIDED = "member.suspended", "suspension.lifted", "appeal.decided"


def check(db: Session) -> Iterator[Finding]:
    """Each suspension has the entry that it began with, and one where it was lifted."""
    for group in db.scalars(select(Group).order_by(Group.id)).all():
        entries = told(db, group.log_id, BEGUN, LIFTED, DECIDED)
        begun = {(e.entry.about["person"], e.entry.at): e for e in entries if e.entry.verb == BEGUN}
        lifted = {(e.entry.about["person"], e.entry.at) for e in entries if _lifts(e.entry)}
        for row in db.scalars(select(Suspension).where(Suspension.group_id == group.id)):
            where = f"suspensions {group.slug} {row.person_id}"
            one = begun.pop((row.person_id, row.since), None)
            if one is None:
                yield Finding(where, "no entry of the record tells of it")
                continue
            pairs = {
                "end": (row.until, one.moment("until")),
                "chair": (row.by_id, one.entry.person_id),
            }
            if one.said("reason") is not None:
                pairs["reason"] = (row.reason, one.said("reason"))
            yield from compared(where, pairs)
            if row.lifted_at is not None and (row.person_id, row.lifted_at) not in lifted:
                yield Finding(where, "no entry of the record tells that it was lifted")
            lifted.discard((row.person_id, row.lifted_at))
        for person, _ in sorted([*begun, *lifted], key=str):
            yield Finding(f"suspensions {group.slug} {person}", "the record tells of it, no row")


def _lifts(entry: Entry) -> bool:
    """Whether a suspension ended with it: a chair lifted it, or did so upon an appeal."""
    about = entry.about
    decided = entry.verb == DECIDED and "suspension" in about and about["outcome"] == "lifted"
    return entry.verb == LIFTED or decided
