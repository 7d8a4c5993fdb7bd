"""What programs send about definitions, with examples for the documentation of the API."""

from typing import Annotated, Any, Literal

from fastapi import Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.definitions.draft import BLOCKS_MAX, BYTES_MAX
from app.definitions.forms import Hash, Label, Reason, Slug, Words
from app.kit.forms import Line, Prose

Kind = Literal["heading", "paragraph", "item", "row", "note"]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The hash of the text that you read")
]


def _examples(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples)})


class DefinitionBody(BaseModel):
    """A new definition, without words yet."""

    model_config = _examples(
        {"slug": "open-weights", "name": "Open Weights", "summary": "When are weights open?"}
    )

    slug: Slug
    name: Annotated[Line, StringConstraints(min_length=1, max_length=160)]
    summary: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
    visibility: Literal["public", "group"] = "public"
    language: Annotated[
        str, StringConstraints(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ] = "en"


class RewordBody(BaseModel):
    """Other words for a clause."""

    model_config = ConfigDict(extra="forbid")

    change: Literal["reword"]
    clause: Number
    markdown: Words


class AddBody(BaseModel):
    """A new clause: under a clause (none: the top), after a sibling (none: first)."""

    model_config = ConfigDict(extra="forbid")

    change: Literal["add"]
    kind: Kind = "paragraph"
    markdown: Words
    under: Number | None = None
    after: Number | None = None


class StrikeBody(BaseModel):
    """A clause goes. Those that stand under it are named too, the innermost first."""

    model_config = ConfigDict(extra="forbid")

    change: Literal["strike"]
    clause: Number


class MoveBody(BaseModel):
    """A clause goes elsewhere, with all that stands under it."""

    model_config = ConfigDict(extra="forbid")

    change: Literal["move"]
    clause: Number
    under: Number | None = None
    after: Number | None = None


ChangeBody = Annotated[RewordBody | AddBody | StrikeBody | MoveBody, Field(discriminator="change")]


class ChangesBody(BaseModel):
    """An editorial change of the working text: one step, taken in order or not at all."""

    model_config = _examples(
        {
            "changes": [
                {"change": "reword", "clause": 12, "markdown": "**Data**: enough to begin again."},
                {"change": "add", "kind": "item", "markdown": "Its price", "under": 3, "after": 12},
                {"change": "move", "clause": 14, "under": 3},
                {"change": "strike", "clause": 9},
            ],
            "reason": "Spelling, and one item that was left out.",
        }
    )

    changes: Annotated[list[ChangeBody], Field(min_length=1, max_length=200)]
    reason: Reason


class VersionBody(BaseModel):
    """A label for the working text."""

    model_config = _examples({"label": "0.0.9", "note": "Two exceptions are spelled out."})

    label: Label
    note: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class StageBody(BaseModel):
    """Why a version comes to another stage."""

    model_config = _examples({"reason": "No objections were left."})

    reason: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class PlanBody(BaseModel):
    """A draft as Markdown. take: for each of its blocks, in order, the number of the clause that
    it is, or null for a new one; without it, the likeliest plan."""

    model_config = _examples(
        {"markdown": "# Open\n\n- **Use** it\n- **Share** it\n"},
        {"markdown": "# Open\n\n- **Share** it\n- **Use** it\n", "take": [1, 3, 2]},
    )

    markdown: Annotated[str, StringConstraints(max_length=BYTES_MAX)]
    take: Annotated[list[Number | None], Field(max_length=BLOCKS_MAX)] | None = None


class ImportBody(PlanBody):
    """A draft, the version that it becomes, and `base`: the text that its plan was made for."""

    model_config = _examples(
        {"markdown": "# Open\n\n- **Use** it\n", "version": "0.0.1", "note": "A beginning."}
    )

    version: Label
    note: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    base: Hash | None = None
