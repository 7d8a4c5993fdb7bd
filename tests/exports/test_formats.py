"""Every format says the same words in the same order, and hostile words stay words."""

import itertools
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.definitions import draft
from app.definitions.tree import Kind, Node, text_hash, wording_hash
from app.exports.citation import csl, line, tex, write_bibtex, write_csl, write_text
from app.exports.copies import Copy
from app.exports.html import POLICY, STYLE, write_html
from app.exports.json_document import SCHEMA, write_json
from app.exports.markdown import write_markdown
from tests.exports.copies import DRAFT, RATIFIED, WORKING, saying

GOLDEN = Path(__file__).parent / "golden"

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) <img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style></title><script>",
    '#eval("1") #include "/etc/passwd" $x$ `#read("/etc/passwd")` @ref <label> \\',
    "{{ 7*7 }} {% raw %} ${7*7}",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("open-source-ai-1.0.md", write_markdown(RATIFIED)),
        ("open-source-ai-1.0-front.md", write_markdown(RATIFIED, front=True)),
        ("open-source-ai-1.0.html", write_html(RATIFIED)),
        ("open-source-ai-0.0.8.html", write_html(DRAFT)),
        ("open-source-ai-1.0.json", write_json(RATIFIED)),
        ("open-source-ai-working.json", write_json(WORKING)),
        ("open-source-ai-1.0-citation.txt", write_text(RATIFIED)),
        ("open-source-ai-1.0-citation.bib", write_bibtex(RATIFIED)),
        ("open-source-ai-1.0-citation.json", write_csl(RATIFIED)),
    ],
)
def test_it_is_what_was_reviewed(name: str, made: bytes) -> None:
    """To change a golden file, delete it, run this once, and read what it wrote."""
    golden = GOLDEN / name
    if not golden.exists():
        golden.write_bytes(made)
        pytest.fail(f"wrote {name} anew: read it, then run again")
    assert made.decode() == golden.read_text(encoding="utf-8")


def test_markdown_reads_back_as_the_same_blocks() -> None:
    blocks = draft.parse(write_markdown(DRAFT).decode())
    assert [(b.kind, b.depth, b.markdown, b.level, b.ordinal) for b in blocks] == [
        (c.kind, c.depth, c.markdown, c.level, c.ordinal) for c in DRAFT.clauses
    ]


def test_html_says_the_words_of_the_markdown_in_their_order() -> None:
    page = LexborHTMLParser(write_html(DRAFT))
    for aside in page.css("head, header, footer, .number"):
        aside.decompose()
    said = draft.words(page.body.text(separator=" ") if page.body else "")
    links = re.compile(r"\]\([^)]*\)")
    assert said == draft.words(links.sub("]", re.sub(r"^\d\. ", "", write_markdown(DRAFT).decode(), flags=re.M)))  # fmt: skip


def test_html_stands_alone() -> None:
    page = write_html(RATIFIED).decode()
    assert "src=" not in page
    assert re.findall(r"<link [^>]*>", page) == [
        f'<link rel="canonical" href="{RATIFIED.address}">'
    ]
    assert f"<style>{STYLE}</style>" in page
    assert "'unsafe-inline'" not in POLICY


def test_headings_never_skip_a_rank() -> None:
    ranks = [int(h) for h in re.findall(r"<h([1-6])", write_html(DRAFT).decode())]
    assert ranks[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks))


@pytest.mark.parametrize("copy", [DRAFT, RATIFIED, WORKING], ids=["draft", "ratified", "working"])
def test_json_keeps_to_its_schema(copy: Copy) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(
        json.loads(write_json(copy)), schema, format_checker=jsonschema.FormatChecker()
    )


