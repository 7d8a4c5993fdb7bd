"""Definitions as the API says them."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.definitions.comparison import Comparison
from app.definitions.importing import Drafted
from app.definitions.models import Change, Definition, Text, Version
from app.definitions.placed import Placed
from app.definitions.redline import redline
from app.kit.api import time
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
