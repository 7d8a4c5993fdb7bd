"""The forms of moderation, one model each."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from app.discussions.rules_slow import MINUTES_MAX
from app.groups.forms_conduct import RuleNumber
from app.kit.forms import Prose

Ground = Literal["attack", "private", "spam", "unlawful", "other"]
Minutes = Annotated[int, Field(ge=1, le=MINUTES_MAX)]
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


class SlowModeForm(BaseModel):
    """Each person at most once in so many minutes, for so many hours from now."""

    minutes: Minutes
    hours: Annotated[int, Field(ge=1, le=24 * 30)]
    reason: Reason

    @property
    def lasts(self) -> timedelta:
        return timedelta(hours=self.hours)


class BlockForm(BaseModel):
    """Whose word is taken, under which rule of conduct, for how many days from now, and why."""

    person: Annotated[str, StringConstraints(pattern=r"^p_[0-9a-f]{16}$")]
    rule: RuleNumber
    days: Annotated[int, Field(ge=1, le=365)]
    reason: Reason

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.days)


class AppealForm(BaseModel):
    """Why it should not stand, for whoever decides."""

    words: Annotated[Prose, StringConstraints(min_length=1, max_length=4_000)]


class DecisionForm(BaseModel):
    """What becomes of what was appealed against, and why."""

    outcome: Literal["upheld", "lifted"]
    reason: Reason
