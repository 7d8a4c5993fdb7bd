"""Changes: the steps that lead from one text to the next.

`apply_changes` takes the steps, `steps_between` finds them; each undoes the other's question:
`apply_changes(a, steps_between(a, b)) == b` for all texts that may stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.definitions.tree import (
    LEVEL_MAX,
    Kind,
    Node,
    Text,
    Unlawful,
    check,
    parent_clauses,
    subtree,
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a clause stands: its kind, a heading's level, an ordered item's number."""

    kind: Kind
    level: int | None = None
    ordinal: int | None = None

    @classmethod
    def of(cls, node: Node) -> Form:
        return cls(node.kind, node.level, node.ordinal)


@dataclass(frozen=True, slots=True)
class Reword:
    clause: int
    wording: str


@dataclass(frozen=True, slots=True)
class Add:
    """A clause that did not stand: under a clause (or at the top), after a sibling (or first)."""

    clause: int
    wording: str
    form: Form
    under: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Strike:
    """A clause goes. It is refused while other clauses stand under it, so that nobody strikes
    words that the change does not name: `strikes` names them all."""

    clause: int


@dataclass(frozen=True, slots=True)
class Move:
    """A clause goes elsewhere with all that stands under it; a form, if given, is its new one."""

    clause: int
    under: int | None = None
    after: int | None = None
    form: Form | None = None


Change = Reword | Add | Strike | Move


def strikes(text: Sequence[Node], clause: int) -> list[Strike]:
    """What strikes a clause and everything under it: the innermost first."""
    return [Strike(node.clause) for node in reversed(list(subtree(text, clause)))]


def apply_changes(text: Sequence[Node], changes: Sequence[Change]) -> Text:
    """The text after the changes, taken in order.

    A heading that was moved or added takes a level that fits where it now stands. Raises
    Unlawful, naming the clause, when a change cannot be made or the result may not stand.
    """
    tree = _Tree(text)
    for change in changes:
        match change:
            case Reword(clause, wording):
                tree.nodes[clause] = replace(tree.standing(clause), wording=wording)
            case Add(clause, wording, form, under, after):
                tree.add(
                    Node(clause, form.kind, 0, wording, form.level, form.ordinal), under, after
                )
            case Strike(clause):
                tree.strike(clause)
            case Move(clause, under, after, form):
                tree.move(clause, under, after, form)
    result = tuple(tree.flat())
    check(result)
    return result


class _Tree:
    """A text while it is being changed."""

    def __init__(self, text: Sequence[Node]) -> None:
        self.nodes = {node.clause: node for node in text}
        self.parent = parent_clauses(text)
        self.children: dict[int | None, list[int]] = {}
        for node in text:
            self.children.setdefault(self.parent[node.clause], []).append(node.clause)

    def standing(self, clause: int) -> Node:
        if clause not in self.nodes:
            raise Unlawful("clause_not_standing", clause)
        return self.nodes[clause]

    def add(self, node: Node, under: int | None, after: int | None) -> None:
        if node.clause in self.nodes:
            raise Unlawful("clause_twice", node.clause)
        self._insert(node.clause, under, after)
        self.nodes[node.clause] = node

    def strike(self, clause: int) -> None:
        self.standing(clause)
        if self.children.get(clause):
            raise Unlawful("clause_has_children", clause)
        self._lift(clause)
        del self.nodes[clause]

    def move(self, clause: int, under: int | None, after: int | None, form: Form | None) -> None:
        node = self.standing(clause)
        above = under
        while above is not None:
            if above == clause:
                raise Unlawful("clause_under_itself", clause)
            above = self.parent.get(above)
        if after == clause:
            raise Unlawful("clause_under_itself", clause)
        self._lift(clause)
        self._insert(clause, under, after)
        if form is not None:
            self.nodes[clause] = replace(
                node, kind=form.kind, level=form.level, ordinal=form.ordinal
            )

    def flat(self) -> Iterator[Node]:
        """Reading order, with depths counted anew and the levels of headings made to fit."""
        stack: list[tuple[int, int, int]] = []
        fitted: dict[int | None, int] = {}

        def push(under: int | None, depth: int, level: int) -> None:
            stack.extend(
                (clause, depth, level) for clause in reversed(self.children.get(under, []))
            )

        push(None, 0, 0)
        while stack:
            clause, depth, level_above = stack.pop()
            node = replace(self.nodes[clause], depth=depth)
            if node.kind is Kind.heading and node.level is not None:
                parent = self.parent[clause]
                level = min(max(node.level, level_above + 1), fitted.get(parent, LEVEL_MAX))
                fitted[parent] = level
                node = replace(node, level=level)
            yield node
            push(clause, depth + 1, node.level or level_above)

    def _insert(self, clause: int, under: int | None, after: int | None) -> None:
        if under is not None:
            self.standing(under)
        siblings = self.children.setdefault(under, [])
        if after is None:
            place = 0
        elif self.parent.get(after, ...) == under and after in self.nodes:
            place = siblings.index(after) + 1
        else:
            raise Unlawful("sibling_not_standing", after)
        siblings.insert(place, clause)
        self.parent[clause] = under

    def _lift(self, clause: int) -> None:
        self.children[self.parent[clause]].remove(clause)
        del self.parent[clause]


def steps_between(before: Sequence[Node], after: Sequence[Node]) -> list[Change]:
    """The fewest changes that lead from one text to the other, clauses matched by number.

    1. Walk the new text in reading order: whatever is not where it belongs is added or moved
       behind its sibling, so that everything above it already stands where it will stay.
    2. Then strike what is left over, the innermost first.
    """
    old = {node.clause: node for node in before}
    new_clauses = {node.clause for node in after}
    parent = parent_clauses(after)
    staying = _staying(before, after)
    last: dict[int | None, int] = {}
    changes: list[Change] = []
    for node in after:
        under = parent[node.clause]
        sibling = last.get(under)
        last[under] = node.clause
        was = old.get(node.clause)
        if was is None:
            changes.append(Add(node.clause, node.wording, Form.of(node), under, sibling))
            continue
        reformed = Form.of(was) != Form.of(node)
        if node.clause not in staying or reformed:
            form = Form.of(node) if reformed else None
            changes.append(Move(node.clause, under, sibling, form))
        if was.wording != node.wording:
            changes.append(Reword(node.clause, node.wording))
    gone = [node.clause for node in before if node.clause not in new_clauses]
    return changes + [Strike(clause) for clause in reversed(gone)]


def _staying(before: Sequence[Node], after: Sequence[Node]) -> set[int]:
    """The clauses that need no move: same parent, and in order among their siblings."""
    parent_before, parent_after = parent_clauses(before), parent_clauses(after)
    place = {node.clause: position for position, node in enumerate(before)}
    families: dict[int | None, list[int]] = {}
    for node in after:
        clause = node.clause
        if clause in place and parent_before[clause] == parent_after[clause]:
            families.setdefault(parent_after[clause], []).append(clause)
    return {clause for family in families.values() for clause in longest_rising(family, place)}


def longest_rising(clauses: Sequence[int], place: dict[int, int]) -> list[int]:
    """The longest run of clauses, not needing to touch, whose places rise (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, clause in enumerate(clauses):
        pile = bisect_left(tails, place[clause])
        back.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [place[clause]]
        ends[pile : pile + 1] = [index]
    found: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(clauses[index])
        index = back[index]
    return found[::-1]
