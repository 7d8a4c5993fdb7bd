"""Rows about definitions: reading them, and keeping their text and versions."""

from tests.permissions.people import (
    EDITORS,
    EVERYBODY,
)
from tests.permissions.row import Row

READING = [
    Row(
        "Find groups and definitions",
        EVERYBODY,
        ("GET /", "GET /api/v1/d", "GET /api/v1/g"),
        note="Each sees those that they may read.",
    ),
    Row(
        "Read the working text, its clauses, and how the words came in",
        EVERYBODY,
        (
            "GET /d/{slug}",
            "GET /d/{slug}/c/{number}",
            "GET /api/v1/d/{slug}",
            "GET /api/v1/d/{slug}/text",
            "GET /api/v1/d/{slug}/changes",
            "GET /api/v1/d/{slug}/clauses/{number}",
        ),
    ),
    Row(
        "Read versions, also those that are drafts, and compare texts",
        EVERYBODY,
        (
            "GET /d/{slug}/v/{label}",
            "GET /d/{slug}/compare",
            "GET /d/{slug}/compare/{pair}",
            "GET /api/v1/d/{slug}/versions",
            "GET /api/v1/d/{slug}/versions/{label}",
            "GET /api/v1/d/{slug}/versions/{label}/text",
            "GET /api/v1/d/{slug}/compare/{pair}",
        ),
    ),
    Row(
        "Take a version away, in every format",
        EVERYBODY,
        (
            "GET /d/{slug}/export",
            "GET /api/v1/d/{slug}/exports",
            *(
                f"GET {root}/d/{{slug}}/v/{{label}}{file}"
                for root in ("", "/api/v1")
                for file in (
                    ".md",
                    ".html",
                    ".json",
                    ".pdf",
                    "/citation.txt",
                    "/citation.bib",
                    "/citation.json",
                )
            ),
        ),
    ),
    Row(
        "Read what was said, proposed and decided",
        EVERYBODY,
        (
            "GET /d/{slug}/comments",
            "GET /d/{slug}/comments/{number}",
            "GET /d/{slug}/proposals",
            "GET /d/{slug}/p/{number}",
            "GET /d/{slug}/ballots",
            "GET /d/{slug}/b/{number}",
            "GET /d/{slug}/b/{number}/receipt",
            "GET /api/v1/d/{slug}/comments",
            "GET /api/v1/d/{slug}/comments/counts",
            "GET /api/v1/d/{slug}/comments/{number}",
            "GET /api/v1/d/{slug}/proposals",
            "GET /api/v1/d/{slug}/proposals/{number}",
            "GET /api/v1/d/{slug}/ballots",
            "GET /api/v1/d/{slug}/ballots/{number}",
            "GET /api/v1/d/{slug}/ballots/{number}/votes",
        ),
        note="Names and counts of a ballot are there when its card says so, for everybody alike.",
    ),
    Row(
        "Read the record",
        EVERYBODY,
        ("GET /d/{slug}/record", "GET /api/v1/d/{slug}/record"),
    ),
]

EDITING = [
    Row(
        "Begin a definition",
        EDITORS,
        ("POST /g/{group}/definitions", "POST /api/v1/g/{group}/definitions"),
        verb="create_definition",
        forms=("GET /g/{group}/definitions/new",),
    ),
    Row(
        "Import a draft, or see the plan of what it would change",
        EDITORS,
        (
            "POST /d/{slug}/import",
            "POST /api/v1/d/{slug}/imports",
            "POST /api/v1/d/{slug}/imports/plan",
        ),
        verb="import_draft",
        forms=("GET /d/{slug}/import",),
    ),
    Row(
        "Make editorial changes",
        EDITORS,
        ("POST /api/v1/d/{slug}/changes",),
        verb="change_text",
    ),
    Row(
        "Reword a clause",
        EDITORS,
        ("POST /d/{slug}/c/{number}/edit",),
        verb="edit_clause",
        forms=("GET /d/{slug}/c/{number}/edit",),
    ),
    Row("Add a clause", EDITORS, ("POST /d/{slug}/c/{number}/addition",), verb="add_clause"),
    Row("Move a clause", EDITORS, ("POST /d/{slug}/c/{number}/move",), verb="move_clause"),
    Row("Strike a clause", EDITORS, ("POST /d/{slug}/c/{number}/strike",), verb="strike_clause"),
    Row(
        "Make a version",
        EDITORS,
        ("POST /d/{slug}/versions", "POST /api/v1/d/{slug}/versions"),
        verb="make_version",
        forms=("GET /d/{slug}/versions/new",),
    ),
    Row(
        "Put a version before the group",
        EDITORS,
        (
            "POST /d/{slug}/v/{label}/candidacy",
            "POST /api/v1/d/{slug}/versions/{label}/candidacy",
        ),
        verb="make_candidate",
    ),
    Row(
        "Take a version back",
        EDITORS,
        (
            "POST /d/{slug}/v/{label}/withdrawal",
            "POST /api/v1/d/{slug}/versions/{label}/withdrawal",
        ),
        verb="withdraw_version",
        note="Not one that was ratified, and not while a ballot is on it.",
    ),
]
