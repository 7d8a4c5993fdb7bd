"""What programs send about comments, with examples for the documentation of the API."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.discussions.forms import Kind, Words
from app.kit.forms import Line, Prose


class CommentBody(BaseModel):
    """A comment on one clause, proposal, version or ballot; or an answer to ``parent``."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"clause": 12, "kind": "question", "body": "Whose law is meant?"},
                {"parent": 40, "body": "That of the place where it is used."},
            ]
        },
    )

    clause: int | None = None
    proposal: int | None = None
    version: Annotated[Line, StringConstraints(max_length=40)] | None = None
    ballot: int | None = None
    parent: int | None = None
    wording: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    quote: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    kind: Kind = "general"
    body: Words


class EditBody(BaseModel):
    """Other words for a comment."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"body": "Whose law is meant, and as of when?"}]},
    )

    body: Words


class RetractionBody(BaseModel):
    """Why it is taken back, if one wants to say."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "I misread the clause."}]}
    )

    reason: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
