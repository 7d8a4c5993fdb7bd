"""Merging two changes of one clause: the laws, and cases to read."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, strategies as st

from app.proposals.merge import Conflict, Merged, Span, hunks, merge, words

WORDS = st.sampled_from(["the", "data", "may", "be", "shared", "code", "all", "of", "it", "0.5"])
MARKS = st.sampled_from([" ", " ", " ", "  ", ", ", ". ", "\n", " **", "** ", " — "])
TEXTS = st.lists(st.tuples(WORDS, MARKS), max_size=14).map(
    lambda pairs: "".join(word + mark for word, mark in pairs).strip()
)


@given(st.one_of(TEXTS, st.text()))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXTS, TEXTS)
def test_what_one_side_alone_changed_is_the_merge(base: str, side: str) -> None:
    assert merge(base, side, base) == Merged(side)
    assert merge(base, base, side) == Merged(side)
    assert merge(base, side, side) == Merged(side)


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_whose_side_is_which(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    if isinstance(one, Conflict):
        mirrored = tuple(Span(span.base, span.theirs, span.ours) for span in one.spans)
        assert other == Conflict(mirrored)
    else:
        assert one == other


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_is_lost_or_comes_from_nowhere(base: str, ours: str, theirs: str) -> None:
    result = merge(base, ours, theirs)
    if isinstance(result, Conflict):
        assert all(span.ours != span.theirs for span in result.spans)
        return
    held, before = counted(words(result.text)), counted(words(base))
    (one_out, one_in), (other_out, other_in) = changed(base, ours), changed(base, theirs)
    for word in before | one_in | other_in | held:
        out = max(one_out[word], other_out[word]), one_out[word] + other_out[word]
        put = max(one_in[word], other_in[word]), one_in[word] + other_in[word]
        assert before[word] - out[1] + put[0] <= held[word] <= before[word] - out[0] + put[1]


def counted(found: Iterable[str]) -> Counter[str]:
    return Counter(word.strip() for word in found)


def changed(base: str, side: str) -> tuple[Counter[str], Counter[str]]:
    """Which words one side took out, and which it put in; one that it moved is both."""
    old, made = words(base), hunks(words(base), words(side))
    taken = [word for hunk in made for word in old[hunk.start : hunk.end]]
    return counted(taken), counted(word for hunk in made for word in hunk.words)


@given(st.lists(st.integers(100, 999), min_size=3, max_size=20, unique=True), st.data())
def test_changes_with_a_word_between_them_are_both_made(
    numbers: list[int], data: st.DataObject
) -> None:
    base = [f"w{number}" for number in numbers]
    mine = data.draw(st.integers(0, len(base) - 3))
    yours = data.draw(st.integers(mine + 2, len(base) - 1))
    ours, theirs, both = list(base), list(base), list(base)
    ours[mine] = both[mine] = "ours"
    theirs[yours] = both[yours] = "theirs"
    assert merge(" ".join(base), " ".join(ours), " ".join(theirs)) == Merged(" ".join(both))


@given(st.lists(st.integers(100, 999), min_size=1, max_size=20, unique=True), st.data())
def test_two_changes_of_the_same_word_are_a_conflict(
    numbers: list[int], data: st.DataObject
) -> None:
    base = [f"w{number}" for number in numbers]
    place = data.draw(st.integers(0, len(base) - 1))
    ours, theirs = list(base), list(base)
    ours[place], theirs[place] = "ours", "theirs"
    result = merge(" ".join(base), " ".join(ours), " ".join(theirs))
    assert isinstance(result, Conflict)
    [span] = result.spans
    assert (span.base.strip(), span.ours.strip(), span.theirs.strip()) == (
        base[place],
        "ours",
        "theirs",
    )


CASES = {
    "two ends of a sentence": (
        "Enough detail about the data that a skilled person could build an equivalent.",
        "Sufficient detail about the data that a skilled person could build an equivalent.",
        "Enough detail about the data that a skilled person could build an equal system.",
        "Sufficient detail about the data that a skilled person could build an equal system.",
    ),
    "a sentence added, a word changed": (
        "The code is published under an approved licence.",
        "The code is published under an approved licence. So are the scripts.",
        "The source code is published under an approved licence.",
        "The source code is published under an approved licence. So are the scripts.",
    ),
    "the same change on both sides, and one more": (
        "Weights and data are shared under open terms.",
        "Parameters and data are shared under open terms.",
        "Parameters and data are shared under approved terms.",
        "Parameters and data are shared under approved terms.",
    ),
    "a struck clause of a sentence, an added mark": (
        "Data, where lawful, is shared by the maker of the system",
        "Data is shared by the maker of the system",
        "Data, where lawful, is shared by the maker of the system.",
        "Data is shared by the maker of the system.",
    ),
    "lines of a list stay lines": (
        "Needed:\n- code\n- data\n- weights",
        "Needed:\n- all code\n- data\n- weights",
        "Needed:\n- code\n- data\n- parameters",
        "Needed:\n- all code\n- data\n- parameters",
    ),
    "signs without spaces": (
        "数据必须公开发布",
        "资料必须公开发布",
        "数据必须公开提供",
        "资料必须公开提供",
    ),
    "right to left": (
        "يجب نشر البيانات مع الشيفرة",
        "ينبغي نشر البيانات مع الشيفرة",
        "يجب نشر البيانات مع المصدر",
        "ينبغي نشر البيانات مع المصدر",
    ),
}


@pytest.mark.parametrize("base, ours, theirs, both", CASES.values(), ids=CASES.keys())
def test_it_merges(base: str, ours: str, theirs: str, both: str) -> None:
    assert merge(base, ours, theirs) == Merged(both)


COLLISIONS = {
    "both add at the end": (
        "Code is shared.",
        "Code is shared. And data.",
        "Code is shared. And weights.",
        (Span("", " And data.", " And weights."),),
    ),
    "one strikes what the other rewords": (
        "Data is shared where the law lets it be shared by all.",
        "Data is shared.",
        "Data is shared where the law allows it to be shared by all.",
        (
            Span(
                " where the law lets it be shared by all",
                "",
                " where the law allows it to be shared by all",
            ),
        ),
    ),
    "side by side": (
        "the training data",
        "all training data",
        "the model data",
        (Span("the training", "all training", "the model"),),
    ),
    "a number is one word": (
        "at least 0.5",
        "at least 0.6",
        "at least 1.5",
        (Span(" 0.5", " 0.6", " 1.5"),),
    ),
}


@pytest.mark.parametrize("base, ours, theirs, spans", COLLISIONS.values(), ids=COLLISIONS.keys())
def test_it_finds_the_conflict(base: str, ours: str, theirs: str, spans: tuple[Span, ...]) -> None:
    assert merge(base, ours, theirs) == Conflict(spans)


def test_a_rewritten_sentence_is_not_taken_apart_at_words_that_recur() -> None:
    base = "The maker of the system shares the data with the public."
    ours = "Whoever trains a model gives the regulator, and not the public, a copy of the logs."
    theirs = "The maker of the system shares the data with the world."
    assert isinstance(merge(base, ours, theirs), Conflict)


def test_a_long_clause_merges_in_a_moment() -> None:
    base = " ".join(f"word{number % 97}" for number in range(6000))
    assert merge(base, "First " + base, base + " last") == Merged(f"First {base} last")
