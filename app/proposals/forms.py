"""The forms of proposals. The sheet on which a proposal is written has one row for each change.

A row's fields carry its number ("markdown-2"), which it keeps while rows come and go, so that what
was typed stays with its clause.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from fastapi import Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData

from app.definitions.tree import Kind
from app.kit.forms import Line, Prose, Submitted, check
from app.proposals.queries_list import WANTED, Filters
from app.proposals.steps import Place, Step, Verb

ROWS_MAX = 60
VERBS: tuple[Verb, ...] = get_args(Verb)
NUMBER_MAX = 2**31 - 1
VERB_FIELD = re.compile(r"verb-(\d{1,3})", re.ASCII)
PLACE = re.compile(r"first|(after|under):([1-9]\d{0,8})", re.ASCII)


class ProposalForm(BaseModel):
    """What a proposal has once. base: the hash of the text that it was begun against; revises and
    seen: the proposal and the revision that are being put otherwise."""

    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    rationale: Prose = ""
    base: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    revises: Annotated[int, Field(ge=1, le=NUMBER_MAX)] | None = None
    seen: Annotated[int, Field(ge=1, le=NUMBER_MAX)] | None = None


class ChangeForm(BaseModel):
    """One change; which of its fields count depends on the verb."""

    verb: Verb
    clause: Annotated[int, Field(ge=1, le=NUMBER_MAX)] | None = None
    markdown: Prose = ""
    kind: Kind | None = None
    place: Annotated[str, StringConstraints(max_length=20)] = ""


class MoreForm(BaseModel):
    """Which change to write next, and where."""

    verb: Verb = "reword"
    clause: Annotated[int, Field(ge=1, le=NUMBER_MAX)] | None = None


class WithdrawalForm(BaseModel):
    """Why a proposal is taken back, if its author wants to say."""

    reason: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class ListForm(BaseModel):
    """What the address of the list narrows it to; a value that is none of the choices is empty."""

    state: str = ""
    clause: str = ""
    person: str = ""
    category: str = ""
    words: str = ""
    sort: str = ""
    after: str = ""

    def filters(self) -> Filters:
        number = self.clause if self.clause.isascii() and self.clause.isdecimal() else ""
        return Filters(
            state=next((state for state in WANTED if state == self.state), "under_way"),
            clause=int(number) if 0 < len(number) < 10 else None,
            person=self.person[:32],
            category=self.category[:80],
            words=" ".join(self.words.replace("\0", " ").split())[:200],
            sort="oldest" if self.sort == "oldest" else "newest",
        )


@dataclass
class Sheet:
    """A proposal being written: the form with all its fields, and which rows it has.

    ``form.errors`` names fields as the page does. ``steps`` holds the change of every row that says
    what it is to be; it counts only where there are no errors.
    """

    form: Submitted[Any]
    rows: list[int] = field(default_factory=list)
    steps: dict[int, Step] = field(default_factory=dict)
    deed: str = "propose"
    head: Submitted[ProposalForm] | None = None
    more: MoreForm = field(default_factory=MoreForm)

    @classmethod
    def blank(cls, base: str, **typed: Any) -> "Sheet":
        """A sheet that nobody has written on yet."""
        return cls(Submitted.blank(ProposalForm, title="", rationale="", base=base, **typed))

    def put(self, step: Step) -> int:
        """Adds a row for a change, with its words as they are to begin with."""
        row = max(self.rows, default=-1) + 1
        self.rows.append(row)
        self.steps[row] = step
        self.form.typed.update(
            {
                f"verb-{row}": step.verb,
                f"clause-{row}": step.clause or "",
                f"markdown-{row}": step.markdown,
                f"kind-{row}": str(step.kind or ""),
                f"place-{row}": place_value(step.place),
            }
        )
        return row

    def drop(self, row: int) -> None:
        """Takes a row away, and what is wrong with it."""
        if row in self.rows:
            self.rows.remove(row)
            self.steps.pop(row, None)
            for name in ChangeForm.model_fields:
                self.form.errors.pop(f"{name}-{row}", None)

    def refuse(self, row: int, name: str, sentence: str) -> None:
        """Says what is wrong with one field of a row."""
        self.form.refuse(f"{name}-{row}", sentence)

    @property
    def value(self) -> ProposalForm:
        """The fields that a proposal has once, checked."""
        if self.head is None:
            raise RuntimeError("nobody has sent this sheet")
        return self.head.value


async def submitted_sheet(request: Request) -> Sheet:
    """The sheet as it came. Nothing that was typed is dropped, whatever is wrong with it."""
    return read_sheet(await request.form())


def read_sheet(data: FormData | Mapping[str, Any]) -> Sheet:
    """Reads a sheet: what it has once, then row by row."""
    head = check(ProposalForm, {name: _text(data, name) for name in ProposalForm.model_fields})
    sheet = Sheet(Submitted(dict(head.typed), None, dict(head.errors)), head=head)
    sheet.deed = _text(data, "deed") or "propose"
    more = check(MoreForm, {name: _text(data, f"more_{name}") for name in MoreForm.model_fields})
    if not more.errors:
        sheet.more = more.value
    sheet.form.typed |= {f"more_{name}": typed for name, typed in more.typed.items()}
    for row in _rows(data):
        typed = {name: _text(data, f"{name}-{row}") for name in ChangeForm.model_fields}
        change = check(ChangeForm, typed)
        sheet.rows.append(row)
        sheet.form.typed |= {f"{name}-{row}": text for name, text in typed.items()}
        sheet.form.errors |= {f"{name}-{row}": said for name, said in change.errors.items()}
        step = _step(typed if change.errors else change.value.model_dump())
        if step is not None:
            sheet.steps[row] = step
    return sheet


def place_value(place: Place | None) -> str:
    """A place as the value of a choice: "after:12", "under:3", "first"."""
    if place is None:
        return ""
    if place.under is not None:
        return f"under:{place.under}"
    return f"after:{place.after}" if place.after is not None else "first"


def place_named(value: str) -> Place | None:
    """The place of such a value; ``None`` for anything else."""
    found = PLACE.fullmatch(value)
    if found is None:
        return None
    side: Literal["after", "under"] | None = found[1]  # type: ignore[assignment]
    return Place(**{side: int(found[2])}) if side else Place()


def _step(row: Mapping[str, Any]) -> Step | None:
    """The change of a row, without what its verb has no use for. Where fields are wrong, as far as
    it can be read, so that the page can show it again."""
    verb = next((verb for verb in VERBS if verb == row["verb"]), None)
    if verb is None:
        return None
    adds = verb == "add"
    number = str(row["clause"] or "")
    clause = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None
    return Step(
        verb,
        None if adds else clause,
        row["markdown"] if verb in ("reword", "add") else "",
        next((kind for kind in Kind if kind == row["kind"]), None) if adds else None,
        place_named(row["place"]) if verb in ("add", "move") else None,
    )


def _rows(data: Iterable[str]) -> list[int]:
    numbers = {int(found[1]) for name in data if (found := VERB_FIELD.fullmatch(name))}
    return sorted(numbers)[:ROWS_MAX]


def _text(data: FormData | Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""
