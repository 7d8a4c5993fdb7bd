"""Who is asking: by the cookie of a sign-in, or by a bearer token."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.api import PREFIX
from app.kit.db import Db
from app.kit.refusals import SignInFirst
from app.people import queries
from app.people.models import Person

COOKIE = "clausewise"


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


Viewer = Annotated[Person | None, Depends(viewer)]
SignedIn = Annotated[Person, Depends(signed_in)]


def _by_cookie(request: Request, db: Session) -> Person | None:
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    sign_in = queries.sign_in_by_secret(db, secret, clock.now())
    request.state.sign_in = sign_in
    return sign_in.person if sign_in else None


def _by_token(request: Request, db: Session) -> Person | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if not secret:
        return None
    token = queries.token_by_secret(db, secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise SignInFirst  # a token that is wrong is an error, not the public
    return token.person


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(PREFIX)
