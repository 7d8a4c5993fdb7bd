"""Coming in without an invitation: by a link that a chair made, or by asking."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.groups import actions_joining as actions, queries, queries_joining, rules_joining
from app.groups.forms import AskForm, JoinForm
from app.groups.models import Group
from app.groups.models_coming import JoinLink
from app.groups.routes import VisibleGroup, category_named
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.web import page, see_other
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.people.routes import Config

router = APIRouter()

COOKIE, PLACE = "join", "/join"  # the secret of a link, while somebody signs in


@router.get(PLACE)
def link_page(
    request: Request,
    viewer: Viewer,
    db: Db,
    config: Config,
    token: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    token = token or request.cookies.get(COOKIE, "")
    link = queries_joining.link_by_secret(db, token) if token else None
    answer = _link_page(request, db, link, viewer, token)
    if link is not None:
        answer.set_cookie(
            COOKIE,
            token,
            max_age=3_600,
            path=PLACE,
            httponly=True,
            samesite="lax",
            secure=not config.development,
        )
    return answer


@router.post(PLACE)
def join_by_link(
    request: Request,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[JoinForm], Depends(submitted(JoinForm))],
) -> Response:
    token = str(form.typed.get("token") or "")
    link = queries_joining.link_by_secret(db, token) if token else None
    if link is None:
        raise Refused(Refusal("join_link_unknown"), 404)
    path = f"/g/{link.group.slug}"
    category = category_named(db, link.group_id, form)
    if form.errors:
        return _link_page(request, db, link, person, token, form=form, status=422)
    actions.join_by_link(db, link, by=person, category=category, affiliation=form.value.affiliation)
    answer = see_other(path, said="invitation_accepted")
    answer.delete_cookie(COOKIE, path=PLACE)
    return answer


@router.get("/g/{group}/join")
def ask_page(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    return _ask_page(request, db, group, person, Submitted.blank(AskForm))


@router.post("/g/{group}/requests")
def ask_to_join(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[AskForm], Depends(submitted(AskForm))],
) -> Response:
    category = category_named(db, group.id, form)
    if form.errors:
        return _ask_page(request, db, group, person, form, status=422)
    sent = form.value
    actions.ask_to_join(
        db, group, by=person, words=sent.words, category=category, affiliation=sent.affiliation
    )
    return see_other(f"/g/{group.slug}/join", said="asked_to_join")


@router.post("/g/{group}/requests/mine/withdrawal")
def withdraw_request(group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    last = queries_joining.last_request(db, group.id, person)
    if last is None:
        raise Refused(Refusal("request_is_over"), 409)
    actions.withdraw_join_request(db, last, by=person)
    return see_other(f"/g/{group.slug}", said="request_withdrawn")


def _link_page(
    request: Request,
    db: Db,
    link: JoinLink | None,
    viewer: Person | None,
    token: str,
    *,
    form: Submitted[JoinForm] | None = None,
    status: int = 200,
) -> Response:
    uses = queries_joining.uses_of(db, link) if link else 0
    refusal = rules_joining.may_use_link(link, uses=uses, now=clock.now())
    if refusal is None and link is not None and viewer is not None:
        refusal = rules_joining.may_join(
            queries.membership_of(db, link.group_id, viewer),
            was_in_group=queries_joining.was_in_group(db, link.group_id, viewer),
        )
    return page(
        request,
        "groups/join.html",
        404 if link is None else status,
        link=link,
        refusal=refusal,
        token=token,
        form=form or Submitted.blank(JoinForm),
        categories=queries.categories_of(db, link.group_id) if link else [],
    )


def _ask_page(
    request: Request,
    db: Db,
    group: Group,
    person: Person,
    form: Submitted[AskForm],
    status: int = 200,
) -> Response:
    mine = queries.membership_of(db, group.id, person)
    last = queries_joining.last_request(db, group.id, person)
    refusal = rules_joining.may_ask_to_join(mine, last, words=None, now=clock.now())
    if status != 200:
        refuse_unless(refusal, 409)
    return page(
        request, "groups/ask.html", status, group=group, form=form, refusal=refusal, last=last
    )
