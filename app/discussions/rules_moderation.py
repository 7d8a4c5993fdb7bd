"""Who may report what was said, and who decides about it."""

from app.discussions.models import Comment
from app.discussions.models_moderation import Report
from app.groups.models import Membership
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal


def may_report(comment: Comment, by_id: str, mine: Report | None) -> Refusal | None:
    """Whoever is signed in and reads it, but not its author. mine: a report of theirs on it that
    no chair has answered yet."""
    if comment.by_id == by_id:
        return Refusal("report_of_ones_own")
    return Refusal("reported_already", when=mine.at) if mine is not None else None


def must_say_what(ground: str, words: str) -> Refusal | None:
    """A ground that is none of the list needs words."""
    return Refusal("report_needs_words") if ground == "other" and not words else None


def may_moderate(comment: Comment, by_id: str, membership: Membership | None) -> Refusal | None:
    """Chairs, but nobody in their own cause."""
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("moderation_of_ones_own") if comment.by_id == by_id else None


def must_be_reported(reports: int) -> Refusal | None:
    """There is something to dismiss: how many reports on it are open."""
    return None if reports else Refusal("nothing_reported")
