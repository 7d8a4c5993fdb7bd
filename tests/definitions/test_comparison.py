"""Comparison: what became of each clause, told with the fewest moves."""

from hypothesis import given

from app.definitions.changes import Add, Change, Form, Move, Reword, apply_changes, strikes
from app.definitions.comparison import Verdict, compare, folded, moves
from app.definitions.tree import Kind, Text
from tests.definitions.strategies import texts
from tests.definitions.test_tree import OUTLINE


def after(*changes: Change) -> Text:
    return apply_changes(OUTLINE, changes)


def verdicts(before: Text, now: Text) -> list[tuple[int, str]]:
    return [
        (row.clause, str(row.verdict))
        for row in compare(before, now).rows
        if row.verdict is not Verdict.unchanged
    ]


def test_a_text_compared_with_itself_is_unchanged() -> None:
    comparison = compare(OUTLINE, OUTLINE)
    assert [row.clause for row in comparison.rows] == list(range(1, 10))
    assert comparison.counts[Verdict.unchanged] == 9
    assert comparison.changed == ()


def test_a_reworded_clause_is_reworded() -> None:
    assert verdicts(OUTLINE, after(Reword(4, "b" * 64))) == [(4, "reworded")]


def test_an_added_clause_is_added_and_a_struck_one_stands_where_it_stood() -> None:
    now = after(Add(10, "b" * 64, Form(Kind.paragraph), under=1, after=2), *strikes(OUTLINE, 4))
    rows = compare(OUTLINE, now).rows
    assert [(row.clause, row.number) for row in rows[:7]] == [
        (1, "1"), (2, "1.1"), (10, "1.2"), (3, "1.3"), (4, "1.2.1"), (5, "1.2.1.1"), (6, "1.2.1.2"),
    ]  # fmt: skip
    assert verdicts(OUTLINE, now) == [(10, "added"), (4, "struck"), (5, "struck"), (6, "struck")]


def test_a_moved_section_is_one_move_and_carries_its_clauses_along() -> None:
    assert verdicts(OUTLINE, after(Move(3, under=9))) == [(3, "moved")]
    assert verdicts(OUTLINE, after(Move(3, under=9), Reword(3, "b" * 64), Reword(4, "b" * 64))) == [
        (3, "moved_and_reworded"), (4, "reworded"),
    ]  # fmt: skip


def test_one_of_two_swapped_siblings_moved() -> None:
    assert len(moves(OUTLINE, after(Move(6, under=4)))) == 1


def test_clauses_that_a_new_heading_now_stands_over_have_not_moved() -> None:
    heading = Form(Kind.heading, level=3)
    now = after(Add(10, "b" * 64, heading, under=3), Move(4, under=10), Move(7, under=10, after=4))
    assert verdicts(OUTLINE, now) == [(10, "added")]
    assert verdicts(now, OUTLINE) == [(10, "struck")]


def test_a_clause_that_changes_kind_is_reshaped() -> None:
    now = after(Move(6, under=4, after=5, form=Form(Kind.item)))
    assert [row.clause for row in compare(OUTLINE, now).changed] == [6]
    assert verdicts(OUTLINE, now) == []


def test_only_what_changed_is_shown_with_the_headings_above_it() -> None:
    rows = compare(OUTLINE, after(Reword(5, "b" * 64))).rows
    shown = [part if isinstance(part, int) else f"#{part.clause}" for part in folded(rows)]
    assert shown == ["#1", 1, "#3", "#4", "#5", 4]
    assert list(folded(compare(OUTLINE, OUTLINE).rows)) == [9]


@given(texts(), texts())
def test_every_clause_of_both_texts_is_told_of_once(a: Text, b: Text) -> None:
    rows = compare(a, b).rows
    assert [row.after for row in rows if row.after] == list(b)
    assert sorted(row.clause for row in rows if row.before) == sorted(n.clause for n in a)
    assert len({row.clause for row in rows}) == len(rows)


@given(texts(), texts())
def test_the_other_way_round_added_is_struck(a: Text, b: Text) -> None:
    there, back = compare(a, b).counts, compare(b, a).counts
    assert there[Verdict.added] == back[Verdict.struck]
    assert there[Verdict.moved] + there[Verdict.moved_and_reworded] == (
        back[Verdict.moved] + back[Verdict.moved_and_reworded]
    )
