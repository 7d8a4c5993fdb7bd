"""The forms about conduct."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.kit.forms import Prose

RuleWords = Annotated[Prose, StringConstraints(min_length=1, max_length=500)]
RuleNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ConductRuleForm(BaseModel):
    """A rule of conduct. replaces: the number of the rule whose place it takes."""

    words: RuleWords
    replaces: RuleNumber | None = None
