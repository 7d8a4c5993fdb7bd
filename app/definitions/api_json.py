"""Definitions as the API says them."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.definitions.comparison import Comparison
from app.definitions.importing import Drafted
from app.definitions.models import Change, Definition, Text, Version
from app.definitions.placed import Placed
from app.definitions.redline import redline
from app.kit.api import PROBLEM_SCHEMA, time
from app.people.api import person_json


def definition_json(definition: Definition) -> dict[str, Any]:
    return {
        "slug": definition.slug,
        "name": definition.name,
        "summary": definition.summary,
        "group": definition.group.slug,
        "visibility": definition.visibility,
        "language": definition.language,
        "since": time(definition.since),
        "working_text": {
            "hash": definition.working.text.hash,
            "since": time(definition.working.since),
        },
        "url": f"/d/{definition.slug}",
    }


def text_json(text: Text, clauses: Sequence[Placed]) -> dict[str, Any]:
    """A text in reading order; `depth` makes the tree."""
    return {"hash": text.hash, "clauses": [clause_json(clause) for clause in clauses]}


def clause_json(clause: Placed) -> dict[str, Any]:
    return {
        "clause": clause.number,
        "place": clause.place,
        "kind": str(clause.kind),
        "depth": clause.depth,
        "level": clause.level,
        "ordinal": clause.ordinal,
        "wording": clause.wording,
        "markdown": clause.markdown,
    }


def change_json(change: Change) -> dict[str, Any]:
    return {
        "step": change.step,
        "change": change.kind,
        "clause": change.clause.number,
        "from_wording": change.from_wording_hash,
        "to_wording": change.to_wording_hash,
        "source": change.source,
        "proposal": change.proposal_number,
        "reason": change.reason,
        "by": person_json(change.by),
        "at": time(change.at),
    }


def version_json(version: Version, slug: str) -> dict[str, Any]:
    return {
        "label": version.label,
        "stage": version.stage,
        "text": version.text.hash,
        "note": version.note,
        "by": person_json(version.by),
        "at": time(version.at),
        "stages": [
            {"stage": stage.stage, "reason": stage.reason, "at": time(stage.at)}
            for stage in version.stages
        ],
        "url": f"/d/{slug}/v/{version.label}",
    }


def comparison_json(
    comparison: Comparison, before: Iterable[Placed], after: Iterable[Placed]
) -> dict[str, Any]:
    """Every clause of both texts with its verdict; reworded ones with their redline."""
    words = {clause.wording: clause.markdown for clause in (*before, *after)}
    rows = []
    for row in comparison.rows:
        old = words[row.before.wording] if row.before else None
        new = words[row.after.wording] if row.after else None
        told: dict[str, Any] = {
            "clause": row.clause,
            "verdict": str(row.verdict),
            "place_before": row.number_before or None,
            "place_after": row.number_after or None,
            "reshaped": row.reshaped,
            "split_from": row.split_from,
            "before": old,
            "after": new,
        }
        if row.reworded:
            told["redline"] = [[run.op, run.text] for run in redline(old or "", new or "")]
        rows.append(told)
    counts = {str(verdict): count for verdict, count in comparison.counts.items()}
    return {"counts": counts, "rows": rows}


def plan_json(drafted: Drafted) -> dict[str, Any]:
    """The plan of an import. `base` goes back with the import, so that it is for this text."""
    return {
        "base": drafted.base,
        "blocks": [
            {
                "kind": str(row.block.kind),
                "depth": row.block.depth,
                "markdown": row.block.markdown,
                "clause": row.clause,
                "verdict": str(row.verdict),
                "moved": row.moved,
                "confidence": round(row.confidence, 2),
                "split_from": row.split_from,
                "candidates": list(row.candidates),
            }
            for row in drafted.plan.rows
        ],
        "gone": list(drafted.plan.gone),
    }


# Answers, for the documentation of the API.
OTHER_TEXT = {
    "description": "The working text has changed since you read it; `code` is "
    "`precondition_failed`.",
    "content": {"application/problem+json": {"schema": PROBLEM_SCHEMA}},
}
_ANA = {"id": "p_05e1a004d5f1f39d", "name": "Ana Ferreira"}
_WORDS = "**Data**: enough to begin again."
DEFINITION = {
    "slug": "open-source-ai",
    "name": "Open Source AI",
    "summary": "When may an AI system be called open source?",
    "group": "open-definitions",
    "visibility": "public",
    "language": "en",
    "since": "2023-09-11T08:00:00.000Z",
    "working_text": {"hash": "76bb4d…", "since": "2026-11-04T10:30:00.000Z"},
    "url": "/d/open-source-ai",
}
CLAUSE = {
    "clause": 12,
    "place": "2.10.2",
    "kind": "item",
    "depth": 2,
    "level": None,
    "ordinal": 2,
    "wording": "a217e9…",
    "markdown": _WORDS,
}
CHANGE = {
    "step": 31,
    "change": "reword",
    "clause": 12,
    "from_wording": "892238…",
    "to_wording": "a217e9…",
    "source": "editorial",
    "proposal": None,
    "reason": "Spelling.",
    "by": _ANA,
    "at": "2026-11-04T10:30:00.000Z",
}
_STAGES = [
    {"stage": "draft", "reason": "", "at": "2026-11-04T11:00:00.000Z"},
    {"stage": "candidate", "reason": "No objections.", "at": "2026-11-05T11:00:00.000Z"},
    {"stage": "withdrawn", "reason": "A clause is lost.", "at": "2026-11-06T09:00:00.000Z"},
]
VERSION = {
    "label": "0.0.9",
    "stage": "candidate",
    "text": "76bb4d…",
    "note": "Two exceptions are spelled out.",
    "by": _ANA,
    "at": "2026-11-04T11:00:00.000Z",
    "stages": _STAGES[:2],
    "url": "/d/open-source-ai/v/0.0.9",
}
DRAFT = {**VERSION, "stage": "draft", "stages": _STAGES[:1]}
WITHDRAWN = {**VERSION, "stage": "withdrawn", "stages": _STAGES}
DEFINITIONS_EXAMPLE = {"items": [DEFINITION], "next": "WzFd"}
TEXT_EXAMPLE = {"hash": "76bb4d…", "clauses": [CLAUSE]}
CHANGES_EXAMPLE = {"items": [CHANGE], "next": "WzEyMF0"}
CHANGED_EXAMPLE = {"step": 31, "from": "da4292…", "to": "76bb4d…", "changes": [["reword", 12]]}
CLAUSE_EXAMPLE = {
    "clause": 12,
    "standing": CLAUSE,
    "versions": [{"label": "0.0.8", "kind": "item", "wording": "892238…"}],
    "changes": [CHANGE],
    "url": "/d/open-source-ai/c/12",
}
COMPARISON_EXAMPLE = {
    "counts": {
        "unchanged": 60,
        "reworded": 1,
        "moved": 0,
        "moved_and_reworded": 0,
        "added": 0,
        "struck": 0,
    },
    "rows": [
        {
            "clause": 12,
            "verdict": "reworded",
            "place_before": "2.10.2",
            "place_after": "2.10.2",
            "reshaped": False,
            "split_from": None,
            "before": "**Data**: enough to begin anew.",
            "after": _WORDS,
            "redline": [
                ["equal", "**Data**: enough to begin "],
                ["delete", "anew"],
                ["insert", "again"],
                ["equal", "."],
            ],
        }
    ],
}
VERSIONS_EXAMPLE = {"items": [VERSION], "next": "Wzld"}
PLAN_EXAMPLE = {
    "base": "76bb4d…",
    "blocks": [
        {
            "kind": "item",
            "depth": 2,
            "markdown": _WORDS,
            "clause": 12,
            "verdict": "reworded",
            "moved": False,
            "confidence": 0.83,
            "split_from": None,
            "candidates": [12, 14],
        }
    ],
    "gone": [9],
}
