"""Rows about working groups, and who is in them."""

from tests.permissions.people import (
    CHAIRS,
    EVERYBODY,
    GROUP,
    SIGNED_IN,
    WHO_DECLARED,
    WHO_IT_IS_ABOUT,
)
from tests.permissions.row import Row

PEOPLE = [
    Row(
        "Read who is in the group, since when, as what and for whom; whom it hears; its rules",
        EVERYBODY,
        (
            "GET /g/{group}",
            "GET /g/{group}/people/{person_id}",
            "GET /api/v1/g/{group}",
            "GET /api/v1/g/{group}/members",
            "GET /api/v1/g/{group}/members/{person_id}",
            "GET /api/v1/g/{group}/members/{person_id}/history",
            "GET /api/v1/g/{group}/categories",
            "GET /api/v1/g/{group}/coverage",
            "GET /g/{group}/interests",
            "GET /api/v1/g/{group}/interests",
            "GET /api/v1/g/{group}/conduct-rules",
            "GET /api/v1/g/{group}/passkey-condition",
        ),
        note="Addresses for mail stand there for nobody.",
    ),
    Row(
        "Make a working group",
        SIGNED_IN,
        ("POST /groups", "POST /api/v1/g"),
        verb="create_group",
        forms=("GET /groups/new",),
        note="Where the operators say so, administrators only.",
    ),
    Row(
        "See what a new group still needs, keep its people, and take the list of them away",
        CHAIRS,
        ("GET /g/{group}/start", "GET /g/{group}/people", "GET /g/{group}/people.csv"),
    ),
    Row(
        "Bring somebody in",
        CHAIRS,
        ("POST /g/{group}/members", "POST /api/v1/g/{group}/members"),
        verb="add_member",
    ),
    Row(
        "Give somebody another role, category or affiliation",
        CHAIRS,
        (
            "POST /g/{group}/members/{person_id}",
            "PUT /api/v1/g/{group}/members/{person_id}",
        ),
        verb="change_membership",
        note="Never so that the group has no chair.",
    ),
    Row(
        "Say with whom somebody is",
        WHO_IT_IS_ABOUT,
        (
            "POST /g/{group}/members/{person_id}/affiliation",
            "PUT /api/v1/g/{group}/members/{person_id}/affiliation",
        ),
        verb="change_affiliation",
        note="Chairs, anybody's.",
    ),
    Row(
        "Declare an interest",
        GROUP,
        ("POST /g/{group}/interests", "POST /api/v1/g/{group}/interests"),
        verb="declare_interest",
        note="One's own; who reads it is one's choice.",
    ),
    Row(
        "End an interest that one declared",
        WHO_DECLARED,
        (
            "POST /g/{group}/interests/{number}/end",
            "POST /api/v1/g/{group}/interests/{number}/end",
        ),
        verb="end_interest",
        note="Also after leaving the group.",
    ),
    Row(
        "Take somebody out of the group",
        CHAIRS,
        (
            "POST /g/{group}/members/{person_id}/end",
            "DELETE /api/v1/g/{group}/members/{person_id}",
        ),
        verb="end_membership",
        note="Never its last chair.",
    ),
    Row(
        "Leave the group",
        GROUP,
        ("POST /g/{group}/leaving", "POST /api/v1/g/{group}/leaving"),
        verb="leave_group",
        note="Not its last chair.",
    ),
    Row(
        "Suspend somebody",
        CHAIRS,
        (
            "POST /g/{group}/members/{person_id}/suspensions",
            "POST /api/v1/g/{group}/members/{person_id}/suspensions",
        ),
        verb="suspend_member",
        note="Not oneself.",
    ),
    Row(
        "Lift a suspension",
        CHAIRS,
        (
            "POST /g/{group}/suspensions/{number}/lifting",
            "POST /api/v1/g/{group}/suspensions/{number}/lifting",
        ),
        verb="lift_suspension",
        note="Not while suspended oneself.",
    ),
    Row("See the list of categories as chairs keep it", CHAIRS, ("GET /g/{group}/categories",)),
    Row(
        "Add a category",
        CHAIRS,
        ("POST /g/{group}/categories", "POST /api/v1/g/{group}/categories"),
        verb="add_category",
    ),
    Row(
        "Rename a category",
        CHAIRS,
        (
            "POST /g/{group}/categories/{number}",
            "PUT /api/v1/g/{group}/categories/{number}/name",
        ),
        verb="rename_category",
    ),
    Row(
        "Move a category",
        CHAIRS,
        (
            "POST /g/{group}/categories/{number}/place",
            "PUT /api/v1/g/{group}/categories/{number}/place",
        ),
        verb="move_category",
    ),
    Row(
        "Retire a category",
        CHAIRS,
        (
            "POST /g/{group}/categories/{number}/retirement",
            "POST /api/v1/g/{group}/categories/{number}/retirement",
        ),
        verb="retire_category",
    ),
    Row(
        "Ask chairs and editors for passkeys",
        CHAIRS,
        ("POST /g/{group}/passkey-condition", "PUT /api/v1/g/{group}/passkey-condition"),
        verb="set_passkey_condition",
        note="Who has come with a passkey themselves.",
    ),
    Row(
        "Ask no longer for passkeys",
        CHAIRS,
        ("POST /g/{group}/passkey-condition/end", "DELETE /api/v1/g/{group}/passkey-condition"),
        verb="lift_passkey_condition",
    ),
]
