"""``/api/v1/g/{group}/invitations`` and ``/api/v1/me/invitations``: inviting, and answering."""

from typing import Annotated, Literal

from fastapi import Body, Query, Request
from starlette.responses import Response

from app.groups import actions_invitation as actions, queries, queries_invitation
from app.groups.api_bodies import AnswerBody, InvitationsBody
from app.groups.api_json import (
    INVITATIONS_EXAMPLE,
    MEMBERSHIP,
    MY_INVITATIONS_EXAMPLE,
    SENT_EXAMPLE,
    invitation_json,
    membership_json,
    my_invitation_json,
)
from app.groups.member_list import Row
from app.groups.models import Category
from app.groups.models_coming import Invitation
from app.groups.queries_invitation import known_for
from app.groups.routes import VisibleGroup
from app.groups.rules_invitation import judge, may_invite
from app.kit import clock
from app.kit.api import Cursor, Limit, api_router, problem, reply
from app.kit.db import Db
from app.kit.i18n import _
from app.kit.refusals import NotFound, Refusal, Refused, refuse_unless
from app.kit.scopes import needs
from app.kit.web import Number, sentence_of
from app.people.current import SignedIn, viewer
from app.people.routes import Config

router = api_router("groups", viewer)


@router.get(
    "/g/{group}/invitations",
    summary="Who is invited, newest first; for chairs",
    responses={200: {"content": {"application/json": {"example": INVITATIONS_EXAMPLE}}}},
)
def list_invitations(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    state: Annotated[Literal["open", "over"], Query()] = "open",
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    found = queries_invitation.invitations_page(db, group.id, state, after=after, limit=limit)
    items = [invitation_json(one) for one in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/g/{group}/invitations",
    summary="Invite people by mail: all of a list, or nobody",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": SENT_EXAMPLE}}}},
)
@needs("admin")
def send_invitations(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    config: Config,
    body: Annotated[InvitationsBody, Body()],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    rows = [Row(number, **one.model_dump()) for number, one in enumerate(body.people, 1)]
    known = known_for(db, group, [row.email for row in rows], clock.now())
    adding = {name.casefold() for name in body.add_categories}
    wrong = {
        f"people.{one.row.number - 1}.{column}": sentence_of(request, refusal)
        for one in judge(rows, known, adding)
        for column, refusal in one.refusals.items()
    }
    if wrong:
        return problem(
            422,
            _("Some values can't be taken"),
            code="invalid",
            errors=wrong,
            detail=next(f"{place}: {words}" for place, words in wrong.items()),
        )
    sent = actions.send_invitations(
        db, group, by=person, rows=rows, adding=body.add_categories, settings=config
    )
    numbers = [one.id for one in sent]
    return reply(request, db, {"invitations": numbers}, status=201)


@router.post(
    "/g/{group}/invitations/{number}/again",
    summary="Send an invitation again, with a new link",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": SENT_EXAMPLE}}}},
)
@needs("admin")
def send_again(
    request: Request,
    group: VisibleGroup,
    number: Number,
    person: SignedIn,
    db: Db,
    config: Config,
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    invitation = queries_invitation.invitation_of(db, group, number)
    sent = actions.send_invitation_again(db, invitation, by=person, settings=config)
    return reply(request, db, {"invitations": [sent.id]}, status=201)


@router.post(
    "/g/{group}/invitations/{number}/withdrawal",
    summary="Take an invitation back",
    status_code=204,
    responses={204: {"description": "Its link works no more"}},
)
@needs("admin")
def withdraw_invitation(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    invitation = queries_invitation.invitation_of(db, group, number)
    actions.withdraw_invitation(db, invitation, by=person)
    return Response(status_code=204)


@router.get(
    "/me/invitations",
    summary="What you are invited to, the soonest to expire first",
    responses={200: {"content": {"application/json": {"example": MY_INVITATIONS_EXAMPLE}}}},
)
def list_mine(request: Request, person: SignedIn, db: Db) -> Response:
    found = queries_invitation.invitations_for(db, person, clock.now())
    return reply(request, db, {"items": [my_invitation_json(one) for one in found], "next": None})


@router.post(
    "/me/invitations/{number}/acceptance",
    summary="Join, as you were invited",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
def accept_invitation(
    request: Request,
    number: Number,
    person: SignedIn,
    db: Db,
    body: Annotated[AnswerBody, Body()],
) -> Response:
    invitation = _mine(db, number, person)
    group = invitation.group
    actions.accept_invitation(
        db, invitation, by=person, category=_category(db, invitation, body.category)
    )
    membership = queries.member_of(db, group.id, person.id)
    return reply(
        request,
        db,
        membership_json(membership),
        status=201,
        location=f"/api/v1/g/{group.slug}/members/{person.id}",
    )


@router.post(
    "/me/invitations/{number}/refusal",
    summary="Say no to an invitation",
    status_code=204,
    responses={204: {"description": "You have declined"}},
)
def decline_invitation(number: Number, person: SignedIn, db: Db) -> Response:
    actions.decline_invitation(db, _mine(db, number, person), by=person)
    return Response(status_code=204)


def _mine(db: Db, number: int, person: SignedIn) -> Invitation:
    found = queries_invitation.invitation_to(db, number, person)
    if found is None:
        raise NotFound
    return found


def _category(db: Db, invitation: Invitation, name: str | None) -> Category | None:
    if name is None:
        return None
    for one in queries.categories_of(db, invitation.group_id):
        if one.name == name:
            return one
    raise Refused(Refusal("unknown_category", name=name), 422)
