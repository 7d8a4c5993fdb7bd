"""``/api/v1/d/{slug}/ballots/{number}/recusal``: taking no part in a ballot."""

from typing import Annotated

from fastapi import Body, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from app.ballots import actions_recusal
from app.ballots.api_json import RECUSED_EXAMPLE, page_json
from app.ballots.forms import Reason
from app.ballots.models import Ballot
from app.ballots.queries import ballot_for
from app.ballots.queries_page import ballot_page
from app.ballots.routes import VisibleBallot
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.kit import clock
from app.kit.api import api_router, reply
from app.kit.db import Db
from app.kit.scopes import needs
from app.people.current import SignedIn, viewer
from app.people.models import Person

router = api_router("ballots", viewer)


class RecusalBody(BaseModel):
    """Why somebody takes no part. People in the group read it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "My employer sells what this would allow."}]},
    )

    reason: Annotated[Reason, StringConstraints(min_length=1)]


@router.post(
    "/d/{slug}/ballots/{number}/recusal",
    summary="Recuse yourself: take no part, and count no longer",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": RECUSED_EXAMPLE}}}},
)
@needs("vote")
def declare_recusal(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    person: SignedIn,
    db: Db,
    body: Annotated[RecusalBody, Body()],
) -> Response:
    actions_recusal.declare_recusal(db, ballot, by=person, reason=body.reason)
    return _answer(request, db, definition, ballot, person, status=201)


@router.post(
    "/d/{slug}/ballots/{number}/recusal/withdrawal",
    summary="Take your recusal back, until the close",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": RECUSED_EXAMPLE}}}},
)
@needs("vote")
def withdraw_recusal(
    request: Request, definition: VisibleDefinition, ballot: VisibleBallot, person: SignedIn, db: Db
) -> Response:
    actions_recusal.withdraw_recusal(db, ballot, by=person)
    return _answer(request, db, definition, ballot, person, status=201)


def _answer(
    request: Request, db: Db, definition: Definition, ballot: Ballot, person: Person, *, status: int
) -> Response:
    """The ballot as it is now."""
    now = clock.now()
    it = ballot_page(
        db, ballot_for(db, definition, ballot.number, again=True), viewer=person, now=now
    )
    location = f"/api/v1/d/{definition.slug}/ballots/{ballot.number}"
    return reply(request, db, page_json(it, now), status=status, location=location)
