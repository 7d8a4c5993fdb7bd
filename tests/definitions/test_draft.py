"""Drafts: what is read, how it is written, and that nothing is ever lost."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from app.definitions.draft import BYTES_MAX, Unreadable, cells, parse, render, words
from app.definitions.tree import Block, Kind, Node, check

DRAFTS = Path(os.environ.get("CLAUSEWISE_DRAFTS", "../shared/data/osaid"))
REAL = [DRAFTS / f"{label}.md" for label in ("0.0.6", "0.0.7.1", "0.0.8")]
if given_path := os.environ.get("CLAUSEWISE_DRAFT"):
    REAL.append(Path(given_path))

FRAGMENTS = [
    *["- ", "* ", "+ ", "1. ", "2) ", "07. ", "> ", ">", "# ", "## ", "    ", "  ", "\t", "---"],
    *["===", "***", "```", "~~~", "| a | b |", "|---|---|", "--- | ---", "a | b", "|", "\\", "\n"],
    *["\n\n", "word", "*em*", "**b**", "`c`", "<div>", "<!--", "-->", "</div>", "[x](http://y)"],
    *["[a]: /u", "[^1]: foot", "[^1]", " ", "\u00a0", "\\|", "1", "!", "é", "- [ ] ", "&amp;"],
    *["<pre>", "\\\n", "  \n", ":", "|:-:|", "\x0b", "\u2028", "\r\n", "\0", "自由", "حرية"],
]
odd_drafts = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join) | st.text()


def assert_nothing_is_lost(markdown: str) -> list[Block]:
    blocks = parse(markdown)
    written = render(blocks)
    assert words(written) == words(markdown)
    assert parse(written) == blocks
    check([Node(n, b.kind, b.depth, "", b.level, b.ordinal) for n, b in enumerate(blocks)])
    return blocks


def short(blocks: list[Block]) -> list[tuple[str, int, str]]:
    return [(str(block.kind), block.depth, block.markdown) for block in blocks]


@settings(max_examples=600, deadline=None)
@given(odd_drafts)
def test_nothing_is_lost_from_any_draft(markdown: str) -> None:
    assert_nothing_is_lost(markdown)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_nothing_is_lost_from_a_real_draft(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"no draft at {path}; set CLAUSEWISE_DRAFTS or CLAUSEWISE_DRAFT")
    blocks = assert_nothing_is_lost(path.read_text())
    assert len(blocks) > 1


def test_headings_hold_what_follows_them() -> None:
    draft = "# One\n\ntext\n\n### Deep\n\ntext\n\n## Two\n\nmore\n\n# Three\n"
    blocks = assert_nothing_is_lost(draft)
    assert [(block.depth, block.level) for block in blocks] == [
        (0, 1), (1, None), (1, 3), (2, None), (1, 2), (2, None), (0, 1),
    ]  # fmt: skip
    assert render(blocks) == draft


def test_a_heading_in_any_spelling_is_one_line() -> None:
    blocks = assert_nothing_is_lost("Long\nname\n====\n\nOther #\n---\n\n### Closed ###\n\n#\n")
    assert [block.markdown for block in blocks] == ["Long name", "Other \\#", "Closed", ""]
    assert [block.level for block in blocks] == [1, 2, 3, 1]


def test_items_nest_and_keep_their_further_paragraphs() -> None:
    blocks = assert_nothing_is_lost(
        "* one\n\n  more of one\n\n  * inner\n    1. first\n    2. second\n* two\nlazily\n"
    )
    assert short(blocks) == [
        ("item", 0, "one"),
        ("paragraph", 1, "more of one"),
        ("item", 1, "inner"),
        ("item", 2, "first"),
        ("item", 2, "second"),
        ("item", 0, "two\nlazily"),
    ]
    assert [block.ordinal for block in blocks] == [None, None, None, 1, 2, None]
    assert render(blocks) == (
        "- one\n\n  more of one\n\n  - inner\n    1. first\n    2. second\n- two\n  lazily\n"
    )


def test_ordered_items_keep_the_numbers_they_were_given() -> None:
    blocks = assert_nothing_is_lost("3. three\n3. three again\n10. ten\n\n    under ten\n")
    assert [block.ordinal for block in blocks] == [3, 3, 10, None]


def test_a_table_is_a_header_row_with_rows_under_it() -> None:
    blocks = assert_nothing_is_lost(
        "Part | Terms\n:-- | --:\n**Code** |\n| a \\| b | `c` | one too many |\n| | only second |\n"
    )
    assert short(blocks) == [
        ("row", 0, "Part | Terms"),
        ("row", 1, "**Code**"),
        ("row", 1, "a \\| b | `c` | one too many"),
        ("row", 1, "| only second"),
    ]
    assert cells(blocks[2].markdown) == ["a \\| b", "`c`", "one too many"]
    assert cells(blocks[3].markdown) == ["", "only second"]


def test_a_note_keeps_its_paragraphs_and_hard_breaks() -> None:
    blocks = assert_nothing_is_lost("> First.\\\n> Second.\n>\n> > inner\nlazy\n\nafter\n")
    assert short(blocks) == [
        ("note", 0, "First.\\\nSecond.\n\n> inner\nlazy"),
        ("paragraph", 0, "after"),
    ]


def test_what_has_no_kind_of_its_own_is_kept_word_for_word() -> None:
    draft = (
        "---\ntitle: A draft\ntags: [one]\n---\n\ntext[^1] and [a link][ref]\n\n"
        "```python\nx = 1\n\ny = 2\n```\n\n***\n\n<details>\n<summary>More</summary>\n</details>\n\n"
        "[^1]: A footnote.\n\n[ref]: https://example.org 'Title'\n"
    )
    blocks = assert_nothing_is_lost(draft)
    assert {block.kind for block in blocks} == {Kind.paragraph}
    assert len(blocks) == 7
    assert render(blocks) == draft


def test_blocks_inside_items_are_kept_with_them() -> None:
    blocks = assert_nothing_is_lost(
        "- # Not a heading of the text\n- > quoted\n- text\n\n  ```\n  code\n  ```\n"
        "-\n\n- | a | b |\n  |---|---|\n  | c | d |\n- - deep\n"
    )
    assert short(blocks) == [
        ("item", 0, "# Not a heading of the text"),
        ("item", 0, "> quoted"),
        ("item", 0, "text"),
        ("paragraph", 1, "```\ncode\n```"),
        ("item", 0, ""),
        ("item", 0, ""),
        ("row", 1, "a | b"),
        ("row", 2, "c | d"),
        ("item", 0, ""),
        ("item", 1, "deep"),
    ]


def test_words_that_become_markup_elsewhere_are_escaped() -> None:
    assert short(assert_nothing_is_lost("- a\n===\n")) == [("item", 0, "a\n\\===")]
    assert short(assert_nothing_is_lost("\u00a0> b\n")) == [("paragraph", 0, "\\> b")]


def test_code_that_is_indented_or_left_open_is_fenced() -> None:
    assert render(parse("    x = 1\n")) == "```\nx = 1\n```\n"
    assert render(parse("- ~~~ sh\n  ls\n\nafter\n")) == "- ~~~ sh\n  ls\n  ~~~\n\nafter\n"


def test_line_ends_and_stray_characters_are_made_plain() -> None:
    assert render(parse("\ufeff# A\r\n\r\nb\rc\x0bd\0\r\n")) == "# A\n\nb\nc d\ufffd\n"
    assert parse("") == []
    assert parse(" \n\t\n") == []
    assert render([]) == ""


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ("a" * (BYTES_MAX + 1), "draft_too_long"),
        ("é" * (BYTES_MAX // 2 + 1), "draft_too_long"),
        ("a\n\n" * 15_000, "draft_too_many_lines"),
        ("- a\n" * 6_000, "draft_too_many_clauses"),
        ("half a character \ud83d", "draft_not_text"),
    ],
)
def test_it_refuses_a_draft_it_will_not_take(draft: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(draft)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "draft",
    [
        ">" * 400_000,
        ("> " * 50 + "a\n") * 9_000,
        "- " * 300_000,
        "".join("  " * depth + "- a\n" for depth in range(600)),
        "*" * 900_000,
        "[" * 900_000,
        "# " + "#" * 900_000 + " a",
        "a" + "|" * 900_000,
        "|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "|\n" * 3,
        "a\n" * 19_999,
        "- a\n" + "b\n" * 19_000,
        "---\na:" + "\n" * 19_000,
        "<!--\n" * 19_000,
        "    `" + "`" * 900_000,
        (" " * 400 + "a\n") * 2_000,
    ],
    ids=lambda draft: f"{draft[:6]!r}",
)
def test_hostile_drafts_take_no_longer_than_they_should(draft: str) -> None:
    start = time.process_time()
    assert words(render(parse(draft))) == words(draft)
    assert time.process_time() - start < 10
