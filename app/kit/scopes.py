"""What a token may be used for. Every operation of the API names one scope, to programs too.

Reading is ``read`` and all else is ``write``, unless the route says ``@needs("vote")`` or
``@needs("admin")``. A scope gives no right: who may do what follows from the person.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar, get_args

from fastapi import Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from app.kit.db import SAFE_METHODS

Scope = Literal["read", "write", "vote", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

F = TypeVar("F", bound=Callable[..., Any])

# Only says so in the document: who is asking, and with what, is found out by the viewer.
_TOKEN = HTTPBearer(
    scheme_name="token",
    auto_error=False,
    description="A token from /me. What the public may read needs none.",
)


def needs(scope: Scope) -> Callable[[F], F]:
    """Marks a route of the API that asks for another scope than its method says."""

    def mark(endpoint: F) -> F:
        endpoint.needs_scope = scope  # type: ignore[attr-defined]
        return endpoint

    return mark


def scope_of(request: Request) -> Scope:
    """The scope that a token must have for this request."""
    return _scope(request.scope.get("endpoint"), request.method)


def _scope(endpoint: Any, method: str) -> Scope:
    by_method: Scope = "read" if method in SAFE_METHODS else "write"
    return getattr(endpoint, "needs_scope", by_method)


class ScopedRoute(APIRoute):
    """A route of the API; its operation in the document says which scope it needs."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Sequence[str] | None = None,
        dependencies: Sequence[Any] | None = None,
        **more: Any,
    ) -> None:
        (method,) = methods or ["GET"]
        scope = Security(_TOKEN, scopes=[_scope(endpoint, method)])
        super().__init__(
            path, endpoint, methods=[method], dependencies=[*(dependencies or ()), scope], **more
        )
