"""Rendered pages and fragments, kept for as long as nothing happened.

What is public is the same for everybody under one size of the record, so it is rendered once. The
key of a page also names the second, because what is open is decided by the clock, which leaves no
entry.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from app.kit import clock, i18n
from app.kit.web import FLASH

BYTES_MAX = 64_000_000

T = TypeVar("T")


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


def kept(request: Request) -> Kept:
    """The store of this application."""
    state = request.app.state
    if not hasattr(state, "kept"):
        state.kept = Kept()
    store: Kept = state.kept
    return store


def public_page(request: Request, sequence: Hashable, render: Callable[[], Response]) -> Response:
    """A page that is the same for all who are not signed in, with an ETag; 304 where they have it.

    sequence: the size of the record that the page tells of. For somebody who is signed in, or was
    just told something, the page is rendered for them.
    """
    if getattr(request.state, "person", None) is not None or FLASH in request.cookies:
        return render()
    place = (request.url.path, request.url.query, i18n.locale_now.get())
    key = (place, sequence, int(clock.now().timestamp()))
    store = kept(request)
    held: tuple[str, bytes] | None = store.get(key)
    if held is None:
        answer = render()
        if answer.status_code != 200:
            return answer
        body = bytes(answer.body)
        held = (f'"{hashlib.sha256(body).hexdigest()[:24]}"', body)
        store.put(key, held, len(body))
    etag, body = held
    headers = {
        "ETag": etag,
        "Cache-Control": "public, no-cache",
        "Vary": "Cookie, Accept-Language",
    }
    if etag in [part.strip() for part in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


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
