"""``/api/v1/g/{group}/members``: who is in a working group."""

from typing import Annotated

from fastapi import Body, Header, Request
from starlette.responses import Response

from app.groups import actions, queries
from app.groups.api_bodies import MemberBody, MembershipBody
from app.groups.api_json import (
    CHANGED_EXAMPLE,
    MEMBERS_EXAMPLE,
    MEMBERSHIP,
    etag_of,
    membership_json,
)
from app.groups.models import Category, Group
from app.kit.api import Cursor, Limit, api_router, if_match, problem, reply
from app.kit.db import Db
from app.kit.i18n import _
from app.kit.refusals import NotFound, Refusal, Refused
from app.kit.scopes import needs
from app.kit.web import sentence_of
from app.people.current import SignedIn, Viewer, viewer
from app.people.models import Person

router = api_router("groups", viewer)

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the membership that you read")
]
CHANGED = {
    "description": "The membership has changed since you read it; `current` is the one that stands",
    "content": {"application/problem+json": {"example": CHANGED_EXAMPLE}},
}


@router.get(
    "/g/{group}/members",
    summary="Who is in it now",
    responses={200: {"content": {"application/json": {"example": MEMBERS_EXAMPLE}}}},
)
def list_members(
    request: Request,
    group: str,
    db: Db,
    person: Viewer,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    found = queries.group_for(db, group, person)
    page = queries.members_page(db, found.id, after=after, limit=limit)
    items = [membership_json(m) for m in page.items]
    return reply(request, db, {"items": items, "next": page.next})


@router.post(
    "/g/{group}/members",
    summary="Bring somebody in, by id or by address",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
@needs("admin")
def add_member(
    request: Request, group: str, db: Db, person: SignedIn, body: Annotated[MemberBody, Body()]
) -> Response:
    found = queries.group_for(db, group, person)
    category = _category(db, found, body.category)
    if body.email is not None:
        newcomer = actions.newcomer(db, email=body.email, name=body.name)
    else:
        newcomer = _person(db, body.person or "")
    actions.add_member(
        db,
        found,
        by=person,
        person=newcomer,
        role=body.role,
        category=category,
        affiliation=body.affiliation,
    )
    return _answer(request, db, found, newcomer.id, status=201)


@router.get(
    "/g/{group}/members/{person_id}",
    summary="What somebody is in it now, under an ETag",
    responses={200: {"content": {"application/json": {"example": MEMBERSHIP}}}},
)
def show_membership(
    request: Request, group: str, person_id: str, db: Db, person: Viewer
) -> Response:
    return _answer(request, db, queries.group_for(db, group, person), person_id)


@router.put(
    "/g/{group}/members/{person_id}",
    summary="Change a membership, from now on",
    responses={200: {"content": {"application/json": {"example": MEMBERSHIP}}}, 412: CHANGED},
)
@needs("admin")
def change_membership(
    request: Request,
    group: str,
    person_id: str,
    db: Db,
    person: SignedIn,
    body: Annotated[MembershipBody, Body()],
    wanted: IfMatch = None,
) -> Response:
    found = queries.group_for(db, group, person)
    member = _person(db, person_id)
    try:
        actions.change_membership(
            db,
            found,
            by=person,
            person=member,
            role=body.role,
            category=_category(db, found, body.category),
            affiliation=body.affiliation,
            seen=_seen(request, db, found, member, wanted),
        )
    except Refused as refused:
        return _refused(request, db, found, member, refused)
    return _answer(request, db, found, person_id)


@router.delete(
    "/g/{group}/members/{person_id}",
    summary="End a membership",
    status_code=204,
    responses={204: {"description": "It has ended"}, 412: CHANGED},
)
@needs("admin")
def end_membership(
    request: Request, group: str, person_id: str, db: Db, person: SignedIn, wanted: IfMatch = None
) -> Response:
    found = queries.group_for(db, group, person)
    member = _person(db, person_id)
    try:
        seen = _seen(request, db, found, member, wanted)
        actions.end_membership(db, found, by=person, person=member, seen=seen)
    except Refused as refused:
        return _refused(request, db, found, member, refused)
    return Response(status_code=204)


def _answer(
    request: Request, db: Db, group: Group, person_id: str, *, status: int = 200
) -> Response:
    membership = queries.member_of(db, group.id, person_id)
    return reply(
        request,
        db,
        membership_json(membership),
        status=status,
        location=f"/api/v1/g/{group.slug}/members/{person_id}" if status == 201 else None,
        etag=etag_of(membership),
    )


def _seen(request: Request, db: Db, group: Group, person: Person, wanted: str | None) -> int | None:
    """The membership that ``If-Match`` names, for the verb to look at again under its lock."""
    current = queries.membership_of(db, group.id, person)
    if wanted is None or current is None:
        return None  # who is not in the group has nothing to name, which the verb says
    if_match(request, etag_of(current))
    return current.id


def _refused(request: Request, db: Db, group: Group, person: Person, refused: Refused) -> Response:
    """To whom named another membership, the one that stands; any other refusal as everywhere."""
    if refused.status != 412:
        raise refused
    current = queries.member_of(db, group.id, person.id)
    answer = problem(
        412,
        _("Not possible"),
        detail=sentence_of(request, refused.refusal),
        code=refused.refusal.code,
        current=membership_json(current),
    )
    answer.headers["ETag"] = f'"{etag_of(current)}"'
    return answer


def _category(db: Db, group: Group, name: str | None) -> Category | None:
    """The one of this name; a retired one too, which the verb may still refuse."""
    if name is None:
        return None
    found = next((c for c in queries.all_categories_of(db, group.id) if c.name == name), None)
    if found is None:
        raise Refused(Refusal("unknown_category", name=name), 422)
    return found


def _person(db: Db, person_id: str) -> Person:
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
