"""What every request leaves behind: one log line, and its place in the counts.

The outermost middleware. It gives the request its id, by which an error page, its answer's head and
the lines in the log are found together.
"""

import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

import structlog
from sqlalchemy import inspect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.meters import Meters

F = TypeVar("F", bound=Callable[..., Any])

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOWHERE = "none"  # the route of what is not there: the address itself may hold anything

log = structlog.stdlib.get_logger("clausewise.request")


def unnamed(endpoint: F) -> F:
    """Marks a route whose line does not say who asked: who voted when is told by no log."""
    endpoint.unnamed = True  # type: ignore[attr-defined]
    return endpoint


class Watch:
    """Gives each request its id; tells what became of it, and how long that took."""

    def __init__(self, app: ASGIApp, meters: Meters | None = None) -> None:
        """meters: where it is counted, if a monitor may ask for that."""
        self.app = app
        self.meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        status = 499  # nobody waited for the answer; what fails is answered with 500
        state = scope.setdefault("state", {})
        state["request_id"] = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=state["request_id"])

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            seconds = perf_counter() - began
            routed = state.pop("routed", scope)  # where Guards made another scope of a HEAD
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = route_of(routed)
            log.info(
                "answered",
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                person=person_of(routed),
            )
            if self.meters is not None:
                self.meters.count(method, route, status, seconds)


def route_of(scope: Scope) -> str:
    """The template of the route that answered: ``/d/{slug}/b/{number}``, never what stood in it."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    if "app_root_path" in scope:  # files stand under a place of their own
        return f"{scope['root_path']}/{{path}}"
    return str(scope["path"]) if "endpoint" in scope else NOWHERE


def person_of(scope: Scope) -> str | None:
    """The opaque id of who asked, where a line may say it."""
    person = scope["state"].get("person")
    if person is None or getattr(scope.get("endpoint"), "unnamed", False):
        return None
    identity = inspect(person).identity  # still known when the session was given up
    return str(identity[0]) if identity else None
