"""``/api/v1/g/…``: working groups and their members."""

from typing import Annotated, Any, Literal

from fastapi import Body, Request
from pydantic import BaseModel, StringConstraints
from starlette.responses import Response

from app.groups import actions, queries
from app.groups.models import Category, Group, Membership
from app.kit.api import Cursor, Limit, api_router, reply, time
from app.kit.db import Db
from app.kit.forms import Line
from app.kit.refusals import NotFound, Refusal, Refused
from app.people.api import person_json
from app.people.current import SignedIn, Viewer, viewer
from app.people.models import Person

router = api_router("groups", viewer)


class MembershipBody(BaseModel):
    """What somebody is to be in the group from now on."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {"role": "member", "category": "Deployers", "affiliation": "Rivermouth Hospital"}
            ]
        }
    }

    role: Literal["chair", "editor", "member", "observer"] = "member"
    category: Annotated[Line, StringConstraints(max_length=80)] | None = None
    affiliation: Annotated[Line, StringConstraints(max_length=160)] = ""


class MemberBody(MembershipBody):
    """A person to bring in, by their opaque id."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {"person": "p_0f3a5c7e9b1d2f40", "role": "member", "category": "Deployers"}
            ]
        }
    }

    person: Annotated[str, StringConstraints(pattern=r"^p_[0-9a-f]{16}$")]


@router.get("/g", summary="Working groups")
def list_groups(request: Request, db: Db, person: Viewer) -> Response:
    groups = queries.groups_all(db)
    return reply(request, db, {"items": [group_json(g) for g in groups], "next": None})


@router.get("/g/{group}", summary="A working group")
def show_group(request: Request, group: str, db: Db, person: Viewer) -> Response:
    found = queries.group_for(db, group, person)
    return reply(
        request, db, group_json(found) | {"categories": [c.name for c in found.categories]}
    )


@router.get("/g/{group}/members", summary="Who is in it now")
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


@router.post("/g/{group}/members", summary="Bring somebody in", status_code=201)
def add_member(
    request: Request, group: str, db: Db, person: SignedIn, body: Annotated[MemberBody, Body()]
) -> Response:
    found = queries.group_for(db, group, person)
    membership = actions.add_member(
        db,
        found,
        by=person,
        person=_person(db, body.person),
        role=body.role,
        category=_category(found, body.category),
        affiliation=body.affiliation,
    )
    location = f"/api/v1/g/{found.slug}/members/{membership.person_id}"
    return _membership_reply(request, db, found, membership.person_id, 201, location)


@router.put("/g/{group}/members/{person_id}", summary="Change a membership, from now on")
def change_membership(
    request: Request,
    group: str,
    person_id: str,
    db: Db,
    person: SignedIn,
    body: Annotated[MembershipBody, Body()],
) -> Response:
    found = queries.group_for(db, group, person)
    actions.change_membership(
        db,
        found,
        by=person,
        person=_person(db, person_id),
        role=body.role,
        category=_category(found, body.category),
        affiliation=body.affiliation,
    )
    return _membership_reply(request, db, found, person_id, 200, None)


@router.delete("/g/{group}/members/{person_id}", summary="End a membership", status_code=204)
def end_membership(group: str, person_id: str, db: Db, person: SignedIn) -> Response:
    found = queries.group_for(db, group, person)
    actions.end_membership(db, found, by=person, person=_person(db, person_id))
    return Response(status_code=204)


def group_json(group: Group) -> dict[str, Any]:
    """A group as lists show it."""
    return {
        "slug": group.slug,
        "name": group.name,
        "summary": group.summary,
        "since": time(group.since),
    }


def membership_json(membership: Membership) -> dict[str, Any]:
    """A membership, with person and category loaded."""
    return {
        "person": person_json(membership.person),
        "role": membership.role,
        "category": membership.category.name if membership.category else None,
        "affiliation": membership.affiliation,
        "since": time(membership.since),
    }


def _membership_reply(
    request: Request, db: Db, group: Group, person_id: str, status: int, location: str | None
) -> Response:
    member = next(m for m in queries.members_of(db, group.id) if m.person_id == person_id)
    return reply(request, db, membership_json(member), status=status, location=location)


def _category(group: Group, name: str | None) -> Category | None:
    if name is None:
        return None
    found = next((c for c in group.categories if c.name == name), None)
    if found is None:
        raise Refused(Refusal("unknown_category", name=name), 422)
    return found


def _person(db: Db, person_id: str) -> Person:
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
