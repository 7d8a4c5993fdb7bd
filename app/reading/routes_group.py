"""The page of a working group: its definitions, its members, and what chairs do with them."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, StringConstraints
from starlette.responses import Response

from app.definitions.queries import definitions_for
from app.definitions.rules import may_create_definition
from app.groups import actions, queries, rules
from app.groups.models import ROLES, Category, Group
from app.groups.routes import VisibleGroup
from app.kit.db import Db
from app.kit.forms import Line, Submitted, submitted
from app.kit.i18n import _
from app.kit.refusals import NotFound, refuse_unless
from app.kit.web import page, see_other
from app.people.current import SignedIn, Viewer
from app.people.models import Person

router = APIRouter()


class MembershipForm(BaseModel):
    role: Literal["chair", "editor", "member", "observer"]
    category: int | None = None
    affiliation: Annotated[Line, StringConstraints(max_length=160)] = ""


@dataclass(frozen=True, slots=True)
class Changing:
    """A change of somebody's membership that could not be made, as it was typed."""

    person_id: str
    form: Submitted[MembershipForm]


@router.get("/g/{group}")
def show(request: Request, group: VisibleGroup, db: Db, person: Viewer) -> Response:
    return _show(request, db, group, person)


@router.post("/g/{group}/members/{person_id}")
def change_membership(
    request: Request,
    group: VisibleGroup,
    person_id: str,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[MembershipForm], Depends(submitted(MembershipForm))],
) -> Response:
    member = _person(db, person_id)
    category = _category(group, form)
    if form.errors:
        refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, person)))
        changing = Changing(person_id, form)
        return _show(request, db, group, person, changing=changing, status=422)
    actions.change_membership(
        db,
        group,
        by=person,
        person=member,
        role=form.value.role,
        category=category,
        affiliation=form.value.affiliation,
    )
    return see_other(f"/g/{group.slug}#members", said="member_changed")


@router.post("/g/{group}/members/{person_id}/end")
def end_membership(group: VisibleGroup, person_id: str, db: Db, person: SignedIn) -> Response:
    actions.end_membership(db, group, by=person, person=_person(db, person_id))
    return see_other(f"/g/{group.slug}#members", said="member_left")


def _show(
    request: Request,
    db: Db,
    group: Group,
    person: Person | None,
    *,
    changing: Changing | None = None,
    status: int = 200,
) -> Response:
    members = queries.members_of(db, group.id)
    mine = next((m for m in members if person is not None and m.person_id == person.id), None)
    return page(
        request,
        "groups/show.html",
        status,
        group=group,
        definitions=definitions_for(db, person, group_id=group.id),
        members=members,
        by_category=_by_category(group, members),
        mine=mine,
        may_manage=rules.may_manage_members(mine),
        may_create=may_create_definition(mine),
        changing=changing,
        roles=ROLES,
    )


def _by_category(group: Group, members: Any) -> list[tuple[Category | None, list[Any]]]:
    """Every category, the empty ones too, and those without one at the end."""
    lists = [(c, [m for m in members if m.category_id == c.id]) for c in group.categories]
    without = [m for m in members if m.category_id is None]
    return [*lists, *([(None, without)] if without else [])]


def _category(group: Group, form: Submitted[Any]) -> Category | None:
    """The category that a form names. One that the group does not have (any more) is refused."""
    named = form.typed["category"]
    found = next((c for c in group.categories if str(c.id) == named), None)
    if named and found is None:
        form.refuse("category", _("This is not one of the choices."))
    return found


def _person(db: Db, person_id: str) -> Person:
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
