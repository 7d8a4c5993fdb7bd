"""A text as a tree: its hashes, its laws, its numbers."""

import json

import pytest
from hypothesis import given

from app.definitions.outline import numbers
from app.definitions.tree import (
    Kind,
    Node,
    Unlawful,
    check,
    hash_under,
    nested,
    parent_clauses,
    subtree,
    text_hash,
    wording_hash,
)
from tests.definitions.strategies import texts


def node(clause: int, kind: Kind, depth: int, level: int | None = None) -> Node:
    return Node(clause, kind, depth, "a" * 64, level)


OUTLINE = (
    node(1, Kind.heading, 0, 1),
    node(2, Kind.paragraph, 1),
    node(3, Kind.heading, 1, 2),
    node(4, Kind.item, 2),
    node(5, Kind.item, 3),
    node(6, Kind.paragraph, 3),
    node(7, Kind.row, 2),
    node(8, Kind.row, 3),
    node(9, Kind.heading, 0, 1),
)


def test_a_wording_is_named_by_its_content_alone() -> None:
    assert wording_hash("Use it.") == wording_hash("Use it.")
    assert wording_hash("Use it.") != wording_hash("Use it")
    assert wording_hash("Use it.") != wording_hash("Use it.", {"needs": "code"})
    assert (
        wording_hash("Use it.")
        == "5a7003312897480c3ced7aa079c2738c67bdb0c49aa9691462bfd76b7b7f7674"
    )


def test_a_text_is_named_by_its_tree() -> None:
    assert text_hash(()) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
    assert text_hash(OUTLINE) != text_hash(OUTLINE[:-1])
    assert text_hash(OUTLINE) != text_hash((*OUTLINE[:4], node(5, Kind.item, 2), *OUTLINE[5:]))


def test_children_stand_inside_their_parents() -> None:
    first, last = nested(OUTLINE)
    assert [child["clause"] for child in first["children"]] == [2, 3]
    assert first["children"][1]["children"][0]["children"][1]["clause"] == 6
    assert last["children"] == []
    assert json.dumps(nested(OUTLINE)).count('"clause"') == len(OUTLINE)


def test_numbers_are_paths_of_places() -> None:
    assert list(numbers(OUTLINE).values()) == [
        "1", "1.1", "1.2", "1.2.1", "1.2.1.1", "1.2.1.2", "1.2.2", "1.2.2.1", "2",
    ]  # fmt: skip


def test_a_subtree_is_the_clause_and_all_under_it() -> None:
    assert [each.clause for each in subtree(OUTLINE, 3)] == [3, 4, 5, 6, 7, 8]
    assert [each.clause for each in subtree(OUTLINE, 9)] == [9]
    assert list(subtree(OUTLINE, 99)) == []


def test_what_stands_under_a_clause_is_named_wherever_the_clause_stands() -> None:
    moved = (node(2, Kind.paragraph, 0), node(3, Kind.heading, 0, 1), *(
        node(each.clause, each.kind, each.depth - 1) for each in OUTLINE[3:8]
    ))  # fmt: skip
    assert hash_under(OUTLINE, 3) == hash_under(moved, 3)
    assert hash_under(OUTLINE, 3) != hash_under(OUTLINE[:7], 3)
    assert hash_under(OUTLINE, 9) == text_hash(())


def test_the_outline_may_stand() -> None:
    check(OUTLINE)


@pytest.mark.parametrize(
    ("text", "code", "clause"),
    [
        ([node(1, Kind.item, 1)], "clause_without_parent", 1),
        ([node(1, Kind.item, 0), node(2, Kind.item, 2)], "clause_without_parent", 2),
        ([node(1, Kind.item, 0), node(1, Kind.item, 0)], "clause_twice", 1),
        ([node(1, Kind.item, depth) for depth in range(1)] + [node(2, Kind.heading, 0)],
         "heading_level", 2),
        ([node(1, Kind.paragraph, 0, 2)], "heading_level", 1),
        ([node(1, Kind.heading, 0, 7)], "heading_level", 1),
        ([node(1, Kind.heading, 0, 2), node(2, Kind.heading, 1, 2)], "heading_level", 2),
        ([node(1, Kind.heading, 0, 2), node(2, Kind.heading, 0, 3)], "heading_level", 2),
        ([node(1, Kind.heading, 0, 2), node(2, Kind.paragraph, 0)], "words_after_heading", 2),
        ([node(1, Kind.item, 0), node(2, Kind.heading, 1, 2)], "heading_under_other", 2),
        ([node(1, Kind.paragraph, 0), node(2, Kind.item, 1)], "clause_takes_no_children", 1),
        ([node(1, Kind.note, 0), node(2, Kind.note, 1)], "clause_takes_no_children", 1),
        ([node(1, Kind.row, 0), node(2, Kind.item, 1)], "row_takes_only_rows", 1),
        ([node(1, Kind.row, 0), node(2, Kind.row, 1), node(3, Kind.row, 2)],
         "row_takes_only_rows", 2),
        ([node(clause, Kind.item, clause) for clause in range(30)], "clause_too_deep", 25),
    ],
)  # fmt: skip
def test_it_refuses_a_tree_that_may_not_stand(text: list[Node], code: str, clause: int) -> None:
    with pytest.raises(Unlawful) as refused:
        check(text)
    assert (refused.value.code, refused.value.clause) == (code, clause)


@given(texts())
def test_every_clause_has_one_parent_and_one_number(text: tuple[Node, ...]) -> None:
    check(text)
    assert len(set(numbers(text).values())) == len(text)
    above = parent_clauses(text)
    places = numbers(text)
    for clause, parent in above.items():
        assert places[clause].rpartition(".")[0] == (places[parent] if parent else "")
