"""Counting: one vote below, at and above each threshold, and the laws that hold for all of them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from app.ballots.counting import (
    BASES,
    RuleCard,
    Tally,
    can_be_carried,
    consensus_minus,
    decide,
    noes_enough,
    simple_majority,
    two_thirds,
    yes_enough,
)

MORE_THAN_HALF_VOTE = Fraction(51, 100)

fractions = st.builds(
    lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(0, 12), st.integers(1, 12)
)
cards = st.builds(
    RuleCard,
    threshold=fractions,
    strict=st.booleans(),
    base=st.sampled_from(BASES),
    quorum=fractions,
    noes_max=st.none() | st.integers(0, 8),
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[Tally, int]:
    """A tally, and a roll that it can have come from."""
    yes, no, abstain, silent = (draw(st.integers(0, 25)) for _ in range(4))
    return Tally(yes, no, abstain), yes + no + abstain + silent


@pytest.mark.parametrize(
    ("card", "tally", "roll_size", "carried"),
    [
        # More than half of yes and no.
        (simple_majority(), Tally(4, 5), 20, False),
        (simple_majority(), Tally(5, 5), 20, False),
        (simple_majority(), Tally(6, 5), 20, True),
        (simple_majority(), Tally(5, 5, 10), 20, False),
        # At least two thirds of yes and no; abstentions stand outside.
        (two_thirds(), Tally(25, 13, 3), 70, False),
        (two_thirds(), Tally(26, 13, 3), 70, True),
        (two_thirds(), Tally(26, 12, 3), 70, True),
        (two_thirds(), Tally(27, 11, 3), 70, True),
        (two_thirds(), Tally(2, 1), 3, True),
        (two_thirds(), Tally(1, 1), 3, False),
        # More than two thirds: exactly two thirds is not enough.
        (RuleCard(Fraction(2, 3), strict=True), Tally(25, 13), 70, False),
        (RuleCard(Fraction(2, 3), strict=True), Tally(26, 13), 70, False),
        (RuleCard(Fraction(2, 3), strict=True), Tally(27, 13), 70, True),
        # Three to two of five is no two thirds, four to one is.
        (two_thirds(), Tally(3, 2), 5, False),
        (two_thirds(), Tally(4, 1), 5, True),
        # No more than two noes.
        (consensus_minus(2), Tally(1, 1), 70, True),
        (consensus_minus(2), Tally(1, 2), 70, True),
        (consensus_minus(2), Tally(40, 3), 70, False),
        (consensus_minus(0), Tally(1, 0), 70, True),
        (consensus_minus(0), Tally(69, 1), 70, False),
        # Of all cast: abstaining weighs like no.
        (RuleCard(Fraction(1, 2), strict=True, base="cast"), Tally(5, 2, 4), 20, False),
        (RuleCard(Fraction(1, 2), strict=True, base="cast"), Tally(6, 2, 4), 20, False),
        (RuleCard(Fraction(1, 2), strict=True, base="cast"), Tally(7, 2, 4), 20, True),
        # Of the roll: so does silence.
        (RuleCard(Fraction(2, 3), base="roll"), Tally(5), 9, False),
        (RuleCard(Fraction(2, 3), base="roll"), Tally(6), 9, True),
        (RuleCard(Fraction(2, 3), base="roll"), Tally(7), 9, True),
        (RuleCard(Fraction(1, 2), strict=True, base="roll"), Tally(10), 20, False),
        (RuleCard(Fraction(1, 2), strict=True, base="roll"), Tally(11), 20, True),
        # A quorum that abstentions help to reach: 51 % of 70 is 35.7, so 36.
        (two_thirds(MORE_THAN_HALF_VOTE), Tally(27, 5, 3), 70, False),
        (two_thirds(MORE_THAN_HALF_VOTE), Tally(27, 5, 4), 70, True),
        (two_thirds(MORE_THAN_HALF_VOTE), Tally(27, 5, 5), 70, True),
        (two_thirds(Fraction(1, 2)), Tally(34), 70, False),
        (two_thirds(Fraction(1, 2)), Tally(35), 70, True),
        (two_thirds(Fraction(1, 2)), Tally(36), 71, True),
        (two_thirds(Fraction(1)), Tally(69), 70, False),
        (two_thirds(Fraction(1)), Tally(69, 1), 70, True),
    ],
)
def test_it_counts_as_an_assembly_would(
    card: RuleCard, tally: Tally, roll_size: int, carried: bool
) -> None:
    assert decide(tally, roll_size, card).carried is carried


@pytest.mark.parametrize(
    "card", [simple_majority(), two_thirds(), consensus_minus(3), RuleCard(Fraction(0))]
)
@pytest.mark.parametrize("tally", [Tally(), Tally(abstain=10), Tally(no=1)])
def test_nothing_is_carried_without_a_yes(card: RuleCard, tally: Tally) -> None:
    assert not decide(tally, 10, card).carried


def test_it_says_what_was_needed() -> None:
    outcome = decide(Tally(27, 11, 3), 70, two_thirds(MORE_THAN_HALF_VOTE))
    assert (outcome.base_size, outcome.yes_needed, outcome.votes_needed) == (38, 26, 36)
    assert outcome.yes_share == Fraction(27, 38)


def test_half_plus_one_is_not_rounded_to_the_nearest() -> None:
    card = simple_majority()
    assert [card.yes_needed(n) for n in (10, 11, 12, 13)] == [6, 6, 7, 7]


def test_a_share_that_no_float_can_hold_is_met_exactly() -> None:
    card = RuleCard(Fraction(7, 10))
    assert decide(Tally(7 * 10**15, 3 * 10**15), 10**16, card).carried
    assert not decide(Tally(7 * 10**15 - 1, 3 * 10**15 + 1), 10**16, card).carried


def test_more_votes_than_people_are_no_count() -> None:
    with pytest.raises(ValueError, match="roll of 2"):
        decide(Tally(2, 1), 2, two_thirds())


@pytest.mark.parametrize(
    ("card", "roll_size", "possible"),
    [
        (RuleCard(Fraction(1), strict=True), 9, False),
        (RuleCard(Fraction(1)), 9, True),
        (RuleCard(Fraction(1), base="roll", quorum=Fraction(1)), 9, True),
        (two_thirds(), 0, False),
        (consensus_minus(0), 1, True),
    ],
)
def test_a_card_that_no_votes_can_satisfy_is_known(
    card: RuleCard, roll_size: int, possible: bool
) -> None:
    assert can_be_carried(card, roll_size) is possible


def test_it_says_how_many_more_would_turn_the_count() -> None:
    lost = decide(Tally(20, 15), 70, two_thirds())
    assert yes_enough(lost) == 10
    carried = decide(Tally(27, 11), 70, two_thirds())
    assert noes_enough(carried) == 3
    hopeless = decide(Tally(5, 30), 40, two_thirds())
    assert yes_enough(hopeless) is None
    assert noes_enough(decide(Tally(40), 41, RuleCard(Fraction(1, 2), base="roll"))) is None


@given(counts(), cards)
def test_one_more_yes_never_loses_it(count: tuple[Tally, int], card: RuleCard) -> None:
    tally, roll_size = count
    if tally.cast < roll_size and decide(tally, roll_size, card).carried:
        assert decide(replace(tally, yes=tally.yes + 1), roll_size, card).carried


@given(counts(), cards)
def test_turning_a_no_into_a_yes_never_loses_it(count: tuple[Tally, int], card: RuleCard) -> None:
    tally, roll_size = count
    if tally.no and decide(tally, roll_size, card).carried:
        assert decide(Tally(tally.yes + 1, tally.no - 1, tally.abstain), roll_size, card).carried


@given(counts(), cards)
def test_turning_a_yes_into_a_no_never_carries_it(count: tuple[Tally, int], card: RuleCard) -> None:
    tally, roll_size = count
    if tally.yes and not decide(tally, roll_size, card).carried:
        turned = Tally(tally.yes - 1, tally.no + 1, tally.abstain)
        assert not decide(turned, roll_size, card).carried


@given(counts(), cards)
def test_the_yes_that_are_needed_are_the_fewest(count: tuple[Tally, int], card: RuleCard) -> None:
    outcome = decide(*count, card)
    needed = card.yes_needed(outcome.base_size)
    share, base = card.threshold, outcome.base_size

    def passes(yes: int) -> bool:
        return yes >= 1 and (yes > share * base if card.strict else yes >= share * base)

    assert passes(needed)
    assert not passes(needed - 1)


@given(counts(), cards)
def test_carried_means_that_each_condition_holds(count: tuple[Tally, int], card: RuleCard) -> None:
    tally, roll_size = count
    if decide(tally, roll_size, card).carried:
        assert tally.yes >= 1
        assert tally.cast >= card.quorum * roll_size
        assert card.noes_max is None or tally.no <= card.noes_max
        assert Fraction(tally.yes, tally.counted_in(card.base, roll_size)) >= card.threshold


@given(cards, st.integers(0, 6))
def test_a_card_is_possible_only_if_some_votes_carry_it(card: RuleCard, roll_size: int) -> None:
    any_votes = any(
        decide(Tally(yes, no, abstain), roll_size, card).carried
        for yes in range(roll_size + 1)
        for no in range(roll_size + 1 - yes)
        for abstain in range(roll_size + 1 - yes - no)
    )
    assert can_be_carried(card, roll_size) is any_votes


@given(counts(), cards)
def test_what_is_enough_is_the_least_that_is(count: tuple[Tally, int], card: RuleCard) -> None:
    tally, roll_size = count
    outcome = decide(tally, roll_size, card)
    silent = roll_size - tally.cast

    def with_yes(more: int) -> bool:
        return decide(replace(tally, yes=tally.yes + more), roll_size, card).carried

    def with_no(more: int) -> bool:
        return decide(replace(tally, no=tally.no + more), roll_size, card).carried

    if not outcome.carried:
        found = next((more for more in range(silent + 1) if with_yes(more)), None)
        assert yes_enough(outcome) == found
    else:
        found = next((more for more in range(silent + 1) if not with_no(more)), None)
        assert noes_enough(outcome) == found
