"""Which clause of an older text is which block of a newer draft.

1. Blocks that say the same, in the same kind, once on either side, are the same clause.
2. All other pairs are weighed: their words, their lead-in, and how well what stands around them
   (parent, siblings, the group of a table) is matched. The best pair is taken first; what is around
   it is then weighed anew, until no pair is good enough.
3. A new block whose words mostly left some clause's wording was split off from it.

The outcome is a plan, which an editor can correct row by row. The same input gives the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz.distance import LCSseq

from app.definitions.likeness import Profile, alike, blocks_alike, holders_of, indexed, profiles
from app.definitions.plan import Lost, Plan, PlanRow, Verdict, WrongPlan, moved_among, verdict_of
from app.definitions.tree import Block

GOOD_ENOUGH = 0.5
OWN_MIN = 0.2  # surroundings alone make no clause
OWN_SHARE = 0.6
PAIRS_MAX = 20_000
HOLDERS_MIN = 12
CANDIDATES = 6

Old = Sequence[tuple[int, Block]]


def match(old: Old, new: Sequence[Block]) -> Plan:
    """The likeliest plan. `old`: the clauses of the older text, with their numbers, in order."""
    matcher = _Matcher(profiles([block for _, block in old]), profiles(new))
    taken = matcher.run()
    return _planned(old, matcher, [None if p is None else old[p][0] for p in taken])


def corrected(old: Old, new: Sequence[Block], take: Sequence[int | None]) -> Plan:
    """The plan that an editor's choices make: a clause, or None, for each block in order.

    Raises WrongPlan when a clause is chosen twice or does not stand in the older text.
    """
    if len(take) != len(new):
        raise ValueError("one choice for each block")
    known = {clause for clause, _ in old}
    seen: set[int] = set()
    for clause in take:
        if clause is not None and (clause not in known or clause in seen):
            raise WrongPlan(clause)
        seen |= {clause} if clause is not None else set()
    matcher = _Matcher(profiles([block for _, block in old]), profiles(new))
    return _planned(old, matcher, take)


class _Matcher:
    """The work of one matching. Positions are those of the two lists of blocks."""

    def __init__(self, old: list[Profile], new: list[Profile]) -> None:
        self.old, self.new = old, new
        self.of_new: list[int | None] = [None] * len(new)
        self.of_old: list[int | None] = [None] * len(old)
        self.own: dict[tuple[int, int], float] = {}

    def run(self) -> list[int | None]:
        for a, b in self._unmistakable():
            if self.of_old[a] is None and self.of_new[b] is None:
                self._take(a, b)
        pairs = [(a, b) for a, b in self._pairs() if self._own(a, b) >= OWN_MIN]
        while pairs:
            weighed = sorted(
                ((self.weight(a, b), a, b) for a, b in pairs),
                key=lambda w: (-round(w[0], 6), abs(w[1] - w[2]), w[1], w[2]),
            )
            best = weighed[0][0]
            if best < GOOD_ENOUGH:
                break
            # What is nearly as good is taken in one go; the rest waits for better surroundings.
            for weight, a, b in weighed:
                if weight < max(GOOD_ENOUGH, best - 0.1):
                    break
                if self.of_old[a] is None and self.of_new[b] is None:
                    self._take(a, b)
            pairs = [
                (a, b) for _, a, b in weighed if self.of_old[a] is None and self.of_new[b] is None
            ]
        return self.of_new

    def weight(self, a: int, b: int) -> float:
        """How likely these two are one clause, as far as is known by now."""
        own = self._own(a, b)
        old, new = self.old[a], self.new[b]
        around = (
            0.5 * self._agree(old.parent, new.parent)
            + 0.2 * self._agree(old.before, new.before)
            + 0.2 * self._agree(old.after, new.after)
            + 0.1 * self._agree(old.group, new.group)
        )
        return OWN_SHARE * own + (1 - OWN_SHARE) * around if own >= OWN_MIN else 0.0

    def _own(self, a: int, b: int) -> float:
        if (a, b) not in self.own:
            self.own[a, b] = blocks_alike(self.old[a], self.new[b])
        return self.own[a, b]

    def candidates(self, b: int) -> list[int]:
        """Clauses that this block might be, the likeliest first."""
        weighed = sorted((-self.weight(a, b), a) for a, other in self._pairs_of(b))
        return [a for weight, a in weighed[:CANDIDATES] if weight < -0.3]

    def _agree(self, a: int | None, b: int | None) -> float:
        """Whether two neighbours are one clause, or may yet be."""
        if a is None or b is None:
            return 1.0 if a is b else 0.0
        if self.of_old[a] is not None or self.of_new[b] is not None:
            return 1.0 if self.of_old[a] == b else 0.0
        return 0.8 * alike(
            self.old[a].lead or self.old[a].words, self.new[b].lead or self.new[b].words
        )

    def _take(self, a: int, b: int) -> None:
        self.of_old[a], self.of_new[b] = b, a

    def _unmistakable(self) -> Iterator[tuple[int, int]]:
        old, new = Counter(p.key for p in self.old), Counter(p.key for p in self.new)
        place = {p.key: p.position for p in self.old}
        for profile in self.new:
            if profile.words and old[profile.key] == new[profile.key] == 1:
                yield place[profile.key], profile.position
        if self.is_long:
            names: dict[object, int] = {}
            a, b = (
                [names.setdefault(profile.key, len(names)) for profile in side]
                for side in (self.old, self.new)
            )
            for step in LCSseq.opcodes(a, b):
                if step.tag == "equal":
                    yield from zip(
                        range(step.src_start, step.src_end),
                        range(step.dest_start, step.dest_end),
                        strict=True,
                    )

    @property
    def is_long(self) -> bool:
        """Whether there are too many pairs to weigh each."""
        return len(self.old) * len(self.new) > PAIRS_MAX

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for b, taken in enumerate(self.of_new):
            if taken is None:
                yield from (pair for pair in self._pairs_of(b) if self.of_old[pair[0]] is None)

    def _pairs_of(self, b: int) -> Iterator[tuple[int, int]]:
        """All old blocks for this new one; in long texts, those with the rarest words in common."""
        if not self.is_long:
            yield from ((a, b) for a in range(len(self.old)))
            return
        limit = max(HOLDERS_MIN, PAIRS_MAX // len(self.new))
        yield from ((a, b) for a in holders_of(self.index, self.new[b].words)[:limit])

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Which old blocks hold a word."""
        return indexed((profile.position, set(profile.words)) for profile in self.old)


