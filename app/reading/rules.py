"""From when on things are new to somebody. Pure."""

from datetime import datetime, timedelta

FIRST_LOOK = timedelta(days=7)


def new_since(looked: datetime | None, now: datetime) -> datetime:
    """Since the last look; for somebody who has never said that they looked, for a week."""
    return looked if looked is not None else now - FIRST_LOOK


def looked_until(looked: datetime | None, until: datetime, now: datetime) -> datetime:
    """The moment to keep. until: when the page was drawn that they looked at.

    Nobody has seen what is still to come, and an old page makes nothing new again.
    """
    return max(new_since(looked, now), min(until, now))
