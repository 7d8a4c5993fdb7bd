"""The words in which the story is told: what people said, proposed and put to the vote, and when.

A moment is written in one of three ways: ``2024-03-12 09:14`` in UTC; ``+5h`` or ``+2d3h`` after
what it answers; ``now-2d6h`` or ``now+3d`` from the time at which the seed is loaded. A clause is
named by its key in ``seed/versions``; other subjects by ``p:key``, ``v:label`` and ``b:key``.
Everything here is read from TOML; a field that is not written has the default it has here.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
OFFSET = re.compile(r"(now)?([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
RATIFIED, LAST = datetime(2024, 11, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
RECENTLY = timedelta(days=45)
KEY = re.compile(r" \{#([\w-]+)\}")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody invented. Without a role they have an account and belong to no group."""

    handle: str
    name: str
    address: str
    role: str
    category: str
    affiliation: str
    zone: str
    since: date

    @property
    def comes_at(self) -> datetime:
        """At eight in the morning, before anybody says a word that day."""
        return datetime.combine(self.since, time(8), UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """A version: its words with the key of each block, in reading order."""

    label: str
    at: str
    by: str
    note: str
    stage: str = "draft"
    replaces: str = ""

    @property
    def source(self) -> str:
        return (HERE / "versions" / f"{self.label}.md").read_text()

    @property
    def markdown(self) -> str:
        return KEY.sub("", self.source)

    @property
    def keys(self) -> list[str]:
        return KEY.findall(self.source)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment; ``edited`` replaces its words five minutes later, ``retracted`` is a reason."""

    at: str
    by: str
    words: str
    kind: str = "general"
    on: str = ""
    quote: str = ""
    edited: str = ""
    retracted: str = ""
    replies: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a proposal puts forward. ``version`` takes the words from that version."""

    verb: Literal["reword", "add", "strike", "move"]
    key: str
    words: str = ""
    version: str = ""
    kind: str = "paragraph"
    after: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal; ``withdrawn`` is a moment and a reason, ``revised`` the moment of new edits."""

    key: str
    at: str
    by: str
    title: str
    rationale: str
    edits: tuple[Edit, ...]
    seconds: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, str] | None = None
    revised: str = ""
    revised_edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Balloted:
    """A ballot on a proposal (of the same key) or a version, its tally, the votes with a reason."""

    key: str
    opens: str
    closes: str
    by: str
    card: str
    question: str
    tally: tuple[int, int, int]
    votes: tuple[tuple[str, str, str], ...] = ()
    version: str = ""
    noes_max: int = 0
    counts: str = "open"
    extended: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An editorial change of one clause."""

    at: str
    by: str
    key: str
    words: str
    reason: str


Told = Said | Proposed | Balloted | Edited


def moment(written: str, *, after: datetime, now: datetime) -> datetime:
    """The time that a moment stands for, told after another one and loaded at ``now``.

    On a machine whose clock is behind the story, what followed the ratification is told closer
    together, so that it is over before the last weeks begin.
    """
    if not (found := OFFSET.fullmatch(written)):
        when = datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        if when <= RATIFIED or now - RECENTLY >= LAST:
            return when
        return RATIFIED + (when - RATIFIED) * ((now - RECENTLY - RATIFIED) / (LAST - RATIFIED))
    from_now, sign, days, hours, minutes = found.groups()
    span = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return (now if from_now else after) + (span if sign == "+" else -span)


def people() -> list[Persona]:
    """Everybody, in the order in which they are listed."""
    return [Persona(handle, *row) for handle, row in _toml("people.toml")["people"].items()]


def categories() -> list[str]:
    """The stakeholder categories of the group, in its own order."""
    return list(_toml("people.toml")["categories"])


def versions() -> list[Published]:
    """The eleven versions, first to last."""
    return [Published(**row) for row in _toml("versions/versions.toml")["versions"]]


def chapters() -> Iterator[Told]:
    """Everything that happened, chapter by chapter; not yet in the order of time."""
    for path in sorted((HERE / "story").glob("*.toml")):
        chapter = _toml(f"story/{path.name}")
        yield from map(_said, chapter.get("said", []))
        yield from map(_proposed, chapter.get("proposed", []))
        yield from map(_balloted, chapter.get("balloted", []))
        for row in chapter.get("edited", []):
            yield Edited(**row | {name: prose(row[name]) for name in ("words", "reason")})


def prose(text: str) -> str:
    """Paragraphs as written, each on one line."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _said(row: dict[str, Any]) -> Said:
    replies = tuple(_said(reply) for reply in row.get("replies", []))
    words, edited = prose(row["words"]), prose(row.get("edited", ""))
    return Said(**row | {"words": words, "edited": edited, "replies": replies})


def _proposed(row: dict[str, Any]) -> Proposed:
    pairs = tuple((at, by) for at, by in row.get("seconds", []))
    return Proposed(
        **row
        | {
            "rationale": prose(row["rationale"]),
            "edits": _edits(row["edits"]),
            "revised_edits": _edits(row.get("revised_edits", [])),
            "seconds": pairs,
        }
    )


def _edits(rows: list[dict[str, Any]]) -> tuple[Edit, ...]:
    return tuple(Edit(**row | {"words": prose(row.get("words", ""))}) for row in rows)


def _balloted(row: dict[str, Any]) -> Balloted:
    votes = tuple((by, choice, reason) for by, choice, reason in row.get("votes", []))
    return Balloted(**row | {"votes": votes, "tally": tuple(row["tally"])})


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text())
