from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from app.kit import i18n

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (-59, "just now"),
        (59, "in a moment"),
        (-120, "2 minutes ago"),
        (3 * 86_400, "in 3 days"),
    ],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert i18n.ago_words(NOON + timedelta(seconds=seconds), NOON) == words


@pytest.mark.parametrize(
    ("chosen", "accepted", "locale"),
    [(None, "", "en"), ("xx", "fr, en;q=0.5", "en"), (None, "*;q=x,,;", "en"), ("en", "fr", "en")],
)
def test_the_language_is_one_that_there_is(chosen: str | None, accepted: str, locale: str) -> None:
    assert i18n.negotiate(chosen, accepted, "en") == locale


def test_shares_are_exact_until_they_are_shown() -> None:
    assert i18n.percent_words(Fraction(2, 3)) == "66.67%"
    assert i18n.percent_words(Fraction(1, 2)) == "50%"


def test_a_moment_is_shown_in_the_zone_of_who_reads() -> None:
    token = i18n.zone_now.set("Europe/Paris")
    try:
        assert i18n.moment_words(NOON).endswith("14:00 CEST")
    finally:
        i18n.zone_now.reset(token)


@pytest.mark.parametrize(
    ("locale", "moment", "utc", "share"),
    [
        ("en", "Mon 3 Jun 2024, 14:00 CEST", "3 Jun 2024, 12:00 UTC", "71.05%"),
        ("en_US", "Mon Jun 3, 2024, 2:00\u202fPM CEST", "Jun 3, 2024, 12:00\u202fPM UTC", "71.05%"),
        ("fr", "lun. 3 juin 2024, 14:00 CEST", "3 juin 2024, 12:00 UTC", "71,05\xa0%"),
        ("de", "Mo., 3. Juni 2024, 14:00 CEST", "3. Juni 2024, 12:00 UTC", "71,05\xa0%"),
        ("ja", "2024年6月3日(月) 14:00 CEST", "2024年6月3日 12:00 UTC", "71.05%"),
        ("tr", "3 Haz 2024 Pzt 14:00 CEST", "3 Haz 2024 12:00 UTC", "%71,05"),
    ],
)
def test_days_hours_and_shares_stand_as_the_language_has_them(
    locale: str, moment: str, utc: str, share: str
) -> None:
    tokens = i18n.locale_now.set(locale), i18n.zone_now.set("Europe/Paris")
    try:
        assert i18n.moment_words(NOON) == moment
        assert i18n.utc_words(NOON) == utc
        assert i18n.percent_words(Fraction(7105, 10_000)) == share
    finally:
        i18n.locale_now.reset(tokens[0])
        i18n.zone_now.reset(tokens[1])


def test_a_language_runs_its_own_way() -> None:
    assert i18n.direction() == "ltr"
    assert [i18n.direction(one) for one in ("ar-EG", "he", "fr", "en_GB")] == [
        "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip
