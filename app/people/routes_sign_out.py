"""Signing out: here, and at the provider that the session began with, where it offers that.

A form of ours may lead to pages of ours only (``form-action``), so it is a page that goes on to the
provider: by itself, and by a link on it.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.kit import clock
from app.kit.db import Db
from app.kit.refusals import NotFound, Refused
from app.kit.web import page, see_other
from app.people import actions, way_out
from app.people.cookie import lend_cookie, lent_name, take_back_cookie, take_cookie
from app.people.current import Viewer, sign_in_here
from app.people.provider_client import ProviderClient
from app.people.routes import Config
from app.people.views_sign_in import providers_of
from app.settings import Settings

router = APIRouter()


@router.post("/sign-out")
def sign_out(request: Request, db: Db, person: Viewer, config: Config) -> Response:
    sign_in = sign_in_here(request)
    key, id_token = (sign_in.way, sign_in.id_token) if sign_in is not None else (None, None)
    if person is not None and sign_in is not None:
        actions.sign_out(db, sign_in, by=person)
    answer = see_other("/", said="signed_out")
    if key is not None and id_token is not None and key in providers_of(request):
        answer = see_other(f"/sign-out/at/{key}")
        sealed = way_out.sealed(config.secret_key, key, id_token, clock.now())
        lend_cookie(answer, way_out.COOKIE, sealed, lifetime=way_out.LIFETIME, settings=config)
    take_cookie(answer, config)
    return answer


async def _address(request: Request, key: str) -> str | None:
    """Where the provider signs out; none if nobody is on the way there, or it does not say."""
    client: ProviderClient = request.app.state.providers
    settings: Settings = request.app.state.settings
    if key not in client.providers:
        raise NotFound
    provider = client.providers[key]
    cookie = request.cookies.get(lent_name(way_out.COOKIE, settings), "")
    hint = way_out.opened(settings.secret_key, cookie, key, clock.now())
    if hint is None:
        return None
    try:
        return await client.aside(provider, lambda: client.way_out(provider, hint))
    except Refused:
        return None


@router.get("/sign-out/at/{key}")
def signed_out(
    request: Request, key: str, address: Annotated[str | None, Depends(_address)], person: Viewer
) -> Response:
    """On to the provider, once: the cookie that leads there is taken back with this answer."""
    if person is not None:
        return see_other("/")
    provider = providers_of(request)[key]
    answer = page(request, "people/signed_out.html", provider=provider, address=address)
    take_back_cookie(answer, way_out.COOKIE, request.app.state.settings)
    answer.headers["Cache-Control"] = "no-store"
    return answer
