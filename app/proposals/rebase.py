"""Carrying a proposal over to a newer working text. Pure.

A proposal's steps are said in the numbers of clauses and in places people can name ("after 12",
"first under 3"). `rebase` makes of them the changes of definitions: cleanly, or it says which
clauses clash and why. On the text that it was written against, every lawful proposal is clean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.definitions.changes import Add, Change, Move, Reword, Strike, apply_changes
from app.definitions.rules import must_fit
from app.definitions.tree import Node, Text, Unlawful, parent_clauses, wording_hash
from app.proposals.merge import Merged, Span, merge
from app.proposals.steps import Place, Step, form_at, in_order

Why = Literal["words", "struck", "reworded", "moved", "place_gone", "cannot_stand"]


@dataclass(frozen=True, slots=True)
class Clash:
    """A clause (or the clause that names a place) that keeps a step from being made, and why."""

    clause: int
    why: Why
    spans: tuple[Span, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Rebased:
    """The changes that make the proposal true of the current text.

    words: the Markdown of each new wording, by its hash. merged: some clause had changed since.
    """

    changes: tuple[Change, ...]
    words: Mapping[str, str]
    text: Text
    merged: bool


def rebase(
    steps: Sequence[Step],
    base: Sequence[Node],
    current: Sequence[Node],
    words: Mapping[str, str],
    *,
    next_clause: int,
) -> Rebased | tuple[Clash, ...]:
    """The steps, written against ``base``, as changes of ``current``; or what stands against it.

    words: Markdown by hash, of all wordings that steps name in either text. next_clause: the
    number of the first clause to be added.
    """
    work = _Rebase(base, current, words, next_clause)
    for step in in_order(steps, base):
        work.take(step)
    if work.clashes:
        return tuple(work.clashes)
    try:
        text = apply_changes(current, work.changes)
    except Unlawful as error:
        clause = error.clause if error.clause in work.current else work.some_clause(steps)
        return (Clash(clause or 0, "cannot_stand", code=error.code),)
    return Rebased(tuple(work.changes), work.made, text, work.merged)


@dataclass
class _Rebase:
    """The work of one rebase."""

    base_text: Sequence[Node]
    current_text: Sequence[Node]
    words: Mapping[str, str]
    next_clause: int
    changes: list[Change] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    merged: bool = False

    def __post_init__(self) -> None:
        self.base = {node.clause: node for node in self.base_text}
        self.current = {node.clause: node for node in self.current_text}
        self.base_parents = parent_clauses(self.base_text)
        self.parents = parent_clauses(self.current_text)
        self.last_at: dict[Place, int] = {}

    def take(self, step: Step) -> None:
        if step.verb == "add":
            self._add(step)
        elif step.clause is None or step.clause not in self.current:
            self._gone(step)
        elif step.verb == "reword":
            self._reword(step, self.current[step.clause])
        elif step.verb == "strike":
            self._strike(self.current[step.clause])
        else:
            self._move(step, self.current[step.clause])

    def _gone(self, step: Step) -> None:
        """What was to be struck and is gone already needs nothing; anything else clashes."""
        if step.verb == "strike" and step.clause in self.base:
            self.merged = True
        else:
            self.clashes.append(Clash(step.clause or 0, "struck"))

    def _reword(self, step: Step, node: Node) -> None:
        """A clause may have become one of another kind under the same words, so that what was
        proposed can't stand there any more: that is asked in either case."""
        was = self.base.get(node.clause, node).wording
        words, is_other = step.markdown, node.wording != was
        if is_other:
            self.merged = True
            result = merge(self.words[was], words, self.words[node.wording])
            if not isinstance(result, Merged):
                self.clashes.append(Clash(node.clause, "words", result.spans))
                return
            words = result.text
        if must_fit(node.kind, words) is not None:
            self.clashes.append(Clash(node.clause, "words" if is_other else "cannot_stand"))
        elif words != self.words[node.wording]:
            self.changes.append(Reword(node.clause, self._wording(words)))

    def _strike(self, node: Node) -> None:
        if node.clause in self.base and self.base[node.clause].wording != node.wording:
            self.clashes.append(Clash(node.clause, "reworded"))
        else:
            self.changes.append(Strike(node.clause))

    def _move(self, step: Step, node: Node) -> None:
        if node.clause in self.base and (
            self.base_parents[node.clause] != self.parents[node.clause]
        ):
            self.clashes.append(Clash(node.clause, "moved"))
            return
        found = self._find(step.place or Place())
        if found is not None:
            under, after = found
            self.changes.append(Move(node.clause, under, after))
            self.last_at[step.place or Place()] = node.clause

    def _add(self, step: Step) -> None:
        place = step.place or Place()
        found = self._find(place)
        if found is None or step.kind is None:
            return
        under, after = found
        form = form_at(self.current_text, step.kind, place)
        number = self.next_clause
        self.next_clause += 1
        self.changes.append(Add(number, self._wording(step.markdown), form, under, after))
        self.last_at[place] = number

    def _find(self, place: Place) -> tuple[int | None, int | None] | None:
        """Under which clause, after which sibling. What comes to the same place stands in the
        order of the proposal. A place that is gone is a clash."""
        if place.anchor is not None and place.anchor not in self.current:
            self.clashes.append(Clash(place.anchor, "place_gone"))
            return None
        under = place.under
        if place.after is not None:
            under = self.parents[place.after]
        return under, self.last_at.get(place, place.after)

    def _wording(self, markdown: str) -> str:
        name = wording_hash(markdown)
        self.made[name] = markdown
        return name

    def some_clause(self, steps: Sequence[Step]) -> int | None:
        """A clause to name where the law names one that does not stand yet."""
        for step in steps:
            named = step.clause or (step.place.anchor if step.place else None)
            if named in self.current:
                return named
        return next(iter(self.current), None)
