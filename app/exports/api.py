"""What can be taken away, as JSON; and the same files as the pages give, under ``/api/v1``."""

from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response

from app.definitions.queries import WORKING
from app.definitions.routes import VisibleDefinition
from app.exports import queries, routes
from app.exports.files import CITATIONS, TEXTS, Format
from app.exports.queries import Takeable
from app.kit.api import api_router, reply, time
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

LISTED = {
    "versions": [
        {
            "label": "1.0",
            "stage": "ratified",
            "since": "2024-10-28T18:00:00.000Z",
            "ratified": True,
            "address": "https://clausewise.example.org/d/open-source-ai/v/1.0",
            "files": {"pdf": "https://clausewise.example.org/d/open-source-ai/v/1.0.pdf"},
            "citations": {
                "bib": "https://clausewise.example.org/d/open-source-ai/v/1.0/citation.bib"
            },
        }
    ]
}


@router.get(
    "/d/{slug}/exports",
    summary="Versions, ratified ones first, with the addresses of their files",
    responses={200: {"content": {"application/json": {"example": LISTED}}}},
)
def index(request: Request, definition: VisibleDefinition, db: Db) -> JSONResponse:
    here = f"{routes.base_url(request).rstrip('/')}/d/{definition.slug}"
    listed = [_listed(one, here) for one in queries.takeable(db, definition)]
    return reply(request, db, {"versions": listed})


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
    return {
        200: {
            "description": "The file, with a strong ETag.",
            "content": {format.media_type.split(";")[0]: {"schema": {"type": "string"}}},
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
    router.add_api_route(path, function, methods=["HEAD"], include_in_schema=False)
