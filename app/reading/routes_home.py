"""Home: what needs one, when signed in; what this place is and what is open in it, otherwise."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.ballots.queries import ballots_to_cast
from app.definitions.queries import definitions_for
from app.discussions.queries import replies_to
from app.discussions.queries_subject import subjects_of
from app.kit import clock
from app.kit.db import Db
from app.kit.pages import public_page
from app.kit.web import page
from app.people.current import Viewer
from app.people.models import Person
from app.proposals.queries import in_conflict_of
from app.reading.queries_home import ballots_running, entries_in_all, happened, rivals_of, standings

router = APIRouter()

ANSWERS_KEPT = timedelta(days=90)


@router.get("/")
def home(request: Request, viewer: Viewer, db: Db) -> Response:
    return public_page(request, (0, entries_in_all(db)), lambda: _home(request, viewer, db))


def _home(request: Request, viewer: Person | None, db: Db) -> Response:
    definitions = definitions_for(db, viewer)
    now = clock.now()
    names: dict[str, Any] = {
        "definitions": {one.id: one for one in definitions},
        "standings": standings(db, definitions, now),
        "happened": happened(db, definitions),
    }
    if viewer is None:
        ballots = ballots_running(db, definitions, now)
        return page(request, "reading/welcome.html", ballots=ballots, **names)
    replies = replies_to(
        db, viewer, definition_ids=list(names["definitions"]), since=now - ANSWERS_KEPT, limit=6
    )
    return page(
        request,
        "reading/home.html",
        ballots=ballots_to_cast(db, viewer, now=now),
        replies=replies,
        reply_subjects=subjects_of(db, replies),
        conflicts=in_conflict_of(db, viewer),
        rivals=rivals_of(db, viewer),
        **names,
    )
