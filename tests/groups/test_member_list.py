"""Lists of people as spreadsheets give them: what is read, and that what is written is no formula."""

import csv
import io

import pytest
from hypothesis import given, strategies as st

from app.groups.member_list import (
    Row,
    as_typed,
    decoded,
    read_list,
    safe_cell,
    with_edits,
    write_list,
)

SAM = Row(1, "Sam Okoro", "sam@example.org", "member", "deployers", "Rivermouth Hospital")


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_are_apart_by_what_the_program_puts_there(between, end):
    lines = [SAM.cells(), ["Eli", "eli@example.org", "observer", "", ""]]
    rows = read_list(end.join(between.join(line) for line in lines))
    assert rows == [SAM, Row(2, "Eli", "eli@example.org", "observer")]


def test_a_header_names_columns_in_any_order_and_others_are_left_out():
    text = "\ufeffE-Mail;Speaks for;Phone;Organisation;Full name\nsam@x.org;users;1;Acme;Sam"
    assert read_list(text) == [Row(1, "Sam", "sam@x.org", "", "users", "Acme")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("sam@x.org", Row(1, "", "sam@x.org")),
        ("sam@x.org,Sam", Row(1, "Sam", "sam@x.org")),
        ("Sam,sam@x.org", Row(1, "Sam", "sam@x.org")),
        ("Sam,sam@x.org,member,,Acme, Inc", Row(1, "Sam", "sam@x.org", "member", "", "Acme, Inc")),
        ("Sam Okoro <sam@x.org>", Row(1, "Sam Okoro", "sam@x.org")),
        ('"Okoro, Sam" <sam@x.org>', Row(1, "Okoro, Sam", "sam@x.org")),
        ('"Okoro, Sam",sam@x.org', Row(1, "Okoro, Sam", "sam@x.org")),
        ('"Sam ""Sammy"" Okoro", sam@x.org ', Row(1, 'Sam "Sammy" Okoro', "sam@x.org")),
        ("Sam\u00a0 Okoro,\tsam@x.org", Row(1, "Sam Okoro", "sam@x.org")),
        ("nobody at all", Row(1, "", "nobody at all")),
    ],
)
def test_without_a_header_the_addresses_are_found(text, row):
    assert read_list(text) == [row]


@pytest.mark.parametrize("text", ["", "\n\n", "name,email", ",,,\n,,,"])
def test_empty_rows_are_nobody(text):
    assert read_list(text) == []


@pytest.mark.parametrize(
    "data",
    [
        "Zoë,zoe@x.org".encode(),
        "\ufeffZoë,zoe@x.org".encode(),
        "\ufeffZoë,zoe@x.org".encode("utf-16-le"),
        "Zoë,zoe@x.org".encode("cp1252"),
    ],
)
def test_files_are_read_as_programs_write_them(data):
    text = decoded(data)
    assert text is not None and read_list(text) == [Row(1, "Zoë", "zoe@x.org")]


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_text_is_not_read(data):
    assert decoded(data) is None


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    assert safe_cell(cell) == "'" + cell


def test_what_was_mended_takes_the_place_of_its_row():
    rows = [Row(1, email="a"), Row(2, email="b")]
    assert with_edits(rows, [Row(2, email="c"), Row(9, email="d")]) == [rows[0], Row(2, email="c")]


CELL = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)


@given(st.lists(st.tuples(CELL, CELL.filter(bool), CELL, CELL, CELL), min_size=1, max_size=8))
def test_what_is_written_is_read_as_it_was(lines):
    """But for an apostrophe before a formula, which is nobody's name."""
    rows = [
        Row(number, *cells)
        for number, cells in enumerate(lines, 1)
        if not any(cell.startswith("'") or "<" in cell for cell in cells)
    ]
    rows = [Row(number, *row.cells()) for number, row in enumerate(rows, 1)]
    text = write_list(row.cells() for row in rows)
    assert read_list(as_typed(text)) == rows
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_somehow(text):
    for row in read_list(text):
        assert any(row.cells())
