"""``/api/v1/g/{group}/interests``: what members declared, as you may see it."""

from typing import Annotated, Any, Literal

from fastapi import Body, Query, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from app.groups import actions_interest, queries, queries_interest
from app.groups.models_interest import Interest
from app.groups.routes import VisibleGroup
from app.groups.rules_interest import INTEREST_LENGTH_MAX
from app.kit.api import Cursor, Limit, api_router, reply, time
from app.kit.db import Db
from app.kit.forms import Prose
from app.kit.web import Number
from app.people.current import SignedIn, Viewer, viewer

router = api_router("groups", viewer)

INTEREST: dict[str, Any] = {
    "number": 7,
    "person": "p_0f3a5c7e9b1d2f40",
    "kind": "employer",
    "words": "Rivermouth Hospital, which deploys such systems.",
    "shown_to": "everybody",
    "since": "2024-06-03T12:00:00.000Z",
    "until": None,
}
EXAMPLE = {"items": [INTEREST], "next": None}
Kind = Literal["employer", "funding", "other"]


class InterestBody(BaseModel):
    """What may weigh with you, and whether everybody reads it or people in the group only."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{name: INTEREST[name] for name in ("kind", "words", "shown_to")}]
        },
    )

    kind: Kind
    words: Annotated[Prose, StringConstraints(min_length=1, max_length=INTEREST_LENGTH_MAX)]
    shown_to: Literal["everybody", "group"]


@router.get(
    "/g/{group}/interests",
    summary="Interests that members declared and that stand, the earliest first",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def list_interests(
    request: Request,
    group: VisibleGroup,
    person: Viewer,
    db: Db,
    kind: Annotated[Literal["", "employer", "funding", "other"], Query()] = "",
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    mine = queries.membership_of(db, group.id, person)
    seen = queries_interest.seen_by(person, mine)
    found = queries_interest.interests_page(db, group, seen, kind=kind, after=after, limit=limit)
    items = [interest_json(one) for one in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/g/{group}/interests",
    summary="Declare an interest of yours",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": INTEREST}}}},
)
def declare_interest(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    body: Annotated[InterestBody, Body()],
) -> Response:
    interest = actions_interest.declare_interest(
        db, group, by=person, kind=body.kind, words=body.words, shown_to=body.shown_to
    )
    location = f"/api/v1/g/{group.slug}/interests"
    return reply(request, db, interest_json(interest), status=201, location=location)


@router.post(
    "/g/{group}/interests/{number}/end",
    summary="End an interest of yours; that it stood stays to be read",
    status_code=204,
    responses={204: {"description": "It has ended"}},
)
def end_interest(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    mine = queries.membership_of(db, group.id, person)
    seen = queries_interest.seen_by(person, mine)
    interest = queries_interest.interest_numbered(db, group, number, seen)
    actions_interest.end_interest(db, interest, by=person)
    return Response(status_code=204)


def interest_json(one: Interest) -> dict[str, Any]:
    """An interest; ``person`` is an opaque id."""
    return {
        "number": one.id,
        "person": one.person_id,
        "kind": one.kind,
        "words": one.words,
        "shown_to": one.shown_to,
        "since": time(one.since),
        "until": time(one.until),
    }
