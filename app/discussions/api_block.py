"""``/api/v1/g/{group}/blocks``: who may not speak in a group, and until when."""

from fastapi import Request
from starlette.responses import Response

from app.discussions.api_bodies_moderation import BlockBody, LiftingBody
from app.discussions.api_json_moderation import (
    BLOCK_EXAMPLE,
    BLOCKS_EXAMPLE,
    UNBLOCKED_EXAMPLE,
    block_json,
)
from app.discussions.queries_moderation import person_named
from app.groups import actions_block
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_for, blocks_of
from app.groups.routes import VisibleGroup
from app.groups.rules_conduct import is_named_to
from app.kit import clock
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.scopes import needs
from app.kit.web import Number
from app.people.current import SignedIn, Viewer, viewer
from app.people.routes import Config

router = api_router("moderation", viewer)


@router.get(
    "/g/{group}/blocks",
    summary="Who may not speak in it now, newest first; named to people in it",
    responses={200: {"content": {"application/json": {"example": BLOCKS_EXAMPLE}}}},
)
def list_blocks(request: Request, group: VisibleGroup, db: Db, person: Viewer) -> Response:
    membership = membership_of(db, group.id, person)
    viewer_id = person.id if person else None
    items = [
        block_json(one, named=is_named_to(one.person_id, viewer_id, membership))
        for one in blocks_of(db, group.id, clock.now())
    ]
    return reply(request, db, {"items": items, "next": None})


@router.post(
    "/g/{group}/blocks",
    summary="Block somebody from speaking in the group",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": BLOCK_EXAMPLE}}}},
)
@needs("admin")
def block_person(
    request: Request,
    group: VisibleGroup,
    db: Db,
    person: SignedIn,
    config: Config,
    body: BlockBody,
) -> Response:
    made = actions_block.block_person(
        db,
        group,
        by=person,
        person=person_named(db, body.person),
        rule=body.rule,
        until=body.until,
        reason=body.reason,
        settings=config,
    )
    block = block_for(db, group.id, made.number)
    location = f"/api/v1/g/{group.slug}/blocks"
    return reply(request, db, block_json(block, named=True), status=201, location=location)


@router.post(
    "/g/{group}/blocks/{number}/lifting",
    summary="Lift a block",
    responses={200: {"content": {"application/json": {"example": UNBLOCKED_EXAMPLE}}}},
)
@needs("admin")
def lift_block(
    request: Request,
    group: VisibleGroup,
    db: Db,
    person: SignedIn,
    number: Number,
    body: LiftingBody,
) -> Response:
    block = block_for(db, group.id, number)
    actions_block.lift_block(db, group, block, by=person, reason=body.reason)
    return reply(request, db, {"block": block.number, "lifted_at": time(block.lifted_at)})
