"""Numbers that people cite: where a clause stands, as a path of places."""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.tree import Node


def numbers(text: Sequence[Node]) -> dict[int, str]:
    """For each clause its place, such as "3.1": counted from one at every depth."""
    counts: list[int] = []
    found: dict[int, str] = {}
    for node in text:
        del counts[node.depth + 1 :]
        if len(counts) <= node.depth:
            counts.append(0)
        counts[node.depth] += 1
        found[node.clause] = ".".join(str(count) for count in counts)
    return found
