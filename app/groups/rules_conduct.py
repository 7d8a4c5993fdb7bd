"""Who makes the rules of conduct of a group, and which of them a decision can rest on."""

from app.groups.models import Membership
from app.groups.models_conduct import ConductRule
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal


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
