"""Places that people can name, and the form that a new clause takes there."""

import pytest
from hypothesis import given, strategies as st

from app.definitions.changes import Add, Form, apply_changes
from app.definitions.places import form_at, place_after
from app.definitions.tree import Kind, Text, Unlawful
from tests.definitions.strategies import texts
from tests.definitions.test_tree import OUTLINE


@pytest.mark.parametrize(
    ("after", "kind", "place"),
    [
        (1, "paragraph", (1, None)),
        (2, "paragraph", (1, 2)),
        (3, "item", (3, None)),
        (3, "heading", (1, 3)),
        (5, "item", (4, 5)),
        (5, "heading", (1, 3)),
        (7, "row", (7, None)),
        (8, "row", (7, 8)),
        (8, "paragraph", (3, 7)),
        (9, "heading", (None, 9)),
    ],
)
def test_after_a_clause_is_a_place(
    after: int, kind: str, place: tuple[int | None, int | None]
) -> None:
    assert place_after(OUTLINE, after, kind) == place


def test_a_heading_takes_the_level_beside_it_and_an_item_the_next_number() -> None:
    assert form_at(OUTLINE, "heading", 1, 3) == Form(Kind.heading, level=2)
    assert form_at(OUTLINE, "heading", 3, None) == Form(Kind.heading, level=3)
    numbered = apply_changes(OUTLINE, [Add(10, "b" * 64, Form(Kind.item, ordinal=4), 3, 4)])
    assert form_at(numbered, "item", 3, 10) == Form(Kind.item, ordinal=5)
    assert form_at(numbered, "note", 3, 10) == Form(Kind.note)


def outcome(text: Text, change: Add) -> str:
    try:
        grown = apply_changes(text, [change])
    except Unlawful as refused:
        return refused.code
    return "added" if len(grown) == len(text) + 1 else "lost"


@given(texts(), st.sampled_from(Kind))
def test_a_clause_can_be_added_after_any_other_or_it_is_said_why_not(
    text: Text, kind: Kind
) -> None:
    for node in text:
        under, after = place_after(text, node.clause, kind)
        change = Add(99, "b" * 64, form_at(text, kind, under, after), under, after)
        assert outcome(text, change) in {
            "added", "words_after_heading", "heading_level", "clause_too_deep",
        }  # fmt: skip
