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
