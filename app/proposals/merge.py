"""Three-way merge of one clause, word by word. Pure.

The base is what a proposal was written against; ours is what it proposes, theirs what the clause
has become since. The merge is the base with both sides' changes made. Changes that overlap, or
stand side by side, are a conflict, which people resolve: no word is dropped or doubled silently.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

# Written without spaces between words: each sign stands alone.
SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CHUNK = re.compile(r"(\s*)(\S*)")
WORD_OR_SIGN = re.compile(f"[{SIGNS}]|[^{SIGNS}]+")


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' changes, in one text."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the base that both sides changed, and what each made of it."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the two sides cannot both have their way, in reading order."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hunk:
    """One change of one side: ``base[start:end]`` becomes ``words``."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def size(self) -> int:
        return max(self.end - self.start, len(self.words))


def merge(base: str, ours: str, theirs: str) -> Merged | Conflict:
    """The base with the changes of both sides, or the stretches where they collide."""
    if ours == theirs or theirs == base:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    old = words(base)
    text: list[str] = []
    spans: list[Span] = []
    at = 0
    for mine, yours in _groups(hunks(old, words(ours)), hunks(old, words(theirs))):
        start = min(hunk.start for hunk in mine + yours)
        end = max(hunk.end for hunk in mine + yours)
        text += old[at:start]
        at = end
        one, other = _applied(old, start, end, mine), _applied(old, start, end, yours)
        if mine and yours and one != other:
            spans.append(Span("".join(old[start:end]), "".join(one), "".join(other)))
        text += one if mine else other
    if spans:
        return Conflict(tuple(spans))
    return Merged("".join(text + old[at:]))


def words(text: str) -> list[str]:
    """Words and marks, each with the white space before it; joined, they are the text again.

    A word keeps what is inside it ("0.5", "open-source"); marks around it stand alone.
    """
    found: list[str] = []
    for space, chunk in CHUNK.findall(text):
        parts = _parts(chunk)
        if space or parts:
            found += [space + "".join(parts[:1]), *parts[1:]]
    return found


def hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """What one side changed. Changes with less between them than in them are one change: a
    rewritten sentence is not taken apart at each "the" that happens to recur."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(word, len(numbers)) for word in old]
    b = [numbers.setdefault(word, len(numbers)) for word in new]
    found: list[Hunk] = []
    for step in LCSseq.opcodes(a, b):
        if step.tag != "equal":
            words_now = tuple(new[step.dest_start : step.dest_end])
            found.append(Hunk(step.src_start, step.src_end, words_now))
            while len(found) > 1 and _are_one(found[-2], found[-1]):
                last, before = found.pop(), found.pop()
                between = tuple(old[before.end : last.start])
                found.append(Hunk(before.start, last.end, before.words + between + last.words))
    return found


def _are_one(before: Hunk, after: Hunk) -> bool:
    return after.start - before.end < max(1, min(before.size, after.size))


def _groups(
    ours: list[Hunk], theirs: list[Hunk]
) -> Iterable[tuple[tuple[Hunk, ...], tuple[Hunk, ...]]]:
    """The changes of both sides in reading order; those that touch each other together."""
    waiting = sorted(
        [(hunk, True) for hunk in ours] + [(hunk, False) for hunk in theirs],
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    group: list[tuple[Hunk, bool]] = []
    for pair in waiting:
        if group and pair[0].start > max(hunk.end for hunk, _ in group):
            yield _by_side(group)
            group = []
        group.append(pair)
    if group:
        yield _by_side(group)


def _by_side(group: list[tuple[Hunk, bool]]) -> tuple[tuple[Hunk, ...], tuple[Hunk, ...]]:
    return (
        tuple(hunk for hunk, is_ours in group if is_ours),
        tuple(hunk for hunk, is_ours in group if not is_ours),
    )


def _applied(old: Sequence[str], start: int, end: int, changes: Iterable[Hunk]) -> list[str]:
    """``old[start:end]`` with one side's changes made."""
    made: list[str] = []
    at = start
    for hunk in changes:
        made += [*old[at : hunk.start], *hunk.words]
        at = hunk.end
    return made + list(old[at:end])


def _parts(chunk: str) -> list[str]:
    """A run without white space: the marks before it one by one, its words, the marks after it."""
    first, last = 0, len(chunk)
    while first < last and not _is_wordy(chunk[first]):
        first += 1
    while last > first and not _is_wordy(chunk[last - 1]):
        last -= 1
    return [*chunk[:first], *WORD_OR_SIGN.findall(chunk[first:last]), *chunk[last:]]


def _is_wordy(character: str) -> bool:
    """Letters, digits, and the marks that combine with them."""
    return unicodedata.category(character)[0] in "LNM"
