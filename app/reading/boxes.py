"""A proposal as it stands beside the clause that it touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.definitions.pieces import redline_html
from app.kit.markup import render_inline
from app.kit.pages import Kept
from app.proposals.queries_margin import OpenChange

WORDS_AROUND = 12


@dataclass(frozen=True, slots=True)
class Box:
    """One change of a proposal: who puts it forward, how far it is, and the words as a redline."""

    number: int
    title: str
    name: str
    category: str
    seconds: int
    ballot: int | None
    verb: str
    words: Markup


def proposers(
    changes: Mapping[int | None, Sequence[OpenChange]],
) -> list[tuple[tuple[str, int], str, datetime]]:
    """Who put each of these forward, and when: for the category that they spoke for then."""
    proposals = {one.number: one.proposal for found in changes.values() for one in found}
    return [(("proposal", number), one.by_id, one.at) for number, one in sorted(proposals.items())]


def boxes_of(
    changes: Mapping[int | None, Sequence[OpenChange]],
    categories: Mapping[tuple[str, int], str],
    kinds: Mapping[int, str],
    store: Kept,
) -> dict[int, list[Box]]:
    """By clause number, what is put forward there. What comes before all clauses stands under 0.

    categories: what proposers spoke for, by ("proposal", number). kinds: of the standing clauses,
    by number: a heading and a row are read as one line.
    """
    return {
        clause or 0: [
            _box(
                one, categories.get(("proposal", one.number), ""), kinds.get(clause or 0, ""), store
            )
            for one in found
        ]
        for clause, found in changes.items()
    }


def _box(one: OpenChange, category: str, kind: str, store: Kept) -> Box:
    return Box(
        number=one.number,
        title=one.revision.title,
        name=one.proposal.by.name,
        category=category,
        seconds=one.seconds,
        ballot=one.ballot,
        verb=one.change.verb,
        words=_words(one, one.change.kind or kind or "paragraph", store),
    )


def _words(one: OpenChange, kind: str, store: Kept) -> Markup:
    """The redline, or the words that come or go; a move has none. Wordings never change, so what
    was compared once stays compared."""
    if one.change.verb == "move":
        return Markup("")
    if one.change.verb != "reword":
        return Markup(render_inline(one.after or one.before))
    key = ("redline", one.change.from_hash, one.change.to_hash, kind)
    return store.once(
        key, lambda: redline_html(one.before, one.after, kind, around=WORDS_AROUND), len
    )
