"""``/api/v1/g``: working groups; their members are in ``api_members``."""

from typing import Annotated

from fastapi import Body, Request
from starlette.responses import Response

from app.groups import actions, queries
from app.groups.api_bodies import GroupBody
from app.groups.api_json import GROUP_EXAMPLE, GROUPS_EXAMPLE, group_json
from app.kit.api import Cursor, Limit, api_router, reply
from app.kit.db import Db
from app.people.current import SignedIn, Viewer, viewer
from app.people.routes import Config

router = api_router("groups", viewer)


@router.get(
    "/g",
    summary="Working groups, the oldest first",
    responses={200: {"content": {"application/json": {"example": GROUPS_EXAMPLE}}}},
)
def list_groups(
    request: Request, db: Db, person: Viewer, after: Cursor = None, limit: Limit = 50
) -> Response:
    found = queries.groups_page(db, after=after, limit=limit)
    items = [group_json(group) for group in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/g",
    summary="Make a working group, with yourself in the chair",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": GROUP_EXAMPLE}}}},
)
def create_group(
    request: Request, db: Db, person: SignedIn, config: Config, body: Annotated[GroupBody, Body()]
) -> Response:
    made = actions.create_group(
        db,
        by=person,
        slug=body.slug,
        name=body.name,
        summary=body.summary,
        categories=body.categories,
        only_administrators=config.groups_by == "administrators",
    )
    answer = group_json(made) | {"categories": [c.name for c in made.categories]}
    return reply(request, db, answer, status=201, location=f"/api/v1/g/{made.slug}")


@router.get(
    "/g/{group}",
    summary="A working group, with its stakeholder categories",
    responses={200: {"content": {"application/json": {"example": GROUP_EXAMPLE}}}},
)
def show_group(request: Request, group: str, db: Db, person: Viewer) -> Response:
    found = queries.group_for(db, group, person)
    return reply(
        request, db, group_json(found) | {"categories": [c.name for c in found.categories]}
    )
