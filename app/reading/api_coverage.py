"""``/api/v1/g/{group}/coverage``: whom a group speaks for, and who of them is heard."""

from typing import Annotated, Any, Literal

from fastapi import Query, Request
from starlette.responses import Response

from app.groups.queries import members_of
from app.groups.routes import VisibleGroup
from app.kit import clock
from app.kit.api import api_router, reply
from app.kit.db import Db
from app.people.current import Viewer, viewer
from app.reading.coverage import PERIOD, Part, what_stands_out
from app.reading.queries_coverage import coverage_of

router = api_router("groups", viewer)

PART = {"name": "deployers", "members": 9, "commenters": 6, "voters": 7}
EXAMPLE = {
    "period": "365",
    "members": 57,
    "commenters": 31,
    "voters": 44,
    "categories": [PART],
    "affiliations": [{**PART, "name": "Rivermouth Hospital"}],
    "stands_out": ["Nobody speaks for subjects."],
}


@router.get(
    "/g/{group}/coverage",
    summary="Members, commenters and voters by category and by affiliation",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def coverage(
    request: Request,
    group: VisibleGroup,
    person: Viewer,
    db: Db,
    period: Annotated[Literal["30", "90", "365", "all"], Query(description="in days")] = PERIOD,
) -> Response:
    it = coverage_of(db, group, members_of(db, group.id), person, period=period, now=clock.now())
    answer = {
        "period": period,
        "members": it.members,
        "commenters": it.commenters,
        "voters": it.voters,
        "categories": [_json(one) for one in it.categories],
        "affiliations": [_json(one) for one in it.affiliations if one.alone is None],
        "stands_out": what_stands_out(it),
    }
    return reply(request, db, answer)


def _json(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "members": part.members,
        "commenters": part.commenters,
        "voters": part.voters,
    }
