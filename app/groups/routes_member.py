"""The page of one person in a group: what they are and were, and what is done about it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.groups import (
    actions,
    actions_affiliation,
    actions_standing,
    queries,
    queries_standing,
    rules,
    rules_standing,
)
from app.groups.forms import AffiliationForm, MembershipForm, SuspensionForm
from app.groups.models import Category, Group
from app.groups.routes import VisibleGroup
from app.groups.views_member import member_page
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.i18n import _
from app.kit.refusals import NotFound, Refused, refuse_unless
from app.kit.web import Number, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.people.routes import Config

router = APIRouter(prefix="/g/{group}")

FIELDS = {"suspension_end": "days", "reason_is_needed": "reason", "reason_too_long": "reason"}


def person_of(group: VisibleGroup, person_id: str, db: Db) -> Person:
    """Somebody who is or was in the group, by their opaque id."""
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


ThePerson = Annotated[Person, Depends(person_of)]


@router.get("/people/{person_id}")
def member(
    request: Request, group: VisibleGroup, member: ThePerson, viewer: Viewer, db: Db
) -> Response:
    return member_page(request, db, group, member, viewer)


@router.post("/members/{person_id}")
def change_membership(
    request: Request,
    group: VisibleGroup,
    member: ThePerson,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[MembershipForm], Depends(submitted(MembershipForm))],
) -> Response:
    refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, person)))
    category = _category(db, group, form)
    status = 422
    if not form.errors:
        try:
            actions.change_membership(
                db,
                group,
                by=person,
                person=member,
                role=form.value.role,
                category=category,
                affiliation=form.value.affiliation,
            )
            return see_other(_path(group, member), said="member_changed")
        except Refused as refused:
            form.refuse("", sentence_of(request, refused.refusal))
            status = refused.status
    return member_page(request, db, group, member, person, changing=form, status=status)


@router.post("/members/{person_id}/affiliation")
def change_affiliation(
    request: Request,
    group: VisibleGroup,
    member: ThePerson,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[AffiliationForm], Depends(submitted(AffiliationForm))],
) -> Response:
    mine, theirs = (queries.membership_of(db, group.id, one) for one in (person, member))
    rules.enforce(
        rules_standing.may_change_affiliation(mine, theirs, name=member.name, affiliation=None)
    )
    status = 422
    if not form.errors:
        try:
            actions_affiliation.change_affiliation(
                db, group, by=person, person=member, affiliation=form.value.affiliation
            )
            return see_other(_path(group, member), said="member_changed")
        except Refused as refused:
            form.refuse("affiliation", sentence_of(request, refused.refusal))
            status = refused.status
    return member_page(request, db, group, member, person, affiliating=form, status=status)


@router.post("/members/{person_id}/end")
def end_membership(group: VisibleGroup, member: ThePerson, person: SignedIn, db: Db) -> Response:
    actions.end_membership(db, group, by=person, person=member)
    return see_other(_path(group, member), said="member_left")


@router.post("/leaving")
def leave_group(group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    actions_standing.leave_group(db, group, by=person)
    return see_other(f"/g/{group.slug}", said="left")


@router.post("/members/{person_id}/suspensions")
def suspend_member(
    request: Request,
    group: VisibleGroup,
    member: ThePerson,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[SuspensionForm], Depends(submitted(SuspensionForm))],
) -> Response:
    refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, person)))
    status = 422
    if not form.errors:
        try:
            actions_standing.suspend_member(
                db,
                group,
                by=person,
                person=member,
                until=clock.now() + timedelta(days=form.value.days),
                reason=form.value.reason,
                settings=config,
            )
            return see_other(_path(group, member), said="member_suspended")
        except Refused as refused:
            form.refuse(FIELDS.get(refused.refusal.code, ""), sentence_of(request, refused.refusal))
            status = refused.status
    return member_page(request, db, group, member, person, suspending=form, status=status)


@router.post("/suspensions/{number}/lifting")
def lift_suspension(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, person)))
    suspension = queries_standing.suspension_numbered(db, group, number)
    path = f"/g/{group.slug}/people/{suspension.person_id}"
    actions_standing.lift_suspension(db, suspension, by=person)
    return see_other(path, said="suspension_lifted")


def _path(group: Group, member: Person) -> str:
    return f"/g/{group.slug}/people/{member.id}"


def _category(db: Db, group: Group, form: Submitted[MembershipForm]) -> Category | None:
    """The category that a form names; a retired one too, which the verb may still refuse."""
    named = str(form.typed.get("category") or "")
    found = next((c for c in queries.all_categories_of(db, group.id) if c.name == named), None)
    if named and found is None:
        form.refuse("category", _("This is not one of the choices."))
    return found
