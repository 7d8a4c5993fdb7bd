"""What a browser carries for us: nobody reads it, alters it, or uses it for something else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from app.people.round_trip import LIFETIME, RoundTrip, opened
from app.people.sealed import seal, unseal

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=10)
KEY = "a key for tests only"


def test_it_opens_for_its_purpose_until_its_end_which_is_exclusive():
    sealed = seal(KEY, "trip", {"next": "/"}, until=LATER)
    content = unseal(KEY, "trip", sealed, now=LATER - timedelta(microseconds=1))
    assert content is not None and content["next"] == "/"
    assert unseal(KEY, "trip", sealed, now=LATER) is None


def test_it_opens_for_no_other_purpose_and_under_no_other_key():
    sealed = seal(KEY, "trip", {"next": "/"}, until=LATER)
    assert unseal(KEY, "way out", sealed, now=NOON) is None
    assert unseal("another key", "trip", sealed, now=NOON) is None


def test_it_shows_nothing_of_what_is_in_it():
    assert "verifier" not in seal(KEY, "trip", {"verifier": "verifier"}, until=LATER)


@given(st.text(max_size=80))
def test_what_was_never_sealed_opens_nothing(text):
    assert unseal(KEY, "trip", text, now=NOON) is None


@given(st.integers(min_value=0), st.characters(codec="ascii"))
def test_what_was_altered_opens_nothing(place, letter):
    sealed = seal(KEY, "trip", {"next": "/"}, until=LATER)
    place %= len(sealed) - 1  # the last letter holds bits that mean nothing
    if sealed[place] != letter:
        altered = sealed[:place] + letter + sealed[place + 1 :]
        assert unseal(KEY, "trip", altered, now=NOON) is None


class TestRoundTrip:
    def test_it_comes_back_as_it_set_out(self):
        trip = RoundTrip("github", "/d/open-source-ai", person="p_1")
        assert opened(KEY, trip.sealed(KEY, NOON), "github", NOON) == trip

    def test_it_is_over_after_ten_minutes(self):
        sealed = RoundTrip("github", "/").sealed(KEY, NOON)
        assert opened(KEY, sealed, "github", NOON + LIFETIME) is None

    def test_it_ends_at_the_provider_it_went_to(self):
        """So that an answer of one provider is never taken for that of another."""
        assert opened(KEY, RoundTrip("github", "/").sealed(KEY, NOON), "gitlab", NOON) is None

    @pytest.mark.parametrize("state", ["", "x", "\ud800", "ä" * 9])
    def test_it_is_answered_by_its_own_state_only(self, state):
        trip = RoundTrip("github", "/")
        assert trip.is_answered_by(trip.state)
        assert not trip.is_answered_by(state)

    def test_no_two_are_alike(self):
        one, other = RoundTrip("github", "/"), RoundTrip("github", "/")
        assert {one.state, one.nonce, one.verifier}.isdisjoint(
            {other.state, other.nonce, other.verifier}
        )
