"""Places that people can name: "after this clause"."""

from collections.abc import Mapping, Sequence

from app.definitions.changes import Form
from app.definitions.tree import LEVEL_MAX, Kind, Node, parent_clauses


def place_after(text: Sequence[Node], clause: int, kind: str) -> tuple[int | None, int | None]:
    """Where a clause of this kind goes when it is put after another: (under, after).

    After a heading is first under it, but for a heading, which goes beside it. After the header
    of a table is its first row.
    """
    nodes = {node.clause: node for node in text}
    parents = parent_clauses(text)
    node, parent = nodes[clause], parents[clause]
    if kind == Kind.heading:
        return _place_of_heading(nodes, parents, clause)
    if node.kind is Kind.heading:
        return clause, None
    in_table = parent is not None and nodes[parent].kind is Kind.row
    if kind == Kind.row and node.kind is Kind.row:
        return (parent, clause) if in_table else (clause, None)
    if in_table and parent is not None:
        return parents[parent], parent
    return parent, clause


def _place_of_heading(
    nodes: Mapping[int, Node], parents: Mapping[int, int | None], clause: int
) -> tuple[int | None, int | None]:
    """Beside the heading that the clause stands under, or is."""
    at: int | None = clause
    while at is not None and nodes[at].kind is not Kind.heading:
        clause, at = at, parents[at]
    return (None, clause) if at is None else (parents[at], at)


def form_at(text: Sequence[Node], kind: str, under: int | None, after: int | None) -> Form:
    """How a new clause of this kind stands there: a heading's level, an item's number."""
    nodes = {node.clause: node for node in text}
    beside = nodes.get(after) if after is not None else None
    if kind == Kind.heading:
        above = nodes[under].level if under is not None else 0
        level = beside.level if beside is not None and beside.level else (above or 0) + 1
        return Form(Kind.heading, level=min(max(level, 1), LEVEL_MAX))
    if kind == Kind.item:
        number = beside.ordinal if beside is not None and beside.kind is Kind.item else None
        return Form(Kind.item, ordinal=None if number is None else number + 1)
    return Form(Kind(kind))
