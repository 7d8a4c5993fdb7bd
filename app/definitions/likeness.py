"""How alike two blocks are: their words, their lead-in, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Indel

from app.definitions.draft import cells
from app.definitions.tree import Block, Kind, parents

LEAD_IN = re.compile(r"^(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:.–—-]?\s*(.*)", re.DOTALL)
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
WORD = re.compile(r"\w+")
HOLDERS_MAX = 200
SHORT = 8  # words; below, letters are compared as well


@dataclass(frozen=True, slots=True)
class Profile:
    """A block as matching sees it. `lead`: the bold words that it begins with, the first cell of a
    row, a whole heading. Neighbours and ancestors are positions in the same list of blocks."""

    position: int
    block: Block
    words: tuple[str, ...]
    lead: tuple[str, ...]
    parent: int | None
    before: int | None = None
    after: int | None = None
    group: int | None = None
    above: tuple[int, ...] = field(default=())

    @property
    def key(self) -> tuple[Kind, tuple[str, ...]]:
        return self.block.kind, self.words


def profiles(blocks: Sequence[Block]) -> list[Profile]:
    """The blocks with their words and surroundings."""
    above = parents(blocks)
    last: dict[int | None, int] = {}
    before: list[int | None] = []
    after: list[int | None] = [None] * len(blocks)
    groups: list[int | None] = []
    group: dict[int | None, int] = {}
    for position, block in enumerate(blocks):
        sibling = last.get(above[position])
        before.append(sibling)
        if sibling is not None:
            after[sibling] = position
        last[above[position]] = position
        groups.append(group.get(above[position]))
        if block.kind is Kind.row and block.markdown.startswith("**"):
            group[above[position]] = position
            groups[position] = None
    return [
        Profile(
            position,
            block,
            _words(block.markdown),
            _lead(block),
            above[position],
            before[position],
            after[position],
            groups[position],
        )
        for position, block in enumerate(blocks)
    ]


def _words(markdown: str) -> tuple[str, ...]:
    plain = LINK_TARGET.sub("]", markdown).replace("’", "'").casefold()
    return tuple(WORD.findall(plain))


def _lead(block: Block) -> tuple[str, ...]:
    match block.kind:
        case Kind.heading:
            return _words(block.markdown)
        case Kind.row:
            return _words(cells(block.markdown)[0])
        case _:
            found = LEAD_IN.match(block.markdown)
            return _words(found.group(1)) if found else ()


@lru_cache(maxsize=200_000)
def alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How much of two runs of words is common to both, in order: from 0 to 1."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    by_words = Indel.normalized_similarity(a, b)
    if min(len(a), len(b)) >= SHORT:
        return by_words
    return max(by_words, 0.95 * Indel.normalized_similarity(" ".join(a), " ".join(b)))


def kinds_alike(a: Profile, b: Profile) -> float:
    """How easily a block of one kind becomes one of the other."""
    kinds = {a.block.kind, b.block.kind}
    if len(kinds) == 1:
        return 1.0
    if kinds <= {Kind.item, Kind.paragraph, Kind.note}:
        return 0.9
    return 0.7


def blocks_alike(a: Profile, b: Profile) -> float:
    """How alike two blocks are by themselves."""
    whole = alike(a.words, b.words)
    if whole == 1.0:
        return kinds_alike(a, b)
    if a.lead and b.lead:
        share = 0.7 if a.block.kind is Kind.row else 0.5
        return kinds_alike(a, b) * (share * alike(a.lead, b.lead) + (1 - share) * whole)
    one_has_a_lead = bool(a.lead) != bool(b.lead)
    return kinds_alike(a, b) * whole * (0.75 if one_has_a_lead else 1.0)


def indexed(held: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for position, words in held:
        for word in words:
            index.setdefault(word, []).append(position)
    return index


def holders_of(index: dict[str, list[int]], words: Sequence[str]) -> list[int]:
    """Who holds most of the rarest of these words; words that very many hold say nothing."""
    rarest = sorted(set(words), key=lambda word: (len(index.get(word, ())), word))
    shared: Counter[int] = Counter()
    for word in rarest[:24]:
        holders = index.get(word, ())
        if len(holders) <= HOLDERS_MAX:
            shared.update(holders)
    return sorted(shared, key=lambda a: (-shared[a], a))
