"""``/api/v1/me``: who a token speaks for."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.people.current import SignedIn, viewer
from app.people.models import Person, Token

router = api_router("people", viewer)


def person_json(person: Person) -> dict[str, Any]:
    """A person as others see them."""
    return {"id": person.id, "name": person.name}


@router.get("/me", summary="Who you are")
def me(request: Request, db: Db, person: SignedIn) -> Response:
    token: Token = request.state.token
    return reply(
        request,
        db,
        person_json(person)
        | {"email": person.email, "time_zone": person.time_zone, "since": time(person.since)}
        | {"token": {"scopes": token.scopes.split(), "expires_at": time(token.expires_at)}},
    )
