"""``/api/v1/d/{slug}/slow-mode``: how often each person may comment on a definition."""

from fastapi import Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions_slow
from app.discussions.api_bodies_moderation import SlowModeBody
from app.discussions.api_json_moderation import FAST_EXAMPLE, SLOW_EXAMPLE, slow_json
from app.discussions.queries_slow import slow_mode_of
from app.kit import clock
from app.kit.api import api_router, reply
from app.kit.db import Db
from app.people.current import SignedIn, Viewer, viewer

router = api_router("moderation", viewer)


@router.get(
    "/d/{slug}/slow-mode",
    summary="Whether a definition is in slow mode, and until when",
    responses={200: {"content": {"application/json": {"example": SLOW_EXAMPLE}}}},
)
def show_slow_mode(
    request: Request, definition: VisibleDefinition, db: Db, person: Viewer
) -> Response:
    return reply(request, db, slow_json(slow_mode_of(db, definition, clock.now())))


@router.put(
    "/d/{slug}/slow-mode",
    summary="Set slow mode until a moment",
    responses={200: {"content": {"application/json": {"example": SLOW_EXAMPLE}}}},
)
def set_slow_mode(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, body: SlowModeBody
) -> Response:
    slow = actions_slow.set_slow_mode(
        db, definition, by=person, minutes=body.minutes, until=body.until, reason=body.reason
    )
    return reply(request, db, slow_json(slow))


@router.delete(
    "/d/{slug}/slow-mode",
    summary="End slow mode",
    responses={200: {"content": {"application/json": {"example": FAST_EXAMPLE}}}},
)
def end_slow_mode(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn
) -> Response:
    actions_slow.end_slow_mode(db, definition, by=person)
    return reply(request, db, slow_json(None))
