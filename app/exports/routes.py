"""Taking a text away: the page that offers it, and the files at their permanent addresses."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, Response

from app.definitions.queries import WORKING
from app.definitions.routes import VisibleDefinition
from app.exports import queries, standing
from app.exports.answers import answer
from app.exports.files import CITATIONS, FRONTED, TEXTS, file_of
from app.exports.json_document import SCHEMA
from app.kit.db import Db
from app.kit.refusals import NotFound
from app.kit.web import page
from app.people.current import Viewer

router = APIRouter()


@router.get("/d/{slug}/export")
def show(
    request: Request, definition: VisibleDefinition, db: Db, person: Viewer, version: str = ""
) -> Response:
    takeable = queries.takeable(db, definition)
    wanted = next((one for one in takeable if version in ("", one.label or WORKING)), None)
    if wanted is None:
        raise NotFound
    copy = queries.copy_of(db, definition, wanted.label or WORKING, base_url(request))
    return page(
        request,
        "exports/show.html",
        definition=definition,
        takeable=takeable,
        copy=copy,
        standing=standing.standing(copy),
        files={name: file_of(copy, format) for name, format in TEXTS.items()},
        citations={n: file_of(copy, format).body.decode() for n, format in CITATIONS.items()},
        root=f"/d/{definition.slug}/v/{copy.label or WORKING}",
    )


@router.get("/d/{slug}/v/{label}.md")
def markdown(
    request: Request,
    definition: VisibleDefinition,
    label: str,
    db: Db,
    front: Annotated[bool, Query(description="with a front block of YAML")] = False,
) -> Response:
    copy = queries.copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, FRONTED if front else TEXTS["md"])


@router.get("/d/{slug}/v/{label}.html")
def html(request: Request, definition: VisibleDefinition, label: str, db: Db) -> Response:
    copy = queries.copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, TEXTS["html"])


@router.get("/d/{slug}/v/{label}.json")
def json(request: Request, definition: VisibleDefinition, label: str, db: Db) -> Response:
    copy = queries.copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, TEXTS["json"])


@router.get("/d/{slug}/v/{label}.pdf")
def pdf(request: Request, definition: VisibleDefinition, label: str, db: Db) -> Response:
    copy = queries.copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, TEXTS["pdf"])


@router.get("/d/{slug}/v/{label}/citation.txt")
def citation_text(request: Request, definition: VisibleDefinition, label: str, db: Db) -> Response:
    copy = queries.citable_copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, CITATIONS["txt"])


@router.get("/d/{slug}/v/{label}/citation.bib")
def citation_bibtex(
    request: Request, definition: VisibleDefinition, label: str, db: Db
) -> Response:
    copy = queries.citable_copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, CITATIONS["bib"])


@router.get("/d/{slug}/v/{label}/citation.json")
def citation_csl(request: Request, definition: VisibleDefinition, label: str, db: Db) -> Response:
    copy = queries.citable_copy_of(db, definition, label, base_url(request))
    return answer(request, definition, copy, CITATIONS["csl"])


@router.get("/schemas/definition-1.json")
def schema(person: Viewer) -> Response:
    return FileResponse(
        SCHEMA,
        media_type="application/schema+json",
        headers={"Cache-Control": "public, max-age=86400"},
    )


def base_url(request: Request) -> str:
    """Where people reach this instance: files say it, so it never depends on the request."""
    return str(request.app.state.settings.base_url)
