"""What somebody was in a group, with whom they are, leaving it, and suspensions, as JSON."""

from typing import Annotated, Any

from fastapi import Body, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from app.groups import actions_affiliation, actions_standing as actions, queries, queries_standing
from app.groups.affiliations import Affiliation, affiliations_of
from app.groups.api_json import MEMBERSHIP, etag_of, membership_json
from app.groups.forms import Affiliation as AffiliationText
from app.groups.models import Membership, Suspension
from app.groups.routes import VisibleGroup
from app.groups.routes_member import ThePerson
from app.groups.rules import may_manage_members
from app.groups.rules_standing import REASON_LENGTH_MAX
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.forms import Moment, Prose
from app.kit.refusals import NotFound, refuse_unless
from app.kit.scopes import needs
from app.kit.web import Number
from app.people.current import SignedIn, Viewer, viewer
from app.people.routes import Config

router = api_router("groups", viewer)

PERIOD = {
    "role": "member",
    "category": "deployers",
    "affiliation": "Rivermouth Hospital",
    "since": "2024-06-03T12:00:00.000Z",
    "until": None,
}
SUSPENSION: dict[str, Any] = {
    "number": 2,
    "reason": "Rule 2, three times in a week.",
    "since": "2024-06-03T12:00:00.000Z",
    "until": "2024-06-17T12:00:00.000Z",
    "lifted_at": None,
}
AFFILIATION = {name: PERIOD[name] for name in ("affiliation", "since", "until")}
HISTORY_EXAMPLE = {
    "periods": [PERIOD],
    "affiliations": [AFFILIATION],
    "suspensions": [SUSPENSION],
}


class AffiliationBody(BaseModel):
    """With whom somebody is from now on; empty where with nobody."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"affiliation": "Rivermouth Hospital"}]}
    )

    affiliation: AffiliationText


class SuspensionBody(BaseModel):
    """Until when somebody only reads, and why. They are told both."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"until": SUSPENSION["until"], "reason": SUSPENSION["reason"]}]
        },
    )

    until: Moment
    reason: Annotated[Prose, StringConstraints(min_length=1, max_length=REASON_LENGTH_MAX)]


@router.get(
    "/g/{group}/members/{person_id}/history",
    summary="What somebody was in it, the latest first; suspensions for people in it",
    responses={200: {"content": {"application/json": {"example": HISTORY_EXAMPLE}}}},
)
def history(
    request: Request, group: VisibleGroup, member: ThePerson, person: Viewer, db: Db
) -> Response:
    periods = queries_standing.periods_of(db, group, member)
    if not periods:
        raise NotFound
    mine = queries.membership_of(db, group.id, person)
    suspensions = queries_standing.suspensions_of(db, group, member) if mine else []
    answer = {
        "periods": [_period(one) for one in periods],
        "affiliations": [_affiliation(one) for one in affiliations_of(periods)],
        "suspensions": [_suspension(one) for one in suspensions],
    }
    return reply(request, db, answer)


@router.put(
    "/g/{group}/members/{person_id}/affiliation",
    summary="Change with whom you are, or as a chair somebody is, from now on",
    responses={200: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
@needs("admin")
def change_affiliation(
    request: Request,
    group: VisibleGroup,
    member: ThePerson,
    person: SignedIn,
    db: Db,
    body: Annotated[AffiliationBody, Body()],
) -> Response:
    actions_affiliation.change_affiliation(
        db, group, by=person, person=member, affiliation=body.affiliation
    )
    membership = queries.member_of(db, group.id, member.id)
    return reply(request, db, membership_json(membership), etag=etag_of(membership))


@router.post(
    "/g/{group}/leaving",
    summary="Leave the group",
    status_code=204,
    responses={204: {"description": "You have left"}},
)
def leave_group(group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    actions.leave_group(db, group, by=person)
    return Response(status_code=204)


@router.post(
    "/g/{group}/members/{person_id}/suspensions",
    summary="Suspend somebody for a time",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": SUSPENSION}}}},
)
@needs("admin")
def suspend_member(
    request: Request,
    group: VisibleGroup,
    member: ThePerson,
    person: SignedIn,
    db: Db,
    config: Config,
    body: Annotated[SuspensionBody, Body()],
) -> Response:
    suspension = actions.suspend_member(
        db,
        group,
        by=person,
        person=member,
        until=body.until,
        reason=body.reason,
        settings=config,
    )
    return reply(request, db, _suspension(suspension), status=201)


@router.post(
    "/g/{group}/suspensions/{number}/lifting",
    summary="End a suspension before its time",
    status_code=204,
    responses={204: {"description": "It is lifted"}},
)
@needs("admin")
def lift_suspension(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_manage_members(queries.membership_of(db, group.id, person)))
    suspension = queries_standing.suspension_numbered(db, group, number)
    actions.lift_suspension(db, suspension, by=person)
    return Response(status_code=204)


def _period(one: Membership) -> dict[str, Any]:
    return {
        "role": one.role,
        "category": one.category.name if one.category else None,
        "affiliation": one.affiliation,
        "since": time(one.since),
        "until": time(one.until),
    }


def _affiliation(one: Affiliation) -> dict[str, Any]:
    return {"affiliation": one.name, "since": time(one.since), "until": time(one.until)}


def _suspension(one: Suspension) -> dict[str, Any]:
    return {
        "number": one.id,
        "reason": one.reason,
        "since": time(one.since),
        "until": time(one.until),
        "lifted_at": time(one.lifted_at),
    }
