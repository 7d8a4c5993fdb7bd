"""Changes: what they do to a text, what they may not do, and that they can be found again."""

import pytest
from hypothesis import given

from app.definitions.changes import (
    Add,
    Change,
    Form,
    Move,
    Reword,
    Strike,
    apply_changes,
    steps_between,
    strikes,
)
from app.definitions.tree import Kind, Text, Unlawful
from tests.definitions.strategies import texts
from tests.definitions.test_tree import OUTLINE

PARAGRAPH = Form(Kind.paragraph)


def order(text: Text) -> list[tuple[int, int]]:
    return [(node.clause, node.depth) for node in text]


def test_a_reword_changes_the_words_and_nothing_else() -> None:
    text = apply_changes(OUTLINE, [Reword(4, "b" * 64)])
    assert order(text) == order(OUTLINE)
    assert [node.clause for node in text if node.wording == "b" * 64] == [4]


def test_an_added_clause_stands_where_it_was_put() -> None:
    text = apply_changes(OUTLINE, [Add(10, "b" * 64, PARAGRAPH, under=3, after=4)])
    assert order(text)[3:8] == [(4, 2), (5, 3), (6, 3), (10, 2), (7, 2)]
    text = apply_changes(OUTLINE, [Add(10, "b" * 64, PARAGRAPH, under=3)])
    assert order(text)[2:5] == [(3, 1), (10, 2), (4, 2)]


def test_a_moved_clause_takes_along_what_stands_under_it() -> None:
    text = apply_changes(OUTLINE, [Move(3, under=9)])
    assert order(text) == [
        (1, 0), (2, 1), (9, 0), (3, 1), (4, 2), (5, 3), (6, 3), (7, 2), (8, 3),
    ]  # fmt: skip


def test_a_moved_heading_takes_a_level_that_fits() -> None:
    text = apply_changes(OUTLINE, [Move(9, under=3, after=7)])
    assert [node.level for node in text if node.clause == 9] == [3 - 0]
    text = apply_changes(OUTLINE, [Move(3, under=None, after=9)])
    assert [node.level for node in text if node.clause in (9, 3)] == [1, 1]


def test_a_clause_can_change_its_kind_and_stay_itself() -> None:
    text = apply_changes(OUTLINE, [Move(6, under=4, after=5, form=Form(Kind.item))])
    assert order(text) == order(OUTLINE)
    assert text[5].kind is Kind.item


def test_striking_a_section_names_every_clause_the_innermost_first() -> None:
    changes = strikes(OUTLINE, 3)
    assert [change.clause for change in changes] == [8, 7, 6, 5, 4, 3]
    assert order(apply_changes(OUTLINE, changes)) == [(1, 0), (2, 1), (9, 0)]


@pytest.mark.parametrize(
    ("change", "code", "clause"),
    [
        (Reword(99, "b" * 64), "clause_not_standing", 99),
        (Strike(99), "clause_not_standing", 99),
        (Strike(4), "clause_has_children", 4),
        (Move(99), "clause_not_standing", 99),
        (Move(3, under=4), "clause_under_itself", 3),
        (Move(3, under=3), "clause_under_itself", 3),
        (Move(3, under=1, after=3), "clause_under_itself", 3),
        (Move(3, under=99), "clause_not_standing", 99),
        (Move(4, under=3, after=2), "sibling_not_standing", 2),
        (Move(2, under=None, after=9), "words_after_heading", 2),
        (Move(2, under=8), "row_takes_only_rows", 8),
        (Add(4, "b" * 64, PARAGRAPH), "clause_twice", 4),
        (Add(10, "b" * 64, PARAGRAPH, under=2), "clause_takes_no_children", 2),
        (Add(10, "b" * 64, PARAGRAPH, under=1, after=3), "words_after_heading", 10),
        (Add(10, "b" * 64, Form(Kind.heading)), "heading_level", 10),
    ],
)
def test_it_refuses_a_change_that_cannot_be_made(change: Change, code: str, clause: int) -> None:
    with pytest.raises(Unlawful) as refused:
        apply_changes(OUTLINE, [change])
    assert (refused.value.code, refused.value.clause) == (code, clause)


@given(texts(), texts())
def test_the_steps_between_two_texts_lead_from_one_to_the_other(a: Text, b: Text) -> None:
    assert apply_changes(a, steps_between(a, b)) == b


@given(texts())
def test_there_are_no_steps_between_a_text_and_itself(text: Text) -> None:
    assert steps_between(text, text) == []


def test_swapping_two_siblings_is_one_move() -> None:
    swapped = apply_changes(OUTLINE, [Move(5, under=4, after=6)])
    assert steps_between(OUTLINE, swapped) in (
        [Move(6, under=4)],
        [Move(5, under=4, after=6)],
    )
