"""Words, dates and numbers in the reader's language.

The language and the zone of a request are context variables: set once by the middleware (from the
``locale`` cookie, else ``Accept-Language``) and by ``page`` (the viewer's zone).
"""

import re
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, negotiate_locale
from babel.dates import (
    format_date,
    format_datetime,
    format_timedelta,
    get_datetime_format,
    get_time_format,
)
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).parent.parent / "locale"
LOCALES = ("en",)
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})

_weekday = re.compile(r"^([^\W\d_]+),")

locale_now: ContextVar[str] = ContextVar("locale", default="en")
zone_now: ContextVar[str] = ContextVar("zone", default="UTC")


@cache
def _translations(locale: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [locale], "clausewise")


def gettext(message: str) -> str:
    """The message in the language of this request."""
    return _translations(locale_now.get()).ugettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the language of this request, in the form that goes with a number."""
    return _translations(locale_now.get()).ungettext(singular, plural, number)


_ = gettext


def negotiate(chosen: str | None, accepted: str, default: str) -> str:
    """The locale to use: what the person chose, else the best of ``Accept-Language``."""
    if chosen in LOCALES:
        return chosen
    wanted = [part.split(";")[0].strip().replace("-", "_") for part in accepted.split(",")]
    return negotiate_locale([w for w in wanted if w], LOCALES) or default


def direction(language: str | None = None) -> str:
    """``rtl`` or ``ltr``, of a language; without one, of that of this request."""
    primary = re.split("[-_]", language or locale_now.get())[0].lower()
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(moment: datetime) -> datetime:
    """A moment in the viewer's zone."""
    return moment.astimezone(_zone(zone_now.get()))


def moment_words(moment: datetime) -> str:
    """``Thu 26 Nov 2026, 18:00 CET``: weekday, day, time and zone, in the viewer's zone."""
    here = local(moment)
    return f"{_day_and_time(here, 'yMMMEd')} {here.tzname() or 'UTC'}"


def utc_words(moment: datetime) -> str:
    """``26 Nov 2026, 17:00 UTC``."""
    return f"{_day_and_time(moment.astimezone(UTC), 'yMMMd')} UTC"


def _day_and_time(moment: datetime, skeleton: str) -> str:
    """No comma after a weekday that is one word, as in ``static/js/times.js``."""
    words = format_datetime(moment, _pattern(locale_now.get(), skeleton), locale=_locale())
    return _weekday.sub(r"\1", words)


@cache
def _pattern(name: str, skeleton: str) -> str:
    """A day and a time as the language has them (CLDR): the order, the marks, the hours."""
    locale = _parsed(name)
    day, time = locale.datetime_skeletons[skeleton], get_time_format("short", locale)
    both = str(get_datetime_format("medium", locale))
    return both.replace("{1}", day.pattern).replace("{0}", time.pattern)


def date_words(moment: datetime) -> str:
    """``26 November 2026``, in the viewer's zone."""
    return format_date(local(moment).date(), "long", locale=_locale())


def span_words(span: timedelta) -> str:
    """``2 days``: a length of time in its largest fitting unit."""
    return format_timedelta(span, threshold=1.5, locale=_locale())


def ago_words(moment: datetime, now: datetime) -> str:
    """``2 days ago`` or ``in 2 days``; under a minute, no number."""
    span = moment - now
    if abs(span) < timedelta(minutes=1):
        return gettext("in a moment") if span > timedelta() else gettext("just now")
    return format_timedelta(span, add_direction=True, threshold=1.5, locale=_locale())


def number_words(number: int) -> str:
    """``5,000``."""
    return format_decimal(number, locale=_locale())


def percent_words(fraction: Fraction, places: int = 2) -> str:
    """``71.05%``; for display only, fractions decide."""
    value = Decimal(round(fraction * 10 ** (places + 2))).scaleb(-places - 2)
    return format_percent(value, locale=_locale(), decimal_quantization=False)


def _locale() -> Locale:
    return _parsed(locale_now.get())


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse("en_GB" if name == "en" else name)  # English says the day first
