"""Who may say something, and until when they may take it back or put it otherwise."""

from datetime import datetime, timedelta

from app.discussions.models import Comment
from app.groups.models import Membership
from app.groups.models_conduct import Block
from app.groups.rules import must_be_in_group
from app.groups.rules_conduct import must_not_be_blocked
from app.kit.refusals import Refusal

EDIT_WINDOW = timedelta(minutes=10)
TWICE_WINDOW = timedelta(minutes=1)


def may_comment(membership: Membership | None, block: Block | None = None) -> Refusal | None:
    """Everybody who is in the working group may comment, observers too; nobody else yet, and nobody
    whom a chair has blocked. block: the one that holds now."""
    return must_be_in_group(membership) or must_not_be_blocked(block)


def must_be_new(again: Comment | None, now: datetime) -> Refusal | None:
    """A form that was sent twice is one comment. again: the last one of the same person that says
    the same in the same place. After a minute, at 12:01:00 for one of 12:00:00, it is meant."""
    if again is None or now >= again.at + TWICE_WINDOW:
        return None
    return Refusal("comment_posted_already", comment=again.number)


def may_edit(
    comment: Comment,
    by_id: str,
    membership: Membership | None,
    now: datetime,
    block: Block | None = None,
) -> Refusal | None:
    """Its author, for ten minutes: at 12:10:00 a comment of 12:00:00 stands as it is. What a chair
    has hidden stays as it was when that was decided."""
    if comment.by_id != by_id:
        return Refusal("comment_of_somebody_else")
    if comment.retraction is not None:
        return Refusal("comment_retracted")
    if comment.hiding is not None:
        return Refusal("comment_hidden")
    if now >= edit_ends_at(comment):
        return Refusal("comment_edit_over", ended_at=edit_ends_at(comment))
    return may_comment(membership, block)


def may_retract(comment: Comment, by_id: str) -> Refusal | None:
    """Its author, once, at any time; also after leaving the group."""
    if comment.by_id != by_id:
        return Refusal("comment_of_somebody_else")
    if comment.retraction is not None:
        return Refusal("comment_retracted")
    return None


def edit_ends_at(comment: Comment) -> datetime:
    """The first moment at which a comment can't be edited any more."""
    return comment.at + EDIT_WINDOW
