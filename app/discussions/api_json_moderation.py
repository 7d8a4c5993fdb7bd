"""Moderation as JSON."""

from typing import Any

from app.discussions.api_json import COMMENT, comment_json
from app.discussions.models_moderation import Report, SlowMode
from app.discussions.queries_moderation import Reported
from app.groups.models_conduct import Block
from app.kit.api import time
from app.people.api import person_json


def report_json(report: Report) -> dict[str, Any]:
    """A report, with who made it: for that person, and for chairs."""
    return {
        "report": report.id,
        "ground": report.ground,
        "words": report.words,
        "by": person_json(report.by),
        "at": time(report.at),
    }


def reported_json(slug: str, it: Reported) -> dict[str, Any]:
    """A comment with the open reports on it, as the chairs' queue has it."""
    return {
        "comment": comment_json(slug, it.comment, it.subject, it.category or None),
        "reports": [report_json(report) for report in it.reports],
    }


def slow_json(slow: SlowMode | None) -> dict[str, Any]:
    """The slow mode that is on; null where none is."""
    if slow is None:
        return {"slow_mode": None}
    return {
        "slow_mode": {
            "minutes": slow.minutes,
            "since": time(slow.since),
            "until": time(slow.until),
            "reason": slow.reason,
        }
    }


def block_json(block: Block, *, named: bool) -> dict[str, Any]:
    """A block that holds; with the person, where who asks may read that."""
    return {
        "block": block.number,
        "person": person_json(block.person) if named else None,
        "rule": block.rule.number,
        "reason": block.reason,
        "since": time(block.since),
        "until": time(block.until),
    }


# Examples, for the documentation of the API.
REPORT_EXAMPLE = {
    "report": 12,
    "ground": "attack",
    "words": "It is about the person, not the clause.",
    "by": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
    "at": "2026-11-24T08:00:00.000Z",
}
QUEUE_EXAMPLE = {"items": [{"comment": COMMENT, "reports": [REPORT_EXAMPLE]}], "next": None}
DISMISSED_EXAMPLE = {"dismissed": [12]}
HIDING = {
    "number": 7,
    "at": "2026-11-24T08:00:00.000Z",
    "rule": 2,
    "reason": "It is about the person.",
}
HIDING_EXAMPLE = {"comment": 444, "hidden": HIDING}
LIFTED_EXAMPLE = {"comment": 444, "hidden": None}
SLOW_EXAMPLE = {
    "slow_mode": {
        "minutes": 30,
        "since": "2026-11-30T18:00:00.000Z",
        "until": "2026-12-01T18:00:00.000Z",
        "reason": "So that all are read.",
    }
}
FAST_EXAMPLE = {"slow_mode": None}
BLOCK_EXAMPLE = {
    "block": 3,
    "person": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
    "rule": 2,
    "reason": "Three comments about persons, after a word of warning.",
    "since": "2026-11-24T18:00:00.000Z",
    "until": "2026-12-01T18:00:00.000Z",
}
BLOCKS_EXAMPLE = {"items": [BLOCK_EXAMPLE], "next": None}
UNBLOCKED_EXAMPLE = {"block": 3, "lifted_at": "2026-11-26T18:00:00.000Z"}
