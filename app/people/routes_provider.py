"""Signing in with an account elsewhere: there, back, and done.

Nothing is written before the way back ends in a POST of a page of ours: what must be known by then
travels in a sealed cookie. The provider is spoken to before the database is asked, in threads of
its own, so that one who is slow keeps no lock and holds up no other page.
"""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, StringConstraints
from starlette.responses import RedirectResponse, Response

from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refusal, Refused
from app.kit.web import page, see_other
from app.people import actions_identity, rules
from app.people.cookie import give_cookie, lend_cookie, lent_name, take_back_cookie
from app.people.current import Viewer, device_of, sign_in_here
from app.people.forms import SignInForm
from app.people.models import Person
from app.people.provider_client import ProviderClient
from app.people.providers import Provider
from app.people.round_trip import COOKIE, LIFETIME, RoundTrip, joining_proof, opened
from app.people.views import me_page
from app.people.views_sign_in import providers_of, show_sign_in
from app.people.vouched import Vouched
from app.settings import Settings

router = APIRouter()

CODE_LENGTH_MAX = 4_000


class AnswerForm(BaseModel):
    """What the provider sent along."""

    code: Annotated[str, StringConstraints(max_length=CODE_LENGTH_MAX)]
    state: Annotated[str, StringConstraints(max_length=200)]


read_answer = submitted(AnswerForm)


@dataclass(frozen=True, slots=True)
class Leg:
    """One way of a round trip, there or back: how far it got, or what stood in its way."""

    provider: Provider
    trip: RoundTrip | None = None
    address: str = ""
    said: Vouched | None = None
    refused: Refused | None = None


def provider_of(request: Request, key: str) -> Provider:
    """The provider with this key; what was not set is not found."""
    providers = providers_of(request)
    if key not in providers:
        raise NotFound
    return providers[key]


async def _way_there(request: Request, key: str, next: str = "/") -> Leg:
    provider = provider_of(request, key)
    client: ProviderClient = request.app.state.providers
    trip = RoundTrip(key, rules.safe_next(next))
    try:
        address = await client.aside(provider, lambda: client.way_there(provider, trip))
    except Refused as refused:
        return Leg(provider, trip, refused=refused)
    return Leg(provider, trip, address=address)


async def _way_back(request: Request, key: str) -> Leg:
    provider = provider_of(request, key)
    await request.body()  # to its end, so that the session finds it, too
    form = await read_answer(request)
    client: ProviderClient = request.app.state.providers
    trip = _trip(request, key)
    if trip is None or form.errors or not trip.is_answered_by(form.value.state):
        refusal = Refusal("round_trip_over", provider=provider.name)
        return Leg(provider, trip, refused=Refused(refusal, 409))
    code = form.value.code
    try:
        said = await client.aside(provider, lambda: client.vouched(provider, trip, code))
    except Refused as refused:
        return Leg(provider, trip, refused=refused)
    return Leg(provider, trip, said=said)


@router.get("/sign-in/with/{key}")
def set_out(
    request: Request,
    leg: Annotated[Leg, Depends(_way_there)],
    db: Db,
    person: Viewer,
    join: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """On to the provider. ``join``: from one's own page, to add the account to one's ways in."""
    assert leg.trip is not None
    if join and (person is None or join != joining_proof(request.state.sign_in.token_hash)):
        return see_other("/me#ways")
    trip = replace(leg.trip, person=person.id if person is not None and join else "")
    if leg.refused is not None:
        return _refuse(request, db, person, replace(leg, trip=trip))
    settings: Settings = request.app.state.settings
    answer = RedirectResponse(leg.address, status_code=303)
    sealed = trip.sealed(settings.secret_key, clock.now())
    lend_cookie(answer, COOKIE, sealed, lifetime=LIFETIME, settings=settings)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/sign-in/with/{key}/back")
def came_back(
    request: Request,
    key: str,
    db: Db,
    person: Viewer,
    code: Annotated[str, Query(max_length=CODE_LENGTH_MAX)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What the provider sends browsers to. It writes nothing: a form on it, which is sent at once,
    goes on."""
    provider = provider_of(request, key)
    if not code:
        denied = error == "access_denied"
        refusal = Refusal("provider_denied" if denied else "provider_down", provider=provider.name)
        refused = Refused(refusal, 403 if denied else 503)
        return _refuse(request, db, person, Leg(provider, _trip(request, key), refused=refused))
    answer = page(
        request, "people/came_back.html", provider=provider, fields={"code": code, "state": state}
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/sign-in/with/{key}")
def sign_in(
    request: Request, leg: Annotated[Leg, Depends(_way_back)], db: Db, person: Viewer
) -> Response:
    """Who came back is signed in, or has one more way in."""
    if leg.refused is not None:
        return _refuse(request, db, person, leg)
    try:
        answer = _done(request, db, person, leg)
    except Refused as refused:
        return _refuse(request, db, person, replace(leg, refused=refused))
    take_back_cookie(answer, COOKIE, request.app.state.settings)
    return answer


@router.get("/sign-in/join/sent")
def joining_link_sent(request: Request, person: Viewer) -> Response:
    return page(request, "people/join_sent.html")


def _done(request: Request, db: Db, person: Person | None, leg: Leg) -> Response:
    assert leg.trip is not None
    assert leg.said is not None
    settings: Settings = request.app.state.settings
    if leg.trip.person:
        if person is None or person.id != leg.trip.person:
            raise Refused(Refusal("round_trip_over", provider=leg.provider.name), 409)
        actions_identity.join_identity(db, leg.said, provider=leg.provider, by=person)
        return see_other("/me#ways", said="identity_joined")
    session = actions_identity.sign_in_by_identity(
        db,
        leg.said,
        provider=leg.provider,
        next_path=leg.trip.next_path,
        device=device_of(request),
        settings=settings,
        instead_of=sign_in_here(request),
    )
    if session is None:
        return see_other("/sign-in/join/sent")
    answer = see_other(leg.trip.next_path, said="signed_in")
    give_cookie(answer, session, settings)
    return answer


def _refuse(request: Request, db: Db, person: Person | None, leg: Leg) -> Response:
    """What stood in the way, on the page that the trip began at."""
    assert leg.refused is not None
    if leg.trip is not None and leg.trip.person and person is not None:
        return me_page(request, db, person, status=leg.refused.status, refusal=leg.refused.refusal)
    next_path = leg.trip.next_path if leg.trip is not None else "/"
    return show_sign_in(
        request,
        db,
        Submitted.blank(SignInForm, next=next_path),
        status=leg.refused.status,
        refusal=leg.refused.refusal,
    )


def _trip(request: Request, key: str) -> RoundTrip | None:
    settings: Settings = request.app.state.settings
    cookie = request.cookies.get(lent_name(COOKIE, settings), "")
    return opened(settings.secret_key, cookie, key, clock.now())
