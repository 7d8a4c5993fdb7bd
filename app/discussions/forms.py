"""The forms of discussion, one model each."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from app.discussions.models import COMMENT_KINDS
from app.discussions.queries import Filters
from app.discussions.subjects import SUBJECT_KINDS
from app.kit.forms import Line, Prose

Kind = Literal["question", "editorial", "technical", "general", "support", "objection"]
Words = Annotated[Prose, StringConstraints(min_length=1, max_length=10_000)]


class CommentForm(BaseModel):
    """A comment on one subject, or an answer to ``parent``."""

    clause: int | None = None
    proposal: int | None = None
    version: Annotated[Line, StringConstraints(max_length=40)] | None = None
    ballot: int | None = None
    parent: int | None = None
    wording: Annotated[str, StringConstraints(max_length=64)] = ""
    quote: Annotated[Prose, StringConstraints(max_length=2_000)] = ""
    kind: Kind = "general"
    body: Words


class EditForm(BaseModel):
    """Other words; ``seen`` is how many texts the comment had when the form was opened."""

    seen: int = 0
    body: Words


class RetractionForm(BaseModel):
    """Why a comment is taken back, if its author wants to say."""

    reason: Annotated[Prose, StringConstraints(max_length=1_000)] = ""


class ListForm(BaseModel):
    """What the address of the list narrows it to; a value that is none of the choices is empty."""

    kind: str = ""
    subject: str = ""
    clause: str = ""
    person: str = ""
    category: str = ""
    words: str = ""
    after: str = ""

    def filters(self) -> Filters:
        number = self.clause if self.clause.isascii() and self.clause.isdecimal() else ""
        return Filters(
            kind=self.kind if self.kind in COMMENT_KINDS else "",
            subject=self.subject if self.subject in SUBJECT_KINDS else "",
            clause=int(number) if 0 < len(number) < 10 else None,
            person=self.person[:32],
            category=self.category[:80],
            words=" ".join(self.words.replace("\0", " ").split())[:200],
        )
