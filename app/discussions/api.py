"""``/api/v1/d/…/comments``: what was said, and saying something."""

from typing import Annotated, Any

from fastapi import Path, Query, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions, rules
from app.discussions.forms import Kind, ListForm, Words
from app.discussions.models import Comment
from app.discussions.queries import comment_of, comments_of, spoke_for
from app.discussions.queries_margin import counts_by_clause
from app.discussions.queries_subject import keywords_of, subject_named, subjects_of
from app.discussions.queries_thread import place_of
from app.discussions.subjects import Subject
from app.kit.api import Limit, api_router, if_match, reply, time
from app.kit.db import Db
from app.kit.forms import Line, Prose
from app.people.api import person_json
from app.people.current import SignedIn, Viewer, viewer

router = api_router("discussions", viewer)

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class CommentBody(BaseModel):
    """A comment on one clause, proposal, version or ballot; or an answer to ``parent``."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"clause": 12, "kind": "question", "body": "Whose law is meant?"},
                {"parent": 40, "body": "That of the place where it is used."},
            ]
        },
    )

    clause: int | None = None
    proposal: int | None = None
    version: Annotated[Line, StringConstraints(max_length=40)] | None = None
    ballot: int | None = None
    parent: int | None = None
    wording: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    quote: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    kind: Kind = "general"
    body: Words


class EditBody(BaseModel):
    """Other words for a comment."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"body": "Whose law is meant, and as of when?"}]},
    )

    body: Words


class RetractionBody(BaseModel):
    """Why it is taken back, if one wants to say."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "I misread the clause."}]}
    )

    reason: Annotated[Prose, StringConstraints(max_length=1_000)] = ""


@router.get("/d/{slug}/comments", summary="What was said, newest first")
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


@router.get("/d/{slug}/comments/counts", summary="How many comments stand on each clause")
def count_comments(request: Request, definition: VisibleDefinition, db: Db) -> Response:
    counts = counts_by_clause(db, definition)
    return reply(request, db, {str(clause): count for clause, count in counts.items()})


@router.post("/d/{slug}/comments", summary="Say something, or answer", status_code=201)
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
    return _answer(request, db, definition, comment.number, status=201)


@router.get("/d/{slug}/comments/{number}", summary="One comment")
def show_comment(
    request: Request, definition: VisibleDefinition, db: Db, person: Viewer, number: Number
) -> Response:
    return _answer(request, db, definition, number)


@router.patch("/d/{slug}/comments/{number}", summary="Put it otherwise, within ten minutes")
def edit_comment(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: EditBody,
) -> Response:
    comment = comment_of(db, definition, number)
    if_match(request, etag_of(comment))
    actions.edit_comment(
        db, definition, comment, by=person, body=body.body, seen=len(comment.texts)
    )
    return _answer(request, db, definition, number)


@router.post(
    "/d/{slug}/comments/{number}/retraction", summary="Take a comment back", status_code=201
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
    return _answer(request, db, definition, number, status=201)


def comment_json(
    slug: str, comment: Comment, subject: Subject, category: str | None
) -> dict[str, Any]:
    """A comment as the API says it. One that was retracted has no words."""
    gone = comment.retraction is not None
    return {
        "number": comment.number,
        "url": f"/d/{slug}/comments/{comment.number}",
        "kind": comment.kind,
        "on": {subject.kind: subject.key},
        "wording": comment.wording_hash,
        "parent": comment.parent.number if comment.parent is not None else None,
        "quote": None if gone else comment.quote,
        "body": None if gone else comment.body,
        "html": None if gone else comment.html,
        "by": person_json(comment.by) | {"category": category},
        "at": time(comment.at),
        "edited_at": time(comment.edited_at),
        "edit_until": time(rules.edit_ends_at(comment)),
        "retracted_at": time(comment.retraction.at) if comment.retraction is not None else None,
    }


def etag_of(comment: Comment) -> str:
    """Which text of a comment this is."""
    return f"{comment.number}.{len(comment.texts)}{'r' if comment.retraction is not None else ''}"


def _keywords(db: Db, definition: VisibleDefinition, body: CommentBody) -> dict[str, Any]:
    named = body.model_dump(include={"clause", "proposal", "version", "ballot"})
    if sum(key is not None for key in named.values()) != 1:
        return {}  # the verb says that it must be one
    return keywords_of(db, subject_named(db, definition, named))


def _answer(
    request: Request, db: Db, definition: VisibleDefinition, number: int, status: int = 200
) -> Response:
    db.expire_all()
    comment = comment_of(db, definition, number)
    subject = subjects_of(db, [comment])[comment.id]
    category = spoke_for(db, definition, [comment]).get(comment.id)
    answer = comment_json(definition.slug, comment, subject, category)
    return reply(
        request,
        db,
        answer | {"place": place_of(db, definition, comment)},
        status=status,
        location=f"/api/v1/d/{definition.slug}/comments/{number}" if status == 201 else None,
        etag=etag_of(comment),
    )
