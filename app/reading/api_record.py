"""The record of a definition as JSON: with it, anybody can recompute every leaf and link."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import JSONResponse

from app.definitions.routes import VisibleDefinition
from app.discussions.queries_held import Held, held_back
from app.kit.api import Cursor, Limit, api_router, reply
from app.kit.db import Db
from app.people.current import viewer
from app.people.queries import names_of
from app.record import queries
from app.record.actions import entry_body
from app.record.models import Log
from app.record.queries import Filters, Happening

router = api_router("record", viewer)

Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Moment = Annotated[datetime | None, Query(description="RFC 3339, with its zone")]

EXAMPLE = {
    "log": {"subject": "d/open-source-ai", "size": 412, "head": "9f2c…"},
    "items": [
        {
            "entry": {
                "v": 1,
                "log": "d/open-source-ai",
                "sequence": 412,
                "at": "2024-06-03T12:00:00.000000Z",
                "verb": "proposal.seconded",
                "by": "p_5b1f0d7c2f9e8a44",
                "about": {"proposal": 41, "revision": 2},
                "words": {},
                "previous": "61b0…",
            },
            "leaf": "9f2c…",
            "name": "Chloé Marchand",
            "said": {},
            "held_back": None,
        }
    ],
    "next": "WzQxMl0",
}


@router.get(
    "/d/{slug}/record",
    summary="What happened, newest first",
    description="`entry` is the object whose canonical JSON (RFC 8785) is hashed into `leaf` "
    "(RFC 9162, 2.1.1); `said` has the words that it names by their salted hash. `held_back` "
    "says why words are there and not shown: `hidden`, where a chair has hidden the comment; "
    "`chairs`, where they are for the chairs only; `group`, where people in the group read them.",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def index(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    verb: Annotated[str, Query(max_length=60, description="a verb, or its beginning")] = "",
    person: Annotated[str, Query(max_length=32, description="an opaque id")] = "",
    since: Moment = None,
    until: Moment = None,
    clause: Number = None,
    proposal: Number = None,
    ballot: Number = None,
    comment: Number = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> JSONResponse:
    numbers = {"clause": clause, "proposal": proposal, "ballot": ballot, "comment": comment}
    filters = Filters(
        verb=verb,
        person=person,
        since=_aware(since),
        until=_aware(until),
        subject=next(((name, number) for name, number in numbers.items() if number), None),
    )
    log = queries.log_of(db, definition.log_id)
    found = queries.happenings(db, log.id, filters, after=after, limit=limit)
    names = names_of(db, {one.entry.person_id for one in found.items if one.entry.person_id})
    held = held_back(db, definition, found.items)
    return reply(
        request,
        db,
        {
            "log": {"subject": log.subject, "size": log.size, "head": log.head},
            "items": [_told(one, log, names, held) for one in found.items],
            "next": found.next,
        },
    )


def _told(
    one: Happening, log: Log, names: Mapping[str, str], held: Mapping[int, Held]
) -> dict[str, Any]:
    """An entry. Words that are gone or held back take their salt with them, so that nobody can
    guess them."""
    why = held.get(one.entry.sequence)
    return {
        "entry": entry_body(one.entry, log.subject),
        "leaf": one.entry.leaf,
        "name": names.get(one.entry.person_id or ""),
        "said": {
            field: {"salt": row.salt, "text": row.text}
            if row.text is not None and why is None
            else None
            for field, row in sorted(one.words.items())
        },
        "held_back": why,
    }


def _aware(moment: datetime | None) -> datetime | None:
    """A moment without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
