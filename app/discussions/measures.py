"""What chairs decided about somebody, whichever it was: a hiding, a block or a suspension. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.definitions.models import Definition
from app.discussions.models import Comment, Hiding
from app.discussions.models_appeal import Appeal
from app.groups.models import Suspension
from app.groups.models_conduct import Block, ConductRule

MeasureKind = Literal["hiding", "block", "suspension"]


@dataclass(frozen=True)
class Measure:
    """One of them, with the appeal against it, if there is one."""

    row: Hiding | Block | Suspension
    person_id: str
    comment: Comment | None = None
    definition: Definition | None = None
    rule: ConductRule | None = None
    appeal: Appeal | None = None

    @property
    def kind(self) -> MeasureKind:
        if isinstance(self.row, Hiding):
            return "hiding"
        return "block" if isinstance(self.row, Block) else "suspension"

    @property
    def number(self) -> int:
        """What it goes by in its group's addresses."""
        return self.row.number if isinstance(self.row, Block) else self.row.id

    @property
    def path(self) -> str:
        """Where the appeal against it stands, within the addresses of its group."""
        return f"moderation/{self.kind}s/{self.number}/appeal"

    @property
    def since(self) -> datetime:
        return self.row.at if isinstance(self.row, Hiding) else self.row.since

    @property
    def until(self) -> datetime | None:
        """None for a hiding, which ends only where it is lifted."""
        return None if isinstance(self.row, Hiding) else self.row.until

    def holds_at(self, moment: datetime) -> bool:
        """Whether there is something to appeal against."""
        if isinstance(self.row, Hiding):
            return self.row.lifted_at is None
        return self.row.holds_at(moment)

    @property
    def about(self) -> dict[str, Any]:
        """What entries of the record say of it."""
        if self.comment is not None:
            return {"hiding": self.number, "comment": self.comment.number}
        return {self.kind: self.number, "person": self.person_id}


def against(appeal: Appeal) -> Measure:
    """What an appeal is against, of one that was loaded with it."""
    if appeal.hiding is not None:
        return measure(appeal.hiding, appeal)
    if appeal.block is not None:
        return measure(appeal.block, appeal)
    assert appeal.suspension is not None
    return measure(appeal.suspension, appeal)


def measure(row: Hiding | Block | Suspension, appeal: Appeal | None) -> Measure:
    """A hiding (loaded with its comment, that with its definition, and its rule), a block (with its
    rule) or a suspension."""
    if isinstance(row, Hiding):
        comment = row.comment
        return Measure(row, comment.by_id, comment, comment.definition, row.rule, appeal)
    if isinstance(row, Block):
        return Measure(row, row.person_id, rule=row.rule, appeal=appeal)
    return Measure(row, row.person_id, appeal=appeal)
