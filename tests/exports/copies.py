"""The copies that the tests of the formats are written from. All words are invented."""

from dataclasses import replace
from datetime import UTC, datetime

from app.definitions.tree import Kind, Node, text_hash, wording_hash
from app.exports.copies import CopiedClause, CopiedRatification, Copy
from app.kit.markup import render_markdown

BASE = "https://clausewise.example.org"

# number, kind, depth, level, ordinal, Markdown
LINES: list[tuple[str, str, int, int | None, int | None, str]] = [
    ("1", "note", 0, None, None, "This text has *two* parts.\\\nThe second is a table."),
    ("2", "heading", 0, 2, None, "Freedoms"),
    ("2.1", "paragraph", 1, None, None, "Whoever has an **open** system may, for any purpose:"),
    ("2.2", "item", 1, None, None, "**Use** it without asking anybody."),
    ("2.3", "item", 1, None, None, "**Study** how it works."),
    ("2.3.1", "item", 2, None, None, "This needs the `parameters`, see [why](https://example.org/why)."),
    ("2.4", "paragraph", 1, None, None, "In this order:"),
    ("2.5", "item", 1, None, 1, "First, change it."),
    ("2.6", "item", 1, None, 2, "Then ~~sell~~ share it."),
    ("3", "heading", 0, 2, None, "What must be there"),
    ("3.1", "paragraph", 1, None, None, "Nothing else is asked & nothing < that."),
    ("3.2", "heading", 1, 4, None, "Parts of a *learning* system"),
    ("3.2.1", "row", 2, None, None, "Component | Terms"),
    ("3.2.1.1", "row", 3, None, None, "**Code** | Any approved licence"),
    ("3.2.1.2", "row", 3, None, None, "Data \\| information"),
]  # fmt: skip


def clause(place: int, line: tuple[str, str, int, int | None, int | None, str]) -> CopiedClause:
    number, kind, depth, level, ordinal, markdown = line
    return CopiedClause(
        clause=place,
        number=number,
        kind=kind,
        depth=depth,
        level=level,
        ordinal=ordinal,
        markdown=markdown,
        html=render_markdown(markdown),
        wording=wording_hash(markdown),
    )


def named(clauses: tuple[CopiedClause, ...]) -> str:
    """The hash of the text that these clauses make."""
    return text_hash(
        [Node(c.clause, Kind(c.kind), c.depth, c.wording, c.level, c.ordinal) for c in clauses]
    )


CLAUSES = tuple(clause(place, line) for place, line in enumerate(LINES, start=1))

DRAFT = Copy(
    definition="Open Source AI",
    slug="open-source-ai",
    group="Open Definitions Group",
    language="en",
    label="0.0.8",
    stage="draft",
    made=datetime(2024, 4, 22, 15, 30, tzinfo=UTC),
    at=datetime(2024, 4, 22, 15, 30, tzinfo=UTC),
    text=named(CLAUSES),
    address=f"{BASE}/d/open-source-ai/v/0.0.8",
    schema_address=f"{BASE}/schemas/definition-1.json",
    clauses=CLAUSES,
)

RATIFIED = replace(
    DRAFT,
    label="1.0",
    stage="ratified",
    at=datetime(2024, 10, 28, 18, 0, tzinfo=UTC),
    address=f"{BASE}/d/open-source-ai/v/1.0",
    ratification=CopiedRatification(
        by="Open Definitions Group",
        at=datetime(2024, 10, 28, 18, 0, tzinfo=UTC),
        ballot=7,
        ballot_address=f"{BASE}/d/open-source-ai/b/7",
        outcome="Carried: 52 of 60 votes other than abstentions are yes (86.67%);"
        " at least two thirds were needed.",
        hash=named(CLAUSES),
    ),
)

WORKING = replace(DRAFT, label=None, stage=None, address=f"{BASE}/d/open-source-ai")


def with_clauses(copy: Copy, clauses: tuple[CopiedClause, ...]) -> Copy:
    """The same copy with another text."""
    return replace(copy, clauses=clauses, text=named(clauses))


def saying(*paragraphs: str) -> Copy:
    """A copy whose clauses are these paragraphs."""
    lines = [(str(n), "paragraph", 0, None, None, words) for n, words in enumerate(paragraphs, 1)]
    return with_clauses(DRAFT, tuple(clause(n, line) for n, line in enumerate(lines, start=1)))
