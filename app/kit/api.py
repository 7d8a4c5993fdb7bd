"""JSON under ``/api/v1``: answers, problems (RFC 9457), idempotent POSTs, conditional edits.

An answer to a POST with an ``Idempotency-Key`` is kept in the transaction that made it, and a
repeat by the same person gets the same answer; the same key with another request is refused.
"""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import Db
from app.kit.models import Answer
from app.kit.refusals import Refusal, Refused
from app.kit.scopes import ScopedRoute

PREFIX = "/api/v1"

Cursor = Annotated[str | None, Query(description="`next` of the page before", max_length=400)]
Limit = Annotated[int, Query(ge=1, le=200, description="rows a page")]


class Replayed(Exception):
    """This request was answered before; here is the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.key)
        self.answer = answer


async def _fingerprint(request: Request) -> str:
    body = await request.body()
    head = f"{request.method} {request.url.path}?{request.url.query}\n"
    return hashlib.sha256(head.encode() + body).hexdigest()


def once(
    request: Request,
    db: Db,
    fingerprint: Annotated[str, Depends(_fingerprint)],
    idempotency_key: Annotated[
        str | None,
        Header(max_length=200, description="Repeat a POST with the same key: it happens once."),
    ] = None,
) -> None:
    """Answers a repeated POST as the first time, before the verb is reached."""
    if idempotency_key is None or request.method != "POST":
        return
    actor = request.state.person.id if getattr(request.state, "person", None) else ""
    seen = db.get(Answer, (actor, idempotency_key))
    if seen is not None:
        if seen.fingerprint != fingerprint:
            raise Refused(Refusal("idempotency_key_reused"), status=422)
        raise Replayed(seen)
    request.state.answer_kept_as = (actor, idempotency_key, fingerprint)


def api_router(tag: str, *guards: Any) -> APIRouter:
    """A room's router under ``/api/v1``. guards: dependencies that must come before ``once``."""
    return APIRouter(
        prefix=PREFIX,
        tags=[tag],
        route_class=ScopedRoute,
        dependencies=[*(Depends(guard) for guard in guards), Depends(once)],
        responses={
            status: {
                "description": words,
                "content": {"application/problem+json": {"schema": PROBLEM_SCHEMA}},
            }
            for status, words in {
                401: "Sign in first: send a bearer token.",
                403: "You may not, or your token may not; `code` and `detail` say why.",
                404: "There is no such thing, or you may not see it.",
                409: "Not now: what it depends on has changed.",
                422: "A value can't be taken; `errors` names the fields.",
                429: "Too often in the last hour; `Retry-After` says in how many seconds again.",
            }.items()
        },
    )


PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is so, and what you can do."},
        "code": {"type": "string", "description": "The refusal, for programs."},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def problem(
    status: int, title: str, *, detail: str = "", code: str = "", **more: Any
) -> JSONResponse:
    """A problem document (RFC 9457)."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body |= {k: v for k, v in {"detail": detail, "code": code, **more}.items() if v}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def reply(
    request: Request,
    db: Session,
    payload: Any,
    *,
    status: int = 200,
    location: str | None = None,
    etag: str | None = None,
) -> JSONResponse:
    """An answer in JSON; kept, when the request came with an ``Idempotency-Key``."""
    answer = JSONResponse(payload, status_code=status)
    if location:
        answer.headers["Location"] = location
    if etag:
        answer.headers["ETag"] = f'"{etag}"'
    kept_as = getattr(request.state, "answer_kept_as", None)
    if kept_as is not None:
        actor, key, fingerprint = kept_as
        db.add(
            Answer(
                actor=actor,
                key=key,
                fingerprint=fingerprint,
                status=status,
                location=location or "",
                etag=answer.headers.get("ETag", ""),
                body=bytes(answer.body).decode(),
                at=clock.now(),
            )
        )
    return answer


def replay(answer: Answer) -> Response:
    """The kept answer, marked as such."""
    headers = {"Idempotent-Replayed": "true"}
    if answer.location:
        headers["Location"] = answer.location
    if answer.etag:
        headers["ETag"] = answer.etag
    return Response(
        answer.body, status_code=answer.status, headers=headers, media_type="application/json"
    )


def if_match(request: Request, etag: str) -> None:
    """Refuses with 412 when ``If-Match`` is there and names another state than the current."""
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return
    if f'"{etag}"' not in [part.strip() for part in wanted.split(",")]:
        raise Refused(Refusal("precondition_failed", current=etag), status=412)


def time(moment: datetime | None) -> str | None:
    """A moment as the API says it: RFC 3339 in UTC."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
