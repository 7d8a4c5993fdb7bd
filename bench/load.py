"""Requests in the number that a server can take: HTTP/1.1 over kept connections, nothing parsed
but what tells where an answer ends. A client that did more would be what is measured."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What came back: seconds of each answer, in order; how long it all took; bytes; statuses."""

    seconds: list[float] = field(default_factory=list)
    took: float = 0.0
    bytes_each: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.took if self.took else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the answers stayed under."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


Request = Callable[[int], bytes]


def get(path: str, cookie: str = "") -> Request:
    """The same page each time."""
    head = f"GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: identity\r\n"
    whole = (head + (f"cookie: clausewise={cookie}\r\n" if cookie else "") + "\r\n").encode()
    return lambda number: whole


def post(path: str, bodies: list[str], cookies: list[str]) -> Request:
    """A form, each time the next person's, with their body."""
    wholes = [
        (
            f"POST {path} HTTP/1.1\r\nhost: bench\r\nsec-fetch-site: same-origin\r\n"
            f"cookie: clausewise={cookie}\r\ncontent-length: {len(body)}\r\n"
            f"content-type: application/x-www-form-urlencoded\r\n\r\n{body}"
        ).encode()
        for cookie, body in zip(cookies, bodies, strict=True)
    ]
    return lambda number: wholes[number % len(wholes)]


def measure(port: int, request: Request, *, clients: int, seconds: float) -> Measured:
    """Keeps so many connections busy for so long, after a second in which all gets warm."""
    asyncio.run(_measure(port, request, clients, 1.0))
    return asyncio.run(_measure(port, request, clients, seconds))


async def _measure(port: int, request: Request, clients: int, seconds: float) -> Measured:
    found = Measured()
    numbers = iter(range(10**9))
    # One after another, as people come: of those who come in one instant, the server's process that
    # wakes first takes all, and the other has nothing to do.
    connections = [await _connection(port, request(next(numbers))) for _ in range(clients)]
    begin = time.perf_counter() + seconds / 10
    end = begin + seconds

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (sent := time.perf_counter()) < end:
                writer.write(request(next(numbers)))
                try:
                    status, size = await _answer(reader)
                except (ConnectionError, asyncio.IncompleteReadError):
                    found.statuses[0] = found.statuses.get(0, 0) + 1  # hung up without an answer
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    continue
                now = time.perf_counter()
                if begin <= sent and now <= end:
                    found.seconds.append(now - sent)
                    found.bytes_each = size
                    found.statuses[status] = found.statuses.get(status, 0) + 1
        finally:
            writer.close()

    await asyncio.gather(*(one(*connection) for connection in connections))
    found.took = seconds
    return found


async def _connection(
    port: int, request: bytes
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection that has had an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    await _answer(reader)
    return reader, writer


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """Reads one answer to its end: its status, and the bytes of its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if b"content-length:" in head:
        size = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        await reader.readexactly(size)
        return status, size
    size = 0
    while b"transfer-encoding: chunked" in head:
        length = int(await reader.readline(), 16)
        await reader.readexactly(length + 2)
        size += length
        if not length:
            break
    return status, size
