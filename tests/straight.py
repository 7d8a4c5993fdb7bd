"""A client whose requests go straight into the application, in the thread of the test.

Starlette's own keeps the application in a thread beside the test, which gives routes to threads of
its own: to go there and back about ten times a request takes as long as most pages do. Whoever
reads an answer while it is still being written, or asks for the application's beginning and end,
takes that one; what threads do to each other is tried on real servers.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar
from urllib.parse import unquote

import anyio.to_thread
import httpx2
from starlette.types import ASGIApp, Message

T = TypeVar("T")

goes_straight = ContextVar("goes_straight", default=False)
_in_a_thread = anyio.to_thread.run_sync


async def _here(work: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """What would be given to a thread is done at once, if its request went straight in."""
    if goes_straight.get():
        return copy_context().run(work, *given)
    return await _in_a_thread(work, *given, **options)


# Its parameters are those of whatever it is given, which can't be said of a function that may wait.
anyio.to_thread.run_sync = _here  # type: ignore[assignment]


def straight(app: ASGIApp) -> httpx2.Client:
    """A client that follows nothing, as Starlette's own is made in tests."""
    return httpx2.Client(
        transport=Straight(app),
        base_url="https://testserver",
        headers={"user-agent": "testclient"},
        trust_env=False,
    )


class Straight(httpx2.BaseTransport):
    """Asks the application, and has all of the answer before it is given on.

    What the application raises is raised here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.client = ("testclient", 50000)  # where requests come from
        self.loop = asyncio.new_event_loop()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._done(self._answer_to(request, request.read()))

    def close(self) -> None:
        self._done(self.loop.shutdown_asyncgens())
        self.loop.close()

    def _done(self, work: Coroutine[Any, Any, T]) -> T:
        if not _in_a_loop():
            return self.loop.run_until_complete(work)
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(self.loop.run_until_complete, work).result()

    async def _answer_to(self, request: httpx2.Request, sent: bytes) -> httpx2.Response:
        goes_straight.set(True)
        asked = [{"type": "http.request", "body": sent, "more_body": False}]
        told: list[Message] = []
        is_told = asyncio.Event()

        async def receive() -> Message:
            if not asked:
                await is_told.wait()
                return {"type": "http.disconnect"}
            return asked.pop()

        async def send(message: Message) -> None:
            told.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                is_told.set()

        await self.app({**_scope_of(request), "client": self.client}, receive, send)
        begin, *bodies = told
        assert is_told.is_set(), "the application has not come to the end of its answer"
        is_empty = request.method == "HEAD"
        content = b"" if is_empty else b"".join(one.get("body", b"") for one in bodies)
        return httpx2.Response(
            begin["status"], headers=begin["headers"], stream=httpx2.ByteStream(content)
        )


def _scope_of(request: httpx2.Request) -> dict[str, Any]:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.raw_path.partition(b"?")[0],
        "query_string": url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (url.host, url.port or 443),
        "state": {},
    }


def _in_a_loop() -> bool:
    """A browser of other tests keeps a loop running in the thread of the tests."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
