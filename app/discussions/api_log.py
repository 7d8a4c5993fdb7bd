"""``/api/v1/g/{group}/moderation/log``: what chairs decided, as JSON."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from app.discussions.moderation_log import Kind
from app.discussions.queries_log import Moderated, moderation_log
from app.groups.routes import VisibleGroup
from app.kit.api import Cursor, Limit, api_router, reply, time
from app.kit.db import Db
from app.people.current import Viewer, viewer

router = api_router("moderation", viewer)

EXAMPLE = {
    "items": [
        {
            "at": "2026-11-24T18:00:00.000Z",
            "kind": "block",
            "verb": "person.blocked",
            "by": {"id": "p_5b1f0d7c2f9e8a44", "name": "Ana Ferreira"},
            "person": None,
            "definition": None,
            "comment": None,
            "rule": {"number": 2, "words": "Speak about the words, not about the person."},
            "until": "2026-12-01T18:00:00.000Z",
            "minutes": None,
            "outcome": None,
            "reason": "Three comments about persons, after a word of warning.",
            "held_back": False,
        }
    ],
    "next": "WyIyMDI2LTExLTI0VDE4OjAwOjAwKzAwOjAwIiwyLDE3XQ",
}


@router.get(
    "/g/{group}/moderation/log",
    summary="What was decided in moderation, newest first",
    description="What was hidden, slowed down, blocked and suspended, and lifted again, and "
    "appeals with their `outcome` (`upheld` or `lifted`), in the group and in each of its "
    "definitions that you may read. `person` is whom a block or a suspension is about, for people "
    "in the group; `null` for everybody else, and so is `by` where that is who appeals. "
    "`held_back`: there is a reason, and it is for the group (why somebody was suspended). Hidden "
    "words are never here.",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def show_log(
    request: Request,
    group: VisibleGroup,
    db: Db,
    person: Viewer,
    kind: Annotated[Kind | None, Query(description="only what is of this kind")] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    found = moderation_log(db, group, person, kind=kind, after=after, limit=limit)
    items = [moderated_json(one) for one in found.items]
    return reply(request, db, {"items": items, "next": found.next})


def moderated_json(one: Moderated) -> dict[str, Any]:
    """An entry, with what who asks may read of it."""
    entry, about = one.happening.entry, one.happening.entry.about
    return {
        "at": time(entry.at),
        "kind": one.kind,
        "verb": entry.verb,
        "by": _person(one.by, one),
        "person": _person(one.person, one),
        "definition": one.definition.slug if one.definition else None,
        "comment": about.get("comment"),
        "rule": {"number": one.rule.number, "words": one.rule.words} if one.rule else None,
        "until": time(one.happening.moment("until")) if "until" in about else None,
        "minutes": about.get("minutes"),
        "outcome": about.get("outcome"),
        "reason": one.reason,
        "held_back": one.is_held,
    }


def _person(id: str | None, one: Moderated) -> dict[str, str | None] | None:
    return {"id": id, "name": one.people.get(id)} if id else None
