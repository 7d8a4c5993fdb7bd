"""Whether comments say what people wrote: each text of a comment is that of its entry."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.definitions.models import Definition
from app.discussions.models import Comment
from app.kit.markup import render_markdown
from app.record.findings import Finding, compared
from app.record.queries import Happening, told

AT_ONCE = 500


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with any comment."""
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        entries = _entries(db, definition)
        comments = db.scalars(
            select(Comment)
            .where(Comment.definition_id == definition.id)
            .options(
                selectinload(Comment.texts),
                joinedload(Comment.retraction),
                joinedload(Comment.clause),
                joinedload(Comment.proposal),
                joinedload(Comment.version),
                joinedload(Comment.parent),
            )
            .order_by(Comment.number)
        ).partitions(AT_ONCE)
        for comment in (one for some in comments for one in some):
            where = f"comments {definition.slug} {comment.number}"
            yield from _check_comment(where, comment, entries)
        for number, text in entries:
            yield Finding(f"comments {definition.slug} {number}", f"its text {text} is missing")


def _entries(db: Session, definition: Definition) -> dict[tuple[int, int], Happening]:
    """By comment and number of the text, what was written; the retraction is number 0."""
    found = {}
    verbs = ("comment.posted", "comment.edited", "comment.retracted")
    for one in told(db, definition.log_id, *verbs):
        about, retracted = one.entry.about, one.entry.verb == "comment.retracted"
        found[about["comment"], 0 if retracted else about.get("text", 1)] = one
    return found


def _check_comment(
    where: str, comment: Comment, entries: dict[tuple[int, int], Happening]
) -> Iterator[Finding]:
    for text in comment.texts:
        one = entries.pop((comment.number, text.number), None)
        if one is None:
            yield Finding(where, f"no entry of the record tells of its text {text.number}")
            continue
        yield from compared(where, {"time": (text.at, one.entry.at)})
        yield from compared(where, {"author": (comment.by_id, one.entry.person_id)})
        if one.said("body") is not None:
            yield from compared(where, {f"text {text.number}": (text.body, one.said("body"))})
            yield from compared(where, {"HTML": (text.html, render_markdown(text.body))})
        if text.number == 1:
            yield from compared(where, _placed(comment, one))
    yield from _check_last(where, comment)
    if (comment.retraction is None) != (entries.pop((comment.number, 0), None) is None):
        yield Finding(where, "the row and the record do not both tell of its retraction")


def _placed(comment: Comment, one: Happening) -> dict[str, tuple[Any, Any]]:
    """What a comment is on and answers to, and what its entry says of that."""
    about, parent = one.entry.about, comment.parent
    pairs: dict[str, tuple[Any, Any]] = {
        "kind": (comment.kind, about["kind"]),
        "clause": (comment.clause and comment.clause.number, about.get("clause")),
        "proposal": (comment.proposal and comment.proposal.number, about.get("proposal")),
        "version": (comment.version and comment.version.label, about.get("version")),
        "ballot": (comment.ballot_id is None, "ballot" not in about),
        "wording": (comment.wording_hash, about.get("wording")),
        "parent": (parent and parent.number, about.get("parent")),
        "thread": (comment.thread_id, parent and (parent.thread_id or parent.id)),
        "begin": (comment.at, one.entry.at),
    }
    if "quote" not in one.entry.words or one.said("quote") is not None:
        pairs["quote"] = (comment.quote, one.said("quote") or "")
    return pairs


def _check_last(where: str, comment: Comment) -> Iterator[Finding]:
    """A comment shows its last text, and says when it was edited."""
    if not comment.texts:
        yield Finding(where, "it has no text")
        return
    last = comment.texts[-1]
    edited_at = last.at if last.number > 1 else None
    if (last.body, last.html, edited_at) != (comment.body, comment.html, comment.edited_at):
        yield Finding(where, "it does not show its last text")
