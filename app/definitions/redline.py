"""Redlines: the difference of two wordings, word by word, as a person would mark it.

1. Words are compared, never characters; white space between them is compared apart.
2. The longest common run of words is kept (LCS), then islands are given up: words that stay the
   same between two changes but are fewer than what changes around them, so that a rewritten
   sentence is shown as one, not taken apart at each "the".
3. A change that could begin a word earlier or later begins where a sentence or clause does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Literal, TypeVar

from rapidfuzz.distance import LCSseq

Op = Literal["equal", "insert", "delete", "gap"]  # a gap: words left out when it is shown

# Past this many comparisons (20,000 words against 20,000) what lies between is one change.
COMPARISONS_MAX = 400_000_000
# Written without spaces between words: each sign stands alone.
SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(
    rf"(\s*)(\]\([^()\s]*\)|[{SIGNS}]|(?:(?![{SIGNS}])\w)+(?:['’.\-](?:(?![{SIGNS}])\w)+)*"
    r"|\*+|_+|`+|~+|[^\w\s]|\Z)"
)

M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of Markdown that both wordings have, or only one of them."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Token(Generic[M]):
    """A word, mark or sign with the white space before it; `mark` says how it is set."""

    space: str
    word: str
    mark: M

    @property
    def key(self) -> tuple[str, M]:
        return self.word, self.mark


@dataclass(frozen=True, slots=True)
class Hunk:
    """`before[a:a_end]` and `after[b:b_end]`: the same words, or a change."""

    same: bool
    a: int
    a_end: int
    b: int
    b_end: int


Atom = tuple[Op, str, M]


def redline(before: str, after: str) -> list[Run]:
    """The runs, in reading order, deletions before insertions.

    Equal and deleted runs joined are `before`, equal and inserted runs joined are `after`.
    """
    found = atoms(tokens(before, None), tokens(after, None))
    return [
        Run(op, "".join(text for _, text, _ in group))
        for op, group in groupby(found, key=lambda atom: atom[0])
    ]


def tokens(text: str, mark: M) -> list[Token[M]]:
    """The words of a text, all set alike; joined with their white space they are the text."""
    found = [Token(space, word, mark) for space, word in TOKEN.findall(text)]
    if len(found) > 1 and not found[-2].word:
        found.pop()
    return found


def atoms(before: Sequence[Token[M]], after: Sequence[Token[M]]) -> Iterator[Atom[M]]:
    """What to write, piece by piece: (op, text, mark). The last token of a text is its end."""
    return (atom for atom in _atoms(before, after) if atom[1])


def _atoms(before: Sequence[Token[M]], after: Sequence[Token[M]]) -> Iterator[Atom[M]]:
    for hunk in hunks(before, after):
        gone, come = before[hunk.a : hunk.a_end], after[hunk.b : hunk.b_end]
        if hunk.same:
            for old, new in zip(gone, come, strict=True):
                yield from _space(old, new)
                yield "equal", old.word, old.mark
        elif gone and come:
            yield from _space(gone[0], come[0])
            yield from _written("delete", gone, skip_space=True)
            yield from _written("insert", come, skip_space=True)
        else:
            yield from _written("delete", gone)
            yield from _written("insert", come)


def _space(old: Token[M], new: Token[M]) -> Iterator[Atom[M]]:
    if old.space == new.space:
        if old.space:
            yield "equal", old.space, old.mark
        return
    if old.space:
        yield "delete", old.space, old.mark
    if new.space:
        yield "insert", new.space, new.mark


def _written(op: Op, words: Sequence[Token[M]], skip_space: bool = False) -> Iterator[Atom[M]]:
    for number, token in enumerate(words):
        yield op, token.word if skip_space and number == 0 else token.space + token.word, token.mark


def hunks(before: Sequence[Token[M]], after: Sequence[Token[M]]) -> list[Hunk]:
    """Where two token sequences are the same and where they differ, alternating."""
    names: dict[tuple[str, M], int] = {}
    a = [names.setdefault(token.key, len(names)) for token in before]
    b = [names.setdefault(token.key, len(names)) for token in after]
    found = _without_islands(_compared(a, b), before, after)
    return _at_breaks(found, a, b, before, after)


def _compared(a: list[int], b: list[int]) -> list[Hunk]:
    """LCS, with changes of any shape joined into one."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    found = [Hunk(True, 0, start, 0, start)] if start else []
    if len(inner_a) * len(inner_b) > COMPARISONS_MAX:
        found.append(Hunk(False, start, len(a) - end, start, len(b) - end))
    else:
        for step in LCSseq.opcodes(inner_a, inner_b):
            hunk = Hunk(
                step.tag == "equal",
                step.src_start + start,
                step.src_end + start,
                step.dest_start + start,
                step.dest_end + start,
            )
            _put(found, hunk)
    if end:
        _put(found, Hunk(True, len(a) - end, len(a), len(b) - end, len(b)))
    return found


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    """How many words two sequences begin with alike."""
    limit = min(len(a), len(b))
    return next((i for i in range(limit) if a[i] != b[i]), limit)


