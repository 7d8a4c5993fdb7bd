"""``/api/v1/d/…``: reporting a comment; the queue of the chairs, and dismissing reports."""

from fastapi import Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions_report
from app.discussions.api_bodies_moderation import DismissalBody, ReportBody
from app.discussions.api_json_moderation import (
    DISMISSED_EXAMPLE,
    QUEUE_EXAMPLE,
    REPORT_EXAMPLE,
    report_json,
    reported_json,
)
from app.discussions.queries import comment_of
from app.discussions.queries_moderation import queue_of
from app.groups.queries import membership_of
from app.groups.rules import must_be_chair
from app.kit.api import Cursor, Limit, api_router, reply
from app.kit.db import Db
from app.kit.refusals import refuse_unless
from app.kit.web import Number
from app.people.current import SignedIn, viewer

router = api_router("moderation", viewer)


@router.get(
    "/d/{slug}/reports",
    summary="What was reported and waits for the chairs, newest comment first",
    responses={200: {"content": {"application/json": {"example": QUEUE_EXAMPLE}}}},
)
def list_reports(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    refuse_unless(must_be_chair(membership_of(db, definition.group_id, person)))
    found = queue_of(db, definition, after=after, limit=limit)
    items = [reported_json(definition.slug, it) for it in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/comments/{number}/reports",
    summary="Report a comment to the chairs",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": REPORT_EXAMPLE}}}},
)
def report_comment(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: ReportBody,
) -> Response:
    comment = comment_of(db, definition, number)
    report = actions_report.report_comment(
        db, definition, comment, by=person, ground=body.ground, words=body.words
    )
    db.refresh(report, ["by"])
    location = f"/api/v1/d/{definition.slug}/comments/{number}"
    return reply(request, db, report_json(report), status=201, location=location)


@router.post(
    "/d/{slug}/comments/{number}/reports/dismissal",
    summary="Dismiss the open reports on a comment",
    responses={200: {"content": {"application/json": {"example": DISMISSED_EXAMPLE}}}},
)
def dismiss_reports(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: DismissalBody,
) -> Response:
    comment = comment_of(db, definition, number)
    reports = actions_report.dismiss_reports(
        db, definition, comment, by=person, answer=body.answer, seen=body.seen
    )
    return reply(request, db, {"dismissed": [report.id for report in reports]})
