"""Two texts compared by the identity of their clauses.

A clause has moved when it stands under another clause than before, or among its siblings in
another order; of the orders that explain the new one, the fewest clauses move. Two things are
not called moves: to be carried along by a parent that moved, and to stand under a heading that
came or went around the clause. A struck clause stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.definitions.changes import longest_rising
from app.definitions.outline import numbers
from app.definitions.tree import Node, parent_clauses


class Verdict(StrEnum):
    """What became of a clause from one text to the other."""

    unchanged = "unchanged"
    reworded = "reworded"
    moved = "moved"
    moved_and_reworded = "moved_and_reworded"
    added = "added"
    struck = "struck"


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of either text. `before` is None for an added clause, `after` for a struck one;
    the numbers are those of the outlines. `reshaped`: its kind or a heading's level changed.
    `split_from`: of an added clause, the one that its words came out of, and `split_number` where
    that stood, or stands."""

    clause: int
    verdict: Verdict
    before: Node | None
    after: Node | None
    number_before: str = ""
    number_after: str = ""
    reshaped: bool = False
    split_from: int | None = None
    split_number: str = ""

    @property
    def node(self) -> Node:
        """Where it stands, or stood."""
        node = self.after or self.before
        if node is None:
            raise ValueError("a row is of a clause that stands in one of the texts")
        return node

    @property
    def number(self) -> str:
        return self.number_after or self.number_before

    @property
    def moved(self) -> bool:
        return self.verdict in (Verdict.moved, Verdict.moved_and_reworded)

    @property
    def reworded(self) -> bool:
        return self.verdict in (Verdict.reworded, Verdict.moved_and_reworded)

    @property
    def changed(self) -> bool:
        return self.verdict is not Verdict.unchanged or self.reshaped


@dataclass(frozen=True, slots=True)
class Comparison:
    """All clauses of both texts, in the order in which one reads them."""

    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many clauses met with each verdict."""
        found = dict.fromkeys(Verdict, 0)
        for row in self.rows:
            found[row.verdict] += 1
        return found

    @property
    def split_off(self) -> int:
        """How many of the added clauses were split off another."""
        return sum(row.split_from is not None for row in self.rows)

    @property
    def changed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.changed)


def compare(
    before: Sequence[Node], after: Sequence[Node], splits: Mapping[int, int] | None = None
) -> Comparison:
    """What became of every clause. splits: of clauses that came on the way, those they came of."""
    old = {node.clause: node for node in before}
    moved = moves(before, after)
    number_before, number_after = numbers(before), numbers(after)

    def row(clause: int, was: Node | None, now: Node | None) -> Row:
        source = (splits or {}).get(clause) if was is None else None
        return Row(
            clause,
            _verdict(was, now, clause in moved),
            was,
            now,
            number_before.get(clause, ""),
            number_after.get(clause, ""),
            was is not None and now is not None and (was.kind, was.level) != (now.kind, now.level),
            source,
            (number_before.get(source) or number_after.get(source, "")) if source else "",
        )

    struck = _struck_after(before, {node.clause for node in after} - moved)
    standing = {node.clause for node in after}
    rows: list[Row] = []

    def put_struck(anchor: int | None) -> None:
        rows.extend(
            row(node.clause, node, None)
            for node in struck.get(anchor, [])
            if node.clause not in standing
        )

    put_struck(None)
    for node in after:
        rows.append(row(node.clause, old.get(node.clause), node))
        put_struck(node.clause)
    return Comparison(tuple(rows))


def moves(before: Sequence[Node], after: Sequence[Node]) -> set[int]:
    """The clauses that moved: the fewest that explain the new order."""
    common = {node.clause for node in before} & {node.clause for node in after}
    home_before, home_after = _homes(before, common), _homes(after, common)
    moved = {clause for clause in common if home_before[clause] != home_after[clause]}
    place = {node.clause: position for position, node in enumerate(before)}
    families: dict[int | None, list[int]] = {}
    for node in after:
        if node.clause in common and node.clause not in moved:
            families.setdefault(home_after[node.clause], []).append(node.clause)
    for family in families.values():
        moved |= set(family) - set(longest_rising(family, place))
    return moved


def _homes(text: Sequence[Node], common: set[int]) -> dict[int, int | None]:
    """For each clause, the nearest clause above it that stands in both texts."""
    parents = parent_clauses(text)
    homes: dict[int, int | None] = {}
    for node in text:
        parent = parents[node.clause]
        homes[node.clause] = parent if parent is None or parent in common else homes[parent]
    return homes


def _struck_after(before: Sequence[Node], in_place: set[int]) -> dict[int | None, list[Node]]:
    """Clauses by the last one before them that stayed in place."""
    found: dict[int | None, list[Node]] = {}
    anchor: int | None = None
    for node in before:
        if node.clause in in_place:
            anchor = node.clause
        else:
            found.setdefault(anchor, []).append(node)
    return found


def _verdict(was: Node | None, now: Node | None, moved: bool) -> Verdict:
    if was is None:
        return Verdict.added
    if now is None:
        return Verdict.struck
    if was.wording != now.wording:
        return Verdict.moved_and_reworded if moved else Verdict.reworded
    return Verdict.moved if moved else Verdict.unchanged


def folded(rows: Sequence[Row], context: int = 0) -> Iterator[Row | int]:
    """Only what changed: rows, and in place of those left out how many they are.

    Headings above a change stay, so that one sees where it stands; so do `context` rows around.
    """
    keep: set[int] = set()
    above: list[int] = []
    for position, row in enumerate(rows):
        while above and rows[above[-1]].node.depth >= row.node.depth:
            above.pop()
        if row.changed:
            keep.update(above, range(position - context, position + context + 1))
        if row.after is not None:
            above.append(position)
    skipped = 0
    for position, row in enumerate(rows):
        if position not in keep:
            skipped += 1
            continue
        if skipped:
            yield skipped
            skipped = 0
        yield row
    if skipped:
        yield skipped
