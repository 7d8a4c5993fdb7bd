"""What can be taken away, as JSON; and the same files as the pages give, under ``/api/v1``."""

from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response

from app.definitions.queries import WORKING
from app.definitions.routes import VisibleDefinition
from app.exports import queries, routes
from app.exports.files import CITATIONS, TEXTS, Format
from app.exports.queries import Takeable
from app.kit.api import Cursor, Limit, api_router, reply, time
from app.kit.db import Db
from app.people.current import viewer

router = api_router("exports", viewer)

FILES = (
    (routes.markdown, TEXTS["md"]),
    (routes.html, TEXTS["html"]),
    (routes.json, TEXTS["json"]),
    (routes.pdf, TEXTS["pdf"]),
    (routes.citation_text, CITATIONS["txt"]),
    (routes.citation_bibtex, CITATIONS["bib"]),
    (routes.citation_csl, CITATIONS["csl"]),
)

PLACE = "https://clausewise.example.org/d/open-source-ai"
LISTED_EXAMPLE = {
    "working_text": {
        "label": None,
        "stage": None,
        "since": "2024-11-04T10:30:00.000Z",
        "ratified": False,
        "address": PLACE,
        "files": {name: f"{PLACE}/v/{WORKING}{format.path}" for name, format in TEXTS.items()},
        "citations": {},
    },
    "items": [
        {
            "label": "1.0",
            "stage": "ratified",
            "since": "2024-10-28T18:00:00.000Z",
            "ratified": True,
            "address": f"{PLACE}/v/1.0",
            "files": {name: f"{PLACE}/v/1.0{format.path}" for name, format in TEXTS.items()},
            "citations": {n: f"{PLACE}/v/1.0{format.path}" for n, format in CITATIONS.items()},
        }
    ],
    "next": "WzEyXQ",
}
FILE_EXAMPLES: dict[str, Any] = {
    ".md": "# Open Source AI\n\nAn open source system may be used for **any purpose**.\n",
    ".json": {
        "$schema": "https://clausewise.example.org/schemas/definition-1.json",
        "definition": {"slug": "open-source-ai", "name": "Open Source AI", "language": "en"},
        "version": {"label": "1.0", "stage": "ratified", "since": "2024-10-28T18:00:00Z"},
        "text": "6cdc5f00…",
        "clauses": [{"clause": 1, "number": "1", "kind": "heading", "markdown": "Open Source AI"}],
    },
    "/citation.txt": "Open Definitions Group (2024). Open Source AI. Version 1.0, ratified on "
    f"28 October 2024. {PLACE}/v/1.0\n",
    "/citation.bib": "@misc{open-source-ai-1.0,\n  title = {{Open Source AI}},\n  …\n}\n",
    "/citation.json": [
        {"id": "open-source-ai-1.0", "type": "standard", "title": "Open Source AI"},
    ],
}


@router.get(
    "/d/{slug}/exports",
    summary="Versions, the newest first, and the working text, with the addresses of their files",
    responses={200: {"content": {"application/json": {"example": LISTED_EXAMPLE}}}},
)
def index(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    after: Cursor = None,
    limit: Limit = 50,
) -> JSONResponse:
    here = f"{routes.base_url(request).rstrip('/')}/d/{definition.slug}"
    found = queries.takeable_page(db, definition, after=after, limit=limit)
    working = queries.takeable_now(db, definition)
    return reply(
        request,
        db,
        {
            "working_text": _listed(working, here) if working else None,
            "items": [_listed(one, here) for one in found.items],
            "next": found.next,
        },
    )


def _listed(one: Takeable, here: str) -> dict[str, Any]:
    place = f"{here}/v/{one.label or WORKING}"
    return {
        "label": one.label,
        "stage": one.stage,
        "since": time(one.at),
        "ratified": one.ratified,
        "address": place if one.label else here,
        "files": {name: place + format.path for name, format in TEXTS.items()},
        "citations": (
            {name: place + format.path for name, format in CITATIONS.items()} if one.label else {}
        ),
    }


def _described(format: Format) -> dict[int | str, dict[str, Any]]:
    shown = FILE_EXAMPLES.get(format.path)
    kind = {"list": "array", "dict": "object"}.get(type(shown).__name__, "string")
    content: dict[str, Any] = {"schema": {"type": kind}}
    if shown is not None:
        content["example"] = shown
    return {
        200: {
            "description": "The file, with a strong ETag.",
            "content": {format.media_type.split(";")[0]: content},
        },
        304: {"description": "You have it."},
    }


for function, format in FILES:
    path = "/d/{slug}/v/{label}" + format.path
    router.add_api_route(
        path,
        function,
        methods=["GET"],
        response_class=Response,
        responses=_described(format),
        summary=f"A version as {format.media_type.split(';')[0]}",
    )
