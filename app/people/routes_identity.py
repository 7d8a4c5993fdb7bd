"""The ways in to one's account: confirmed by mail, taken away, and the address for all of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.kit import clock
from app.kit.answers import say_when
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refused, refuse_unless
from app.kit.web import Number, page, see_other, sentence_of
from app.people import actions_address, actions_identity, queries_identity, rules_identity
from app.people.cookie import give_cookie
from app.people.current import SignedIn, Viewer, device_of, sign_in_here
from app.people.floods import limited
from app.people.forms import AddressForm, LinkForm
from app.people.models import Identity
from app.people.routes import Config
from app.people.views import me_page
from app.people.views_sign_in import providers_of

router = APIRouter()

Secret = Annotated[str, Query(max_length=200)]


@router.get("/sign-in/join")
def joining_link_opened(request: Request, db: Db, person: Viewer, token: Secret = "") -> Response:
    """Changes nothing; it says whose account would be added to whose, and the button does it."""
    link = queries_identity.joining_link_by_secret(db, token)
    providers = providers_of(request)
    may = rules_identity.may_use_joining_link(link, clock.now(), providers=providers)
    refuse_unless(may, 409)
    assert link is not None
    provider = providers[str(link.provider)]
    return page(request, "people/join.html", token=token, link=link, provider=provider)


@router.post("/sign-in/join")
def join_identity_by_link(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    form: Annotated[Submitted[LinkForm], Depends(submitted(LinkForm))],
) -> Response:
    secret = "" if form.errors else form.value.token
    session, next_path = actions_identity.join_identity_by_link(
        db,
        secret=secret,
        providers=providers_of(request),
        device=device_of(request),
        settings=config,
        instead_of=sign_in_here(request),
    )
    answer = see_other(next_path, said="identity_joined")
    give_cookie(answer, session, config)
    return answer


@router.post("/me/identities/{identity_id}/removal")
def leave_identity(request: Request, identity_id: Number, db: Db, person: SignedIn) -> Response:
    identity = db.get(Identity, identity_id)
    if identity is None:
        raise NotFound
    try:
        actions_identity.leave_identity(db, identity, providers=providers_of(request), by=person)
    except Refused as refused:
        return me_page(request, db, person, status=refused.status, refusal=refused.refusal)
    return see_other("/me#ways", said="identity_left")


LINKS = limited("links", queries_identity.joining_links_asked_by)


@router.post("/me/address", dependencies=[LINKS])
def send_address_link(
    request: Request,
    db: Db,
    person: SignedIn,
    config: Config,
    form: Annotated[Submitted[AddressForm], Depends(submitted(AddressForm))],
) -> Response:
    if form.errors:
        return me_page(request, db, person, status=422, address=form)
    try:
        actions_address.send_address_link(db, email=form.value.email, settings=config, by=person)
    except Refused as refused:
        form.refuse("email", sentence_of(request, refused.refusal))
        answer = me_page(request, db, person, status=refused.status, address=form)
        return say_when(answer, refused.refusal)
    return see_other("/me#ways", said="address_link_sent")


@router.get("/me/address")
def address_link_opened(request: Request, db: Db, person: SignedIn, token: Secret = "") -> Response:
    """Changes nothing; the button on it does."""
    link = queries_identity.joining_link_by_secret(db, token)
    refuse_unless(rules_identity.may_take_address(link, person, None, clock.now()), 409)
    assert link is not None
    return page(request, "people/address.html", token=token, link=link)


@router.post("/me/address/confirmation")
def take_address(
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[LinkForm], Depends(submitted(LinkForm))],
) -> Response:
    secret = "" if form.errors else form.value.token
    actions_address.take_address(db, secret=secret, by=person)
    return see_other("/me#ways", said="address_taken")
