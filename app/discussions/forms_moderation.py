"""The forms of moderation, one model each."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from app.groups.forms_conduct import RuleNumber
from app.kit.forms import Prose

Ground = Literal["attack", "private", "spam", "unlawful", "other"]
Reason = Annotated[Prose, StringConstraints(min_length=1, max_length=1_000)]


class ReportForm(BaseModel):
    """Why a comment should not stand."""

    ground: Ground
    words: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


class DismissalForm(BaseModel):
    """Why a comment stands. seen: the newest report that the chair has read."""

    seen: int | None = None
    answer: Reason


class HidingForm(BaseModel):
    """Why a comment is hidden. rule: the number of the rule of conduct that this rests on."""

    rule: RuleNumber
    reason: Reason


class LiftingForm(BaseModel):
    """Why everybody reads it again."""

    reason: Reason
