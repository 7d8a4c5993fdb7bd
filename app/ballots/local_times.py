"""Times as people type them: a wall clock's reading, in a zone whose clocks change twice a year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WRITTEN = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class NoSuchTime(ValueError):
    """Clocks were put forward over this reading: it does not come that day."""


def read_local(text: str, zone: str) -> datetime:
    """The moment, in UTC, at which clocks of a zone show this.

    A reading that comes twice, when clocks are put back, is the first of the two. Raises
    NoSuchTime for one that never comes, ValueError for what is no date and time.
    """
    reading = _reading(text.strip())
    if not 1900 <= reading.year <= 9000:
        raise ValueError(text)
    local = reading.replace(tzinfo=zone_of(zone), fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != reading:
        raise NoSuchTime(text)
    return moment


def write_local(moment: datetime, zone: str) -> str:
    """A moment as a field of type ``datetime-local`` holds it; seconds are left out."""
    return moment.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M")


def zone_of(name: str) -> ZoneInfo:
    """A zone by its IANA name; UTC where that is not known here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _reading(text: str) -> datetime:
    for form in WRITTEN:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - a wall clock has no zone
        except ValueError:
            continue
    raise ValueError(text)