def test_the_hashes_can_be_recomputed_from_the_json() -> None:
    document = json.loads(write_json(RATIFIED))
    nodes = []
    for c in document["clauses"]:
        assert wording_hash(c["markdown"], c["requirement"]) == c["wording"]
        node = Node(
            c["clause"], Kind(c["kind"]), c["depth"], c["wording"], c["level"], c["ordinal"]
        )
        nodes.append(node)
    assert text_hash(nodes) == document["text"] == document["ratification"]["text"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_html(words: str) -> None:
    hostile = replace(saying(words), definition=words, group=words)
    page = LexborHTMLParser(write_html(hostile))
    assert not page.css("script, img, svg, iframe, object")
    assert len(page.css("style")) == 1
    assert not [a for a in page.css("a") if "javascript:" in (a.attributes.get("href") or "")]
    assert [title.text() for title in page.css("title")] == [f"{words} 0.0.8"]
    assert [p.text().startswith(words) for p in page.css(".standing")] == [True]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_json(words: str) -> None:
    document = json.loads(write_json(replace(saying(words), definition=words)))
    assert document["definition"]["name"] == words
    assert document["clauses"][0]["markdown"] == words


def test_front_matter_takes_any_name() -> None:
    front = write_markdown(replace(DRAFT, definition='A: "b"\n--- # c'), front=True).decode()
    assert front.splitlines()[1] == 'title: "A: \\"b\\"\\n--- # c"'


def test_bibtex_escapes_what_tex_would_act_on() -> None:
    assert tex("50% of {A} & B_1 #2 $3 ~ ^ \\end") == (
        r"50\% of \textbraceleft{}A\textbraceright{} \& B\_1 \#2 \$3 "
        r"\textasciitilde{} \textasciicircum{} \textbackslash{}end"
    )


def test_bibtex_braces_stay_balanced() -> None:
    hostile = replace(DRAFT, definition="A}, evil = {x}}", group="B\n}\n@misc{y")
    entry = write_bibtex(hostile).decode()
    depths = [0]
    for mark in re.findall("[{}]", entry):
        depths.append(depths[-1] + (1 if mark == "{" else -1))
    assert depths[-1] == 0
    assert min(depths[1:-1]) == 1
    assert [line.split(" = ")[0].strip() for line in entry.splitlines()[1:-1]] == [
        "author", "title", "year", "month", "version", "note", "url", "language",
    ]  # fmt: skip


def test_what_was_ratified_has_lines_to_sign_on() -> None:
    assert "Chair, name and signature" in write_html(RATIFIED).decode()
    assert "signature" not in write_html(DRAFT).decode()


@pytest.mark.parametrize(("language", "way"), [("fr", "ltr"), ("ar-EG", "rtl"), ("xx", "ltr")])
def test_what_is_said_in_english_of_a_text_in_another_language_is_marked(
    language: str, way: str
) -> None:
    copy = replace(RATIFIED, language=language)
    page = LexborHTMLParser(write_html(copy))
    assert page.root and page.root.attributes == {"lang": language, "dir": way}
    for spot in (".standing", "footer", ".number"):
        said = page.css_first(spot)
        assert said and (said.attributes["lang"], said.attributes["dir"]) == ("en", "ltr")
    for words in (write_html(copy).decode(), line(copy)):
        assert "ratified on 28 October 2024" in words


def test_a_citation_keeps_its_year_whatever_becomes_of_the_version() -> None:
    later = datetime(2027, 2, 1, tzinfo=UTC)
    superseded = replace(RATIFIED, stage="superseded", at=later)
    withdrawn = replace(DRAFT, stage="withdrawn", at=later)
    for copy, day in ((superseded, [2024, 10, 28]), (withdrawn, [2024, 4, 22])):
        assert csl(copy)["issued"]["date-parts"] == [day]
        assert f"Group ({day[0]})." in line(copy)
        assert f"year = {{{day[0]}}}," in write_bibtex(copy).decode()
        assert "2027" in line(copy)


def test_a_working_text_says_that_it_may_change() -> None:
    assert "may still change" in write_html(WORKING).decode()
    assert WORKING.name == "open-source-ai-working"
    assert RATIFIED.name == "open-source-ai-1.0"
