"""Who may report what was said, and who decides about it."""

from app.discussions.models import Comment
from app.discussions.models_moderation import Report
from app.groups.models import Membership
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal, Refused

# Whom a refusal is about gives 403; what was given, 422; when, all the rest, 409.
_WHO = {
    "chairs_only",
    "suspended",
    "passkey_needed",
    "report_of_ones_own",
    "moderation_of_ones_own",
    "appeal_of_somebody_else",
    "appeal_of_ones_own",
    "appeal_against_oneself",
}
_WHAT = {"report_needs_words", "appeal_needs_words", "reason_is_needed"}


def enforce(refusal: Refusal | None) -> None:
    """Raises what a rule had against a verb, with the status that fits it."""
    if refusal is not None:
        code = refusal.code
        raise Refused(refusal, 403 if code in _WHO else 422 if code in _WHAT else 409)


def may_report(comment: Comment, by_id: str, mine: Report | None) -> Refusal | None:
    """Whoever is signed in and reads it, but not its author. mine: a report of theirs on it that
    no chair has answered yet."""
    if comment.by_id == by_id:
        return Refusal("report_of_ones_own")
    if comment.hiding is not None:
        return Refusal("comment_hidden")
    return Refusal("reported_already", when=mine.at) if mine is not None else None


def must_say_what(ground: str, words: str) -> Refusal | None:
    """A ground that is none of the list needs words."""
    return Refusal("report_needs_words") if ground == "other" and not words else None


def may_moderate(comment: Comment, by_id: str, membership: Membership | None) -> Refusal | None:
    """Chairs, but nobody in their own cause."""
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("moderation_of_ones_own") if comment.by_id == by_id else None


def may_hide(comment: Comment, by_id: str, membership: Membership | None) -> Refusal | None:
    """Chairs, what is not theirs; once. Also what its author has retracted: the record has it."""
    if refusal := may_moderate(comment, by_id, membership):
        return refusal
    return Refusal("comment_hidden_already") if comment.hiding is not None else None


def may_lift(comment: Comment, by_id: str, membership: Membership | None) -> Refusal | None:
    """Chairs, of what is not theirs."""
    if refusal := may_moderate(comment, by_id, membership):
        return refusal
    return Refusal("comment_not_hidden") if comment.hiding is None else None


def may_open(comment: Comment, viewer_id: str, membership: Membership | None) -> bool:
    """Whether somebody reads the words that a chair has hidden: their author, and the chairs who
    could hide them as they come: neither suspended, nor without the passkey that is asked for."""
    return comment.by_id == viewer_id or must_be_chair(membership) is None


def must_be_reported(reports: int) -> Refusal | None:
    """There is something to dismiss: how many reports on it are open."""
    return None if reports else Refusal("nothing_reported")
