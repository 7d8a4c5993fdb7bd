"""What programs send about links into a group and about asking to join."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.groups.rules_joining import LINK_DAYS_MAX, LINK_USES_MAX, WORDS_LENGTH_MAX
from app.kit.forms import Line, Prose

Category = Annotated[Line, StringConstraints(max_length=80)] | None
Affiliation = Annotated[Line, StringConstraints(max_length=160)]
Words = Annotated[Prose, StringConstraints(min_length=1, max_length=WORDS_LENGTH_MAX)]


class LinkBody(BaseModel):
    """A link: whom it is for, as what they come, how many, within how many days."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"label": "The spring meeting", "role": "observer", "uses_max": 40, "days": 7}
            ]
        },
    )

    label: Annotated[Line, StringConstraints(min_length=1, max_length=80)]
    role: Literal["member", "observer"] = "observer"
    uses_max: int = Field(50, ge=1, le=LINK_USES_MAX)
    days: int = Field(14, ge=1, le=LINK_DAYS_MAX)


class JoinBody(BaseModel):
    """Joining by a link: its secret, and whom you speak for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"token": "Yl0…", "category": "deployers"}]},
    )

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    category: Category = None
    affiliation: Affiliation = ""


class AskBody(BaseModel):
    """Asking to join, in a few words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "words": "I run the models of a hospital, and would speak for those who do.",
                    "category": "deployers",
                    "affiliation": "Rivermouth Hospital",
                }
            ]
        },
    )

    words: Words
    category: Category = None
    affiliation: Affiliation = ""


class LetInBody(BaseModel):
    """As what somebody who asked comes in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"role": "member", "category": "deployers"}]},
    )

    role: Literal["chair", "editor", "member", "observer"] = "member"
    category: Category = None


class DeclineBody(BaseModel):
    """Why somebody who asked does not come in; they are told."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "The group is full until autumn."}]},
    )

    reason: Words
