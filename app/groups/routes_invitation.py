"""The page behind the link of an invitation: who asks one into what, and the two answers.

Opening it changes nothing, since mail scanners open links too. Whoever holds the link may answer;
so may who is signed in under the very address, without the link.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.groups import queries_invitation as invitations
from app.groups.actions_invitation import accept_invitation, decline_invitation
from app.groups.forms import AnswerForm
from app.groups.models_coming import Invitation
from app.groups.queries import categories_of, membership_of
from app.groups.routes import category_named
from app.groups.rules_invitation import may_answer
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.web import page, see_other, url
from app.people.actions import send_sign_in_link
from app.people.addresses import name_until_asked
from app.people.current import SignedIn, Viewer
from app.people.floods import limited
from app.people.models import Person
from app.people.routes import Config

router = APIRouter(prefix="/invitation")

COOKIE = "invitation"  # the secret, while somebody signs in
Answered = Annotated[Submitted[AnswerForm], Depends(submitted(AnswerForm))]


@router.get("")
def invitation_page(
    request: Request,
    viewer: Viewer,
    db: Db,
    config: Config,
    token: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    token = token or request.cookies.get(COOKIE, "")
    invitation = _found(db, token, number, viewer)
    answer = _show(request, db, invitation, viewer, token)
    if invitation is not None and token:
        answer.set_cookie(
            COOKIE,
            token,
            max_age=3_600,
            path=router.prefix,
            httponly=True,
            samesite="lax",
            secure=not config.development,
        )
    return answer


@router.post("/acceptance")
def accept(request: Request, person: SignedIn, db: Db, form: Answered) -> Response:
    invitation = _answered(db, form, person)
    category = category_named(db, invitation.group_id, form)
    if form.errors:
        token = str(form.typed.get("token") or "")
        return _show(request, db, invitation, person, token, form=form, status=422)
    path = f"/g/{invitation.group.slug}"
    accept_invitation(db, invitation, by=person, category=category, name=form.value.name)
    answer = see_other(path, said="invitation_accepted")
    answer.delete_cookie(COOKIE, path=router.prefix)
    return answer


@router.post("/refusal")
def decline(request: Request, viewer: Viewer, db: Db, form: Answered) -> Response:
    invitation = _answered(db, form, viewer)
    path = f"/g/{invitation.group.slug}"
    decline_invitation(db, invitation, by=viewer)
    answer = see_other(path, said="invitation_declined")
    answer.delete_cookie(COOKIE, path=router.prefix)
    return answer


@router.post("/sign-in", dependencies=[limited("links")])
def send_link(request: Request, viewer: Viewer, db: Db, config: Config, form: Answered) -> Response:
    """A link to sign in, to the address that was invited: whoever holds the invitation asks."""
    invitation = _answered(db, form, viewer)
    refuse_unless(may_answer(invitation, clock.now()), 409)
    send_sign_in_link(
        db,
        email=invitation.email,
        next_path=url(router.prefix, number=invitation.id),
        settings=config,
    )
    return see_other("/sign-in/sent")


def _found(db: Db, token: str, number: int | None, viewer: Person | None) -> Invitation | None:
    """By the secret; else by its number, to who has the address."""
    found = invitations.invitation_by_secret(db, token) if token else None
    if number is not None and (found is None or found.id != number):
        return invitations.invitation_to(db, number, viewer)
    return found


def _answered(db: Db, form: Submitted[AnswerForm], viewer: Person | None) -> Invitation:
    """The invitation that a form names; the rest of it may still be wrong."""
    token, number = str(form.typed.get("token") or ""), str(form.typed.get("number") or "")
    plain = number.isascii() and number.isdecimal() and len(number) < 10
    found = _found(db, token, int(number) if plain else None, viewer)
    if found is None:
        raise Refused(Refusal("invitation_unknown"), 404)
    return found


def _show(
    request: Request,
    db: Db,
    invitation: Invitation | None,
    viewer: Person | None,
    token: str,
    *,
    form: Submitted[AnswerForm] | None = None,
    status: int = 200,
) -> Response:
    if invitation is None:
        status = 404
    refusal = may_answer(invitation, clock.now())
    if refusal is None and invitation and membership_of(db, invitation.group_id, viewer):
        refusal = Refusal("you_are_in_group")
    names = {}
    if viewer is not None and viewer.email and viewer.name == name_until_asked(viewer.email):
        names["name"] = invitation.name if invitation and invitation.name else viewer.name
    return page(
        request,
        "groups/invitation.html",
        status,
        invitation=invitation,
        refusal=refusal,
        token=token,
        form=form or Submitted.blank(AnswerForm, **names),
        asks_name=bool(names),
        is_addressee=bool(viewer and invitation and viewer.email == invitation.email),
        categories=categories_of(db, invitation.group_id) if invitation else [],
    )
