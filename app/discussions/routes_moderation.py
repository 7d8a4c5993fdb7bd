"""``/d/{slug}/moderation``: how moderation works here, and what waits for the chairs."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions.views_moderation import moderation_page
from app.kit.db import Db
from app.people.current import Viewer

router = APIRouter(prefix="/d/{slug}/moderation")


@router.get("")
def show(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    after: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    return moderation_page(request, db, definition, viewer, after=after)
