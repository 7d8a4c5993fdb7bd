"""Rows about coming into a group: invitations, links, requests."""

from tests.permissions.people import (
    CHAIRS,
    EVERYBODY,
    OUTSIDERS,
    SIGNED_IN,
    WHO_ASKED,
    WHO_IS_INVITED,
)
from tests.permissions.row import Row

COMING_IN = [
    Row(
        "See who is invited, which links there are, and who asks to join",
        CHAIRS,
        (
            "GET /api/v1/g/{group}/invitations",
            "GET /api/v1/g/{group}/links",
            "GET /api/v1/g/{group}/requests",
        ),
    ),
    Row(
        "Invite people, one by one or from a list",
        CHAIRS,
        (
            "GET /g/{group}/people/list",
            "POST /g/{group}/people/list",
            "POST /g/{group}/invitations",
            "POST /api/v1/g/{group}/invitations",
        ),
        verb="send_invitations",
    ),
    Row(
        "Send an invitation again",
        CHAIRS,
        (
            "POST /g/{group}/invitations/{number}/again",
            "POST /api/v1/g/{group}/invitations/{number}/again",
        ),
        verb="send_invitation_again",
    ),
    Row(
        "Withdraw an invitation",
        CHAIRS,
        (
            "POST /g/{group}/invitations/{number}/withdrawal",
            "POST /api/v1/g/{group}/invitations/{number}/withdrawal",
        ),
        verb="withdraw_invitation",
    ),
    Row(
        "Open an invitation by the link of its mail, say no to it, or have oneself signed in",
        EVERYBODY,
        ("GET /invitation", "POST /invitation/refusal", "POST /invitation/sign-in"),
        verb="decline_invitation",
        note="Whoever holds the link.",
    ),
    Row(
        "Accept an invitation by its link",
        OUTSIDERS,
        ("POST /invitation/acceptance",),
        verb="accept_invitation",
        note="Whoever holds the link and is not in the group yet.",
    ),
    Row(
        "See the invitations to one's own address",
        SIGNED_IN,
        ("GET /api/v1/me/invitations",),
    ),
    Row(
        "Answer an invitation to one's own address, without the link",
        WHO_IS_INVITED,
        (
            "POST /api/v1/me/invitations/{number}/acceptance",
            "POST /api/v1/me/invitations/{number}/refusal",
        ),
        verb="accept_invitation",
    ),
    Row(
        "Make a link into the group",
        CHAIRS,
        ("POST /g/{group}/links", "POST /api/v1/g/{group}/links"),
        verb="make_join_link",
    ),
    Row(
        "Revoke a link",
        CHAIRS,
        (
            "POST /g/{group}/links/{number}/revocation",
            "POST /api/v1/g/{group}/links/{number}/revocation",
        ),
        verb="revoke_join_link",
    ),
    Row("Open a link into a group", EVERYBODY, ("GET /join",), note="Whoever holds it."),
    Row(
        "Join by a link",
        OUTSIDERS,
        ("POST /join", "POST /api/v1/join"),
        verb="join_by_link",
        note="Whoever holds it and was never in the group.",
    ),
    Row(
        "Ask to join",
        OUTSIDERS,
        ("POST /g/{group}/requests", "POST /api/v1/g/{group}/requests"),
        verb="ask_to_join",
        forms=("GET /g/{group}/join",),
    ),
    Row(
        "Take a request to join back",
        WHO_ASKED,
        (
            "POST /g/{group}/requests/mine/withdrawal",
            "POST /api/v1/g/{group}/requests/mine/withdrawal",
        ),
        verb="withdraw_join_request",
    ),
    Row(
        "Let somebody in who asks",
        CHAIRS,
        (
            "POST /g/{group}/requests/{number}/acceptance",
            "POST /api/v1/g/{group}/requests/{number}/acceptance",
        ),
        verb="accept_join_request",
    ),
    Row(
        "Say no to somebody who asks",
        CHAIRS,
        (
            "POST /g/{group}/requests/{number}/refusal",
            "POST /api/v1/g/{group}/requests/{number}/refusal",
        ),
        verb="decline_join_request",
    ),
]
