"""Groups, memberships and invitations as JSON."""

from typing import Any

from app.groups.models import Group, Membership
from app.groups.models_coming import Invitation
from app.kit.api import time
from app.people.api import person_json


def group_json(group: Group) -> dict[str, Any]:
    """A group as lists show it."""
    return {
        "slug": group.slug,
        "name": group.name,
        "summary": group.summary,
        "since": time(group.since),
    }


def membership_json(membership: Membership) -> dict[str, Any]:
    """A membership, with person and category loaded."""
    return {
        "person": person_json(membership.person),
        "role": membership.role,
        "category": membership.category.name if membership.category else None,
        "affiliation": membership.affiliation,
        "since": time(membership.since),
    }


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    """An invitation as chairs see it, with category and by whom loaded."""
    return {
        "number": invitation.id,
        "email": invitation.email,
        "name": invitation.name,
        "role": invitation.role,
        "category": invitation.category.name if invitation.category else None,
        "affiliation": invitation.affiliation,
        "by": person_json(invitation.by),
        "at": time(invitation.at),
        "expires_at": time(invitation.expires_at),
        "outcome": invitation.outcome,
        "ended_at": time(invitation.ended_at),
    }


def my_invitation_json(invitation: Invitation) -> dict[str, Any]:
    """An invitation as whoever is invited sees it."""
    whole = invitation_json(invitation)
    named = ("number", "role", "category", "affiliation", "by", "at", "expires_at")
    return {"group": group_json(invitation.group), **{name: whole[name] for name in named}}


def etag_of(membership: Membership) -> str:
    """Which period of somebody's this is: each change begins another."""
    return str(membership.id)


# Examples, for the documentation of the API.
GROUP = {
    "slug": "open-definitions",
    "name": "Open Definitions Group",
    "summary": "We agree on what open means.",
    "since": "2023-09-11T08:00:00.000Z",
}
MEMBERSHIP = {
    "person": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
    "role": "member",
    "category": "deployers",
    "affiliation": "Rivermouth Hospital",
    "since": "2024-06-03T12:00:00.000Z",
}
GROUPS_EXAMPLE = {"items": [GROUP], "next": "WzFd"}
GROUP_EXAMPLE = {**GROUP, "categories": ["creators", "deployers", "end users"]}
MEMBERS_EXAMPLE = {"items": [MEMBERSHIP], "next": "WzUwXQ"}
INVITATION = {
    "number": 17,
    "email": "sam.okoro@example.org",
    "name": "Sam Okoro",
    "role": "member",
    "category": "deployers",
    "affiliation": "Rivermouth Hospital",
    "by": {"id": "p_803b9c63977089a6", "name": "Ana Ferreira"},
    "at": "2024-06-03T12:00:00.000Z",
    "expires_at": "2024-06-17T12:00:00.000Z",
    "outcome": None,
    "ended_at": None,
}
INVITATIONS_EXAMPLE = {"items": [INVITATION], "next": None}
SENT_EXAMPLE = {"invitations": [17, 18, 19]}
MY_INVITATIONS_EXAMPLE = {
    "items": [
        {
            "group": GROUP,
            **{
                name: INVITATION[name]
                for name in ("number", "role", "category", "affiliation", "by", "at", "expires_at")
            },
        }
    ],
    "next": None,
}
CHANGED_EXAMPLE = {
    "type": "about:blank",
    "title": "Not possible",
    "status": 412,
    "detail": "This has changed since you read it. "
    "Read it again, and send the edit with its new ETag.",
    "code": "precondition_failed",
    "current": MEMBERSHIP,
}
