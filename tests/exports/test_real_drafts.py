"""Real drafts come out of every format with the words that they came in with.

The drafts lie beside the project, or where CLAUSEWISE_DRAFTS says; more may be put there.
"""

import io
import json
import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from app.definitions.draft import parse, words
from app.definitions.outline import numbers
from app.definitions.tree import Node, wording_hash
from app.exports.copies import CopiedClause, Copy
from app.exports.html import write_html
from app.exports.json_document import SCHEMA, write_json
from app.exports.markdown import write_markdown
from app.exports.pdf import write_pdf
from app.kit.markup import plain, render_markdown
from tests.definitions.test_draft import REAL
from tests.exports.copies import DRAFT, with_clauses


@pytest.fixture(params=REAL, ids=[path.stem for path in REAL])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    if not found.exists():
        pytest.skip(f"the real drafts are not here: {found}")
    return found


@pytest.fixture
def copy(path: Path) -> Copy:
    blocks = parse(path.read_text(encoding="utf-8"))
    nodes = [
        Node(n, b.kind, b.depth, wording_hash(b.markdown), b.level, b.ordinal)
        for n, b in enumerate(blocks, 1)
    ]
    places = numbers(nodes)
    return with_clauses(
        DRAFT,
        tuple(
            CopiedClause(
                node.clause,
                places[node.clause],
                block.kind,
                block.depth,
                block.level,
                block.ordinal,
                block.markdown,
                render_markdown(block.markdown),
                node.wording,
            )
            for node, block in zip(nodes, blocks, strict=True)
        ),
    )


def spoken(copy: Copy) -> list[str]:
    """The words that people read, without markup, in order."""
    return [word for clause in copy.clauses for word in words(plain(clause.markdown))]


def test_markdown_has_the_words_of_the_file(path: Path, copy: Copy) -> None:
    assert words(write_markdown(copy).decode()) == words(path.read_text(encoding="utf-8"))


def test_html_has_them(copy: Copy) -> None:
    page = LexborHTMLParser(write_html(copy))
    for aside in page.css("head, header, footer, .number"):
        aside.decompose()
    assert page.body is not None
    assert words(page.body.text(separator=" ")) == spoken(copy)


def test_json_has_them_and_keeps_to_its_schema(copy: Copy) -> None:
    document = json.loads(write_json(copy))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [c["markdown"] for c in document["clauses"]] == [c.markdown for c in copy.clauses]


def test_pdf_has_them(copy: Copy) -> None:
    reader = PdfReader(io.BytesIO(write_pdf(copy)))
    said = "".join(page.extract_text() for page in reader.pages)
    letters = re.sub(r"\W", "", said)
    at = 0
    for word in spoken(copy):
        at = letters.find(word.replace("_", ""), at) if "_" not in word else at
        assert at >= 0, f"{word!r} is missing or out of order"
