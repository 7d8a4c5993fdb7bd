"""The Markdown that people import and export: the same words in the same order."""

import json

from app.definitions import draft
from app.definitions.tree import Block, Kind
from app.exports import standing
from app.exports.copies import Copy


def write_markdown(copy: Copy, *, front: bool = False) -> bytes:
    """The copy as CommonMark; with a front block of YAML only when asked, as it is not the text."""
    text = draft.render(
        [Block(Kind(c.kind), c.depth, c.markdown, c.level, c.ordinal) for c in copy.clauses]
    )
    return ((_front(copy) if front else "") + text).encode()


def _front(copy: Copy) -> str:
    """YAML whose values are spelled as JSON, which YAML 1.2 reads as the same strings."""
    facts = {
        "title": copy.definition,
        "version": copy.label,
        "stage": copy.stage,
        "standing": standing.standing(copy),
        "author": copy.group,
        "lang": copy.language,
        "date": copy.at.date().isoformat(),
        "address": copy.address,
        "sha256": copy.text,
    }
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in facts.items()
        if value is not None
    ]
    return "\n".join(["---", *lines, "---", "", ""])
