"""Counting votes under a rule card, in whole numbers and exact fractions: no words, no rows.

A question is carried if all of these hold:

1. at least one vote is yes (so nothing is ever carried by silence, by abstentions, or by 0 : 0);
2. yes / base is at least the threshold, or more than it if the card is strict;
3. no more than ``noes_max`` votes are no, where the card sets that;
4. votes cast, abstentions included, reach the quorum: the smallest whole number that is not less
   than its fraction of the roll.

Who recused themselves is nowhere in these numbers: the roll is the roll without them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Base = Literal["yes_no", "cast", "roll"]
BASES: tuple[Base, ...] = ("yes_no", "cast", "roll")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def yes_no(self) -> int:
        return self.yes + self.no

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    def counted_in(self, base: Base, roll_size: int) -> int:
        """The size of the base that yes is a part of."""
        return {"yes_no": self.yes_no, "cast": self.cast, "roll": roll_size}[base]


@dataclass(frozen=True, slots=True)
class Recused:
    """How many people of the roll recused themselves, and how many of them had voted before."""

    count: int = 0
    had_voted: int = 0


NOBODY = Recused()


@dataclass(frozen=True, slots=True)
class RuleCard:
    """When a question is carried. ``threshold`` and ``quorum`` lie between 0 and 1."""

    threshold: Fraction
    strict: bool = False
    base: Base = "yes_no"
    quorum: Fraction = Fraction(0)
    noes_max: int | None = None
    preset: str = "custom"

    def yes_needed(self, base_size: int) -> int:
        """The fewest yes votes that pass the threshold of a base of this size; at least 1."""
        share = self.threshold * base_size
        return max(1, floor(share) + 1 if self.strict else ceil(share))

    def votes_needed(self, roll_size: int) -> int:
        """The fewest votes that reach the quorum."""
        return ceil(self.quorum * roll_size)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Carried or lost, with every number that the decision rests on."""

    card: RuleCard
    tally: Tally
    roll_size: int
    recused: Recused = NOBODY

    @property
    def base_size(self) -> int:
        return self.tally.counted_in(self.card.base, self.roll_size)

    @property
    def yes_needed(self) -> int:
        return self.card.yes_needed(self.base_size)

    @property
    def votes_needed(self) -> int:
        return self.card.votes_needed(self.roll_size)

    @property
    def yes_share(self) -> Fraction | None:
        """Yes as a part of the base; none where the base is empty."""
        return Fraction(self.tally.yes, self.base_size) if self.base_size else None

    @property
    def has_yes_enough(self) -> bool:
        return self.tally.yes >= self.yes_needed

    @property
    def has_noes_few_enough(self) -> bool:
        return self.card.noes_max is None or self.tally.no <= self.card.noes_max

    @property
    def has_quorum(self) -> bool:
        return self.tally.cast >= self.votes_needed

    @property
    def carried(self) -> bool:
        return self.has_yes_enough and self.has_noes_few_enough and self.has_quorum


def decide(tally: Tally, roll_size: int, card: RuleCard, recused: Recused = NOBODY) -> Outcome:
    """The outcome of a count. Raises ValueError where there are more votes than people.

    roll_size: without those who recused themselves. recused: who they are, which is only told.
    """
    if min(tally.yes, tally.no, tally.abstain) < 0 or tally.cast > roll_size:
        raise ValueError(f"{tally} cannot come from a roll of {roll_size}")
    return Outcome(card, tally, roll_size, recused)


def can_be_carried(card: RuleCard, roll_size: int) -> bool:
    """Whether any votes could carry it. If everybody saying yes is not enough, nothing is."""
    return decide(Tally(yes=roll_size), roll_size, card).carried


def yes_enough(outcome: Outcome) -> int | None:
    """How many more yes votes, and no others, would carry what is lost now.

    They come from those who have not voted; none if even all of them would not be enough.
    """
    tally = outcome.tally
    return _fewest(
        outcome.roll_size - tally.cast,
        lambda more: _with(outcome, replace(tally, yes=tally.yes + more)).carried,
    )


def noes_enough(outcome: Outcome) -> int | None:
    """How many more no votes, and no others, would lose what is carried now; none if no number."""
    tally = outcome.tally
    return _fewest(
        outcome.roll_size - tally.cast,
        lambda more: not _with(outcome, replace(tally, no=tally.no + more)).carried,
    )


def _with(outcome: Outcome, tally: Tally) -> Outcome:
    return decide(tally, outcome.roll_size, outcome.card, outcome.recused)


def _fewest(most: int, is_enough: Callable[[int], bool]) -> int | None:
    """The smallest of 0 … most that is enough, where more never is too many."""
    if not is_enough(most):
        return None
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def simple_majority(quorum: Fraction = Fraction(0)) -> RuleCard:
    """More yes than no."""
    return RuleCard(Fraction(1, 2), strict=True, quorum=quorum, preset="simple_majority")


def two_thirds(quorum: Fraction = Fraction(0)) -> RuleCard:
    """At least twice as many yes as no."""
    return RuleCard(Fraction(2, 3), quorum=quorum, preset="two_thirds")


def consensus_minus(noes_max: int, quorum: Fraction = Fraction(0)) -> RuleCard:
    """Somebody says yes, and no more than so many say no."""
    return RuleCard(Fraction(0), quorum=quorum, noes_max=noes_max, preset="consensus_minus")


PRESETS = ("simple_majority", "two_thirds", "consensus_minus", "custom")
