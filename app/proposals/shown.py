"""Changes as a page shows them: what stood, what would stand, and where. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.definitions.placed import Placed
from app.definitions.tree import Kind
from app.proposals.merge import Merged, merge
from app.proposals.steps import Step

Difference = Literal["came", "left", "changed"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One change: ``before`` is the Markdown that it replaces, strikes or moves."""

    step: Step
    before: str
    kind: Kind

    @property
    def after(self) -> str:
        """The Markdown that would stand there; empty for a strike."""
        return self.before if self.step.verb == "move" else self.step.markdown

    @property
    def says_something(self) -> bool:
        """Whether there is anything to see: a row that was just opened changes no word yet."""
        if self.step.verb == "reword":
            return self.step.markdown != self.before
        if self.step.verb == "add":
            return bool(self.step.markdown.strip())
        return True


@dataclass(frozen=True, slots=True)
class Between:
    """What became of one change from a revision to the next: its words before and after."""

    what: Difference
    shown: Shown
    earlier: Shown | None = None


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A clause that changed while its rewording was being written: all three, and the merge."""

    before: str
    now: str
    yours: str

    @property
    def merged(self) -> str | None:
        """Both changes in one, where they do not touch."""
        result = merge(self.before, self.yours, self.now)
        return result.text if isinstance(result, Merged) else None


def shown_steps(
    steps: Iterable[Step], text: Sequence[Placed], before: Mapping[int, str] | None = None
) -> list[Shown]:
    """before: by clause, what it said when the changes were written; else what it says now."""
    standing = {placed.number: placed for placed in text}
    shown: list[Shown] = []
    for step in steps:
        here = standing.get(step.clause or 0)
        words = here.markdown if here is not None else ""
        if before is not None:
            words = before.get(step.clause or 0, "")
        kind = here.kind if here is not None else step.kind or Kind.paragraph
        shown.append(Shown(step, words, kind))
    return shown


def differences(earlier: Sequence[Shown], later: Sequence[Shown]) -> list[Between]:
    """From one revision to the next: which changes came, which left, which say something else."""
    left = _named(earlier)
    found: list[Between] = []
    for name, one in _named(later).items():
        was = left.pop(name, None)
        if was is None:
            found.append(Between("came", one))
        elif was.step != one.step or was.before != one.before:
            found.append(Between("changed", one, was))
    return found + [Between("left", one) for one in left.values()]


def _named(changes: Sequence[Shown]) -> dict[tuple[str, int], Shown]:
    """Changes by verb and clause; additions, which have none yet, by their order."""
    adds = 0
    named: dict[tuple[str, int], Shown] = {}
    for one in changes:
        adds += one.step.verb == "add"
        named[one.step.verb, one.step.clause or adds] = one
    return named
