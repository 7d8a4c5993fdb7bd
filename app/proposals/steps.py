"""Steps: the changes of a proposal as people put them forward. Pure.

A step is said in the numbers of clauses, and in places that people can name: after clause 12, or
first under clause 3. What it is worth in a given text is found out by ``rebase``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.definitions.changes import Form
from app.definitions.rules import settled_wording
from app.definitions.tree import LEVEL_MAX, Kind, Node, parent_clauses, subtree, wording_hash
from app.record.canonical import content_hash

Verb = Literal["reword", "add", "strike", "move"]


@dataclass(frozen=True, slots=True)
class Place:
    """After a clause and all that stands under it, or first under it; neither: the beginning."""

    after: int | None = None
    under: int | None = None

    @property
    def anchor(self) -> int | None:
        return self.after if self.under is None else self.under


@dataclass(frozen=True, slots=True)
class Step:
    """One change as it is put forward. reword: clause, markdown. strike: clause. add: markdown,
    kind, place. move: clause, place."""

    verb: Verb
    clause: int | None = None
    markdown: str = ""
    kind: Kind | None = None
    place: Place | None = None


def revision_hash(base: str, title: str, steps: Sequence[Step]) -> str:
    """What a vote on a revision is bound to: SHA-256, in hex, of its canonical JSON (RFC 8785).

    base: the hash of the text that it was written against.
    """
    changes = [canonical_step(step) for step in steps]
    return content_hash({"base": base, "title": title, "changes": changes})


def canonical_step(step: Step) -> dict[str, Any]:
    """A step as plain JSON: what it does not need is absent, words are named by their hash."""
    said: dict[str, Any] = {"verb": step.verb}
    if step.clause is not None:
        said["clause"] = step.clause
    if step.verb in ("reword", "add"):
        said["wording"] = wording_hash(step.markdown)
    if step.kind is not None:
        said["kind"] = str(step.kind)
    if step.place is not None:
        pairs = {"after": step.place.after, "under": step.place.under}
        said["place"] = {name: clause for name, clause in pairs.items() if clause is not None}
    return said


def in_order(steps: Sequence[Step], base: Sequence[Node]) -> list[Step]:
    """Strikes last and the innermost first: nothing is left standing under what is gone."""
    position = {node.clause: index for index, node in enumerate(base)}
    strikes = [step for step in steps if step.verb == "strike"]
    strikes.sort(key=lambda step: -position.get(step.clause or 0, 0))
    return [step for step in steps if step.verb != "strike"] + strikes


def settled(steps: Sequence[Step], text: Sequence[Node]) -> list[Step]:
    """The steps with their words as they are kept: what reading them back gives."""
    kinds = {node.clause: node.kind for node in text}
    kept: list[Step] = []
    for step in steps:
        kind = kinds.get(step.clause or 0, step.kind or Kind.paragraph)
        writes = step.verb in ("reword", "add")
        markdown = settled_wording(kind, step.markdown) if writes else ""
        kept.append(replace(step, markdown=markdown))
    return kept


def with_all_under(steps: Sequence[Step], base: Sequence[Node]) -> list[Step]:
    """The steps, with a strike of every clause that stands under a struck one and stays there, so
    that a proposal names all the words that it takes out."""
    elsewhere = {step.clause for step in steps if step.verb != "reword"}
    whole: list[Step] = []
    for step in steps:
        whole.append(step)
        if step.verb == "strike" and step.clause is not None:
            for clause in _staying_under(base, step.clause, elsewhere):
                elsewhere.add(clause)
                whole.append(Step("strike", clause))
    return whole


def form_at(text: Sequence[Node], kind: Kind, place: Place) -> Form:
    """How a new clause of this kind stands at a place: a heading's level, an item's number."""
    nodes = {node.clause: node for node in text}
    parents = parent_clauses(text)
    beside = nodes.get(place.after) if place.after is not None else None
    above = place.under if beside is None else parents[beside.clause]
    if kind is Kind.heading:
        level = 0
        if beside is not None and beside.kind is Kind.heading:
            level = beside.level or 0
        elif above is not None and above in nodes:
            level = (nodes[above].level or 0) + 1
        return Form(kind, level=min(max(level, 1), LEVEL_MAX))
    if kind is Kind.item:
        if beside is not None:
            number = beside.ordinal
            return Form(kind, ordinal=number + 1 if number is not None else None)
        first = next((node for node in text if parents[node.clause] == above), None)
        return Form(kind, ordinal=first.ordinal if first is not None else None)
    return Form(kind)


def _staying_under(text: Sequence[Node], clause: int, elsewhere: set[int | None]) -> Iterator[int]:
    """What stands under a clause and is not itself struck or moved by the proposal."""
    leaving = -1
    for node in list(subtree(text, clause))[1:]:
        if leaving >= 0 and node.depth > leaving:
            continue
        leaving = -1
        if node.clause in elsewhere:
            leaving = node.depth
        else:
            yield node.clause
