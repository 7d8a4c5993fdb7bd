"""Pages for signing in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.kit.answers import say_when
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refused
from app.kit.web import page, see_other, sentence_of
from app.people import actions, queries, rules
from app.people.cookie import give_cookie
from app.people.current import Viewer, device_of, sign_in_here
from app.people.floods import limited
from app.people.forms import DemoForm, LinkForm, SignInForm
from app.people.views_sign_in import show_sign_in
from app.settings import Settings

router = APIRouter()


def settings_of(request: Request) -> Settings:
    return request.app.state.settings  # type: ignore[no-any-return]


Config = Annotated[Settings, Depends(settings_of)]


@router.get("/sign-in")
def sign_in_page(
    request: Request, db: Db, person: Viewer, config: Config, next: str = "/"
) -> Response:
    form = Submitted.blank(SignInForm, next=rules.safe_next(next))
    return show_sign_in(request, db, form)


@router.post("/sign-in", dependencies=[limited("links")])
def send_link(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    form: Annotated[Submitted[SignInForm], Depends(submitted(SignInForm))],
) -> Response:
    if form.errors:
        return show_sign_in(request, db, form, status=422)
    try:
        actions.send_sign_in_link(
            db, email=form.value.email, next_path=form.value.next, settings=config
        )
    except Refused as refused:
        form.refuse("email", sentence_of(request, refused.refusal))
        answer = show_sign_in(request, db, form, status=refused.status)
        return say_when(answer, refused.refusal)
    return see_other("/sign-in/sent")


@router.get("/sign-in/sent")
def link_sent(request: Request, person: Viewer) -> Response:
    return page(request, "people/link_sent.html")


@router.get("/sign-in/link")
def link_opened(
    request: Request, person: Viewer, token: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Changes nothing, since mail scanners open links too; the button on this page spends it."""
    return page(request, "people/link.html", token=token)


@router.post("/sign-in/link")
def sign_in_by_link(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    form: Annotated[Submitted[LinkForm], Depends(submitted(LinkForm))],
) -> Response:
    secret = "" if form.errors else form.value.token
    session, next_path = actions.sign_in_by_link(
        db,
        secret=secret,
        device=device_of(request),
        settings=config,
        instead_of=sign_in_here(request),
    )
    answer = see_other(next_path, said="signed_in")
    give_cookie(answer, session, config)
    return answer


@router.post("/sign-in/demo")
def sign_in_as_demo_person(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    form: Annotated[Submitted[DemoForm], Depends(submitted(DemoForm))],
) -> Response:
    if form.errors:
        raise NotFound
    session = actions.sign_in_as_demo_person(
        db,
        person_id=form.value.person,
        device=device_of(request),
        settings=config,
        instead_of=sign_in_here(request),
    )
    answer = see_other(rules.safe_next(form.value.next), said="signed_in")
    give_cookie(answer, session, config)
    return answer


@router.get("/dev/mail")
def dev_mail(request: Request, db: Db, person: Viewer, config: Config) -> Response:
    if not config.development or config.smtp_url:
        raise NotFound
    return page(request, "people/dev_mail.html", mails=queries.recent_mails(db))
