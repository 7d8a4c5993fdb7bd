"""Carrying a proposal over to a newer text: clean, merged, or a clash that names its clause."""

from collections.abc import Sequence

from hypothesis import given, strategies as st

from app.definitions.changes import apply_changes
from app.definitions.tree import Kind, Node, Text, wording_hash
from app.proposals.merge import Span
from app.proposals.rebase import Clash, Rebased, rebase
from app.proposals.steps import Place, Step, form_at, with_all_under

WORDS: dict[str, str] = {}


def worded(markdown: str) -> str:
    WORDS[wording_hash(markdown)] = markdown
    return wording_hash(markdown)


def node(clause: int, kind: str, depth: int, markdown: str, level: int | None = None) -> Node:
    return Node(clause, Kind(kind), depth, worded(markdown), level)


TEXT: Text = (
    node(1, "heading", 0, "Open Source AI", 1),
    node(2, "paragraph", 1, "A system may be used for any purpose."),
    node(3, "heading", 1, "Data", 2),
    node(4, "paragraph", 2, "Enough is said about the data to build the system again."),
    node(5, "item", 2, "Where each data set came from"),
    node(6, "item", 3, "By name"),
    node(7, "item", 2, "How it was labelled"),
)


def reworded(text: Sequence[Node], clause: int, markdown: str) -> Text:
    return tuple(
        Node(n.clause, n.kind, n.depth, worded(markdown), n.level) if n.clause == clause else n
        for n in text
    )


def without(text: Sequence[Node], *clauses: int) -> Text:
    return tuple(n for n in text if n.clause not in clauses)


def carried(
    *steps: Step, base: Sequence[Node] = TEXT, current: Sequence[Node] = TEXT
) -> Rebased | tuple[Clash, ...]:
    return rebase(steps, base, current, WORDS, next_clause=8)


def outline(result: Rebased | tuple[Clash, ...]) -> list[tuple[int, int]]:
    assert isinstance(result, Rebased), result
    return [(n.clause, n.depth) for n in result.text]


def said(result: Rebased | tuple[Clash, ...], clause: int) -> str:
    assert isinstance(result, Rebased), result
    [name] = [n.wording for n in result.text if n.clause == clause]
    return result.words.get(name) or WORDS[name]


def test_on_the_text_it_was_written_against_nothing_is_merged():
    result = carried(Step("reword", 4, "All is said."), Step("strike", 7))
    assert isinstance(result, Rebased)
    assert not result.merged
    assert said(result, 4) == "All is said."
    assert 7 not in [n.clause for n in result.text]
    assert apply_changes(TEXT, result.changes) == result.text


def test_a_change_elsewhere_does_not_matter():
    current = reworded(TEXT, 2, "A system may be used, studied and shared.")
    result = carried(Step("reword", 4, "All is said."), current=current)
    assert isinstance(result, Rebased)
    assert not result.merged


def test_both_rewordings_of_a_clause_are_merged_where_they_do_not_touch():
    current = reworded(TEXT, 4, "Enough is said about the data to build the whole system again.")
    step = Step("reword", 4, "Enough is published about the data to build the system again.")
    result = carried(step, current=current)
    assert isinstance(result, Rebased)
    assert result.merged
    assert said(result, 4) == (
        "Enough is published about the data to build the whole system again."
    )


def test_both_rewordings_of_the_same_words_clash():
    current = reworded(TEXT, 4, "Enough is written about the data to build the system again.")
    step = Step("reword", 4, "Enough is published about the data to build the system again.")
    assert carried(step, current=current) == (
        Clash(4, "words", (Span(" said", " published", " written"),)),
    )


def test_what_was_proposed_for_a_paragraph_cannot_become_a_heading_unread():
    step = Step("reword", 4, "Enough is said.\nAll of it.")
    text = (*TEXT[:3], node(4, "heading", 2, WORDS[TEXT[3].wording], 3), *TEXT[4:])
    assert isinstance(carried(step), Rebased)
    assert carried(step, current=text) == (Clash(4, "cannot_stand"),)


def test_what_was_proposed_and_stands_already_needs_no_change():
    current = reworded(TEXT, 4, "All is said.")
    result = carried(Step("reword", 4, "All is said."), current=current)
    assert isinstance(result, Rebased)
    assert result.changes == ()


def test_a_clause_that_was_struck_cannot_be_reworded_or_moved():
    current = without(TEXT, 7)
    assert carried(Step("reword", 7, "How"), current=current) == (Clash(7, "struck"),)
    move = Step("move", 7, place=Place(after=2))
    assert carried(move, current=current) == (Clash(7, "struck"),)


def test_a_clause_that_was_struck_need_not_be_struck_again():
    result = carried(Step("strike", 7), current=without(TEXT, 7))
    assert isinstance(result, Rebased)
    assert result.changes == ()


def test_words_that_nobody_saw_are_not_struck():
    current = reworded(TEXT, 7, "How it was labelled, and by whom")
    assert carried(Step("strike", 7), current=current) == (Clash(7, "reworded"),)


