"""Counting what was done in an hour; networks without their address; buckets that fill again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from app.kit import limits
from app.kit.models import Attempt

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
HERE = limits.attempts_from("here", "links")


def note(db, *minutes, network="here", kind="links"):
    for minute in minutes:
        db.add(Attempt(kind=kind, network=network, at=NOON + timedelta(minutes=minute)))
    db.flush()


class TestCounting:
    def test_below_the_limit_nothing_is_said(self, db):
        note(db, -5, -4)
        assert limits.again_after(db, HERE, 3, NOON) is None

    def test_at_the_limit_it_is_free_an_hour_after_the_first_of_those_that_count(self, db):
        note(db, -50, -40, -30, -20)
        assert limits.again_after(db, HERE, 3, NOON) == NOON + timedelta(minutes=20)

    def test_the_hour_is_exclusive(self, db):
        note(db, -60, -30)
        assert limits.again_after(db, HERE, 2, NOON) is None
        assert limits.again_after(db, HERE, 2, NOON - timedelta(seconds=1)) == NOON

    def test_other_networks_and_other_kinds_count_apart(self, db):
        note(db, -5, network="there")
        note(db, -5, kind="comments")
        assert limits.again_after(db, HERE, 1, NOON) is None

    def test_what_is_older_than_the_hour_is_forgotten(self, db, database, clock):
        clock.set_to(NOON)
        note(db, -61, -60, -59)
        assert limits.forget_attempts(database) == 2
        assert limits.forget_attempts(database) == 0
        assert db.scalars(select(Attempt.at)).all() == [NOON - timedelta(minutes=59)]


class TestNetworks:
    def test_an_address_does_not_stand_in_its_name(self):
        name = limits.network_of("203.0.113.9", "a key")
        assert len(name) == 32 and "203" not in name
        assert name == limits.network_of("203.0.113.9", "a key")

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("203.0.113.9", "203.0.113.10", False),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
            ("::ffff:203.0.113.9", "203.0.113.9", True),
            ("::ffff:203.0.113.9", "::ffff:203.0.113.10", False),
            ("testclient", "", False),
        ],
    )
    def test_a_network_is_an_ipv4_address_or_64_bits_of_ipv6(self, one, other, same):
        found = limits.network_of(one, "a key") == limits.network_of(other, "a key")
        assert found is same

    def test_another_key_gives_another_name(self):
        assert limits.network_of("203.0.113.9", "a") != limits.network_of("203.0.113.9", "b")


class TestBuckets:
    def test_a_full_one_lets_so_many_through_at_once(self):
        buckets = limits.Buckets()
        assert [buckets.take("a", 3, NOON) for _ in range(3)] == [None] * 3
        assert buckets.take("a", 3, NOON) == NOON + timedelta(minutes=20)
        assert buckets.take("b", 3, NOON) is None

    def test_asking_an_empty_one_puts_nothing_off(self):
        buckets = limits.Buckets()
        buckets.take("a", 1, NOON)
        later = NOON + timedelta(minutes=30)
        assert [buckets.take("a", 1, later) for _ in range(3)] == [NOON + limits.HOUR] * 3
        assert buckets.take("a", 1, NOON + limits.HOUR) is None

    @given(st.lists(st.integers(0, 5000), min_size=1, max_size=60), st.integers(1, 9))
    def test_never_more_than_twice_as_many_pass_in_any_hour(self, waits, most):
        """What it holds at once, and what flows in within the hour."""
        buckets, now, passed = limits.Buckets(), NOON, []
        for wait in waits:
            now += timedelta(seconds=wait)
            if buckets.take("a", most, now) is None:
                passed.append(now)
        for begin in passed:
            within = [at for at in passed if begin <= at < begin + limits.HOUR]
            assert len(within) <= 2 * most

    @given(st.lists(st.integers(0, 5000), min_size=1, max_size=60), st.integers(1, 9))
    def test_at_the_moment_it_names_there_is_one_again(self, waits, most):
        buckets, now = limits.Buckets(), NOON
        for wait in waits:
            now += timedelta(seconds=wait)
            again_at = buckets.take("a", most, now)
            if again_at is not None:
                now = again_at + timedelta(microseconds=1)
                assert buckets.take("a", most, now) is None

    def test_they_do_not_grow_without_end(self):
        buckets = limits.Buckets(keys_max=10)
        for number in range(50):
            assert buckets.take(str(number), 1, NOON) is None
        assert buckets.take("49", 1, NOON) is not None
        assert buckets.take("0", 1, NOON) is None


def test_a_rule_says_when():
    assert limits.may_again(None, "too_many_comments") is None
    refusal = limits.may_again(NOON, "too_many_comments")
    assert refusal is not None and refusal.facts == {"again_at": NOON}


def test_noting_is_by_the_clock(db, clock):
    limits.note_attempt(db, kind="links", network="here")
    assert db.scalars(select(Attempt.at)).all() == [clock.now]
