"""Every address that the application answers, and who stands at its door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts


@dataclass(frozen=True)
class Address:
    """One method at one path."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    depends_on: frozenset[Any]
    scopes: dict[Any, str | None]
    form: Any = None

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def with_values(self, **values: Any) -> str:
        """The path with its parameters filled in; what is not given becomes ``1``."""
        path = self.path
        while "{" in path:
            before, _, rest = path.partition("{")
            name, _, after = rest.partition("}")
            path = f"{before}{values.get(name.split(':')[0], 1)}{after}"
        return path


def addresses(app: FastAPI) -> Iterator[Address]:
    """All pages and all of the API, in the order in which they are matched."""
    for context in iter_route_contexts(app.routes):
        if not isinstance(context.original_route, APIRoute):
            continue
        dependant = getattr(context, "dependant", None) or context.original_route.dependant
        found = list(_all(dependant))
        for method in sorted(context.methods or ()):
            yield Address(
                method,
                context.path or "",
                context.original_route.endpoint,
                frozenset(one.call for one in found),
                {one.call: one.scope for one in found},
            )


def _all(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _all(one)
