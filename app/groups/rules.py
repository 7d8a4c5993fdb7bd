"""What a role lets a member do in their group. Small questions, asked by every room."""

from app.groups.models import Membership
from app.kit.refusals import Refusal


def is_chair(membership: Membership | None) -> bool:
    """Runs the process."""
    return membership is not None and membership.role == "chair"


def is_editor(membership: Membership | None) -> bool:
    """Keeps the text; chairs may too."""
    return membership is not None and membership.role in ("chair", "editor")


def is_voter(membership: Membership | None) -> bool:
    """Proposes and votes: everybody in the group but observers."""
    return membership is not None and membership.role != "observer"


def must_be_in_group(membership: Membership | None) -> Refusal | None:
    """Anybody in the group, observers too."""
    return None if membership is not None else Refusal("not_in_group")


def must_be_voter(membership: Membership | None) -> Refusal | None:
    """Members, editors and chairs."""
    if membership is None:
        return Refusal("not_in_group")
    return None if is_voter(membership) else Refusal("observers_do_not")


def must_be_editor(membership: Membership | None) -> Refusal | None:
    """Editors and chairs."""
    return None if is_editor(membership) else Refusal("editors_only")


def must_be_chair(membership: Membership | None) -> Refusal | None:
    """Chairs."""
    return None if is_chair(membership) else Refusal("chairs_only")


def may_manage_members(
    membership: Membership | None, *, chairs_left: int | None = None
) -> Refusal | None:
    """Chairs manage members, and never leave a group without a chair.

    chairs_left: chairs there would be afterwards, where the change takes one away.
    """
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("last_chair") if chairs_left == 0 else None


def may_follow(current: int, seen: int | None) -> Refusal | None:
    """A change follows the membership that was seen; None where nobody says which that was."""
    return None if seen in (None, current) else Refusal("precondition_failed")
