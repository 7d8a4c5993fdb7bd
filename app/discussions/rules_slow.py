"""How often one may comment while a definition is in slow mode, and who sets that."""

from datetime import datetime, timedelta

from app.discussions.models_moderation import SlowMode
from app.groups.models import Membership
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal

MINUTES_MAX = 1440
LASTS_MAX = timedelta(days=30)


def may_set_slow_mode(membership: Membership | None) -> Refusal | None:
    """Chairs."""
    return must_be_chair(membership)


def must_come_to_an_end(until: datetime, now: datetime) -> Refusal | None:
    """Later than now, and within thirty days: it is for a time."""
    if until <= now or until > now + LASTS_MAX:
        return Refusal("slow_mode_time", days=LASTS_MAX.days)
    return None


def must_be_slow(slow: SlowMode | None) -> Refusal | None:
    """There is one to end."""
    return Refusal("no_slow_mode") if slow is None else None


def must_take_turns(slow: SlowMode | None, last: datetime | None, now: datetime) -> Refusal | None:
    """Everybody alike, chairs too. last: when the person commented last on the definition."""
    again = again_at(slow, last, now)
    if slow is None or again is None:
        return None
    return Refusal("slow_mode", pause=timedelta(minutes=slow.minutes), again=again)


def again_at(slow: SlowMode | None, last: datetime | None, now: datetime) -> datetime | None:
    """When somebody may comment again; None where they may now. For ten minutes and a comment of
    12:00:00 it is 12:10:00, or the moment at which slow mode ends, if that comes first."""
    if slow is None or last is None:
        return None
    again = min(last + timedelta(minutes=slow.minutes), slow.until)
    return again if again > now else None
