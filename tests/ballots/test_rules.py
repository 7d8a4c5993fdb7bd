"""The rules of ballots as tables: who, when, and the reason why not."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from app.ballots import rules
from app.ballots.cards import columns_of
from app.ballots.counting import RuleCard, two_thirds
from app.ballots.models import Ballot, Closing, Vote
from app.groups.models import Membership
from app.kit.refusals import Refusal, Refused

OPENS = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
CLOSES = datetime(2024, 6, 10, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MICRO = timedelta(microseconds=1)
CHAIR = Membership(role="chair")
MEMBER = Membership(role="member")
WORDS = "ab" * 32


def ballot(**more: object) -> Ballot:
    values = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "words_hash": WORDS,
        "names_shown": "closed",
        "counts_shown": "open",
        **columns_of(two_thirds()),
    }
    return Ballot(**{**values, **more})


def closing(at: datetime = CLOSES, outcome: str = "carried") -> Closing:
    return Closing(at=at, outcome=outcome)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - SECOND, "ballot_not_open_yet"),
        (OPENS - MICRO, "ballot_not_open_yet"),
        (OPENS, None),
        (OPENS + SECOND, None),
        (CLOSES - SECOND, None),
        (CLOSES - MICRO, None),
        (CLOSES, "ballot_closed"),
        (CLOSES + SECOND, "ballot_closed"),
    ],
)
def test_a_window_begins_inclusively_and_ends_exclusively(
    now: datetime, expected: str | None
) -> None:
    refusal = rules.may_cast(ballot(), None, on_roll=True, choice="yes", words_hash=WORDS, now=now)
    assert code(refusal) == expected


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("day", [datetime(2024, 3, 31), datetime(2024, 10, 27), datetime(2024, 11, 3)])  # noqa: DTZ001  # fmt: skip
def test_a_close_on_a_day_when_clocks_change_is_one_moment(zone: str, day: datetime) -> None:
    closes = day.replace(hour=18, tzinfo=ZoneInfo(zone))
    open_ballot = ballot(opens_at=closes.astimezone(UTC) - timedelta(days=2), closes_at=closes)
    for now, expected in ((closes - SECOND, None), (closes, "ballot_closed")):
        refusal = rules.may_cast(
            open_ballot, None, on_roll=True, choice="no", words_hash=WORDS, now=now.astimezone(UTC)
        )
        assert code(refusal) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"on_roll": False}, "not_on_roll"),
        ({"choice": "maybe"}, "not_a_choice"),
        ({"choice": ""}, "not_a_choice"),
        ({"words_hash": "cd" * 32}, "words_changed"),
        ({"words_hash": ""}, "words_changed"),
        ({}, None),
    ],
)
def test_a_vote_needs_the_roll_a_choice_and_the_words(
    given: dict[str, object], expected: str | None
) -> None:
    values = {"on_roll": True, "choice": "abstain", "words_hash": WORDS, "now": OPENS, **given}
    assert code(rules.may_cast(ballot(), None, **values)) == expected  # type: ignore[arg-type]


EARLIER = Vote(choice="yes", reason="Clearer.", nonce="e" * 32, at=OPENS)


@pytest.mark.parametrize(
    ("current", "replaces", "said", "expected"),
    [
        (None, "", ("no", ""), None),
        (None, "e" * 32, ("no", ""), None),
        (EARLIER, "e" * 32, ("no", ""), None),
        (EARLIER, None, ("no", ""), None),
        (EARLIER, "", ("no", ""), "vote_changed_elsewhere"),
        (EARLIER, "d" * 32, ("no", ""), "vote_changed_elsewhere"),
        (EARLIER, "", ("yes", ""), "vote_changed_elsewhere"),
        (EARLIER, "", ("no", "Clearer."), "vote_changed_elsewhere"),
        (EARLIER, "", ("yes", "Clearer."), None),
        (EARLIER, "d" * 32, ("yes", "Clearer."), None),
    ],
)
def test_a_vote_replaces_one_that_was_shown_or_that_says_the_same(
    current: Vote | None, replaces: str | None, said: tuple[str, str], expected: str | None
) -> None:
    choice, reason = said
    assert code(rules.may_replace(current, replaces, choice=choice, reason=reason)) == expected


def test_who_voted_elsewhere_is_told_what_and_when() -> None:
    refusal = rules.may_replace(EARLIER, "", choice="no", reason="")
    assert refusal == Refusal("vote_changed_elsewhere", choice="yes", at=OPENS)
    with pytest.raises(Refused) as caught:
        rules.enforce(refusal)
    assert caught.value.status == 409


def test_nobody_votes_after_an_early_closing() -> None:
    refusal = rules.may_cast(
        ballot(), closing(OPENS + SECOND), on_roll=True, choice="yes", words_hash=WORDS,
        now=OPENS + 2 * SECOND,
    )  # fmt: skip
    assert refusal == Refusal("ballot_closed", closed_at=OPENS + SECOND)


@pytest.mark.parametrize(
    ("membership", "now", "to_time", "closed", "expected"),
    [
        (CHAIR, CLOSES - SECOND, CLOSES + SECOND, None, None),
        (MEMBER, CLOSES - SECOND, CLOSES + SECOND, None, "chairs_only"),
        (None, CLOSES - SECOND, CLOSES + SECOND, None, "chairs_only"),
        (CHAIR, OPENS - SECOND, CLOSES + SECOND, None, None),
        (CHAIR, CLOSES, CLOSES + SECOND, None, "ballot_closed"),
        (CHAIR, OPENS, CLOSES, None, "extension_is_not_later"),
        (CHAIR, OPENS, CLOSES - SECOND, None, "extension_is_not_later"),
        (CHAIR, OPENS, CLOSES + SECOND, closing(OPENS), "ballot_closed"),
    ],
)
def test_only_a_chair_extends_and_only_before_the_end(
    membership: Membership | None,
    now: datetime,
    to_time: datetime,
    closed: Closing | None,
    expected: str | None,
) -> None:
    refusal = rules.may_extend(membership, ballot(), closed, to_time=to_time, now=now)
    assert code(refusal) == expected


@pytest.mark.parametrize(
    ("membership", "now", "voted", "expected"),
    [
        (CHAIR, OPENS, 5, None),
        (CHAIR, OPENS, 4, "not_everybody_voted"),
        (CHAIR, CLOSES - MICRO, 4, "not_everybody_voted"),
        (CHAIR, CLOSES, 0, None),
        (CHAIR, OPENS - SECOND, 0, "ballot_not_open_yet"),
        (MEMBER, CLOSES, 5, "chairs_only"),
    ],
)
def test_a_chair_closes_early_only_when_everybody_has_voted(
    membership: Membership, now: datetime, voted: int, expected: str | None
) -> None:
    refusal = rules.may_close(ballot(), membership, voted=voted, roll_size=5, now=now)
    assert code(refusal) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [(CLOSES - MICRO, "ballot_not_over_yet"), (CLOSES, None)]
)
def test_the_worker_closes_what_the_clock_has_ended(now: datetime, expected: str | None) -> None:
    assert code(rules.may_close_by_clock(ballot(), now)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"membership": MEMBER}, "chairs_only"),
        ({"membership": None}, "chairs_only"),
        ({"hindrance": Refusal("proposal_in_conflict")}, "proposal_in_conflict"),
        ({"opens_at": OPENS - SECOND}, "ballot_opens_in_the_past"),
        ({"closes_at": OPENS}, "ballot_closes_before_it_opens"),
        ({"roll_size": 0}, "roll_empty"),
        ({"card": RuleCard(Fraction(1), strict=True)}, "card_cannot_be_met"),
    ],
)
def test_a_ballot_opens_under_conditions(change: dict[str, object], expected: str | None) -> None:
    values = {
        "membership": CHAIR,
        "hindrance": None,
        "card": two_thirds(),
        "roll_size": 5,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "now": OPENS,
        **change,
    }
    assert code(rules.may_open(**values)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "counts", "closed", "sees_names", "sees_counts"),
    [
        ("open", "open", False, True, True),
        ("open", "closed", False, False, False),
        ("closed", "open", False, False, True),
        ("closed", "closed", True, True, True),
        ("never", "open", True, False, True),
    ],
)
def test_names_and_counts_are_shown_as_the_card_says(
    names: str, counts: str, closed: bool, sees_names: bool, sees_counts: bool
) -> None:
    asked = ballot(names_shown=names, counts_shown=counts)
    row = closing() if closed else None
    assert (rules.may_see_names(asked, row) is None) is sees_names
    assert (rules.may_see_counts(asked, row) is None) is sees_counts


@pytest.mark.parametrize(
    ("now", "closed", "state"),
    [
        (OPENS - MICRO, None, "scheduled"),
        (OPENS, None, "open"),
        (CLOSES, None, "over"),
        (CLOSES, closing(), "carried"),
        (OPENS, closing(outcome="lost"), "lost"),
    ],
)
def test_where_a_ballot_stands(now: datetime, closed: Closing | None, state: str) -> None:
    assert rules.state_of(ballot(), closed, now) == state
