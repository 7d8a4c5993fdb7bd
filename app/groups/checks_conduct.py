"""Whether the rules of conduct and the blocks are those that their group's record tells of."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.groups.models import Group
from app.groups.models_conduct import Block, ConductRule
from app.record.findings import Finding, compared
from app.record.queries import told


def check(db: Session) -> Iterator[Finding]:
    """Each rule and each block has the entries that it rests on, and says what they say."""
    for group in db.scalars(select(Group).order_by(Group.id)).all():
        yield from _check_blocks(db, group)
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


def _check_blocks(db: Session, group: Group) -> Iterator[Finding]:
    begun = {one.entry.about["block"]: one for one in told(db, group.log_id, "person.blocked")}
    lifted = {
        one.entry.about["block"]: one
        for one in told(db, group.log_id, "block.lifted", "appeal.decided")
        if "block" in one.entry.about and one.entry.about.get("outcome") != "upheld"
    }
    blocks = select(Block).where(Block.group_id == group.id).options(joinedload(Block.rule))
    for block in db.scalars(blocks.order_by(Block.id)):
        where = f"blocks {group.slug} {block.number}"
        one, end = begun.pop(block.number, None), lifted.pop(block.number, None)
        if one is None:
            yield Finding(where, "no entry of the record tells of it")
            continue
        pairs = {
            "person": (block.person_id, one.entry.about["person"]),
            "rule": (block.rule.number, one.entry.about["rule"]),
            "until": (block.until, one.moment("until")),
            "chair": (block.by_id, one.entry.person_id),
            "time": (block.since, one.entry.at),
        }
        if one.said("reason") is not None:
            pairs["reason"] = (block.reason, one.said("reason"))
        yield from compared(where, pairs)
        told_end = (end.entry.at, end.entry.person_id) if end else (None, None)
        yield from compared(where, {"end": ((block.lifted_at, block.lifted_by_id), told_end)})
        if end and end.said("reason") is not None:
            yield from compared(where, {"end's reason": (block.lifted_reason, end.said("reason"))})
    for number in sorted(begun.keys() | lifted.keys()):
        yield Finding(f"blocks {group.slug} {number}", "the record tells of it, but no row")