def _planned(old: Old, matcher: _Matcher, take: Sequence[int | None]) -> Plan:
    place = {clause: position for position, (clause, _) in enumerate(old)}
    for b, clause in enumerate(take):
        matcher.of_new[b] = None if clause is None else place[clause]
    matcher.of_old = [None] * len(old)
    for b, a in enumerate(matcher.of_new):
        if a is not None:
            matcher.of_old[a] = b
    moved = moved_among(matcher.old, matcher.new, matcher.of_old, matcher.of_new)
    lost = Lost(matcher.old, matcher.new, matcher.of_old)
    kept = set(take)
    rows = []
    for b, clause in enumerate(take):
        candidates = tuple(old[a][0] for a in matcher.candidates(b))
        block = matcher.new[b].block
        if clause is None:
            source = lost.source(matcher.new[b].words)
            rows.append(
                PlanRow(
                    b,
                    block,
                    None,
                    Verdict.added if source is None else Verdict.split_off,
                    False,
                    1
                    - max(
                        (matcher.weight(place[c], b) for c in candidates if c not in kept),
                        default=0.0,
                    ),
                    candidates,
                    None if source is None else old[source][0],
                )
            )
            continue
        a = place[clause]
        verdict = verdict_of(matcher.old[a], matcher.new[b])
        confidence = matcher.weight(a, b) if verdict is not Verdict.same else 1.0
        rows.append(PlanRow(b, block, clause, verdict, b in moved, confidence, candidates))
    return Plan(tuple(rows), tuple(clause for clause, _ in old if clause not in kept))
