"""Cards and counts in words: reviewed like prose."""

from fractions import Fraction

import pytest

from app.ballots.counting import (
    RuleCard,
    Tally,
    consensus_minus,
    decide,
    simple_majority,
    two_thirds,
)
from app.ballots.sentences import (
    card_sentences,
    if_closed_now,
    outcome_sentence,
    share_words,
    what_would_turn_it,
)

QUORUM = Fraction(51, 100)


@pytest.mark.parametrize(
    ("card", "roll_size", "sentences"),
    [
        (
            two_thirds(QUORUM),
            70,
            [
                "Carried if at least two thirds of the yes and no votes are yes.",
                "At least 36 of the 70 on the roll must vote.",
                "Abstaining counts towards the quorum, and weighs neither way.",
            ],
        ),
        (
            simple_majority(),
            None,
            [
                "Carried if more than half of the yes and no votes are yes.",
                "There is no quorum: any number of votes decides.",
                "Abstaining weighs neither way.",
            ],
        ),
        (
            consensus_minus(2, Fraction(1, 2)),
            None,
            [
                "Carried if at least one vote is yes, and no more than 2 votes are no.",
                "At least half of the roll must vote.",
                "Abstaining counts towards the quorum, and weighs neither way.",
            ],
        ),
        (
            RuleCard(Fraction(4, 5), base="roll", noes_max=0),
            9,
            [
                "Carried if at least four fifths of everybody on the roll say yes.",
                "And only if nobody says no.",
                "There is no quorum: any number of votes decides.",
                "Abstaining and not voting both weigh like a no.",
            ],
        ),
        (
            RuleCard(Fraction(1), base="cast"),
            9,
            [
                "Carried if all votes cast are yes.",
                "There is no quorum: any number of votes decides.",
                "Abstaining weighs like a no.",
            ],
        ),
    ],
)
def test_a_card_reads_as_people_would_say_it(
    card: RuleCard, roll_size: int | None, sentences: list[str]
) -> None:
    assert card_sentences(card, roll_size) == sentences


@pytest.mark.parametrize(
    ("card", "tally", "roll_size", "sentence"),
    [
        (
            two_thirds(QUORUM),
            Tally(27, 11, 3),
            70,
            "Carried: 27 of 38 yes and no votes are yes (71.05%), at least two thirds (26) were"
            " needed; 41 of 70 voted, 36 were needed.",
        ),
        (
            simple_majority(),
            Tally(5, 5),
            70,
            "Lost: 5 of 10 yes and no votes are yes (50%), more than half (at least 6) were needed;"
            " 10 of 70 voted.",
        ),
        (
            consensus_minus(1),
            Tally(5, 2, 1),
            9,
            "Lost: 5 of 7 yes and no votes are yes (71.43%), at least one was needed; 2 are no, no"
            " more than 1 could be; 8 of 9 voted.",
        ),
        (two_thirds(), Tally(0, 0, 4), 9, "Lost: nobody said yes or no; 4 of 9 voted."),
        (
            RuleCard(Fraction(2, 3), base="roll"),
            Tally(6, 0, 0),
            9,
            "Carried: 6 of 9 on the roll said yes (66.67%), at least two thirds (6) were needed;"
            " 6 of 9 voted.",
        ),
    ],
)
def test_an_outcome_shows_its_arithmetic(
    card: RuleCard, tally: Tally, roll_size: int, sentence: str
) -> None:
    assert outcome_sentence(decide(tally, roll_size, card)) == sentence


@pytest.mark.parametrize(
    ("tally", "roll_size", "now", "turn"),
    [
        (Tally(20, 15), 70, "lost", "10 more yes votes, and no other change, would be enough to carry it."),
        (Tally(27, 11), 70, "carried", "3 more no votes, and no other change, would be enough to lose it."),
        (Tally(2, 1), 9, "carried", "One more no, and no other change, would be enough to lose it."),
        (Tally(1, 6), 9, "lost", "Even a yes from everybody who has not voted would not be enough."),
        (Tally(2, 1), 3, "carried", "Everybody has voted; only changed votes can alter this."),
        (Tally(8, 1), 10, "carried", "Only changed votes can alter this."),
    ],
)  # fmt: skip
def test_it_says_how_it_would_end_now(tally: Tally, roll_size: int, now: str, turn: str) -> None:
    outcome = decide(tally, roll_size, two_thirds())
    assert if_closed_now(outcome).startswith(f"If it closed now it would be {now}: ")
    assert what_would_turn_it(outcome) == turn


def test_an_odd_share_stays_exact() -> None:
    assert share_words(Fraction(7, 13)) == "7/13"
    assert share_words(Fraction(51, 100)) == "51%"
