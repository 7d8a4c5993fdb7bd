"""``/api/v1/d/…/comments/…/hiding``: hiding a comment, and lifting that."""

from fastapi import Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions_hiding
from app.discussions.api_bodies_moderation import HidingBody, LiftingBody
from app.discussions.api_json import hiding_json
from app.discussions.api_json_moderation import HIDING_EXAMPLE, LIFTED_EXAMPLE
from app.discussions.queries import comment_of
from app.kit.api import api_router, reply
from app.kit.db import Db
from app.kit.web import Number
from app.people.current import SignedIn, viewer
from app.people.routes import Config

router = api_router("moderation", viewer)


@router.post(
    "/d/{slug}/comments/{number}/hiding",
    summary="Hide a comment under a rule of conduct",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": HIDING_EXAMPLE}}}},
)
def hide_comment(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    config: Config,
    body: HidingBody,
) -> Response:
    comment = comment_of(db, definition, number)
    hiding = actions_hiding.hide_comment(
        db, definition, comment, by=person, rule=body.rule, reason=body.reason, settings=config
    )
    db.refresh(hiding, ["rule"])
    location = f"/api/v1/d/{definition.slug}/comments/{number}"
    answer = {"comment": number, "hidden": hiding_json(hiding)}
    return reply(request, db, answer, status=201, location=location)


@router.post(
    "/d/{slug}/comments/{number}/hiding/lifting",
    summary="Lift the hiding of a comment",
    responses={200: {"content": {"application/json": {"example": LIFTED_EXAMPLE}}}},
)
def lift_hiding(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: LiftingBody,
) -> Response:
    comment = comment_of(db, definition, number)
    actions_hiding.lift_hiding(db, definition, comment, by=person, reason=body.reason)
    return reply(request, db, {"comment": number, "hidden": None})
