"""What monitors ask: whether this process lives, whether the instance is ready, what it counts.

Plain text, no session of anybody, and no value that is somebody's.
"""

import secrets

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.kit import clock
from app.kit.db import Database
from app.kit.refusals import NotFound
from app.operating import queries
from app.operating.readiness import what_is_wrong
from app.settings import Settings


def add_probes(application: Starlette) -> None:
    """Stands beside the rooms' routers: nobody is signed in here."""
    application.add_route("/healthz", healthz)
    application.add_route("/readyz", readyz)
    application.add_route("/metrics", metrics)


async def healthz(request: Request) -> Response:
    """Whether this process lives. It asks nobody: a restart helps against its own faults only."""
    return PlainTextResponse("ok\n")


def readyz(request: Request) -> Response:
    """Whether the instance can be used now: 200, or 503 with a line for each reason why not."""
    database: Database = request.app.state.database
    settings: Settings = request.app.state.settings
    wrong = what_is_wrong(database, sends_mail=bool(settings.smtp_url), now=clock.now())
    if wrong:
        return PlainTextResponse("\n".join(wrong) + "\n", 503)
    return PlainTextResponse("ready\n")


def metrics(request: Request) -> Response:
    """What is counted, to whoever has the token; where none is set, there is no such page."""
    token = request.app.state.settings.metrics_token
    if not token:
        raise NotFound
    given = request.headers.get("authorization", "")
    if not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return PlainTextResponse("\n", 401, {"WWW-Authenticate": "Bearer"})
    with request.app.state.database.reading() as db:
        found = queries.queues(db, clock.now())
    gauges = [
        ("clausewise_mail_waiting", "Mails that are to be sent.", found.mail_waiting),
        ("clausewise_mail_given_up", "Mails that were tried too often.", found.mail_given_up),
        ("clausewise_ballots_due", "Ballots that are over and not closed.", found.ballots_due),
        ("clausewise_record_entries", "Entries of all records together.", found.entries),
    ]
    body = request.app.state.meters.page(gauges)
    return Response(body, media_type=CONTENT_TYPE_LATEST)
