"""The loop beside the web: closes what the clock has ended, marks the proposals that the text has
overtaken, delivers what is queued, forgets what is over.

It decides nothing: a ballot is over at its time, and a proposal in conflict with the text, whether
this runs or not. Several may run at once.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.ballots.actions_close import close_due_ballots
from app.kit.db import Database
from app.kit.limits import forget_attempts
from app.kit.mail import deliver_due_mail
from app.people.actions import forget_id_tokens
from app.proposals.actions_conflict import mark_overtaken_proposals
from app.settings import Settings

log = logging.getLogger("clausewise.worker")

PAUSE = 1.0  # seconds between two turns
PAUSE_MAX = 60.0  # after turns that failed, for as long as they fail


def turn(database: Database, settings: Settings) -> int:
    """Does once all that is due; returns how much that was."""
    return (
        close_due_ballots(database)
        + mark_overtaken_proposals(database)
        + deliver_due_mail(database, settings)
        + forget_id_tokens(database)
        + forget_attempts(database)
    )


def run(database: Database, settings: Settings, stop: threading.Event) -> None:
    """Takes turns until told to stop. A turn that fails is logged and tried again, later."""
    pause = PAUSE
    while not stop.is_set():
        try:
            turn(database, settings)
            pause = PAUSE
        except Exception:
            log.exception("a turn of the worker failed; the next is in %d s", pause)
            pause = min(pause * 2, PAUSE_MAX)
        stop.wait(pause)


@contextmanager
def beside(settings: Settings) -> Iterator[None]:
    """Runs the loop in a thread of this process, for the length of a block."""
    database = Database(settings.database_url, connections=2)
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(database, settings, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
        database.dispose()
