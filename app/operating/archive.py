"""A backup as one file: a zip of a file for every table, and of a manifest with their hashes.

A table is JSON lines, one array a row, in the order of its columns. Values are those of JSON, and

- a moment is RFC 3339 in UTC, to the microsecond: ``2026-11-28T12:00:00.000000Z``;
- bytes are Base64;
- JSON is kept as text, character by character, since what is hashed must stay what it was.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1000  # rows that are written together

Row = list[Any]


class Unreadable(Exception):
    """A file is no backup, or not the one that was made; the message says which part."""


@dataclass(frozen=True, slots=True)
class Column:
    """kind: integer, boolean, text, time, json or bytes."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it is kept: how much of it there is, and its hash."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    bytes: int
    sha256: str

    @property
    def file(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. signer: the id of the key that receipts were signed with, if known."""

    release: str
    revision: str
    database: str
    made_at: str
    signer: str
    tables: tuple[Table, ...]

    def json(self) -> str:
        told = {"clausewise_backup": FORMAT, **asdict(self)}
        told["tables"] = [
            {**asdict(one), "columns": {column.name: column.kind for column in one.columns}}
            for one in self.tables
        ]
        return json.dumps(told, indent=1)

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)


class Writer:
    """Writes a backup, table by table; the manifest comes last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5)

    def table(self, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Table:
        """Writes a whole table, as its rows come."""
        digest, size, count = hashlib.sha256(), 0, 0
        kept = Table(name, columns, 0, 0, "")
        with self._zip.open(kept.file, "w", force_zip64=True) as file:
            for lines in _together(rows):
                part = "".join(lines).encode()
                digest.update(part)
                file.write(part)
                size, count = size + len(part), count + len(lines)
        return Table(name, columns, count, size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Writes the manifest, without which the file is no backup."""
        self._zip.writestr(MANIFEST, manifest.json())
        self._zip.close()


class Reader:
    """Reads a backup, and holds each table against the manifest."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = _manifest(json.loads(self._zip.read(MANIFEST)))
        except (
            OSError,
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
        ) as error:
            raise Unreadable("this file is no backup, or only a part of one") from error

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._zip.close()

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table. Raises Unreadable, at the end, unless they are those of its hash."""
        digest, size, count = hashlib.sha256(), 0, 0
        try:
            with self._zip.open(table.file) as file:
                for line in file:
                    digest.update(line)
                    size, count = size + len(line), count + 1
                    yield json.loads(line)
        except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise Unreadable(f"the table {table.name} can't be read") from error
        if (count, size, digest.hexdigest()) != (table.rows, table.bytes, table.sha256):
            raise Unreadable(f"the table {table.name} is not the one that the manifest names")


def _together(rows: Iterable[Row]) -> Iterator[list[str]]:
    """Rows as lines, some at a time."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines: list[str] = []
    for row in rows:
        lines.append(encode(row) + "\n")
        if len(lines) == CHUNK:
            yield lines
            lines = []
    if lines:
        yield lines


def _manifest(told: Mapping[str, Any]) -> Manifest:
    if told["clausewise_backup"] != FORMAT:
        raise ValueError("another format")
    tables = [
        Table(**{**one, "columns": tuple(Column(*pair) for pair in one["columns"].items())})
        for one in told["tables"]
    ]
    rest = {name: told[name] for name in ("release", "revision", "database", "made_at", "signer")}
    return Manifest(**rest, tables=tuple(tables))
