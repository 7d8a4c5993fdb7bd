"""What stands before every route: same origin, headers, language; HEAD from GET; an answer always.

One plain ASGI middleware: the order of its steps is the order of the file.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit import i18n
from app.kit.answers import broken, too_large_answer
from app.kit.db import SAFE_METHODS
from app.settings import Settings

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Guards:
    """Refuses foreign writes, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if settings.base_url.startswith("https://"):
            self.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        cookies = cookie_parser(headers.get("cookie", ""))
        i18n.locale_now.set(
            i18n.negotiate(
                cookies.get("locale"), headers.get("accept-language", ""), self.settings.locale
            )
        )

        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                answer = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
                answer.setdefault("Content-Security-Policy", _POLICY)
                answer.setdefault("Cache-Control", "private, no-cache")
                answer["X-Request-ID"] = scope["state"]["request_id"]
            await send(message)

        if scope["method"] not in SAFE_METHODS and not is_same_origin(scope, headers):
            refusal = PlainTextResponse(
                i18n.gettext("This request came from another site, so nothing was done."), 403
            )
            await refusal(scope, receive, send_with_headers)
            return
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.settings.body_bytes_max:
            too_large = too_large_answer(Request(scope, receive))
            await too_large(scope, receive, send_with_headers)
            return
        scope["state"]["routed"] = scope
        try:
            await self.app(scope, self.counted(receive), send_with_headers)
        except ClientDisconnect:
            return  # who left in the middle of a body waits for no answer
        except Exception as error:
            if begun:
                raise
            sorry = await broken(Request(scope, receive), error)
            await sorry(scope, receive, send_with_headers)

    def counted(self, receive: Receive) -> Receive:
        """Cuts off a body that comes without its length and turns out too large."""
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self.settings.body_bytes_max:
                raise HTTPException(413)
            return message

        return receive_counted


def _without_body(send: Send) -> Send:
    """Sends the head that GET would have, its ``Content-Length`` too, and no body (RFC 9110)."""

    async def send_head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_head


def is_same_origin(scope: Scope, headers: Headers) -> bool:
    """Whether an unsafe request comes from our own pages, or from a program with a token.

    Browsers say so in ``Sec-Fetch-Site``, older ones in ``Origin``. A request with neither and no
    cookie comes from no page; with a cookie and neither, it is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host", "")
    return "cookie" not in headers
