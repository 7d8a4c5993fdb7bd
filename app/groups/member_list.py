"""Lists of people as spreadsheets and mail programs give them: read, and written. Pure.

A list has a row a person: name, address, role, category, affiliation. A header names its columns in
any order; without one they stand in that order, and the column of addresses is found. Columns are
apart by comma, semicolon, tab or bar.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

COLUMNS = ("name", "email", "role", "category", "affiliation")
DELIMITERS = (",", ";", "\t", "|")
HEADERS = {
    "name": {"name", "full name", "person", "member", "who"},
    "email": {"email", "e-mail", "mail", "email address", "e-mail address", "address"},
    "role": {"role", "as"},
    "category": {"category", "stakeholder category", "stakeholder", "speaks for", "for"},
    "affiliation": {"affiliation", "organisation", "organization", "company", "works at", "where"},
}
LOOKED_AT = 40  # rows that tell which character is between columns
csv.field_size_limit(1_000_000)  # a quote that is never closed takes all that follows into one cell

_MAILBOX = re.compile(r'^\s*"?([^"<>]*?)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a list, as it was typed. number: counted from 1, the header left out."""

    number: int
    name: str = ""
    email: str = ""
    role: str = ""
    category: str = ""
    affiliation: str = ""

    def cells(self) -> list[str]:
        return [self.name, self.email, self.role, self.category, self.affiliation]


def decoded(data: bytes) -> str | None:
    """The text of a file as programs write it; None where it is no text (a workbook, a picture)."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8"),
        (b"", "cp1252"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\x00" in text else text
    return None


def as_typed(text: str) -> str:
    """A text as it comes back from a text area: lines end in one way, none is empty at the ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def read_list(text: str) -> list[Row]:
    """The rows of a list; empty ones are left out."""
    lines = _lines(as_typed(text))
    if not lines:
        return []
    columns = _header(lines[0])
    if columns is not None:
        lines = lines[1:]
    else:
        columns = _columns_without_header(lines)
        last = len(COLUMNS) - 1
        lines = [[*line[:last], ", ".join(filter(None, line[last:]))] for line in lines]
    return [
        _row(number, dict(zip(columns, line, strict=False))) for number, line in enumerate(lines, 1)
    ]


def write_list(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """The same as CSV (RFC 4180), with a header; no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue()


def safe_cell(cell: str) -> str:
    """What a spreadsheet would run stands behind an apostrophe, which makes it text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def with_edits(rows: Sequence[Row], edits: Iterable[Row]) -> list[Row]:
    """The rows, with those that were typed anew by their numbers; who was emptied is gone."""
    anew = {row.number: row for row in edits}
    mended = [anew.get(row.number, row) for row in rows]
    return [row for row in mended if row.number not in anew or row.name or row.email]


def _lines(text: str) -> list[list[str]]:
    """Cells by line, apart by the character that gives most lines the same number of them."""
    found = (0, _cut(text, DELIMITERS[0]))
    for delimiter in DELIMITERS:
        lines = _cut(text, delimiter)
        widths = [len(line) for line in lines[:LOOKED_AT]]
        fits = max((widths.count(width) for width in set(widths) if width > 1), default=0)
        if fits > found[0]:
            found = (fits, lines)
    return found[1]


def _cut(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    lines = [[_cell(cell) for cell in line] for line in reader]
    return [line for line in lines if any(line)]


def _cell(cell: str) -> str:
    """On one line, without what ``safe_cell`` put before it."""
    cell = " ".join(cell.split())
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _header(line: list[str]) -> list[str] | None:
    """Which column is what, by their names; None where the first line names none of them."""
    columns = []
    for cell in line:
        word = cell.casefold().replace("_", " ")
        columns.append(next((name for name, words in HEADERS.items() if word in words), ""))
    return columns if "email" in columns else None


def _columns_without_header(lines: list[list[str]]) -> list[str]:
    """The order of ``COLUMNS``, with that of addresses where the addresses are."""
    width = max(len(line) for line in lines)
    addresses = [
        sum(1 for line in lines if place < len(line) and "@" in line[place])
        for place in range(width)
    ]
    here = addresses.index(max(addresses)) if any(addresses) else min(1, width - 1)
    others = [name for name in COLUMNS if name != "email"]
    return [*others[:here], "email", *others[here:]]


def _row(number: int, cells: dict[str, str]) -> Row:
    row = Row(number, **{name: cell for name, cell in cells.items() if name in COLUMNS})
    if found := _MAILBOX.match(row.email):  # Sam Okoro <sam@example.org>
        return replace(row, name=row.name or found[1].strip(), email=found[2])
    return row
