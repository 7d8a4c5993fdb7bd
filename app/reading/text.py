"""A text as it is read: clauses with their places, tables put together, headings as contents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.definitions import outline, tree
from app.definitions.draft import cells
from app.kit.markup import plain, render_inline

INDENT_MAX = 6
LEADS_MAX = 40
LEAD = re.compile(r"\A\s*(?:\*\*|__)(.{1,80}?)[.:]?(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class Row:
    """What the database holds of one clause in one text."""

    clause_id: int
    number: int
    kind: str
    depth: int
    level: int | None
    ordinal: int | None
    wording: str
    markdown: str
    html: str
    steps: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One clause where it stands. ``place`` is its number for people: "3.1".

    rank: of a heading, the h2 to h6 that it is on the page. indent: how many list items it stands
    in, itself included. steps: how many changes brought it to what it says.
    """

    id: int
    number: int
    place: str
    kind: str
    level: int | None
    rank: int
    indent: int
    marker: str
    words: Markup
    cells: tuple[Markup, ...]
    markdown: str
    wording: str
    steps: int

    dom_name = "clause"


@dataclass(frozen=True, slots=True)
class Table:
    """A header row with its body rows, each a clause, all with as many cells."""

    header: Standing
    rows: tuple[Standing, ...]

    kind = "table"

    @property
    def all_rows(self) -> tuple[Standing, ...]:
        return (self.header, *self.rows)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading with all clauses beneath it, or a clause with a lead."""

    number: int
    place: str
    words: str
    depth: int
    clauses: tuple[int, ...]


Part = Standing | Table


@dataclass(frozen=True)
class Reading:
    """A whole text, ready to be read."""

    parts: tuple[Part, ...]
    clauses: tuple[Standing, ...]
    contents: tuple[Entry, ...]

    def above(self, position: int) -> list[Standing]:
        """The headings that the clause at a position stands under, the outermost first."""
        found: list[Standing] = []
        rank = self.clauses[position].rank
        for clause in reversed(self.clauses[:position]):
            if clause.kind == "heading" and clause.rank < rank:
                found.append(clause)
                rank = clause.rank
        return found[::-1]

    def places(self) -> dict[int, str]:
        """Where each clause stands, by its number."""
        return {clause.number: clause.place for clause in self.clauses}


def read(rows: Sequence[Row]) -> Reading:
    """Rows in reading order, as a text to be read."""
    nodes = [
        tree.Node(row.number, tree.Kind(row.kind), row.depth, row.wording, row.level, row.ordinal)
        for row in rows
    ]
    places = outline.numbers(nodes)
    clauses = tuple(_standing(row, places[row.number], above) for row, above in _with_above(rows))
    return Reading(
        parts=tuple(_parts(clauses, rows)),
        clauses=clauses,
        contents=tuple(_contents(clauses, rows)),
    )


def _with_above(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    above: list[Row] = []
    for row in rows:
        del above[row.depth :]
        yield row, above
        above.append(row)


def _standing(row: Row, place: str, above: Sequence[Row]) -> Standing:
    inline = row.kind in ("heading", "row")
    items = sum(one.kind == "item" for one in above) + (row.kind == "item")
    return Standing(
        id=row.clause_id,
        number=row.number,
        place=place,
        kind=row.kind,
        level=row.level,
        rank=min(6, 2 + sum(one.kind == "heading" for one in above)),
        indent=min(INDENT_MAX, items),
        marker="" if row.kind != "item" else f"{row.ordinal}." if row.ordinal else "•",
        words=Markup(render_inline(row.markdown) if inline else row.html),
        cells=tuple(Markup(render_inline(cell)) for cell in cells(row.markdown))
        if row.kind == "row"
        else (),
        markdown=row.markdown,
        wording=row.wording,
        steps=row.steps,
    )


def _parts(clauses: Sequence[Standing], rows: Sequence[Row]) -> Iterator[Part]:
    position = 0
    while position < len(clauses):
        first, depth = clauses[position], rows[position].depth
        position += 1
        if first.kind != "row":
            yield first
            continue
        body: list[Standing] = []
        while position < len(clauses) and rows[position].depth > depth:
            body.append(clauses[position])
            position += 1
        yield Table(first, tuple(body))


def _contents(clauses: Sequence[Standing], rows: Sequence[Row]) -> Iterator[Entry]:
    """Headings; and, where they are few, the clauses that begin with a few bold words."""
    leads = {c.number: found[1] for c in clauses if (found := _lead(c))}
    headings = sum(clause.kind == "heading" for clause in clauses)
    if headings + len(leads) > LEADS_MAX:
        leads = {}
    for position, clause in enumerate(clauses):
        words = plain(clause.markdown) if clause.kind == "heading" else leads.get(clause.number)
        if not words:
            continue
        beneath = [clause.id]
        for later in range(position + 1, len(clauses)):
            if rows[later].depth <= rows[position].depth:
                break
            beneath.append(clauses[later].id)
        yield Entry(
            clause.number, clause.place, words, min(3, rows[position].depth), tuple(beneath)
        )


def _lead(clause: Standing) -> "re.Match[str] | None":
    return LEAD.match(clause.markdown) if clause.kind in ("paragraph", "item") else None
