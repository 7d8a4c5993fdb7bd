"""Who is asking: by the cookie of a sign-in, or by a bearer token."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.api import PREFIX
from app.kit.db import Db
from app.kit.refusals import SignInFirst, refuse_unless
from app.kit.scopes import scope_of
from app.people import queries, rules_token
from app.people.cookie import cookie_name
from app.people.models import Person, SignIn
from app.people.seen import seen_by
from app.settings import Settings


def viewer(request: Request, db: Db) -> Person | None:
    """The person behind this request, or ``None`` for the public.

    Under ``/api/`` a token counts and cookies do not, so no page of another site can speak for
    somebody there; elsewhere it is the other way round.
    """
    person = _by_token(request, db) if _is_api(request) else _by_cookie(request, db)
    request.state.person = person
    return person


async def signed_in(person: Annotated[Person | None, Depends(viewer)]) -> Person:
    """The person behind this request; the public is asked to sign in.

    It asks nobody, so it needs no thread of its own.
    """
    if person is None:
        raise SignInFirst
    return person


def sign_in_here(request: Request) -> SignIn | None:
    """The session that this browser is in, if any; known once the viewer is."""
    return getattr(request.state, "sign_in", None)


def device_of(request: Request) -> str:
    """What a browser says of itself."""
    return request.headers.get("user-agent", "")


Viewer = Annotated[Person | None, Depends(viewer)]
SignedIn = Annotated[Person, Depends(signed_in)]


def _by_cookie(request: Request, db: Session) -> Person | None:
    settings: Settings = request.app.state.settings
    secret = request.cookies.get(cookie_name(settings))
    if not secret:
        return None
    now, idle = clock.now(), timedelta(days=settings.session_idle_days)
    sign_in = queries.sign_in_by_secret(db, secret, now, idle=idle)
    request.state.sign_in = sign_in
    if sign_in is None:
        return None
    seen_by(request.app).note(sign_in, now)
    sign_in.person.by_passkey = sign_in.passkey_id is not None
    return sign_in.person


def _by_token(request: Request, db: Session) -> Person | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if not secret:
        return None
    now = clock.now()
    token = None
    if scheme.lower() == "bearer":
        token = queries.token_by_secret(db, secret.strip(), now)
    if token is None:
        raise SignInFirst  # a token that is wrong is an error, not the public
    seen_by(request.app).note(token, now)
    request.state.token = token
    refuse_unless(rules_token.may_use_token(token, scope_of(request)))
    token.person.by_passkey = token.passkey_id is not None
    return token.person


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(PREFIX)
