"""The page about the API: how to begin, and every operation."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kit.pages import kept, shared_fragments
from app.kit.web import page
from app.people.current import Viewer
from app.reading.operations import operations_by_tag

router = APIRouter()

FRAGMENTS = ("reading/_operations.html",)


@router.get("/api")
def api_page(request: Request, viewer: Viewer) -> Response:
    groups = kept(request).once(
        "operations", lambda: operations_by_tag(request.app.openapi()), lambda _: 200_000
    )
    (listed,) = shared_fragments(request, FRAGMENTS, "operations", lambda: {"groups": groups})
    return page(request, "reading/api.html", groups=groups, listed=listed)
