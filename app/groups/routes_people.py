"""The page on which chairs bring people in: by invitation, or at once; and what was sent."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.groups import actions, actions_invitation, queries, queries_invitation, rules
from app.groups.forms import MemberForm
from app.groups.member_list import COLUMNS, Row, write_list
from app.groups.routes import VisibleGroup, category_named
from app.groups.rules_invitation import may_invite
from app.groups.views_people import people_page
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused, refuse_unless
from app.kit.web import Number, see_other, sentence_of
from app.people.current import SignedIn
from app.people.routes import Config

router = APIRouter(prefix="/g/{group}")

FIELDS = {
    "unknown_role": "role",
    "unknown_category": "category",
    "already_in_group": "email",
    "already_invited": "email",
    "asked_too_often": "email",
    "address_is_needed": "email",
    "not_an_address": "email",
}
State = Literal["open", "over"]
MemberSent = Annotated[Submitted[MemberForm], Depends(submitted(MemberForm))]


@router.get("/people")
def people(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    state: State = "open",
    after: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    return people_page(request, db, group, person, state=state, after=after)


@router.post("/invitations")
def invite(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    config: Config,
    form: MemberSent,
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    if form.errors:
        return people_page(request, db, group, person, form=form, status=422)
    sent = form.value
    row = Row(1, sent.name, sent.email, sent.role, sent.category, sent.affiliation)
    try:
        actions_invitation.send_invitations(db, group, by=person, rows=[row], settings=config)
    except Refused as refused:
        _say(request, form, refused)
        return people_page(request, db, group, person, form=form, status=refused.status)
    return see_other(f"/g/{group.slug}/people#invitations", said="invitation_sent")


@router.post("/members")
def add_member(
    request: Request, group: VisibleGroup, person: SignedIn, db: Db, form: MemberSent
) -> Response:
    refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, person)))
    category = category_named(db, group.id, form)
    if form.errors:
        return people_page(request, db, group, person, added=form, status=422)
    sent = form.value
    try:
        actions.add_member(
            db,
            group,
            by=person,
            person=actions.newcomer(db, email=sent.email, name=sent.name),
            role=sent.role,
            category=category,
            affiliation=sent.affiliation,
        )
    except Refused as refused:
        _say(request, form, refused)
        return people_page(request, db, group, person, added=form, status=refused.status)
    return see_other(f"/g/{group.slug}#members", said="member_added")


@router.post("/invitations/{number}/again")
def send_again(
    group: VisibleGroup, number: Number, person: SignedIn, db: Db, config: Config
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    invitation = queries_invitation.invitation_of(db, group, number)
    actions_invitation.send_invitation_again(db, invitation, by=person, settings=config)
    return see_other(f"/g/{group.slug}/people#invitations", said="invitation_sent_again")


@router.post("/invitations/{number}/withdrawal")
def withdraw_invitation(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    invitation = queries_invitation.invitation_of(db, group, number)
    actions_invitation.withdraw_invitation(db, invitation, by=person)
    return see_other(f"/g/{group.slug}/people#invitations", said="invitation_withdrawn")


@router.get("/people.csv")
def members_as_csv(group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    """The members with their addresses, in the columns that a list is read in."""
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    rows = [
        (
            m.person.name,
            m.person.email or "",
            m.role,
            m.category.name if m.category else "",
            m.affiliation,
            m.since.date().isoformat(),
        )
        for m in queries.members_of(db, group.id)
    ]
    name = f"{group.slug}-members.csv"
    return Response(
        "\ufeff" + write_list(rows, (*COLUMNS, "since")),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _say(request: Request, form: Submitted[Any], refused: Refused) -> None:
    if refused.status == 403:
        raise refused
    form.refuse(FIELDS.get(refused.refusal.code, ""), sentence_of(request, refused.refusal))
