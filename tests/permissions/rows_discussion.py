"""Rows about what is said, and how chairs moderate it."""

from tests.permissions.people import (
    ANOTHER_CHAIR,
    CHAIRS,
    COMMENTER,
    COMMENTER_INSIDE,
    EVERYBODY,
    GROUP,
    NOT_THE_COMMENTER,
    THEY_OR_A_CHAIR,
    WHO_IT_WAS_DECIDED_ABOUT,
)
from tests.permissions.row import Row

DISCUSSION = [
    Row(
        "Say something, or answer",
        GROUP,
        ("POST /d/{slug}/comments", "POST /api/v1/d/{slug}/comments"),
        verb="post_comment",
        forms=("GET /d/{slug}/comments/new", "GET /d/{slug}/comments/{number}/reply"),
    ),
    Row(
        "Put a comment otherwise",
        COMMENTER_INSIDE,
        (
            "GET /d/{slug}/comments/{number}/edit",
            "POST /d/{slug}/comments/{number}/edit",
            "PATCH /api/v1/d/{slug}/comments/{number}",
        ),
        verb="edit_comment",
        note="For ten minutes, while in the group.",
    ),
    Row(
        "Take a comment back",
        COMMENTER,
        (
            "POST /d/{slug}/comments/{number}/retraction",
            "POST /api/v1/d/{slug}/comments/{number}/retraction",
        ),
        verb="retract_comment",
        note="Also after leaving the group.",
    ),
    Row(
        "Report a comment to the chairs",
        NOT_THE_COMMENTER,
        (
            "GET /d/{slug}/comments/{number}/report",
            "POST /d/{slug}/comments/{number}/report",
            "POST /api/v1/d/{slug}/comments/{number}/reports",
        ),
        verb="report_comment",
        note="Not one's own; one need not be in the group.",
    ),
]

MODERATION = [
    Row(
        "Read how it is moderated: the rules of conduct, slow mode, and the log of what was hidden, "
        "slowed down, blocked and suspended, by which chair and why, and what became of appeals",
        EVERYBODY,
        (
            "GET /d/{slug}/moderation",
            "GET /api/v1/d/{slug}/slow-mode",
            "GET /api/v1/g/{group}/blocks",
            "GET /g/{group}/moderation/log",
            "GET /api/v1/g/{group}/moderation/log",
        ),
        note="What was reported stands there for chairs only.",
    ),
    Row(
        "Read what was reported, and what is appealed against",
        CHAIRS,
        ("GET /api/v1/d/{slug}/reports", "GET /api/v1/g/{group}/moderation/appeals"),
    ),
    Row(
        "Dismiss reports",
        CHAIRS,
        (
            "POST /d/{slug}/comments/{number}/report/dismissal",
            "POST /api/v1/d/{slug}/comments/{number}/reports/dismissal",
        ),
        verb="dismiss_reports",
        note="Not those on words of one's own.",
    ),
    Row(
        "Hide a comment",
        CHAIRS,
        (
            "GET /d/{slug}/comments/{number}/hide",
            "POST /d/{slug}/comments/{number}/hiding",
            "POST /api/v1/d/{slug}/comments/{number}/hiding",
        ),
        verb="hide_comment",
        note="Not one's own.",
    ),
    Row(
        "Show a comment again",
        CHAIRS,
        (
            "GET /d/{slug}/comments/{number}/lift",
            "POST /d/{slug}/comments/{number}/hiding/lifting",
            "POST /api/v1/d/{slug}/comments/{number}/hiding/lifting",
        ),
        verb="lift_hiding",
        note="Not one's own.",
    ),
    Row(
        "Make a rule of conduct, or put one in the place of another",
        CHAIRS,
        ("POST /d/{slug}/moderation/rules", "POST /api/v1/g/{group}/conduct-rules"),
        verb="make_conduct_rule",
    ),
    Row(
        "Block somebody from commenting and proposing",
        CHAIRS,
        (
            "GET /d/{slug}/moderation/block",
            "POST /d/{slug}/moderation/blocks",
            "POST /api/v1/g/{group}/blocks",
        ),
        verb="block_person",
        note="Not a chair.",
    ),
    Row(
        "Lift a block",
        CHAIRS,
        (
            "GET /d/{slug}/moderation/blocks/{number}/lift",
            "POST /d/{slug}/moderation/blocks/{number}/lifting",
            "POST /api/v1/g/{group}/blocks/{number}/lifting",
        ),
        verb="lift_block",
        note="Not one on oneself.",
    ),
    Row(
        "Slow the discussion down",
        CHAIRS,
        ("POST /d/{slug}/moderation/slow-mode", "PUT /api/v1/d/{slug}/slow-mode"),
        verb="set_slow_mode",
    ),
    Row(
        "End slow mode",
        CHAIRS,
        ("POST /d/{slug}/moderation/slow-mode/end", "DELETE /api/v1/d/{slug}/slow-mode"),
        verb="end_slow_mode",
    ),
    Row(
        "Read what was decided about oneself, and the appeal against it",
        THEY_OR_A_CHAIR,
        (
            "GET /g/{group}/moderation/{kind}/{number}/appeal",
            "GET /api/v1/g/{group}/moderation/{kind}/{number}/appeal",
        ),
    ),
    Row(
        "Appeal against a hiding, a block or a suspension",
        WHO_IT_WAS_DECIDED_ABOUT,
        (
            "POST /g/{group}/moderation/{kind}/{number}/appeal",
            "POST /api/v1/g/{group}/moderation/{kind}/{number}/appeal",
        ),
        verb="make_appeal",
        note="Once; also who is suspended, and who has left the group.",
    ),
    Row(
        "Decide about an appeal",
        ANOTHER_CHAIR,
        (
            "POST /g/{group}/moderation/{kind}/{number}/appeal/decision",
            "POST /api/v1/g/{group}/moderation/{kind}/{number}/appeal/decision",
        ),
        verb="decide_appeal",
        note="Not against what one decided, nor one's own. Where the group has no other chair, "
        "administrators read it and decide.",
    ),
]
