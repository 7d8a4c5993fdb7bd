"""Coming into a group by a link, or by asking, as JSON; and what chairs do about both."""

from typing import Annotated

from fastapi import Body, Request
from starlette.responses import Response

from app.groups import actions_joining as actions, queries, queries_joining
from app.groups.api_bodies_joining import AskBody, DeclineBody, JoinBody, LetInBody, LinkBody
from app.groups.api_json import MEMBERSHIP, membership_json
from app.groups.api_json_joining import (
    LINKS_EXAMPLE,
    MADE_EXAMPLE,
    REQUEST,
    REQUESTS_EXAMPLE,
    link_json,
    request_json,
)
from app.groups.models import Category, Group
from app.groups.routes import VisibleGroup
from app.groups.rules_invitation import may_invite
from app.kit.api import Cursor, Limit, api_router, reply
from app.kit.db import Db
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.scopes import needs
from app.kit.web import Number
from app.people.current import SignedIn, viewer
from app.people.routes import Config

router = api_router("groups", viewer)


@router.get(
    "/g/{group}/links",
    summary="Links into the group, newest first; for chairs",
    responses={200: {"content": {"application/json": {"example": LINKS_EXAMPLE}}}},
)
def list_links(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    items = [link_json(one) for one in queries_joining.links_of(db, group.id)]
    return reply(request, db, {"items": items, "next": None})


@router.post(
    "/g/{group}/links",
    summary="Make a link by which people join; its secret is told this once",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": MADE_EXAMPLE}}}},
)
@needs("admin")
def make_link(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    config: Config,
    body: Annotated[LinkBody, Body()],
) -> Response:
    link, secret = actions.make_join_link(db, group, by=person, **body.model_dump())
    answer = {"number": link.id, "address": f"{config.base_url}/join?token={secret}"}
    return reply(request, db, answer, status=201)


@router.post(
    "/g/{group}/links/{number}/revocation",
    summary="End a link at once",
    status_code=204,
    responses={204: {"description": "Nobody comes by it any more"}},
)
@needs("admin")
def revoke_link(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    actions.revoke_join_link(db, queries_joining.link_of(db, group, number), by=person)
    return Response(status_code=204)


@router.post(
    "/join",
    summary="Join by a link",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
def join_by_link(
    request: Request, person: SignedIn, db: Db, body: Annotated[JoinBody, Body()]
) -> Response:
    link = queries_joining.link_by_secret(db, body.token)
    if link is None:
        raise Refused(Refusal("join_link_unknown"), 404)
    group, category = link.group, _category(db, link.group_id, body.category)
    actions.join_by_link(db, link, by=person, category=category, affiliation=body.affiliation)
    return _membership(request, db, group, person.id)


@router.get(
    "/g/{group}/requests",
    summary="Who asks to join, the first to ask first; for chairs",
    responses={200: {"content": {"application/json": {"example": REQUESTS_EXAMPLE}}}},
)
def list_requests(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    found = queries_joining.requests_page(db, group.id, after=after, limit=limit)
    items = [request_json(one) for one in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/g/{group}/requests",
    summary="Ask to join, in a few words",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": REQUEST}}}},
)
def ask_to_join(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    body: Annotated[AskBody, Body()],
) -> Response:
    category = _category(db, group.id, body.category)
    asked = actions.ask_to_join(
        db, group, by=person, words=body.words, category=category, affiliation=body.affiliation
    )
    return reply(request, db, request_json(asked, person=person, category=category), status=201)


@router.post(
    "/g/{group}/requests/mine/withdrawal",
    summary="Take your request to join back",
    status_code=204,
    responses={204: {"description": "It is taken back"}},
)
def withdraw_request(group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    last = queries_joining.last_request(db, group.id, person)
    if last is None:
        raise Refused(Refusal("request_is_over"), 409)
    actions.withdraw_join_request(db, last, by=person)
    return Response(status_code=204)


@router.post(
    "/g/{group}/requests/{number}/acceptance",
    summary="Let in who asked",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
@needs("admin")
def accept_request(
    request: Request,
    group: VisibleGroup,
    number: Number,
    person: SignedIn,
    db: Db,
    config: Config,
    body: Annotated[LetInBody, Body()],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    asked = queries_joining.request_of(db, group, number)
    category = _category(db, group.id, body.category)
    membership = actions.accept_join_request(
        db, asked, by=person, role=body.role, category=category, settings=config
    )
    return _membership(request, db, group, membership.person_id)


@router.post(
    "/g/{group}/requests/{number}/refusal",
    summary="Decline a request to join, and say why",
    status_code=204,
    responses={204: {"description": "They are told by mail"}},
)
@needs("admin")
def decline_request(
    group: VisibleGroup,
    number: Number,
    person: SignedIn,
    db: Db,
    config: Config,
    body: Annotated[DeclineBody, Body()],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    asked = queries_joining.request_of(db, group, number)
    actions.decline_join_request(db, asked, by=person, reason=body.reason, settings=config)
    return Response(status_code=204)


def _membership(request: Request, db: Db, group: Group, person_id: str) -> Response:
    answer = membership_json(queries.member_of(db, group.id, person_id))
    path = f"/api/v1/g/{group.slug}/members/{person_id}"
    return reply(request, db, answer, status=201, location=path)


def _category(db: Db, group_id: int, name: str | None) -> Category | None:
    if name is None:
        return None
    for one in queries.categories_of(db, group_id):
        if one.name == name:
            return one
    raise Refused(Refusal("unknown_category", name=name), 422)
