"""What stood there then: earlier texts of comments, and the wordings that they were made on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions.models import Definition, TextNode, Version, Wording, WorkingText
from app.definitions.pieces import redline_html
from app.discussions.models import Comment, CommentText
from app.discussions.subjects import Subject


@dataclass(frozen=True)
class Earlier:
    """A text that a comment had once, as a redline to the one after it."""

    at: datetime
    redline: Markup


@dataclass(frozen=True)
class WordingThen:
    """The wording that comments were made on, as a redline to the current one if there is one.

    label: of the first version that had it; empty where none did.
    """

    label: str
    markdown: str
    redline: Markup | None


def earlier_texts(db: Session, comments: Sequence[Comment]) -> dict[int, list[Earlier]]:
    """What edited comments said before; the texts of a retracted one are gone with it."""
    edited = [c.id for c in comments if c.edited_at is not None and c.retraction is None]
    if not edited:
        return {}
    texts = db.scalars(
        select(CommentText)
        .where(CommentText.comment_id.in_(edited))
        .order_by(CommentText.comment_id, CommentText.number)
    )
    return {
        comment_id: [
            Earlier(text.at, redline_html(text.body, after.body)) for text, after in pairwise(group)
        ]
        for comment_id, group in groupby(texts, key=lambda text: text.comment_id)
    }


def wordings_then(
    db: Session, definition: Definition, subject: Subject, comments: Sequence[Comment]
) -> tuple[str, dict[str, WordingThen]]:
    """The hash of a clause's current wording, and the others that comments were made on."""
    if subject.kind != "clause":
        return "", {}
    current = db.execute(
        select(Wording.hash, Wording.markdown)
        .join(TextNode, TextNode.wording_hash == Wording.hash)
        .join(WorkingText, WorkingText.text_id == TextNode.text_id)
        .where(WorkingText.definition_id == definition.id, TextNode.clause_id == subject.id)
    ).one_or_none()
    current_hash, current_words = current or ("", None)
    other = {c.wording_hash for c in comments if c.wording_hash} - {current_hash}
    if not other:
        return current_hash, {}
    labels: dict[str, str] = {}
    for wording_hash, label in db.execute(
        select(TextNode.wording_hash, Version.label)
        .join(Version, Version.text_id == TextNode.text_id)
        .where(TextNode.clause_id == subject.id, TextNode.wording_hash.in_(other))
        .order_by(Version.id)
    ):
        labels.setdefault(wording_hash, label)
    wordings = db.execute(select(Wording.hash, Wording.markdown).where(Wording.hash.in_(other)))
    return current_hash, {
        wording_hash: WordingThen(
            labels.get(wording_hash, ""),
            markdown,
            None if current_words is None else redline_html(markdown, current_words),
        )
        for wording_hash, markdown in wordings
    }
