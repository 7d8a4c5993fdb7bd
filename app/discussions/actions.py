"""The verbs of discussion."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.definitions.models import Clause, Definition, Version
from app.discussions import queries, rules
from app.discussions.models import Comment, CommentText, Retraction
from app.discussions.queries_slow import last_commented, slow_mode_of
from app.discussions.queries_subject import subject_about
from app.discussions.rules_slow import must_take_turns
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.db import lock, locked
from app.kit.markup import render_markdown
from app.kit.refusals import NotFound, Refusal, Refused, Stale, refuse_unless
from app.people.models import Person
from app.proposals.models import Proposal
from app.record.actions import record
from app.record.models import Log


def post_comment(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    body: str,
    kind: str = "general",
    clause: Clause | None = None,
    proposal: Proposal | None = None,
    version: Version | None = None,
    ballot_id: int | None = None,
    parent: Comment | None = None,
    wording: str | None = None,
    quote: str = "",
) -> Comment:
    """Says something on one subject, or answers ``parent`` on the subject that it is on.

    wording: the hash of the clause's wording that the person had before them; what stands now (or
    stood last, where the clause was struck), unless the clause did have that wording.
    The log is locked first: comments are numbered under it, and every verb that changes the text
    ends by writing to it, so that the wording read here is the one that stands.
    """
    locked(db, Log, definition.log_id)
    now = clock.now()
    block = block_of(db, definition.group_id, by, now)
    refuse_unless(rules.may_comment(membership_of(db, definition.group_id, by), block))
    for subject in (clause, proposal, version, parent):
        if subject is not None and subject.definition_id != definition.id:
            raise NotFound
    body = _needed(body)
    comment = Comment(
        definition_id=definition.id,
        number=queries.next_number(db, definition.id),
        kind=kind,
        quote=quote,
        body=body,
        html=render_markdown(body),
        by_id=by.id,
        at=now,
        **_subject_columns(parent, clause, proposal, version, ballot_id),
    )
    if parent is not None:
        comment.parent_id, comment.thread_id = parent.id, parent.thread_id or parent.id
    _enforce_pace(db, definition, comment, by, now)
    if comment.clause_id is not None:
        comment.wording_hash = queries.wording_before(db, definition, comment.clause_id, wording)
    db.add(comment)
    db.flush()
    db.add(CommentText(comment_id=comment.id, number=1, body=body, html=comment.html, at=now))
    about = subject_about(db, comment) | {"comment": comment.number, "kind": kind}
    if parent is not None:
        about["parent"] = parent.number
    if comment.wording_hash is not None:
        about["wording"] = comment.wording_hash
    words = {"body": body} | ({"quote": quote} if quote else {})
    record(db, definition.log_id, "comment.posted", by=by.id, at=now, about=about, words=words)
    return comment


def edit_comment(
    db: Session, definition: Definition, comment: Comment, *, by: Person, body: str, seen: int = 0
) -> Comment:
    """Puts it otherwise, within ten minutes; the earlier text is kept and shown.

    seen: how many texts the comment had when the person began to edit. Raises Stale where it has
    got another one since.
    """
    texts = _look_again(db, comment)
    now = clock.now()
    membership = membership_of(db, definition.group_id, by)
    block = block_of(db, definition.group_id, by, now)
    refuse_unless(rules.may_edit(comment, by.id, membership, now, block))
    body = _needed(body)
    if seen and seen != len(texts):
        raise Stale(base=texts[min(seen, len(texts)) - 1].body, current=comment.body, yours=body)
    if body == comment.body:
        raise Refused(Refusal("comment_unchanged"), status=422)
    comment.body, comment.html, comment.edited_at = body, render_markdown(body), now
    number = len(texts) + 1
    db.add(CommentText(comment_id=comment.id, number=number, body=body, html=comment.html, at=now))
    about = {"comment": comment.number, "text": number}
    record(
        db, definition.log_id, "comment.edited", by=by.id, at=now, about=about, words={"body": body}
    )
    return comment


def retract_comment(
    db: Session, definition: Definition, comment: Comment, *, by: Person, reason: str = ""
) -> Retraction:
    """Takes it back: its place in the thread stays, with a line instead of the words."""
    _look_again(db, comment)
    now = clock.now()
    refuse_unless(rules.may_retract(comment, by.id))
    retraction = Retraction(comment_id=comment.id, reason=reason.strip(), at=now)
    db.add(retraction)
    record(
        db,
        definition.log_id,
        "comment.retracted",
        by=by.id,
        at=now,
        about={"comment": comment.number},
        words={"reason": retraction.reason} if retraction.reason else None,
    )
    db.refresh(comment, ["retraction"])
    return retraction


def _enforce_pace(
    db: Session, definition: Definition, comment: Comment, by: Person, now: datetime
) -> None:
    """Neither the same twice, nor in slow mode before one's time. A form that is sent twice is told
    of its first comment, and not that it comes too early."""
    refuse_unless(rules.must_be_new(queries.same_before(db, comment), now), 409)
    slow = slow_mode_of(db, definition, now)
    last = last_commented(db, definition, by) if slow is not None else None
    refuse_unless(must_take_turns(slow, last, now), 409)


def _look_again(db: Session, comment: Comment) -> list[CommentText]:
    lock(db, comment)
    db.refresh(comment, ["retraction", "hiding", "texts"])
    return comment.texts


def _needed(body: str) -> str:
    body = body.strip()
    if not body:
        raise Refused(Refusal("comment_empty"), status=422)
    return body


def _subject_columns(
    parent: Comment | None,
    clause: Clause | None,
    proposal: Proposal | None,
    version: Version | None,
    ballot_id: int | None,
) -> dict[str, Any]:
    """The one subject; an answer has that of its parent, whatever else was said."""
    if parent is not None:
        return {
            "clause_id": parent.clause_id,
            "proposal_id": parent.proposal_id,
            "version_id": parent.version_id,
            "ballot_id": parent.ballot_id,
        }
    columns = {
        "clause_id": clause.id if clause else None,
        "proposal_id": proposal.id if proposal else None,
        "version_id": version.id if version else None,
        "ballot_id": ballot_id,
    }
    if sum(value is not None for value in columns.values()) != 1:
        raise Refused(Refusal("comment_needs_one_subject"), status=422)
    return columns
