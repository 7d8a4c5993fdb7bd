"""Interests of members: the page of all of them, declaring one, ending one."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.groups import actions_interest, queries, queries_interest, rules_interest
from app.groups.forms import InterestForm
from app.groups.models import Group
from app.groups.models_interest import KINDS
from app.groups.routes import VisibleGroup
from app.groups.rules import enforce
from app.groups.views_member import member_page
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.models import Person

router = APIRouter(prefix="/g/{group}/interests")


class ListForm(BaseModel):
    """Which kind; it lives in the address."""

    kind: Literal["", "employer", "funding", "other"] = ""


@router.get("")
def list_interests(
    request: Request,
    group: VisibleGroup,
    viewer: Viewer,
    db: Db,
    chosen: Annotated[ListForm, Query()],
) -> Response:
    mine = queries.membership_of(db, group.id, viewer)
    seen = queries_interest.seen_by(viewer, mine)
    found = queries_interest.standing_interests(db, group, seen, kind=chosen.kind)
    return page(
        request,
        "groups/interests.html",
        group=group,
        mine=mine,
        interests=found,
        silent=queries_interest.silent_members(db, group) if mine else [],
        kind=chosen.kind,
        kinds=KINDS,
    )


@router.post("")
def declare_interest(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[InterestForm], Depends(submitted(InterestForm))],
) -> Response:
    mine = queries.membership_of(db, group.id, person)
    enforce(rules_interest.may_declare_interest(mine, standing=0, kind=None, words=None))
    status = 422
    if not form.errors:
        try:
            actions_interest.declare_interest(
                db,
                group,
                by=person,
                kind=form.value.kind,
                words=form.value.words,
                shown_to=form.value.shown_to,
            )
            return see_other(_path(group, person), said="interest_declared")
        except Refused as refused:
            form.refuse("words", sentence_of(request, refused.refusal))
            status = refused.status
    return member_page(request, db, group, person, person, declaring=form, status=status)


@router.post("/{number}/end")
def end_interest(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    mine = queries.membership_of(db, group.id, person)
    seen = queries_interest.seen_by(person, mine)
    interest = queries_interest.interest_numbered(db, group, number, seen)
    actions_interest.end_interest(db, interest, by=person)
    return see_other(_path(group, person), said="interest_ended")


def _path(group: Group, person: Person) -> str:
    return f"/g/{group.slug}/people/{person.id}#interests"
