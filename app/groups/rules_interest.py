"""Who may declare an interest, and end one. Pure."""

from app.groups.models import Membership
from app.groups.models_interest import KINDS, Interest
from app.groups.rules import must_be_in_group, must_not_be_suspended
from app.kit.refusals import Refusal

INTEREST_LENGTH_MAX = 500
INTERESTS_MAX = 30


def may_declare_interest(
    mine: Membership | None, *, standing: int, kind: str | None, words: str | None
) -> Refusal | None:
    """Anybody in the group, of themselves, in a few words.

    standing: how many of theirs stand. kind, words: none while they are still to be said.
    """
    if refusal := must_be_in_group(mine):
        return refusal
    if standing >= INTERESTS_MAX:
        return Refusal("too_many_interests", most=INTERESTS_MAX)
    if kind is not None and kind not in KINDS:
        return Refusal("unknown_interest", kind=kind)
    if words is not None and not words.strip():
        return Refusal("interest_needs_words")
    if words is not None and len(words) > INTEREST_LENGTH_MAX:
        return Refusal("words_too_long", most=INTEREST_LENGTH_MAX)
    return None


def may_end_interest(
    mine: Membership | None, interest: Interest, *, person_id: str
) -> Refusal | None:
    """Whoever declared it, also after leaving the group; once."""
    if interest.person_id != person_id:
        return Refusal("interest_of_somebody_else")
    if refusal := must_not_be_suspended(mine.suspension if mine else None):
        return refusal
    return Refusal("interest_is_over") if interest.until is not None else None
