"""The one clock. Verbs read it once, after they hold their lock; rules are handed the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_set_to: datetime | None = None


def now() -> datetime:
    """The time, in UTC, or the time that the clock was set to."""
    return _set_to if _set_to is not None else datetime.now(UTC)


def set_to(moment: datetime | None) -> None:
    """Stops the clock at a moment (in any zone), or lets it run again with ``None``.

    For tests and for the seed, which tells a story that happened at certain dates.
    """
    global _set_to
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    _set_to = moment.astimezone(UTC) if moment is not None else None


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stops the clock at a moment for the length of a block."""
    before = _set_to
    set_to(moment)
    try:
        yield now()
    finally:
        set_to(before)
