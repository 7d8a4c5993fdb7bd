"""Who may make a link into a group, come in by one, ask to join, and answer who asked. Pure."""

from datetime import datetime, timedelta

from app.groups.models import Membership
from app.groups.models_coming import JoinLink, JoinRequest
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal

LINK_ROLES = ("member", "observer")
LINK_DAYS_MAX = 90
LINK_USES_MAX = 500
WORDS_LENGTH_MAX = 2_000
ASKED_ANEW_AFTER = timedelta(days=30)


def may_make_link(
    membership: Membership | None, *, role: str, uses_max: int, days: int
) -> Refusal | None:
    """A chair, for members or observers, so many people and days."""
    if refusal := must_be_chair(membership):
        return refusal
    if role not in LINK_ROLES:
        return Refusal("join_link_role")
    if not 0 < uses_max <= LINK_USES_MAX or not 0 < days <= LINK_DAYS_MAX:
        return Refusal("join_link_limits", people=LINK_USES_MAX, days=LINK_DAYS_MAX)
    return None


def may_revoke_link(membership: Membership | None, link: JoinLink) -> Refusal | None:
    """A chair, once."""
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("join_link_revoked") if link.revoked_at is not None else None


def may_use_link(link: JoinLink | None, *, uses: int, now: datetime) -> Refusal | None:
    """Until it expires, is revoked, or has let so many people in. uses: how many it has."""
    if link is None:
        return Refusal("join_link_unknown")
    if link.revoked_at is not None:
        return Refusal("join_link_revoked")
    if now >= link.expires_at:
        return Refusal("join_link_expired")
    return Refusal("join_link_used_up") if uses >= link.uses_max else None


def may_join(membership: Membership | None, *, was_in_group: bool) -> Refusal | None:
    """By a link: nobody who is in the group, and nobody who was, which is for a chair to decide."""
    if membership is not None:
        return Refusal("you_are_in_group")
    return Refusal("was_in_group") if was_in_group else None


def may_ask_to_join(
    membership: Membership | None,
    last: JoinRequest | None,
    *,
    words: str | None,
    now: datetime,
) -> Refusal | None:
    """Who is not in the group, in a few words, one request at a time.

    last: their latest request to this group. words: none while they are still to be said.
    """
    if membership is not None:
        return Refusal("you_are_in_group")
    if last is not None and last.decided_at is None:
        return Refusal("asked_to_join_already", at=last.at)
    if last is not None and last.decided_at is not None and last.decision == "declined":
        again = last.decided_at + ASKED_ANEW_AFTER
        if now < again:
            return Refusal("request_declined_lately", until=again)
    if words is not None and not words.strip():
        return Refusal("words_are_needed")
    if words is not None and len(words) > WORDS_LENGTH_MAX:
        return Refusal("words_too_long", most=WORDS_LENGTH_MAX)
    return None


def may_decide_request(
    membership: Membership | None, request: JoinRequest, *, reason: str | None = None
) -> Refusal | None:
    """A chair, once; who declines says why. reason: none where somebody is accepted."""
    if refusal := must_be_chair(membership):
        return refusal
    if request.decision is not None:
        return Refusal("request_is_over")
    if reason is not None and not reason.strip():
        return Refusal("reason_is_needed")
    if reason is not None and len(reason) > WORDS_LENGTH_MAX:
        return Refusal("reason_too_long", most=WORDS_LENGTH_MAX)
    return None


def may_withdraw_request(request: JoinRequest, *, asked_by_them: bool) -> Refusal | None:
    """Who asked, until it is decided."""
    if not asked_by_them:
        return Refusal("request_of_somebody_else")
    return Refusal("request_is_over") if request.decision is not None else None
