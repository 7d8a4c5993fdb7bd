"""Whether the rules of conduct are those that their group's record tells of."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.groups.models import Group
from app.groups.models_conduct import ConductRule
from app.record.findings import Finding, compared
from app.record.queries import told


def check(db: Session) -> Iterator[Finding]:
    """Each rule has the entry that it was made with, and says what that says."""
    for group in db.scalars(select(Group).order_by(Group.id)).all():
        made = {one.entry.about["rule"]: one for one in told(db, group.log_id, "conduct_rule.made")}
        rules = select(ConductRule).where(ConductRule.group_id == group.id)
        for rule in db.scalars(rules.options(joinedload(ConductRule.replaces))):
            where = f"conduct_rules {group.slug} {rule.number}"
            one = made.pop(rule.number, None)
            if one is None:
                yield Finding(where, "no entry of the record tells of it")
                continue
            replaces = rule.replaces.number if rule.replaces else None
            pairs = {
                "maker": (rule.by_id, one.entry.person_id),
                "time": (rule.since, one.entry.at),
                "place": (replaces, one.entry.about.get("replaces")),
            }
            if one.said("words") is not None:
                pairs["words"] = (rule.words, one.said("words"))
            yield from compared(where, pairs)
        for number in sorted(made):
            yield Finding(f"conduct_rules {group.slug} {number}", "the record tells of it, no row")
