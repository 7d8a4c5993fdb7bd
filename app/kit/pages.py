"""Rendered pages and fragments, kept for as long as nothing happened.

What is public is the same for everybody under one size of the record, so it is rendered once. The
key of a page also names the second, because what is open is decided by the clock, which leaves no
entry.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

import anyio.to_thread
from fastapi import Request
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit import clock, i18n
from app.kit.db import Database
from app.kit.web import FLASH

BYTES_MAX = 64_000_000

T = TypeVar("T")
# A log and how many entries it holds; log 0 is all of them together.
Sequence = tuple[int, int]


class Kept:
    """A bounded store of one process: what was used least recently goes first."""

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        self.bytes_max = bytes_max
        self.bytes = 0
        self._things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any | None:
        """What was kept under a key, if it is still there."""
        with self._lock:
            held = self._things.get(key)
            if held is None:
                return None
            self._things.move_to_end(key)
            return held[0]

    def put(self, key: Hashable, thing: Any, size: int) -> None:
        """Keeps a thing of about ``size`` bytes."""
        with self._lock:
            if key in self._things:
                self.bytes -= self._things.pop(key)[1]
            self._things[key] = (thing, size)
            self.bytes += size
            while self.bytes > self.bytes_max and len(self._things) > 1:
                self.bytes -= self._things.popitem(last=False)[1][1]

    def once(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """What is kept under a key, made now if it is not there."""
        thing: T | None = self.get(key)
        if thing is None:
            thing = make()
            self.put(key, thing, size(thing))
        return thing


def kept_by(app: Any) -> Kept:
    """The store of an application."""
    if not hasattr(app.state, "kept"):
        app.state.kept = Kept()
    store: Kept = app.state.kept
    return store


def kept(request: Request) -> Kept:
    """The store of this application."""
    return kept_by(request.app)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A public page as it was sent: by which route, under which size of which log, which second."""

    route: Any
    sequence: Sequence
    second: int
    etag: str
    body: bytes

    def answer(self, if_none_match: str) -> Response:
        """The page, or 304 for somebody who has it."""
        headers = {
            "ETag": self.etag,
            "Cache-Control": "public, no-cache",
            "Vary": "Cookie, Accept-Language",
        }
        if self.etag in [part.strip() for part in if_none_match.split(",")]:
            return Response(status_code=304, headers=headers)
        return Response(self.body, media_type="text/html; charset=utf-8", headers=headers)


def public_page(request: Request, sequence: Sequence, render: Callable[[], Response]) -> Response:
    """A page that is the same for all who are not signed in, with an ETag; 304 where they have it.

    For somebody who is signed in, or was just told something, the page is rendered for them.
    """
    if getattr(request.state, "person", None) is not None or FLASH in request.cookies:
        return render()
    key = _place(request.scope)
    second = int(clock.now().timestamp())
    held: KeptPage | None = kept(request).get(key)
    if held is None or (held.sequence, held.second) != (sequence, second):
        answer = render()
        if answer.status_code != 200:
            return answer
        body = bytes(answer.body)
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        held = KeptPage(request.scope["route"], sequence, second, etag, body)
        kept(request).put(key, held, len(body))
    return held.answer(request.headers.get("if-none-match", ""))


def _place(scope: Scope) -> Hashable:
    return "page", scope["path"], scope["query_string"], i18n.locale_now.get()


class KeptPages:
    """Answers for a kept page before any room is asked, if its log has not grown.

    size_of: how much a log holds now; asked on every request, so it must be cheap. Only somebody
    without cookies and tokens is answered here: all others may be somebody.
    """

    def __init__(self, app: ASGIApp, size_of: Callable[[Database, int], int]) -> None:
        self.app = app
        self.size_of = size_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = Headers(scope=scope)
            if "cookie" not in headers and "authorization" not in headers:
                held: KeptPage | None = kept_by(scope["app"]).get(_place(scope))
                if held is not None and await self._holds(scope, held):
                    scope["route"] = held.route
                    answer = held.answer(headers.get("if-none-match", ""))
                    await answer(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    async def _holds(self, scope: Scope, held: KeptPage) -> bool:
        if held.second != int(clock.now().timestamp()):
            return False
        database: Database = scope["app"].state.database
        log_id, size = held.sequence
        if database.glances_at_once:
            return self.size_of(database, log_id) == size
        return await anyio.to_thread.run_sync(self.size_of, database, log_id) == size


def shared_fragments(
    request: Request,
    templates: tuple[str, ...],
    sequence: Hashable,
    names: Callable[[], dict[str, Any]],
) -> tuple[Markup, ...]:
    """Parts of a page that are the same for everybody, rendered once under a size of the record.

    They may hold nothing that the clock decides. names: what the templates need; asked for only
    when they have to be rendered.
    """
    key = (templates, sequence, i18n.locale_now.get())

    def make() -> tuple[Markup, ...]:
        i18n.zone_now.set("UTC")
        env, given = request.app.state.templates, names()
        return tuple(Markup(env.get_template(name).render(**given)) for name in templates)

    return kept(request).once(key, make, lambda parts: sum(map(len, parts)))
