"""The words in which the story is told: what people said, proposed and put to the vote, and when.

A moment is written in one of three ways: ``2024-03-12 09:14`` in UTC; ``+5h`` or ``+2d3h`` after
what it answers; ``now-2d6h`` or ``now+3d`` from the time at which the seed is loaded. A clause is
named by its key in ``seed/versions``; other subjects by ``p:key``, ``v:label`` and ``b:key``.
"""

import re as pattern
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import cleandoc

OFFSET = pattern.compile(r"(now)?([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")


def moment(written: str, *, after: datetime, now: datetime) -> datetime:
    """The time that a moment stands for, told after another one and loaded at ``now``."""
    if not (found := OFFSET.fullmatch(written)):
        return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    from_now, sign, days, hours, minutes = found.groups()
    span = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return (now if from_now else after) + (span if sign == "+" else -span)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the replies to it. ``edited`` replaces the words five minutes later."""

    at: str
    by: str
    kind: str
    on: str
    body: str
    replies: tuple["Said", ...] = ()
    quote: str = ""
    edited: str = ""
    retracted: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a proposal puts forward. ``version`` takes the words from that version."""

    verb: str
    key: str
    words: str = ""
    version: str = ""
    kind: str = ""
    after: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal; ``withdrawn`` is a moment and a reason, ``revised`` a moment and new edits."""

    key: str
    at: str
    by: str
    title: str
    rationale: str
    edits: tuple[Edit, ...]
    seconds: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, str] | None = None
    revised: tuple[str, tuple[Edit, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Balloted:
    """A ballot, the tally that it comes to, and those votes that were given with a reason."""

    key: str
    opens: str
    closes: str
    by: str
    card: str
    question: str
    tally: tuple[int, int, int]
    reasons: tuple[tuple[str, str, str], ...] = ()
    version: str = ""
    noes_max: int = 0
    counts: str = "open"
    extended: tuple[str, str, str] | None = None


Event = Said | Proposed | Balloted


def say(
    at: str, by: str, kind: str, on: str, body: str, *replies: Said, quote: str = "",
    edited: str = "", retracted: str = "",
) -> Said:
    """Somebody begins a thread."""
    return Said(at, by, kind, on, prose(body), replies, quote, prose(edited), retracted)


def re(
    at: str, by: str, body: str, *replies: Said, kind: str = "general", edited: str = "",
    retracted: str = "",
) -> Said:
    """Somebody answers; the subject is the one of the thread."""
    return Said(at, by, kind, "", prose(body), replies, "", prose(edited), retracted)


def reword(key: str, words: str = "", *, version: str = "") -> Edit:
    """Gives a clause other words."""
    return Edit("reword", key, words=prose(words), version=version)


def strike(key: str) -> Edit:
    """Takes a clause out."""
    return Edit("strike", key)


def add(
    key: str, words: str = "", *, version: str = "", kind: str = "paragraph", after: str, beside: str
) -> Edit:
    """Puts a new clause after another one, at the depth of ``beside``."""
    return Edit("add", key, prose(words), version, kind, after, beside)


def move(key: str, *, after: str, beside: str) -> Edit:
    """Puts a clause in another place."""
    return Edit("move", key, after=after, beside=beside)


def propose(
    key: str, at: str, by: str, title: str, rationale: str, *edits: Edit,
    seconds: tuple[tuple[str, str], ...] = (), withdrawn: tuple[str, str] | None = None,
    revised: tuple[str, tuple[Edit, ...]] | None = None,
) -> Proposed:
    """Somebody puts changes forward."""
    return Proposed(key, at, by, title, prose(rationale), edits, seconds, withdrawn, revised)


def prose(text: str) -> str:
    """Paragraphs as written, each on one line."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
