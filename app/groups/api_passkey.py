"""``/api/v1/g/{group}/passkey-condition``: how chairs and editors must sign in."""

from fastapi import Request
from starlette.responses import Response

from app.groups.actions_passkey import lift_passkey_condition, set_passkey_condition
from app.groups.queries_passkey import passkey_condition_of
from app.groups.routes import VisibleGroup
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.scopes import needs
from app.people.current import SignedIn, Viewer, viewer

router = api_router("groups", viewer)

EXAMPLE = {"since": "2026-11-24T08:00:00.000Z"}


@router.get(
    "/g/{group}/passkey-condition",
    summary="Since when chairs and editors sign in with a passkey; null where they need not",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def show_condition(request: Request, group: VisibleGroup, db: Db, person: Viewer) -> Response:
    condition = passkey_condition_of(db, group.id)
    return reply(request, db, {"since": time(condition.since if condition else None)})


@router.put(
    "/g/{group}/passkey-condition",
    summary="Ask chairs and editors to sign in with a passkey",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
@needs("admin")
def set_condition(request: Request, group: VisibleGroup, db: Db, person: SignedIn) -> Response:
    """A token counts as signed in with a passkey if it was made in a session that was."""
    condition = set_passkey_condition(db, group, by=person)
    return reply(request, db, {"since": time(condition.since)})


@router.delete(
    "/g/{group}/passkey-condition",
    summary="Ask no longer for passkeys",
    status_code=204,
    responses={204: {"description": "It is asked no longer"}},
)
@needs("admin")
def lift_condition(group: VisibleGroup, db: Db, person: SignedIn) -> Response:
    lift_passkey_condition(db, group, by=person)
    return Response(status_code=204)
