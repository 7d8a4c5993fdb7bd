"""Pages for signing in, and for what is one's own."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AfterValidator, BaseModel, StringConstraints
from starlette.responses import Response

from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Line, Submitted, submitted
from app.kit.i18n import LOCALES, _
from app.kit.refusals import NotFound, Refused
from app.kit.web import Number, page, see_other, sentence_of
from app.people import actions, queries, rules
from app.people.addresses import is_plain_address
from app.people.current import COOKIE, SignedIn, Viewer
from app.people.models import SignIn, Token
from app.settings import Settings

router = APIRouter()


def _email(value: str) -> str:
    if not is_plain_address(value):
        raise ValueError(_("This is not an email address: it should look like name@example.org."))
    return value


check_email = AfterValidator(_email)


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(_("There is no time zone of this name."))
    return value


class SignInForm(BaseModel):
    email: Annotated[Line, StringConstraints(max_length=254), check_email]
    next: str = "/"


class ProfileForm(BaseModel):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    time_zone: Annotated[str, AfterValidator(_zone)]
    locale: Literal["en"] = "en"
    theme: Literal["auto", "light", "dark"] = "auto"


class TokenForm(BaseModel):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]


class LinkForm(BaseModel):
    token: Annotated[str, StringConstraints(max_length=200)]


class DemoForm(BaseModel):
    person: Annotated[str, StringConstraints(max_length=32)]
    next: str = "/"


def settings_of(request: Request) -> Settings:
    return request.app.state.settings  # type: ignore[no-any-return]


Config = Annotated[Settings, Depends(settings_of)]


@router.get("/sign-in")
def sign_in_page(
    request: Request, db: Db, person: Viewer, config: Config, next: str = "/"
) -> Response:
    form = Submitted.blank(SignInForm, next=rules.safe_next(next))
    return _sign_in_page(request, db, config, form)


@router.post("/sign-in")
def send_link(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    form: Annotated[Submitted[SignInForm], Depends(submitted(SignInForm))],
) -> Response:
    if form.errors:
        return _sign_in_page(request, db, config, form, status=422)
    try:
        actions.send_sign_in_link(
            db, email=form.value.email, next_path=form.value.next, settings=config
        )
    except Refused as refused:
        form.refuse("email", sentence_of(request, refused.refusal))
        return _sign_in_page(request, db, config, form, status=refused.status)
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
        db, secret=secret, device=_device(request), settings=config
    )
    return _begin(see_other(next_path, said="signed_in"), session, config)


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
        db, person_id=form.value.person, device=_device(request), settings=config
    )
    answer = see_other(rules.safe_next(form.value.next), said="signed_in")
    return _begin(answer, session, config)


@router.post("/sign-out")
def sign_out(request: Request, db: Db, person: Viewer) -> Response:
    if person is not None:
        actions.sign_out(db, request.state.sign_in, by=person)
    answer = see_other("/", said="signed_out")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/me")
def me(request: Request, db: Db, person: SignedIn) -> Response:
    return _me_page(request, db, person)


@router.post("/me")
def change_profile(
    request: Request,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[ProfileForm], Depends(submitted(ProfileForm))],
) -> Response:
    if form.errors:
        return _me_page(request, db, person, profile=form, status=422)
    value = form.value
    actions.change_profile(
        db,
        person,
        name=value.name,
        time_zone=value.time_zone,
        locale=value.locale,
        theme=value.theme,
    )
    answer = see_other("/me", said="profile_changed")
    answer.set_cookie("locale", value.locale, max_age=31_536_000, samesite="lax", httponly=True)
    return answer


@router.post("/me/tokens")
def make_token(
    request: Request,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[TokenForm], Depends(submitted(TokenForm))],
) -> Response:
    """Answers with the page itself, the one exception to 303: the secret is shown this once."""
    if form.errors:
        return _me_page(request, db, person, token=form, status=422)
    made, secret = actions.make_token(db, person, name=form.value.name)
    answer = _me_page(request, db, person, made=made, secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/me/tokens/{token_id}/revocation")
def revoke_token(token_id: Number, db: Db, person: SignedIn) -> Response:
    token = db.get(Token, token_id)
    if token is None:
        raise NotFound
    actions.revoke_token(db, token, by=person)
    return see_other("/me#tokens", said="token_revoked")


@router.post("/me/sessions/{session_id}/end")
def end_session(session_id: Number, db: Db, person: SignedIn) -> Response:
    sign_in = db.get(SignIn, session_id)
    if sign_in is None:
        raise NotFound
    actions.sign_out(db, sign_in, by=person)
    return see_other("/me#sessions", said="session_ended")


@router.get("/dev/mail")
def dev_mail(request: Request, db: Db, person: Viewer, config: Config) -> Response:
    if not config.development or config.smtp_url:
        raise NotFound
    return page(request, "people/dev_mail.html", mails=queries.recent_mails(db))


def _sign_in_page(
    request: Request, db: Db, config: Settings, form: Submitted[SignInForm], status: int = 200
) -> Response:
    people = queries.invented_people(db) if config.demo else []
    return page(request, "people/sign_in.html", status, form=form, people=people)


def _me_page(
    request: Request,
    db: Db,
    person: SignedIn,
    *,
    status: int = 200,
    profile: Submitted[ProfileForm] | None = None,
    token: Submitted[TokenForm] | None = None,
    made: Token | None = None,
    secret: str | None = None,
) -> Response:
    profile = profile or Submitted.blank(
        ProfileForm,
        name=person.name,
        time_zone=person.time_zone,
        locale=person.locale,
        theme=person.theme,
    )
    return page(
        request,
        "people/me.html",
        status,
        profile=profile,
        token=token or Submitted.blank(TokenForm),
        tokens=queries.tokens_of(db, person),
        made=made,
        secret=secret,
        sign_ins=queries.sign_ins_of(db, person, clock.now()),
        this_sign_in=getattr(request.state, "sign_in", None),
        time_zones=sorted(available_timezones()),
        locales=LOCALES,
    )


def _begin(answer: Response, session: str, config: Settings) -> Response:
    answer.set_cookie(
        COOKIE,
        session,
        max_age=config.session_days * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not config.development,
    )
    return answer


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")