def test_a_clause_added_under_a_struck_one_is_not_struck_with_it():
    current = (*TEXT[:6], node(9, "item", 3, "And by address"), *TEXT[6:])
    steps = with_all_under([Step("strike", 5)], TEXT)
    [clash] = rebase(steps, TEXT, current, WORDS, next_clause=10)  # type: ignore[misc]
    assert clash == Clash(5, "cannot_stand", code="clause_has_children")


def test_striking_a_clause_strikes_all_that_stands_under_it_by_name():
    assert with_all_under([Step("strike", 3)], TEXT) == [
        Step("strike", number) for number in (3, 4, 5, 6, 7)
    ]


def test_what_is_moved_away_is_not_struck():
    steps = with_all_under([Step("strike", 3), Step("move", 5, place=Place(after=2))], TEXT)
    assert {step.clause for step in steps if step.verb == "strike"} == {3, 4, 7}
    assert outline(carried(*steps)) == [(1, 0), (2, 1), (5, 1), (6, 2)]


def test_a_place_that_is_gone_is_a_clash():
    step = Step("add", markdown="New", kind=Kind.item, place=Place(after=7))
    assert carried(step, current=without(TEXT, 7)) == (Clash(7, "place_gone"),)


def test_a_clause_that_was_moved_to_another_parent_meanwhile_is_not_moved_again():
    current = (*TEXT[:3], node(2, "paragraph", 2, WORDS[TEXT[1].wording]), *TEXT[3:])
    current = (current[0], *current[2:])
    assert carried(Step("move", 2, place=Place(under=3)), current=current) == (Clash(2, "moved"),)


def test_clauses_added_at_one_place_stand_in_the_order_of_the_proposal():
    place = Place(after=4)
    steps = [Step("add", markdown=words, kind=Kind.item, place=place) for words in "abc"]
    assert outline(carried(*steps))[3:8] == [(4, 2), (8, 2), (9, 2), (10, 2), (5, 2)]


def test_after_a_clause_means_after_all_that_stands_under_it():
    step = Step("add", markdown="New", kind=Kind.item, place=Place(after=5))
    assert outline(carried(step))[-4:] == [(5, 2), (6, 3), (8, 2), (7, 2)]


def test_a_clause_can_be_replaced_where_it_stood():
    add = Step("add", markdown="New", kind=Kind.item, place=Place(after=7))
    assert outline(carried(Step("strike", 7), add))[-2:] == [(6, 3), (8, 2)]


def test_a_clause_takes_all_that_stands_under_it_along():
    step = Step("move", 5, place=Place(after=7))
    assert outline(carried(step))[-3:] == [(7, 2), (5, 2), (6, 3)]


def test_at_the_very_beginning():
    step = Step("add", markdown="Preamble", kind=Kind.paragraph, place=Place())
    assert outline(carried(step))[0] == (8, 0)


def test_words_cannot_stand_after_a_heading_with_its_section():
    step = Step("add", markdown="Words", kind=Kind.paragraph, place=Place(after=3))
    [clash] = carried(step)  # type: ignore[misc]
    assert clash.why == "cannot_stand"
    assert clash.code == "words_after_heading"


def test_a_new_clause_takes_the_form_that_fits_its_place():
    ordered = tuple(
        Node(n.clause, n.kind, n.depth, n.wording, n.level, number)
        for number, n in enumerate(TEXT, 1)
        if n.kind is Kind.item
    )
    text = (*TEXT[:4], *ordered)
    assert form_at(TEXT, Kind.heading, Place(after=3)).level == 2
    assert form_at(TEXT, Kind.heading, Place(under=3)).level == 3
    assert form_at(TEXT, Kind.heading, Place()).level == 1
    assert form_at(text, Kind.item, Place(after=5)).ordinal == 6
    assert form_at(TEXT, Kind.item, Place(after=5)).ordinal is None


VERBS = st.sampled_from(["reword", "strike", "move", "add"])


@given(st.lists(st.tuples(VERBS, st.integers(1, 7), st.integers(1, 7), st.booleans()), max_size=5))
def test_whatever_is_carried_is_the_same_text_again(
    wishes: list[tuple[str, int, int, bool]],
) -> None:
    """A proposal carried over to a text that has not moved makes what its changes make."""
    steps = []
    for verb, clause, anchor, inside in wishes:
        place = Place(under=anchor) if inside else Place(after=anchor)
        if verb == "reword":
            steps.append(Step("reword", clause, "Other words"))
        elif verb == "strike":
            steps.append(Step("strike", clause))
        elif verb == "move":
            steps.append(Step("move", clause, place=place))
        else:
            steps.append(Step("add", markdown="New", kind=Kind.item, place=place))
    result = carried(*with_all_under(steps, TEXT))
    if isinstance(result, Rebased):
        assert apply_changes(TEXT, result.changes) == result.text
        assert not result.merged
    else:
        assert result
        assert all(clash.clause in range(1, 8) for clash in result)
