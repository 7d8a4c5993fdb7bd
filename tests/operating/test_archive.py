"""The file of a backup: what goes in comes out, and what was altered is noticed."""

import io
import json
import zipfile
from typing import IO, Any, cast

import pytest

from app.operating.archive import Column, Manifest, Reader, Unreadable, Writer

COLUMNS = (Column("id", "integer"), Column("words", "text"), Column("at", "time"))
ROWS: list[list[Any]] = [
    [1, "„Ça va?“\nشكرا \u2028", "2026-11-28T12:00:00.000000Z"],
    [2, None, None],
    [3, "", None],
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "backup.zip"
    with path.open("wb") as file:
        writer = Writer(file)
        kept = (writer.table("words", COLUMNS, ROWS), writer.table("none", COLUMNS, []))
        writer.finish(Manifest("0.2.0", "0009", "sqlite", "2026-11-28T12:00:00.000000Z", "", kept))
    return path


def altered(path, name, change):
    """The same file, but for one part of it."""
    with zipfile.ZipFile(path) as before:
        parts = {one: before.read(one) for one in before.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w") as after:
        for one, content in parts.items():
            if content is not None:
                after.writestr(one, content)
    return path


def test_what_goes_in_comes_out(path):
    with Reader(path) as reader:
        words, none = reader.manifest.tables
        assert (words.rows, none.rows) == (3, 0)
        assert reader.manifest.rows == 3
        assert list(reader.rows(words)) == ROWS
        assert list(reader.rows(none)) == []
        assert words.columns == COLUMNS


def test_it_can_be_read_without_us(path):
    with zipfile.ZipFile(path) as kept:
        manifest = json.loads(kept.read("manifest.json"))
        assert manifest["clausewise_backup"] == 1
        assert manifest["tables"][0]["columns"] == {"id": "integer", "words": "text", "at": "time"}
        lines = kept.read("tables/words.jsonl").decode().split("\n")
    assert [json.loads(line) for line in lines if line] == ROWS


def test_it_can_be_written_where_nobody_can_go_back():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.written = io.BytesIO()

        def writable(self):
            return True

        def write(self, part):
            return self.written.write(part)

    pipe = Pipe()
    writer = Writer(cast(IO[bytes], pipe))
    writer.finish(Manifest("", "", "", "", "", (writer.table("words", COLUMNS, ROWS),)))
    assert zipfile.ZipFile(pipe.written).testzip() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines.replace(b"1", b"7", 1),
        lambda lines: lines + b"[4,null,null]\n",
        lambda lines: b"".join(lines.splitlines(keepends=True)[:2]),
        lambda lines: b"\xff not JSON\n",
        lambda lines: None,
    ],
    ids=["a value", "one more", "one less", "no JSON", "gone"],
)
def test_a_table_that_was_altered_is_noticed(path, change):
    path = altered(path, "tables/words.jsonl", change)
    with Reader(path) as reader, pytest.raises(Unreadable, match="the table words"):
        list(reader.rows(reader.manifest.tables[0]))


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        lambda _: b"{}",
        lambda _: b"[1]",
        lambda told: told.replace(b'"clausewise_backup": 1', b'"clausewise_backup": 2'),
        lambda told: told.replace(b'"columns": {', b'"columns": 1, "other": {', 1),
    ],
    ids=["gone", "empty", "a list", "another format", "no columns"],
)
def test_without_its_manifest_it_is_no_backup(path, change):
    with pytest.raises(Unreadable, match="no backup"):
        Reader(altered(path, "manifest.json", change))


def test_half_a_file_is_no_backup(path):
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Unreadable, match="no backup"):
        Reader(path)


@pytest.mark.parametrize("place", [7, 20])
def test_a_flipped_bit_is_noticed(path, place):
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as kept:
        header = kept.getinfo("tables/words.jsonl").header_offset
    name, extra = whole[header + 26], whole[header + 28]
    whole[header + 30 + name + extra + place] ^= 1
    path.write_bytes(whole)
    with Reader(path) as reader, pytest.raises(Unreadable):
        list(reader.rows(reader.manifest.tables[0]))
