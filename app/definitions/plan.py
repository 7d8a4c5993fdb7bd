"""The plan of an import: what each block of a draft is to the text before it, and what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.definitions.changes import longest_rising
from app.definitions.likeness import Profile, holders_of, indexed
from app.definitions.tree import Block

SPLIT_SHARE = 0.5
SPLIT_WORDS_MIN = 6
SOURCES_MAX = 6


class Verdict(StrEnum):
    """What a block of the draft is, against the older text."""

    same = "same"
    reworded = "reworded"
    renamed = "renamed"
    split_off = "split"
    added = "added"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One block of the draft. `clause` is the one it is taken for, or None for a new one.

    moved: it stands elsewhere than its neighbours of old. confidence: from 0 to 1. candidates:
    clauses it might be instead, the likeliest first. split_from: of a new clause, where its words
    were before.
    """

    position: int
    block: Block
    clause: int | None
    verdict: Verdict
    moved: bool
    confidence: float
    candidates: tuple[int, ...] = ()
    split_from: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What each block of the draft is, and which clauses go."""

    rows: tuple[PlanRow, ...]
    gone: tuple[int, ...]

    @property
    def take(self) -> tuple[int | None, ...]:
        """The clause for each block, None for a new one: what an editor may correct."""
        return tuple(row.clause for row in self.rows)

    @property
    def counts(self) -> Counter[str]:
        found = Counter(str(row.verdict) for row in self.rows)
        found["moved"] = sum(row.moved for row in self.rows)
        found["gone"] = len(self.gone)
        return found


class WrongPlan(ValueError):
    """A correction that cannot be: `clause` is taken twice or never stood."""

    def __init__(self, clause: int) -> None:
        super().__init__(clause)
        self.clause = clause


def same_words(before: str, after: str) -> bool:
    """Whether two wordings differ in white space at most: no change to record. In code, white
    space counts."""
    if before == after:
        return True
    if "```" in before or "~~~" in before:
        return False
    return before.split() == after.split()


def verdict_of(old: Profile, new: Profile) -> Verdict:
    if same_words(old.block.markdown, new.block.markdown):
        return Verdict.same
    return Verdict.renamed if old.lead != new.lead else Verdict.reworded


class Lost:
    """The words that left each clause of the old text, and who may have got them."""

    def __init__(
        self, old: list[Profile], new: list[Profile], of_old: Sequence[int | None]
    ) -> None:
        self.words: dict[int, Counter[str]] = {}
        for a, kept in enumerate(of_old):
            lost = Counter(old[a].words)
            if kept is not None:
                lost -= Counter(new[kept].words)
            if lost:
                self.words[a] = lost
        self.index = indexed((a, lost) for a, lost in self.words.items())

    def source(self, words: Sequence[str]) -> int | None:
        """The old block that lost most of these words, if it lost most of them."""
        if len(words) < SPLIT_WORDS_MIN:
            return None
        wanted = Counter(words)
        best, found = SPLIT_SHARE, None
        for a in holders_of(self.index, words)[:SOURCES_MAX]:
            share = (wanted & self.words[a]).total() / wanted.total()
            if share > best:
                best, found = share, a
        return found


def moved_among(
    old: list[Profile],
    new: list[Profile],
    of_old: Sequence[int | None],
    of_new: Sequence[int | None],
) -> set[int]:
    """New positions of clauses that stand under another parent or in another order than before."""
    moved: set[int] = set()
    families: dict[int | None, list[int]] = {}
    for b, a in enumerate(of_new):
        if a is None:
            continue
        home = _home(new, of_new, b)
        was = _home(old, of_old, a)
        if (None if was is None else of_old[was]) != home:
            moved.add(b)
        else:
            families.setdefault(home, []).append(b)
    place = {b: a for b, a in enumerate(of_new) if a is not None}
    for family in families.values():
        moved |= set(family) - set(longest_rising(family, place))
    return moved


def _home(side: list[Profile], matched: Sequence[int | None], position: int) -> int | None:
    """The nearest block above that is matched."""
    above = side[position].parent
    while above is not None and matched[above] is None:
        above = side[above].parent
    return above
