"""Clauses in reading order, put together as a page needs them: sections, lists, tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.definitions.draft import cells
from app.exports.copies import CopiedClause
from app.kit.markup import render_inline


@dataclass(frozen=True, slots=True)
class Single:
    """A heading, paragraph, note or list item, with all that stands beneath it.

    rank: of a heading, one more than the headings above it, so that no rank is ever skipped.
    """

    clause: CopiedClause
    parts: tuple["Part", ...]
    rank: int | None = None

    @property
    def shape(self) -> str:
        return "words" if self.rank is None else "heading"

    @property
    def html(self) -> str:
        """Its words: of a heading on one line, of all else as they were rendered once."""
        return self.clause.html if self.rank is None else render_inline(self.clause.markdown)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items that follow one another; `start` is the first number of an ordered list."""

    shape: ClassVar[str] = "list"

    items: tuple[Single, ...]
    start: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row."""

    markdown: str

    @property
    def html(self) -> str:
        return render_inline(self.markdown)


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and all that stands beneath it, a row each: no word is left out."""

    shape: ClassVar[str] = "table"

    header: CopiedClause
    rows: tuple[CopiedClause, ...]

    @property
    def lines(self) -> list[tuple[CopiedClause, list[Cell]]]:
        """Every row, the header first, with its cells, as many in each."""
        split = [(row, cells(row.markdown)) for row in (self.header, *self.rows)]
        columns = max(len(own) for _, own in split)
        return [
            (row, [Cell(cell) for cell in own + [""] * (columns - len(own))]) for row, own in split
        ]


Part = Single | Listing | Table


def arrange(clauses: Sequence[CopiedClause]) -> tuple[Part, ...]:
    """The parts of a text, outermost first. Depths that skip a step are taken as one step."""
    return _parts(clauses, headings=0)


def _parts(clauses: Sequence[CopiedClause], headings: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    for first, beneath in _families(clauses):
        if first.kind == "row":
            parts.append(Table(first, tuple(beneath)))
        elif first.kind == "heading":
            parts.append(Single(first, _parts(beneath, headings + 1), headings + 1))
        elif first.kind == "item":
            _add_item(parts, Single(first, _parts(beneath, headings)))
        else:
            parts.append(Single(first, _parts(beneath, headings)))
    return tuple(parts)


def _families(
    clauses: Sequence[CopiedClause],
) -> Iterator[tuple[CopiedClause, Sequence[CopiedClause]]]:
    """Each outermost clause with those beneath it."""
    start = 0
    for end in range(1, len(clauses) + 1):
        if end == len(clauses) or clauses[end].depth <= clauses[start].depth:
            yield clauses[start], clauses[start + 1 : end]
            start = end


def _add_item(parts: list[Part], item: Single) -> None:
    """Puts an item into the list before it, if it goes on there; numbers that fall start anew."""
    ordinal = item.clause.ordinal
    before = parts[-1] if parts else None
    if isinstance(before, Listing):
        last = before.items[-1].clause.ordinal
        if (ordinal is None and last is None) or (
            ordinal is not None and last is not None and ordinal > last
        ):
            parts[-1] = Listing((*before.items, item), before.start)
            return
    parts.append(Listing((item,), ordinal))
