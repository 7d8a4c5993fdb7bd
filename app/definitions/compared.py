"""A comparison as a page shows it: each row with its words marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.definitions.comparison import Comparison, Row, compare, folded
from app.definitions.pieces import redline_html, sides_html
from app.definitions.placed import Placed

View = Literal["inline", "beside"]
AROUND = 20  # words kept on either side of a change, when only what changed is shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One clause of the comparison. Unchanged words are `same_html`, rendered once when they were
    written; changed ones are marked, inline as `words`, beside as `before` and `after`.

    skipped: clauses left out here because nothing about them changed; the rest is then empty.
    """

    row: Row | None = None
    same_html: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts side by side or in one."""

    comparison: Comparison
    shown: Sequence[Shown]
    view: View
    only_changes: bool


def compared(
    before: Sequence[Placed],
    after: Sequence[Placed],
    *,
    splits: Mapping[int, int] | None = None,
    view: View = "inline",
    only_changes: bool = False,
) -> Compared:
    """Two texts, marked. splits: as `compare` takes them."""
    old, new = ([clause.node for clause in text] for text in (before, after))
    comparison = compare(old, new, splits)
    words = {clause.wording: clause for clause in (*before, *after)}
    parts: Iterator[Row | int] = folded(comparison.rows) if only_changes else iter(comparison.rows)
    shown = [_shown(part, words, view, only_changes) for part in parts]
    return Compared(comparison, shown, view, only_changes)


def _shown(part: Row | int, words: dict[str, Placed], view: View, only_changes: bool) -> Shown:
    if isinstance(part, int):
        return Shown(skipped=part)
    if part.before and part.after and not part.reworded:
        return Shown(part, same_html=replace(words[part.after.wording], node=part.after).line_html)
    old = words[part.before.wording].markdown if part.before else ""
    new = words[part.after.wording].markdown if part.after else ""
    kind = part.node.kind
    if view == "beside":
        before, after = sides_html(old, new, kind)
        return Shown(part, before=before, after=after)
    around = AROUND if only_changes and part.reworded else None
    return Shown(part, words=redline_html(old, new, kind, around))
