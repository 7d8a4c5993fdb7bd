"""When sessions and tokens were seen last: noted on every request, written down once a minute.

GET can't write, and a write for each page would be one too many. So each web process keeps what it
saw in memory, and writes it in a transaction of its own. A process that is killed loses a minute.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from threading import Lock
from typing import Any

import anyio
import anyio.to_thread

from app.kit.db import Database
from app.people.actions_seen import Sightings, write_down
from app.people.models import SignIn, Token

log = logging.getLogger("clausewise.people")

PAUSE = 60.0  # seconds


class Seen:
    """What one process saw since it wrote last."""

    def __init__(self) -> None:
        self._at: Sightings = {}
        self._lock = Lock()

    def note(self, thing: SignIn | Token, at: datetime) -> None:
        """Somebody came with this session or token."""
        with self._lock:
            self._at[type(thing), thing.id] = at

    def take(self) -> Sightings:
        """Hands over what was noted, and begins anew."""
        with self._lock:
            taken, self._at = self._at, {}
        return taken


def seen_by(app: Any) -> Seen:
    """What an application saw."""
    if not hasattr(app.state, "seen"):
        app.state.seen = Seen()
    seen: Seen = app.state.seen
    return seen


def flush(app: Any) -> None:
    """Writes down what was seen. What can't be written now is let go: it is seen again."""
    database: Database = app.state.database
    sightings = seen_by(app).take()
    if not sightings:
        return
    try:
        with database.writing() as db:
            write_down(db, sightings)
    except Exception:
        log.exception("when %d sessions and tokens were seen was not written", len(sightings))


@asynccontextmanager
async def flushed(app: Any) -> AsyncIterator[None]:
    """Writes each minute for the length of a block, and once more at its end."""

    async def flush_in_a_thread() -> None:
        await anyio.to_thread.run_sync(flush, app, limiter=anyio.CapacityLimiter(1))

    async def each_minute() -> None:
        while True:
            await anyio.sleep(PAUSE)
            await flush_in_a_thread()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(each_minute)
        yield
        tasks.cancel_scope.cancel()
    await flush_in_a_thread()
