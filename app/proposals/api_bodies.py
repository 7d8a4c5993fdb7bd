"""What programs send about proposals."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.definitions.tree import Kind
from app.kit.forms import Line, Prose
from app.proposals.forms import NUMBER_MAX
from app.proposals.rules import CHANGES_MAX
from app.proposals.steps import Place, Step, Verb

Clause = Annotated[int, Field(ge=1, le=NUMBER_MAX, description="a clause, by its number")]

REWORD: dict[str, Any] = {"verb": "reword", "clause": 12, "markdown": "All of it is described."}
ADD: dict[str, Any] = {"verb": "add", "kind": "item", "markdown": "By whom", "place": {"after": 12}}
MOVE: dict[str, Any] = {"verb": "move", "clause": 14, "place": {"under": 3}}
STRIKE: dict[str, Any] = {"verb": "strike", "clause": 15}


class PlaceBody(BaseModel):
    """After a clause and all under it, or first under it; empty: at the very beginning."""

    model_config = ConfigDict(extra="forbid")

    after: Clause | None = None
    under: Clause | None = None

    def place(self) -> Place:
        return Place(under=self.under) if self.under is not None else Place(after=self.after)


class ChangeBody(BaseModel):
    """reword: clause, markdown. add: kind, markdown, place. strike: clause. move: clause, place."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [REWORD, ADD, MOVE, STRIKE]}
    )

    verb: Verb
    clause: Clause | None = None
    markdown: Prose = ""
    kind: Kind | None = None
    place: PlaceBody | None = None

    def step(self) -> Step:
        adds, moves = self.verb == "add", self.verb == "move"
        return Step(
            self.verb,
            None if adds else self.clause,
            self.markdown if self.verb in ("reword", "add") else "",
            self.kind if adds else None,
            self.place.place() if self.place is not None and (adds or moves) else None,
        )


class ProposalBody(BaseModel):
    """Changes of the working text. base: the hash of the text that they were written against; with
    it, words that changed meanwhile are not written over (409)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Describe all of the data",
                    "rationale": "“Enough” leaves open for whom.",
                    "changes": [REWORD, ADD],
                }
            ]
        },
    )

    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    rationale: Prose = ""
    base: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    changes: Annotated[list[ChangeBody], Field(min_length=1, max_length=CHANGES_MAX)]

    def steps(self) -> list[Step]:
        return [change.step() for change in self.changes]


class WithdrawalBody(BaseModel):
    """Why it is taken back, if one wants to say."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Done better in 12."}]}
    )

    reason: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
