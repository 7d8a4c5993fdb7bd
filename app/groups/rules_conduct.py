"""Who makes the rules of conduct of a group, what can rest on them, and who may not speak."""

from datetime import datetime, timedelta

from app.groups.models import Membership
from app.groups.models_conduct import Block, ConductRule
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal

BLOCK_LASTS_MAX = timedelta(days=365)


def may_make_conduct_rule(membership: Membership | None) -> Refusal | None:
    """Chairs."""
    return must_be_chair(membership)


def must_be_in_force(rule: ConductRule | None, number: int) -> Refusal | None:
    """A rule of this group that no other has replaced. rule: handed over with what replaced it."""
    if rule is None:
        return Refusal("conduct_rule_unknown", number=number)
    if rule.replaced_by is not None:
        return Refusal("conduct_rule_replaced", number=number, by=rule.replaced_by.number)
    return None


def must_not_be_blocked(block: Block | None) -> Refusal | None:
    """Nobody has taken their word for a time. block: the one that holds now, with its rule."""
    if block is None:
        return None
    return Refusal("blocked", until=block.until, rule=block.rule.number, reason=block.reason)


def may_block(
    membership: Membership | None, theirs: Membership | None, current: Block | None
) -> Refusal | None:
    """Chairs, whoever is no chair: between chairs the group decides who is one. Once at a time.

    theirs: what the person is in the group. current: the block of theirs that holds now.
    """
    if refusal := must_be_chair(membership):
        return refusal
    if theirs is not None and theirs.role == "chair":
        return Refusal("chair_not_blocked")
    return Refusal("blocked_already", until=current.until) if current is not None else None


def must_be_for_a_time(until: datetime, now: datetime) -> Refusal | None:
    """Later than now, and within a year."""
    if until <= now or until > now + BLOCK_LASTS_MAX:
        return Refusal("block_time", days=BLOCK_LASTS_MAX.days)
    return None


def may_lift_block(
    block: Block, by_id: str, membership: Membership | None, now: datetime
) -> Refusal | None:
    """Chairs, of others, while it holds."""
    if refusal := must_be_chair(membership):
        return refusal
    if block.person_id == by_id:
        return Refusal("block_of_ones_own")
    return None if block.holds_at(now) else Refusal("block_over")


def is_named_to(person_id: str, viewer_id: str | None, membership: Membership | None) -> bool:
    """Whether somebody reads whom a block or a suspension is about: people in the group, and the
    person. All others read that it is so, and not of whom."""
    return membership is not None or person_id == viewer_id
