"""HTTP to providers, within limits: encrypted, no longer, no larger, and only where it was sent."""

import time
from collections.abc import Iterator
from functools import cached_property

import httpx2

SECONDS = 5.0  # for one answer, from its first byte to its last
BYTES_MAX = 512_000


class NotWithin(httpx2.TransportError):
    """An exchange that was broken off, since it went past a limit; the message says which."""


class Limits(httpx2.BaseTransport):
    """Wraps a transport. Redirects are not followed: a provider says its addresses beforehand.

    development: plain HTTP is let through, for a provider on the same machine.
    """

    def __init__(self, *, development: bool, seconds: float) -> None:
        self.development = development
        self.seconds = seconds

    @cached_property
    def encrypted(self) -> httpx2.HTTPTransport:
        """Made when first needed: reading the machine's certificates takes a while."""
        return httpx2.HTTPTransport()

    @cached_property
    def plain(self) -> httpx2.HTTPTransport:
        """In development: there are no certificates to read."""
        return httpx2.HTTPTransport(verify=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        is_plain = request.url.scheme != "https"
        if is_plain and not self.development:
            raise NotWithin(f"{request.url.host} would be spoken to without encryption")
        until = time.monotonic() + self.seconds
        answer = (self.plain if is_plain else self.encrypted).handle_request(request)
        packed = answer.headers.get("content-encoding", "identity").lower() != "identity"
        if packed or answer.has_redirect_location:
            answer.close()
            what = "sends elsewhere" if answer.has_redirect_location else "packs its answer"
            raise NotWithin(f"{request.url.host} {what}")
        assert isinstance(answer.stream, httpx2.SyncByteStream)
        answer.stream = _Measured(answer.stream, until)
        return answer

    def close(self) -> None:
        """Nothing: one transport serves every client, for as long as the process runs."""


class _Measured(httpx2.SyncByteStream):
    """A body that ends with an error when it goes on for too long, or is too much."""

    def __init__(self, stream: httpx2.SyncByteStream, until: float) -> None:
        self.stream = stream
        self.until = until

    def __iter__(self) -> Iterator[bytes]:
        total = 0
        for part in self.stream:
            total += len(part)
            if total > BYTES_MAX:
                raise NotWithin(f"an answer of more than {BYTES_MAX} bytes")
            if time.monotonic() > self.until:
                raise NotWithin("an answer that does not come to an end")
            yield part

    def close(self) -> None:
        self.stream.close()
