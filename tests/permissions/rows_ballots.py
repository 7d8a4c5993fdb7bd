"""Rows about proposals and ballots."""

from tests.permissions.people import (
    CHAIRS,
    EVERYBODY,
    ON_THE_ROLL,
    ON_THE_ROLL_TO_COME,
    PROPOSER,
    PROPOSER_INSIDE,
    SECONDER,
    VOTERS,
    WHO_RECUSED,
    WHO_VOTED,
)
from tests.permissions.row import Row

PROPOSALS = [
    Row(
        "Put changes of the text forward",
        VOTERS,
        ("POST /d/{slug}/proposals", "POST /api/v1/d/{slug}/proposals"),
        verb="propose",
        forms=("GET /d/{slug}/p/new", "POST /d/{slug}/p/preview"),
    ),
    Row(
        "Put a proposal otherwise",
        PROPOSER_INSIDE,
        (
            "GET /d/{slug}/p/{number}/revise",
            "POST /d/{slug}/p/{number}/revisions",
            "POST /api/v1/d/{slug}/proposals/{number}/revisions",
        ),
        verb="revise_proposal",
        note="While in the group, and while no ballot is on it.",
    ),
    Row(
        "Second a proposal",
        VOTERS,
        (
            "POST /d/{slug}/p/{number}/second",
            "POST /api/v1/d/{slug}/proposals/{number}/second",
        ),
        verb="second_proposal",
        note="Not one's own.",
    ),
    Row(
        "Take one's second back",
        SECONDER,
        (
            "POST /d/{slug}/p/{number}/second/end",
            "DELETE /api/v1/d/{slug}/proposals/{number}/second",
        ),
        verb="take_back_second",
        note="Also after leaving the group.",
    ),
    Row(
        "Take a proposal back",
        PROPOSER,
        (
            "POST /d/{slug}/p/{number}/withdrawal",
            "POST /api/v1/d/{slug}/proposals/{number}/withdrawal",
        ),
        verb="withdraw_proposal",
        note="Also after leaving the group; not while a ballot is on it.",
    ),
]

BALLOTS = [
    Row(
        "Open a ballot",
        CHAIRS,
        ("POST /d/{slug}/ballots", "POST /api/v1/d/{slug}/ballots"),
        verb="open_ballot",
        forms=("GET /d/{slug}/b/new",),
    ),
    Row(
        "Vote",
        ON_THE_ROLL,
        (
            "POST /d/{slug}/b/{number}/vote",
            "PUT /api/v1/d/{slug}/ballots/{number}/vote",
        ),
        verb="cast_vote",
    ),
    Row(
        "Read one's own vote and its receipt",
        WHO_VOTED,
        ("GET /api/v1/d/{slug}/ballots/{number}/vote",),
        note="On the page of the ballot everybody reads their own.",
    ),
    Row(
        "Recuse oneself from a ballot",
        ON_THE_ROLL_TO_COME,
        (
            "POST /d/{slug}/b/{number}/recusal",
            "POST /api/v1/d/{slug}/ballots/{number}/recusal",
        ),
        verb="declare_recusal",
        note="Oneself, and nobody else.",
    ),
    Row(
        "Take one's recusal back",
        WHO_RECUSED,
        (
            "POST /d/{slug}/b/{number}/recusal/withdrawal",
            "POST /api/v1/d/{slug}/ballots/{number}/recusal/withdrawal",
        ),
        verb="withdraw_recusal",
    ),
    Row(
        "Check a receipt",
        EVERYBODY,
        (
            "POST /d/{slug}/b/{number}/receipt",
            "POST /api/v1/d/{slug}/ballots/{number}/receipt-checks",
            "GET /.well-known/clausewise.json",
        ),
    ),
    Row(
        "Extend a ballot",
        CHAIRS,
        (
            "POST /d/{slug}/b/{number}/extensions",
            "POST /api/v1/d/{slug}/ballots/{number}/extensions",
        ),
        verb="extend_ballot",
    ),
    Row(
        "Close a ballot",
        CHAIRS,
        (
            "POST /d/{slug}/b/{number}/closing",
            "POST /api/v1/d/{slug}/ballots/{number}/closing",
        ),
        verb="close_ballot",
        note="Before its end only when everybody on the roll has voted; at its end the clock closes it.",
    ),
]
