import pytest
from hypothesis import given, strategies as st

from app.kit.markup import plain, render_inline, render_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<a href='javascript:alert(1)'>x</a>",
    "![x](https://elsewhere.example/p.png)",
    '[x](https://e.example "a\\" onclick=alert(1) \\"")',
    "<svg/onload=alert(1)>",
    "`<script>`",
    "<style>*{display:none}</style>",
    "<iframe src=//elsewhere.example>",
]


@pytest.mark.parametrize("source", HOSTILE)
@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_nothing_hostile_survives(source: str, render: object) -> None:
    html = render(source)  # type: ignore[operator]
    for mark in ("<script", "<img", "<svg", "<iframe", "<style", "href=\"javascript", "href=\"data",
                 "href=\"vbscript", " onclick=\""):  # fmt: skip
        assert mark not in html.lower()


@given(st.text())
def test_any_text_renders_to_known_tags_only(source: str) -> None:
    html = render_markdown(source)
    assert "<script" not in html
    assert "<img" not in html


def test_markdown_is_rendered() -> None:
    assert render_markdown("A **b** [c](https://e.example)") == (
        '<p>A <strong>b</strong> <a href="https://e.example" '
        'rel="nofollow noopener noreferrer">c</a></p>\n'
    )


def test_plain_words_of_a_piece_of_markdown() -> None:
    assert plain("**Data** & [code](https://e.example)\n\n- one") == "Data & code one"
