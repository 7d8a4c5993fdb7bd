"""What programs send about moderation, with examples for the documentation of the API."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.discussions.forms_moderation import Ground, Minutes, Reason
from app.groups.forms_conduct import RuleNumber
from app.kit.forms import Moment, Prose


class ReportBody(BaseModel):
    """Why a comment should not stand. Where the ground is ``other``, words are needed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"ground": "attack", "words": "It is about the person, not the clause."}]
        },
    )

    ground: Ground
    words: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class DismissalBody(BaseModel):
    """Why a comment stands. ``seen``: the newest report that you read; later ones stay open."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"answer": "Sharp, but about the clause.", "seen": 12}]},
    )

    answer: Reason
    seen: int | None = None


class HidingBody(BaseModel):
    """Why a comment is hidden, and the number of the rule of conduct that this rests on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"rule": 2, "reason": "It is about the person."}]},
    )

    rule: RuleNumber
    reason: Reason


class LiftingBody(BaseModel):
    """Why everybody reads it again."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "It was a quotation."}]}
    )

    reason: Reason


class SlowModeBody(BaseModel):
    """Each person comments at most once in ``minutes``, ``until`` a moment within thirty days."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"minutes": 30, "until": "2026-12-01T18:00:00Z", "reason": "So that all are read."}
            ]
        },
    )

    minutes: Minutes
    until: Moment
    reason: Reason


class BlockBody(BaseModel):
    """Whose word is taken in the group, under which rule of conduct, ``until`` when and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "person": "p_0f3a5c7e9b1d2f40",
                    "rule": 2,
                    "until": "2026-12-01T18:00:00Z",
                    "reason": "Three comments about persons, after a word of warning.",
                }
            ]
        },
    )

    person: Annotated[str, StringConstraints(pattern=r"^p_[0-9a-f]{16}$")]
    rule: RuleNumber
    until: Moment
    reason: Reason


class AppealBody(BaseModel):
    """Why it should not stand. Whoever decides reads it, and nobody else."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"words": "I quoted the draft; these are not my words."}]},
    )

    words: Annotated[Prose, StringConstraints(min_length=1, max_length=4_000)]


class DecisionBody(BaseModel):
    """Whether what was appealed against is upheld, or lifted with this; and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "lifted", "reason": "It was a quotation."}]},
    )

    outcome: Literal["upheld", "lifted"]
    reason: Reason
