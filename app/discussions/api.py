"""``/api/v1/d/…/comments``: what was said, and saying something."""

from typing import Annotated, Any

from fastapi import Header, Path, Query, Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions
from app.discussions.api_bodies import CommentBody, EditBody, RetractionBody
from app.discussions.api_json import (
    COMMENT_EXAMPLE,
    COMMENTS_EXAMPLE,
    COUNTS_EXAMPLE,
    EDITED_EXAMPLE,
    RETRACTED_EXAMPLE,
    comment_json,
    etag_of,
)
from app.discussions.forms import ListForm
from app.discussions.queries import comment_of, comments_of, spoke_for
from app.discussions.queries_margin import counts_by_clause
from app.discussions.queries_moderation import opens_to
from app.discussions.queries_subject import keywords_of, subject_named, subjects_of
from app.discussions.queries_thread import place_of
from app.discussions.routes import COMMENTING
from app.kit.api import Limit, api_router, if_match, reply
from app.kit.db import Db
from app.people.current import SignedIn, Viewer, viewer
from app.people.floods import LIMITED_SEARCH
from app.people.models import Person

router = api_router("discussions", viewer)

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the comment that you read")
]
OTHER_WORDS = {
    **router.responses[409],
    "description": "It was put otherwise since you read it; `code` is `precondition_failed`.",
}


@router.get(
    "/d/{slug}/comments",
    dependencies=[LIMITED_SEARCH],
    summary="What was said, newest first",
    responses={200: {"content": {"application/json": {"example": COMMENTS_EXAMPLE}}}},
)
def list_comments(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    chosen: Annotated[ListForm, Query()],
    limit: Limit = 50,
) -> Response:
    comments = comments_of(
        db, definition, chosen.filters(), after=chosen.after or None, limit=limit
    )
    subjects = subjects_of(db, comments.items)
    categories = spoke_for(db, definition, comments.items)
    items = [
        comment_json(definition.slug, comment, subjects[comment.id], categories.get(comment.id))
        for comment in comments.items
    ]
    return reply(request, db, {"items": items, "next": comments.next})


@router.get(
    "/d/{slug}/comments/counts",
    summary="How many comments stand on each clause",
    responses={200: {"content": {"application/json": {"example": COUNTS_EXAMPLE}}}},
)
def count_comments(request: Request, definition: VisibleDefinition, db: Db) -> Response:
    counts = counts_by_clause(db, definition)
    return reply(request, db, {str(clause): count for clause, count in counts.items()})


@router.post(
    "/d/{slug}/comments",
    dependencies=[COMMENTING],
    summary="Say something, or answer",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": COMMENT_EXAMPLE}}}},
)
def post_comment(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, body: CommentBody
) -> Response:
    parent = comment_of(db, definition, body.parent) if body.parent is not None else None
    subject = {} if parent is not None else _keywords(db, definition, body)
    comment = actions.post_comment(
        db,
        definition,
        by=person,
        kind=body.kind,
        body=body.body,
        parent=parent,
        wording=body.wording,
        quote=body.quote,
        **subject,
    )
    return _answer(request, db, definition, person, comment.number, status=201)


@router.get(
    "/d/{slug}/comments/{number}",
    summary="One comment, under an ETag",
    responses={200: {"content": {"application/json": {"example": COMMENT_EXAMPLE}}}},
)
def show_comment(
    request: Request, definition: VisibleDefinition, db: Db, person: Viewer, number: Number
) -> Response:
    return _answer(request, db, definition, person, number)


@router.patch(
    "/d/{slug}/comments/{number}",
    summary="Put it otherwise, within ten minutes",
    responses={
        200: {"content": {"application/json": {"example": EDITED_EXAMPLE}}},
        412: OTHER_WORDS,
    },
)
def edit_comment(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: EditBody,
    wanted: IfMatch = None,
) -> Response:
    comment = comment_of(db, definition, number)
    if_match(request, etag_of(comment))
    actions.edit_comment(
        db, definition, comment, by=person, body=body.body, seen=len(comment.texts)
    )
    return _answer(request, db, definition, person, number)


@router.post(
    "/d/{slug}/comments/{number}/retraction",
    summary="Take a comment back",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": RETRACTED_EXAMPLE}}}},
)
def retract_comment(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: RetractionBody,
) -> Response:
    comment = comment_of(db, definition, number)
    actions.retract_comment(db, definition, comment, by=person, reason=body.reason)
    return _answer(request, db, definition, person, number, status=201)


def _keywords(db: Db, definition: VisibleDefinition, body: CommentBody) -> dict[str, Any]:
    named = body.model_dump(include={"clause", "proposal", "version", "ballot"})
    if sum(key is not None for key in named.values()) != 1:
        return {}  # the verb says that it must be one
    return keywords_of(db, subject_named(db, definition, named))


def _answer(
    request: Request,
    db: Db,
    definition: VisibleDefinition,
    person: Person | None,
    number: int,
    status: int = 200,
) -> Response:
    db.expire_all()
    comment = comment_of(db, definition, number)
    subject = subjects_of(db, [comment])[comment.id]
    category = spoke_for(db, definition, [comment]).get(comment.id)
    opens = comment.hiding is not None and opens_to(db, definition, comment, person)
    answer = comment_json(definition.slug, comment, subject, category, opens=opens)
    return reply(
        request,
        db,
        answer | {"place": place_of(db, definition, comment)},
        status=status,
        location=f"/api/v1/d/{definition.slug}/comments/{number}" if status == 201 else None,
        etag=etag_of(comment),
    )
