"""With whom somebody was, from when to when, told from their memberships. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.groups.models import Membership


@dataclass(frozen=True, slots=True)
class Affiliation:
    """With whom somebody was in a group; ``until`` is exclusive, and empty while it lasts."""

    name: str
    since: datetime
    until: datetime | None


def affiliations_of(periods: Iterable[Membership]) -> list[Affiliation]:
    """The latest first. periods: the latest first.

    A change of role or category alone, which begins another period, does not interrupt one;
    having left the group does.
    """
    found: list[Affiliation] = []
    later: Membership | None = None
    for one in periods:
        goes_on = later is not None and one.until == later.since
        if goes_on and found and later and later.affiliation == one.affiliation != "":
            found[-1] = Affiliation(one.affiliation, one.since, found[-1].until)
        elif one.affiliation:
            found.append(Affiliation(one.affiliation, one.since, one.until))
        later = one
    return found
