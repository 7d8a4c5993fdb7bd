"""Who may leave every group at once."""

from collections.abc import Sequence

from app.groups.models import Group
from app.kit.refusals import Refusal


def may_leave_for_good(without: Sequence[Group]) -> Refusal | None:
    """Nobody whom a group would be without a chair without. without: those groups."""
    if not without:
        return None
    return Refusal("last_chair_of", groups=", ".join(group.name for group in without))
