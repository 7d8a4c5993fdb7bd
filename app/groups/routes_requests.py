"""What chairs do about who asks to join, and about links into the group."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.groups import actions_joining as actions, queries, queries_joining
from app.groups.forms import DeclineForm, LetInForm, LinkForm
from app.groups.routes import VisibleGroup, category_named
from app.groups.rules_invitation import may_invite
from app.groups.views_people import Deciding, people_page
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import refuse_unless
from app.kit.web import Number, see_other
from app.people.current import SignedIn
from app.people.routes import Config

router = APIRouter(prefix="/g/{group}")


@router.post("/requests/{number}/acceptance")
def accept_request(
    request: Request,
    group: VisibleGroup,
    number: Number,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[LetInForm], Depends(submitted(LetInForm))],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    asked = queries_joining.request_of(db, group, number)
    category = category_named(db, group.id, form)
    if form.errors:
        deciding = Deciding(number, let_in=form)
        return people_page(request, db, group, person, deciding=deciding, status=422)
    actions.accept_join_request(
        db, asked, by=person, role=form.value.role, category=category, settings=config
    )
    return see_other(f"/g/{group.slug}/people#requests", said="request_accepted")


@router.post("/requests/{number}/refusal")
def decline_request(
    request: Request,
    group: VisibleGroup,
    number: Number,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[DeclineForm], Depends(submitted(DeclineForm))],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    asked = queries_joining.request_of(db, group, number)
    if form.errors:
        deciding = Deciding(number, decline=form)
        return people_page(request, db, group, person, deciding=deciding, status=422)
    actions.decline_join_request(db, asked, by=person, reason=form.value.reason, settings=config)
    return see_other(f"/g/{group.slug}/people#requests", said="request_declined")


@router.post("/links")
def make_link(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[LinkForm], Depends(submitted(LinkForm))],
) -> Response:
    """Answers with the page itself, as for a token: the secret is shown this once."""
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    if form.errors:
        return people_page(request, db, group, person, link=form, status=422)
    sent = form.value
    _link, secret = actions.make_join_link(
        db,
        group,
        by=person,
        label=sent.label,
        role=sent.role,
        uses_max=sent.uses_max,
        days=sent.days,
    )
    address = f"{config.base_url}/join?token={secret}"
    answer = people_page(request, db, group, person, made=address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/links/{number}/revocation")
def revoke_link(group: VisibleGroup, number: Number, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    actions.revoke_join_link(db, queries_joining.link_of(db, group, number), by=person)
    return see_other(f"/g/{group.slug}/people#links", said="join_link_revoked")
