"""What a role lets a member do in their group. Small questions, asked by every room."""

import re

from app.groups.models import Membership, Suspension
from app.kit.refusals import Refusal, Refused
from app.people.models import Administration
from app.people.rules import must_be_administrator

ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
GROUPS_A_DAY = 10

# What was given is 422, when and what for 409, how often 429; whom it is about, and the rest, 403.
_STATUS = {
    422: (
        "address_is_needed block_time category_name cell_not_text cell_too_long "
        "conduct_rule_replaced conduct_rule_unknown interest_needs_words join_link_limits "
        "join_link_role list_empty list_too_long not_an_address reason_is_needed "
        "reason_too_long slug_not_taken suspension_end twice_in_the_list unknown_category "
        "unknown_interest unknown_role words_are_needed words_too_long"
    ),
    409: (
        "affiliation_stands already_in_group already_invited asked_to_join_already "
        "block_over blocked_already category_in_use category_is_retired group_slug_in_use "
        "interest_is_over invitation_accepted invitation_declined invitation_expired "
        "invitation_is_over invitation_replaced invitation_withdrawn join_link_expired "
        "join_link_revoked join_link_used_up not_a_member_now request_declined_lately "
        "request_is_over suspended_already suspension_is_over too_many_categories "
        "too_many_interests was_in_group you_are_in_group"
    ),
    429: "asked_too_often decided_too_often too_many_groups too_many_invitations",
    404: "invitation_unknown join_link_unknown",
}
_STATUS_OF = {code: status for status, codes in _STATUS.items() for code in codes.split()}


def enforce(refusal: Refusal | None) -> None:
    """Raises what a rule had against a verb, with the status that fits it."""
    if refusal is not None:
        raise Refused(refusal, _STATUS_OF.get(refusal.code, 403))


def may_create_group(
    administration: Administration | None, *, only_administrators: bool, made_lately: int
) -> Refusal | None:
    """Anybody, a few a day; where the instance says so, administrators only.

    made_lately: how many groups the person has made in the last day.
    """
    if only_administrators and (refusal := must_be_administrator(administration)):
        return refusal
    return Refusal("too_many_groups", most=GROUPS_A_DAY) if made_lately >= GROUPS_A_DAY else None


def must_be_group_address(slug: str, *, taken: bool) -> Refusal | None:
    """The slug becomes an address, for good."""
    if not ADDRESS.fullmatch(slug) or len(slug) > 60:
        return Refusal("slug_not_taken", slug=slug)
    return Refusal("group_slug_in_use", slug=slug) if taken else None


def is_chair(membership: Membership | None) -> bool:
    """Runs the process."""
    return _acts_as(membership, "chair")


def is_editor(membership: Membership | None) -> bool:
    """Keeps the text; chairs may too."""
    return _acts_as(membership, "chair", "editor")


def is_voter(membership: Membership | None) -> bool:
    """Proposes and votes: everybody in the group but observers."""
    return _acts_as(membership, "chair", "editor", "member")


def must_be_in_group(membership: Membership | None) -> Refusal | None:
    """Anybody in the group, observers too."""
    if membership is None:
        return Refusal("not_in_group")
    return must_not_be_suspended(membership.suspension)


def must_be_voter(membership: Membership | None) -> Refusal | None:
    """Members, editors and chairs."""
    if refusal := must_be_in_group(membership):
        return refusal
    return None if is_voter(membership) else Refusal("observers_do_not")


def must_be_editor(membership: Membership | None) -> Refusal | None:
    """Editors and chairs; with a passkey, where the group asks for it."""
    if membership is None or membership.role not in ("chair", "editor"):
        return Refusal("editors_only")
    return must_not_be_suspended(membership.suspension) or passkey_is_shown(membership)


def must_be_chair(membership: Membership | None) -> Refusal | None:
    """Chairs; with a passkey, where the group asks for it."""
    if membership is None or membership.role != "chair":
        return Refusal("chairs_only")
    return must_not_be_suspended(membership.suspension) or passkey_is_shown(membership)


def must_not_be_suspended(suspension: Suspension | None) -> Refusal | None:
    """Who is suspended reads, and does nothing else. suspension: the one that holds, if any."""
    if suspension is None:
        return None
    return Refusal("suspended", until=suspension.until, reason=suspension.reason)


def passkey_is_shown(membership: Membership | None) -> Refusal | None:
    """Where a group asks its chairs and editors for passkeys, they have come with one."""
    if membership is None or membership.passkey_condition is None or membership.by_passkey:
        return None
    return Refusal("passkey_needed")


def _acts_as(membership: Membership | None, *roles: str) -> bool:
    return membership is not None and membership.role in roles and not membership.suspension


def may_manage_members(
    membership: Membership | None, *, chairs_left: int | None = None
) -> Refusal | None:
    """Chairs manage members, and never leave a group without a chair.

    chairs_left: chairs there would be afterwards, where the change takes one away.
    """
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("last_chair") if chairs_left == 0 else None


def may_follow(current: int, seen: int | None) -> Refusal | None:
    """A change follows the membership that was seen; None where nobody says which that was."""
    return None if seen in (None, current) else Refusal("precondition_failed")
