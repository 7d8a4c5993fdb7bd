"""The copy as JSON, by the schema in docs/schemas/definition-1.json.

Whoever holds it can recompute the hashes: each wording's from its words, the text's from the tree.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.exports.copies import CopiedClause, Copy

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "definition-1.json"


def write_json(copy: Copy) -> bytes:
    """The copy as UTF-8 JSON, indented for people."""
    return (json.dumps(document(copy), ensure_ascii=False, indent=2) + "\n").encode()


def document(copy: Copy) -> dict[str, Any]:
    """The JSON object of a copy."""
    return {
        "$schema": copy.schema_address,
        "definition": {
            "slug": copy.slug,
            "name": copy.definition,
            "group": copy.group,
            "language": copy.language,
        },
        "version": None
        if copy.label is None
        else {"label": copy.label, "stage": copy.stage, "since": moment(copy.at)},
        "address": copy.address,
        "text": copy.text,
        "ratification": _ratification(copy),
        "clauses": [_clause(clause) for clause in copy.clauses],
    }


def moment(value: datetime) -> str:
    """RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _ratification(copy: Copy) -> dict[str, Any] | None:
    if copy.ratification is None:
        return None
    return {
        "by": copy.ratification.by,
        "at": moment(copy.ratification.at),
        "ballot": copy.ratification.ballot,
        "ballot_address": copy.ratification.ballot_address,
        "outcome": copy.ratification.outcome,
        "text": copy.ratification.hash,
    }


def _clause(clause: CopiedClause) -> dict[str, Any]:
    """In reading order; `depth` makes the tree."""
    return {
        "clause": clause.clause,
        "number": clause.number,
        "kind": clause.kind,
        "depth": clause.depth,
        "level": clause.level,
        "ordinal": clause.ordinal,
        "wording": clause.wording,
        "requirement": json.loads(clause.requirement) if clause.requirement else None,
        "markdown": clause.markdown,
        "html": clause.html,
    }
