"""Redlines: exact in what they keep, and marked as a person would."""

import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from app.definitions.pieces import pieces, redline_html, sides_html
from app.definitions.redline import Run, redline
from app.definitions.tree import Kind

WORDS = st.lists(
    st.sampled_from(
        ["the", "a", "system", "**", "data", ".", ",", " ", "\n", "  ", "[x](y)", "自由"]
    ),
    max_size=25,
).map("".join)


def marked(before: str, after: str) -> str:
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[run.op].format(run.text) for run in redline(before, after))


def assert_exact(before: str, after: str) -> list[Run]:
    runs = redline(before, after)
    assert "".join(run.text for run in runs if run.op != "insert") == before
    assert "".join(run.text for run in runs if run.op != "delete") == after
    assert all(run.text for run in runs)
    assert all(a.op != b.op for a, b in pairwise(runs))
    return runs


@settings(max_examples=400, deadline=None)
@given(WORDS | st.text(), WORDS | st.text())
def test_a_redline_holds_both_wordings_exactly(before: str, after: str) -> None:
    assert_exact(before, after)


@given(WORDS)
def test_there_is_nothing_to_mark_in_the_same_words(text: str) -> None:
    assert redline(text, text) == ([Run("equal", text)] if text else [])
    assert all(piece.op == "equal" for piece in pieces(text, text))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "New.", "[+New.+]"),
        ("Old.", "", "[-Old.-]"),
        ("a b c", "a c", "a[- b-] c"),
        ("The code used", "The source code used", "The[+ source+] code used"),
        ("skills, and care", "skills, tools, and care", "skills,[+ tools,+] and care"),
        ("One. Two. Three.", "One. Two. Two. Three.", "One. Two.[+ Two.+] Three."),
        ("**Data**: all", "**Data information**: all", "**Data[+ information+]**: all"),
        ("version 0.0.6", "version 0.0.7.1", "version [-0.0.6-][+0.0.7.1+]"),
        ("OSI-compliant terms", "OSD-compliant terms", "[-OSI-compliant-][+OSD-compliant+] terms"),
        ("It can be had", "It may be had", "It [-can-][+may+] be had"),
        ("see [it](http://a.b) now", "see [it](http://a.c) now",
         "see [it[-](http://a.b)-][+](http://a.c)+] now"),
        ("a\nb", "a b", "a[-\n-][+ +]b"),
        ("自由に使える", "自由に学べる", "自由に[-使え-][+学べ+]る"),
    ],
)  # fmt: skip
def test_it_marks_what_a_person_would_mark(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_rewritten_sentence_is_not_taken_apart_at_every_little_word() -> None:
    before = "Data: enough about how the system was made, so that anybody sees it."
    after = "Data: a list of all the sources, the rules for choosing them, and where it is kept."
    assert len([run for run in assert_exact(before, after) if run.op == "equal"]) <= 2


def test_bold_and_links_stay_readable() -> None:
    assert redline_html("Use **the** system", "Use **any** system") == (
        "Use <del><strong>the</strong></del> <ins><strong>any</strong></ins> system"
    )
    assert redline_html("see [it](https://a.example)", "see [them](https://a.example)") == (
        'see <del><a href="https://a.example" rel="nofollow noopener noreferrer">it</a></del>'
        ' <ins><a href="https://a.example" rel="nofollow noopener noreferrer">them</a></ins>'
    )
    assert redline_html("a **b** c", "a b c") == ("a <del><strong>b</strong></del> <ins>b</ins> c")
    assert redline_html("the code", "the source code") == "the <ins>source</ins> code"
    assert redline_html("one `two three`", "one `two four`") == (
        "one <code>two </code><del><code>three</code></del> <ins><code>four</code></ins>"
    )


def test_on_two_sides_each_wording_reads_as_it_was() -> None:
    before, after = sides_html("Use **the** system, all of it.", "Use any system.")
    assert before == "Use <del><strong>the</strong></del> system<del>, all of it</del>."
    assert after == "Use <ins>any</ins> system."
    assert sides_html("the code", "the source code") == ("the code", "the<ins> source</ins> code")


def test_lines_and_white_space_are_no_changes_for_a_reader() -> None:
    assert redline_html("a\nb  c", "a b c") == "a b c"
    assert redline_html("one\\\ntwo", "one\\\nthree") == "one<br><del>two</del> <ins>three</ins>"
    assert redline_html("- a\n- b", "- a\n- c") == "• a<br>• <del>b</del> <ins>c</ins>"


def test_a_row_or_heading_is_read_as_one_line() -> None:
    assert redline_html("- not a list", "- a list", Kind.row) == "- <del>not</del> a list"


def test_long_stretches_that_stay_can_be_left_out() -> None:
    before = " ".join(f"w{n}" for n in range(100))
    html = redline_html(before, before.replace("w50", "new"), around=3)
    assert " ".join(html.split()) == "… w47 w48 w49 <del>w50</del> <ins>new</ins> w51 w52 w53 …"
    assert redline_html(before, before, around=3).strip() == "…"
    assert "…" not in redline_html("a short one", "a brief one", around=3)


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://e) \"'> <ins> \u202e"


def test_no_words_become_markup() -> None:
    html = redline_html(HOSTILE, HOSTILE.upper())
    assert "<script" not in html.lower().replace("&lt;script", "")
    assert "javascript:" not in [part[:11] for part in html.split('href="')]
    assert "<img" not in html


@settings(max_examples=200, deadline=None)
@given(WORDS | st.text(), WORDS | st.text())
def test_a_redline_in_html_is_well_formed(before: str, after: str) -> None:
    html = redline_html(before, after)
    for tag in ("ins", "del", "strong", "em", "code", "a"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the a " * 40_000, "a the " * 40_000),
        (" ".join(map(str, range(60_000))), " ".join(map(str, range(60_000, 0, -1)))),
        ("*" * 100_000, "_" * 100_000),
        ("[" * 20_000, "[" * 19_999 + "]"),
        ("a " * 50_000, "a " * 50_001),
    ],
)
def test_huge_and_hostile_wordings_are_marked_in_time(before: str, after: str) -> None:
    start = time.process_time()
    assert_exact(before, after)
    redline_html(before[:20_000], after[:20_000])
    assert time.process_time() - start < 10


DRAFTS = Path(os.environ.get("CLAUSEWISE_DRAFTS", "../shared/data/osaid"))


def test_real_drafts_are_marked_without_confetti() -> None:
    if not (DRAFTS / "0.0.8.md").exists():
        pytest.skip(f"no drafts at {DRAFTS}; set CLAUSEWISE_DRAFTS")
    before, after = ((DRAFTS / f"{label}.md").read_text() for label in ("0.0.6", "0.0.7.1"))
    runs = assert_exact(before, after)
    lonely = [
        run
        for left, run, right in zip(runs, runs[1:], runs[2:], strict=False)
        if run.op == "equal" and "equal" not in (left.op, right.op) and len(run.text) < 4
    ]
    assert len(lonely) <= 2
