"""``/api/v1/me/news`` and ``/api/v1/me/look``: what is new to the person a token speaks for."""

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.kit import clock
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.forms import Moment
from app.kit.web import url
from app.people.current import SignedIn, viewer
from app.reading.actions import mark_as_seen
from app.reading.queries_news import Line, News, Told, news_of

router = api_router("people", viewer)

EXAMPLE = {
    "since": "2024-05-27T12:00:00.000Z",
    "until": "2024-06-03T12:00:00.000Z",
    "items": [
        {
            "definition": {"slug": "open-source-ai", "name": "Open Source AI"},
            "entries": [
                {
                    "sequence": 412,
                    "at": "2024-06-03T09:00:00.000Z",
                    "verb": "proposal.put_forward",
                    "by": "p_5b1f0d7c2f9e8a44",
                    "name": "Chloé Marchand",
                    "about": {"proposal": 41, "revision": 1},
                    "words": "Share the data itself",
                }
            ],
            "more": 0,
            "comments": 3,
            "record": "/api/v1/d/open-source-ai/record?since=2024-05-27T12%3A00%3A00.000Z",
        }
    ],
    "more": 0,
    "next": None,
}
LOOK_EXAMPLE = {"until": "2024-06-03T12:00:00.000Z"}


class LookBody(BaseModel):
    """Until when you have seen what happened: the ``until`` of the news that you read."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"until": "2024-06-03T12:00:00Z"}]}
    )

    until: Moment


@router.get(
    "/me/news",
    summary="What is new to you, by definition",
    description="What others did in definitions of your groups since you last looked, or in the "
    "last seven days. The latest entries are given; `more` says how many there are beside them.",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def show_news(
    request: Request,
    db: Db,
    person: SignedIn,
    limit: Annotated[int, Query(ge=1, le=200, description="definitions at most")] = 50,
) -> Response:
    news = news_of(db, person, clock.now(), definitions_max=limit)
    answer = {
        "since": time(news.since),
        "until": time(news.until),
        "items": [_told_json(one, news) for one in news.told],
        "more": news.more,
        "next": None,
    }
    return reply(request, db, answer)


@router.post(
    "/me/look",
    summary="Mark all as seen, until a moment",
    responses={200: {"content": {"application/json": {"example": LOOK_EXAMPLE}}}},
)
def look(request: Request, db: Db, person: SignedIn, body: LookBody) -> Response:
    look = mark_as_seen(db, by=person, until=body.until)
    return reply(request, db, {"until": time(look.until)})


def _told_json(one: Told, news: News) -> dict[str, Any]:
    slug = one.definition.slug
    return {
        "definition": {"slug": slug, "name": one.definition.name},
        "entries": [_line_json(line, news) for line in one.lines],
        "more": one.more,
        "comments": one.comments,
        "record": url(f"/api/v1/d/{slug}/record", since=time(news.since)),
    }


def _line_json(line: Line, news: News) -> dict[str, Any]:
    entry = line.happening.entry
    return {
        "sequence": entry.sequence,
        "at": time(entry.at),
        "verb": entry.verb,
        "by": entry.person_id,
        "name": news.people.get(entry.person_id or ""),
        "about": entry.about,
        "words": line.words,
    }
