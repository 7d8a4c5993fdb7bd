"""Who may appeal against what was decided about them, and who decides about that. Pure."""

from datetime import datetime

from app.discussions.measures import Measure
from app.groups.models import Membership
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal
from app.people.models import Administration


def may_appeal(measure: Measure, by_id: str, now: datetime) -> Refusal | None:
    """Whom it is about, once, while it holds; in the group or not, suspended or not."""
    if measure.person_id != by_id:
        return Refusal("appeal_of_somebody_else")
    if measure.appeal is not None:
        return Refusal("appealed_already")
    return None if measure.holds_at(now) else Refusal("measure_is_over")


def may_decide(
    measure: Measure,
    by_id: str,
    membership: Membership | None,
    administration: Administration | None,
    chairs_beside: int,
    now: datetime,
) -> Refusal | None:
    """Another chair than who decided first, and never in one's own cause; where the group has no
    such chair, who administers the instance. Once, while it holds.

    chairs_beside: chairs of the group who neither decided first nor appeal.
    """
    appeal = measure.appeal
    if by_id == measure.person_id:
        return Refusal("appeal_of_ones_own")
    if by_id == measure.row.by_id:
        return Refusal("appeal_against_oneself")
    refusal = must_be_chair(membership)
    if refusal and (administration is None or chairs_beside):
        return refusal
    if appeal is None:
        return Refusal("not_appealed")
    if appeal.decided_at is not None:
        return Refusal("appeal_decided")
    return None if measure.holds_at(now) else Refusal("measure_is_over")


def may_read_appeal(
    measure: Measure,
    viewer_id: str,
    membership: Membership | None,
    administration: Administration | None,
    chairs_beside: int,
) -> bool:
    """Whom it is about, the chairs, and who decides in their place."""
    if measure.person_id == viewer_id or must_be_chair(membership) is None:
        return True
    return administration is not None and not chairs_beside and measure.appeal is not None
