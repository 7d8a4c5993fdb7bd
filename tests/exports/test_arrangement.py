from app.exports.arrangement import Listing, Part, Single, Table, arrange
from app.exports.copies import CopiedClause


def clauses(*lines: str) -> list[CopiedClause]:
    """Clauses from lines such as "  item 3 words": two spaces of indent are one depth."""
    made = []
    for place, line in enumerate(lines, start=1):
        depth = (len(line) - len(line.lstrip())) // 2
        kind, *rest = line.split()
        ordinal = int(rest.pop(0)) if kind == "item" and rest and rest[0].isdigit() else None
        level = depth + 1 if kind == "heading" else None
        made.append(
            CopiedClause(place, str(place), kind, depth, level, ordinal, " ".join(rest), "", "")
        )
    return made


def shape(parts: tuple[Part, ...]) -> list[object]:
    """The parts, as nested lists of clause numbers."""
    drawn: list[object] = []
    for part in parts:
        if isinstance(part, Table):
            drawn.append(["table", *(row.clause for row, _ in part.lines)])
        elif isinstance(part, Listing):
            drawn.append([part.start, *(shape((item,))[0] for item in part.items)])
        else:
            inner = shape(part.parts)
            drawn.append([part.clause.clause, inner] if inner else part.clause.clause)
    return drawn


def test_items_that_follow_one_another_are_one_list() -> None:
    assert shape(arrange(clauses("item a", "item b", "paragraph c", "item d"))) == [
        [None, 1, 2],
        3,
        [None, 4],
    ]


def test_numbers_that_go_on_are_one_list_and_numbers_that_fall_start_another() -> None:
    found = shape(arrange(clauses("item 1 a", "item 3 b", "item 1 c", "item d")))
    assert found == [[1, 1, 2], [1, 3], [None, 4]]


def test_lists_stand_within_the_item_above_them() -> None:
    assert shape(arrange(clauses("item a", "  item b", "    item c", "item d"))) == [
        [None, [1, [[None, [2, [[None, 3]]]]]], 4]
    ]


def test_a_header_and_its_rows_are_a_table_with_as_many_cells_in_each_row() -> None:
    (table,) = arrange(clauses("row a | b", "  row c", "  row d | e | f"))
    assert isinstance(table, Table)
    assert [[cell.markdown for cell in own] for _, own in table.lines] == [
        ["a", "b", ""],
        ["c", "", ""],
        ["d", "e", "f"],
    ]


def test_a_bar_that_is_meant_is_no_border() -> None:
    (table,) = arrange(clauses(r"row a \| b | c"))
    assert isinstance(table, Table)
    assert [cell.markdown for cell in table.lines[0][1]] == [r"a \| b", "c"]


def test_the_rank_of_a_heading_counts_the_headings_above_it() -> None:
    (outer,) = arrange(clauses("heading a", "  item b", "  heading c", "    paragraph d"))
    assert isinstance(outer, Single)
    _, inner = outer.parts
    assert isinstance(inner, Single)
    assert (outer.rank, inner.rank) == (1, 2)


def test_a_text_without_clauses_has_no_parts() -> None:
    assert arrange([]) == ()
