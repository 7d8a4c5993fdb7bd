"""Pages of discussion: the list of a definition, one comment's place, and writing."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.outline import numbers
from app.definitions.queries import tree_of
from app.definitions.routes import VisibleDefinition
from app.discussions import actions, rules
from app.discussions.forms import CommentForm, EditForm, ListForm, RetractionForm
from app.discussions.models import Comment
from app.discussions.queries import (
    authors_of,
    categories_in,
    comment_of,
    comments_count,
    comments_made_by,
    comments_of,
    spoke_for,
)
from app.discussions.queries_subject import keywords_of, subject_named, subjects_of, whole
from app.discussions.queries_thread import place_of
from app.discussions.subjects import Subject
from app.discussions.views import write_view
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused, Stale, refuse_unless
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.floods import LIMITED_SEARCH, limited
from app.people.models import Person

router = APIRouter(prefix="/d/{slug}/comments")

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
COMMENTING = limited("comments", comments_made_by)


@router.get("", dependencies=[LIMITED_SEARCH])
def comments_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    chosen: Annotated[ListForm, Query()],
) -> Response:
    comments = comments_of(db, definition, chosen.filters(), after=chosen.after or None, limit=30)
    return page(
        request,
        "discussions/list.html",
        definition=definition,
        page=comments,
        count=comments_count(db, definition),
        query=chosen.model_dump(),
        form=Submitted.blank(ListForm, **chosen.model_dump()),
        categories=spoke_for(db, definition, comments.items),
        all_categories=categories_in(db, definition),
        authors=authors_of(db, definition),
        subjects=subjects_of(db, comments.items),
        places=numbers(tree_of(db, definition.working.text_id)),
    )


@router.get("/new")
def new_comment_page(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    clause: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    proposal: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    version: Annotated[str | None, Query(max_length=40)] = None,
    ballot: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    form = Submitted.blank(
        CommentForm, clause=clause, proposal=proposal, version=version, ballot=ballot
    )
    subject = subject_named(db, definition, form.typed)
    return _write_page(request, db, definition, person, subject, form=form)


@router.post("", dependencies=[COMMENTING])
def post_comment(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[CommentForm], Depends(submitted(CommentForm))],
) -> Response:
    parent, subject = _answered(db, definition, form)
    status = 422
    if not form.errors:
        try:
            comment = actions.post_comment(
                db,
                definition,
                by=person,
                kind=form.value.kind,
                body=form.value.body,
                parent=parent,
                wording=form.value.wording,
                quote=form.value.quote,
                **keywords_of(db, subject),
            )
            return see_other(_place(db, definition, comment.number), said="comment_posted")
        except Refused as refused:
            if refused.refusal.code == "comment_posted_already":  # sent twice: once is enough
                return see_other(_place(db, definition, refused.refusal.facts["comment"]))
            form.refuse("", sentence_of(request, refused.refusal))
            status = refused.status
    return _write_page(
        request, db, definition, person, subject, form=form, parent=parent, status=status
    )


@router.get("/{number}")
def comment_page(definition: VisibleDefinition, viewer: Viewer, db: Db, number: Number) -> Response:
    """A permanent address: on to where the comment stands, on whichever page of its thread."""
    return see_other(_place(db, definition, number))


@router.get("/{number}/reply")
def reply_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    parent = comment_of(db, definition, number)
    subject = subjects_of(db, [parent])[parent.id]
    form = Submitted.blank(CommentForm, parent=number)
    return _write_page(request, db, definition, person, subject, form=form, parent=parent)


@router.get("/{number}/edit")
def edit_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    comment = comment_of(db, definition, number)
    membership = membership_of(db, definition.group_id, person)
    now = clock.now()
    block = block_of(db, definition.group_id, person, now)
    refuse_unless(rules.may_edit(comment, person.id, membership, now, block))
    form = Submitted.blank(EditForm, body=comment.body, seen=len(comment.texts))
    subject = subjects_of(db, [comment])[comment.id]
    return _write_page(request, db, definition, person, subject, form=form, editing=comment)


@router.post("/{number}/edit")
def edit_comment(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[EditForm], Depends(submitted(EditForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    status, stale = 422, None
    if not form.errors:
        try:
            actions.edit_comment(
                db, definition, comment, by=person, body=form.value.body, seen=form.value.seen
            )
            return see_other(_place(db, definition, number), said="comment_edited")
        except Refused as refused:
            form.refuse("", sentence_of(request, refused.refusal))
            status = refused.status
            if isinstance(refused, Stale):
                stale = refused
                form.typed["seen"] = len(comment.texts)  # sent again, it is meant
    subject = subjects_of(db, [comment])[comment.id]
    return _write_page(
        request,
        db,
        definition,
        person,
        subject,
        form=form,
        editing=comment,
        stale=stale,
        status=status,
    )


@router.post("/{number}/retraction")
def retract_comment(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[RetractionForm], Depends(submitted(RetractionForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    if form.errors:
        refuse_unless(rules.may_retract(comment, person.id))
        subject = subjects_of(db, [comment])[comment.id]
        return _write_page(
            request, db, definition, person, subject, form=form, retracting=comment, status=422
        )
    actions.retract_comment(db, definition, comment, by=person, reason=form.value.reason)
    return see_other(_place(db, definition, number), said="comment_retracted")


def _place(db: Db, definition: Definition, number: int) -> str:
    return place_of(db, definition, comment_of(db, definition, number))


def _answered(
    db: Db, definition: Definition, form: Submitted[CommentForm]
) -> tuple[Comment | None, Subject]:
    """What a form answers, if anything, and what it is on; read even where other fields err."""
    if form.typed["parent"]:
        parent = comment_of(db, definition, whole(form.typed["parent"]))
        return parent, subjects_of(db, [parent])[parent.id]
    return None, subject_named(db, definition, form.typed)


def _write_page(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    subject: Subject,
    *,
    status: int = 200,
    **writing: Any,
) -> Response:
    names = write_view(db, definition, person, subject, **writing)
    return page(request, "discussions/write.html", status, **names)