def _put(found: list[Hunk], hunk: Hunk) -> None:
    """Adds a hunk, joining it to the last one if both are changes, or both the same."""
    if found and found[-1].same == hunk.same:
        last = found.pop()
        hunk = Hunk(hunk.same, last.a, hunk.a_end, last.b, hunk.b_end)
    found.append(hunk)


def _without_islands(
    found: list[Hunk], before: Sequence[Token[M]], after: Sequence[Token[M]]
) -> list[Hunk]:
    """Gives up what stays the same between two changes where it is less than either.

    Length is in letters and digits, the measure is diff-match-patch's semantic clean-up.
    """
    old, new = _lengths(before), _lengths(after)

    def size(hunk: Hunk) -> int:
        return max(old[hunk.a_end] - old[hunk.a], new[hunk.b_end] - new[hunk.b])

    kept: list[Hunk] = []
    for hunk in found:
        _put(kept, hunk)
        while len(kept) > 2 and not kept[-1].same:
            left, island, right = kept[-3:]
            if size(island) > min(size(left), size(right)):
                break
            kept[-3:] = [Hunk(False, left.a, right.a_end, left.b, right.b_end)]
    return kept


def _lengths(words: Sequence[Token[M]]) -> list[int]:
    """Letters and digits before each token, and in all."""
    found = [0]
    for token in words:
        found.append(found[-1] + sum(map(str.isalnum, token.word)))
    return found


def _at_breaks(
    found: list[Hunk],
    a: list[int],
    b: list[int],
    before: Sequence[Token[M]],
    after: Sequence[Token[M]],
) -> list[Hunk]:
    """Slides a pure insertion or deletion between two equal stretches to the best break."""
    slid = list(found)
    for index in range(1, len(slid) - 1):
        left, hunk, right = slid[index - 1 : index + 2]
        if hunk.same or (hunk.a < hunk.a_end and hunk.b < hunk.b_end):
            continue
        inserted = hunk.a == hunk.a_end
        ids, words = (b, after) if inserted else (a, before)
        begin, end = (hunk.b, hunk.b_end) if inserted else (hunk.a, hunk.a_end)
        room_left, room_right = left.a_end - left.a, right.a_end - right.a
        shift = _best_shift(ids, words, begin, end, (room_left, room_right))
        if shift:
            slid[index - 1] = Hunk(True, left.a, left.a_end + shift, left.b, left.b_end + shift)
            slid[index] = Hunk(
                False, hunk.a + shift, hunk.a_end + shift, hunk.b + shift, hunk.b_end + shift
            )
            slid[index + 1] = Hunk(True, right.a + shift, right.a_end, right.b + shift, right.b_end)
    return [hunk for hunk in slid if hunk.a < hunk.a_end or hunk.b < hunk.b_end]


def _best_shift(
    ids: Sequence[int], words: Sequence[Token[M]], begin: int, end: int, room: tuple[int, int]
) -> int:
    lowest = highest = 0
    while -lowest < room[0] and ids[begin + lowest - 1] == ids[end + lowest - 1]:
        lowest -= 1
    while highest < room[1] and ids[begin + highest] == ids[end + highest]:
        highest += 1
    rank: Callable[[int], tuple[int, int]] = lambda shift: (  # noqa: E731
        _break_before(words, begin + shift) + _break_before(words, end + shift),
        shift,
    )
    return max(range(lowest, highest + 1), key=rank)


def _break_before(words: Sequence[Token[M]], position: int) -> int:
    """How good a place this is for a change to begin or end: a sentence, a clause, a word."""
    if position == 0 or position >= len(words) - 1 or "\n" in words[position].space:
        return 4
    if not words[position].space:
        return 0
    last = words[position - 1].word
    return 3 if last in ".!?:;" else 2 if last in ",)" else 1


def joined(parts: Iterable[Atom[M]]) -> Iterator[Atom[M]]:
    """The atoms with neighbours of one kind put together."""
    for (op, mark), group in groupby(parts, key=lambda atom: (atom[0], atom[2])):
        yield op, "".join(text for _, text, _ in group), mark
