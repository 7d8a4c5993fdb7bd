"""Who may leave a group, say with whom they are, and be suspended until when. Pure."""

from datetime import datetime, timedelta

from app.groups.models import Membership, Suspension
from app.groups.rules import must_be_chair, must_be_in_group
from app.kit.refusals import Refusal

SUSPENSION_MAX = timedelta(days=366)
REASON_LENGTH_MAX = 2_000
# How many suspensions and blocks there are in a day, each with a mail: of a person, by a chair.
OF_A_PERSON_A_DAY = 3
BY_A_CHAIR_A_DAY = 30


def may_leave(membership: Membership | None, *, chairs_left: int) -> Refusal | None:
    """Whoever is in the group, suspended or not, but never the last chair.

    chairs_left: chairs there would be without them.
    """
    if membership is None:
        return Refusal("not_in_group")
    if membership.role == "chair" and chairs_left == 0:
        return Refusal("last_chair")
    return None


def may_change_affiliation(
    mine: Membership | None, theirs: Membership | None, *, name: str, affiliation: str | None
) -> Refusal | None:
    """Their own, or a chair somebody's; while in the group.

    affiliation: what it is to be, none while that is still to be said.
    """
    is_own = mine is not None and theirs is not None and mine.person_id == theirs.person_id
    if refusal := must_be_in_group(mine) if is_own else must_be_chair(mine):
        return refusal
    if theirs is None:
        return Refusal("not_a_member_now", name=name)
    return Refusal("affiliation_stands") if affiliation == theirs.affiliation else None


def may_suspend(
    mine: Membership | None,
    theirs: Membership | None,
    *,
    name: str,
    until: datetime | None,
    reason: str | None,
    now: datetime,
) -> Refusal | None:
    """A chair, somebody else of the group, until a time within a year, for a reason.

    until, reason: none while they are still to be said.
    """
    if refusal := must_be_chair(mine):
        return refusal
    if theirs is None:
        return Refusal("not_a_member_now", name=name)
    if mine is not None and mine.person_id == theirs.person_id:
        return Refusal("suspension_of_oneself")
    if theirs.suspension is not None:
        return Refusal("suspended_already", name=name, until=theirs.suspension.until)
    if until is not None and not now < until <= now + SUSPENSION_MAX:
        return Refusal("suspension_end", days=SUSPENSION_MAX.days)
    if reason is not None and not reason.strip():
        return Refusal("reason_is_needed")
    if reason is not None and len(reason) > REASON_LENGTH_MAX:
        return Refusal("reason_too_long", most=REASON_LENGTH_MAX)
    return None


def may_tell_again(of_person: int, by_chair: int) -> Refusal | None:
    """Whoever is suspended or blocked gets a mail with words of a chair's, and never asked for it.

    of_person, by_chair: how many suspensions and blocks there were in the last day, in any group.
    """
    if of_person < OF_A_PERSON_A_DAY and by_chair < BY_A_CHAIR_A_DAY:
        return None
    return Refusal("decided_too_often", of_person=OF_A_PERSON_A_DAY, by_chair=BY_A_CHAIR_A_DAY)


def may_lift_suspension(
    mine: Membership | None, suspension: Suspension, now: datetime
) -> Refusal | None:
    """A chair who is not suspended, while it holds."""
    if refusal := must_be_chair(mine):
        return refusal
    return None if suspension.holds_at(now) else Refusal("suspension_is_over")
