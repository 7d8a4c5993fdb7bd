"""The forms of definitions, one model each."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from app.definitions.draft import BYTES_MAX
from app.kit.forms import Line, Prose, Upload

Slug = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Label = Annotated[Line, StringConstraints(min_length=1, max_length=40)]
Words = Annotated[Prose, StringConstraints(min_length=1)]
Reason = Annotated[Prose, StringConstraints(min_length=1, max_length=2_000)]
Hash = Annotated[str, StringConstraints(max_length=64)]


class DefinitionForm(BaseModel):
    """A new definition."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=160)]
    slug: Slug
    summary: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
    visibility: Literal["public", "group"] = "public"
    language: Annotated[
        str, StringConstraints(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ] = "en"


class VersionForm(BaseModel):
    """A label for the working text; base: the hash of the one that the editor had before them."""

    base: Hash = ""
    label: Label
    note: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class ImportForm(BaseModel):
    """A draft, pasted or uploaded, and what an editor corrected in its plan.

    take: "position:clause" or "position:new". base and draft: hashes of the text and the draft
    that the plan was made for. deed: "plan" shows the plan, "import" carries it out.
    """

    file: Upload | None = None
    markdown: Annotated[str, StringConstraints(max_length=BYTES_MAX)] = ""
    label: Annotated[Line, StringConstraints(max_length=40)] = ""
    note: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    take: list[Annotated[str, StringConstraints(max_length=24)]] = []
    base: Hash = ""
    draft: Hash = ""
    deed: Literal["plan", "import"] = "plan"


class EditForm(BaseModel):
    """Other words for a clause. base: the hash of the wording that the editor had before them."""

    markdown: Words
    reason: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    base: Hash | None = None
    deed: Literal["preview", "change"] = "preview"


class AdditionForm(BaseModel):
    """A new clause after this one. base, here and below: as in ``EditForm``."""

    base: Hash | None = None
    kind: Literal["heading", "paragraph", "item", "row", "note"] = "paragraph"
    markdown: Words
    reason: Reason


class MoveForm(BaseModel):
    """Another place for a clause: after which other one, or first of all."""

    base: Hash | None = None
    after: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    reason: Reason


class StrikeForm(BaseModel):
    """Why a clause goes, with all that stands under it. under: its hash, as it was then."""

    base: Hash | None = None
    under: Hash | None = None
    reason: Reason
