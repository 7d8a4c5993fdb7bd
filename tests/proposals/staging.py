"""What the tests of proposals begin with: a proposal of Chloé's, an editor's change, the record."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.definitions.actions_clause import edit_clause
from app.definitions.models import WorkingText
from app.definitions.placed import Placed
from app.definitions.queries import text_of
from app.kit.refusals import Refused
from app.people.models import Person
from app.proposals.actions import propose
from app.proposals.models import Proposal
from app.proposals.steps import Step
from app.record.models import Entry
from tests.cast import Cast

ROOT = "/d/open-source-ai"
ENOUGH = "Enough is said about the data to build the system again."
ALL = "All is said about the data to build the system again."
REWORD = [Step("reword", 4, ALL)]


def put(
    db: Session,
    cast: Cast,
    steps: Sequence[Step] = REWORD,
    *,
    by: Person | None = None,
    title: str = "Say all",
    rationale: str = "Because **it matters**.",
) -> Proposal:
    """Somebody (Chloé) puts forward that all is said."""
    return propose(
        db,
        cast.definition,
        by=by or cast.chloe,
        title=title,
        rationale=rationale,
        steps=steps,
    )


def working(db: Session, cast: Cast) -> list[Placed]:
    """The working text as it is now."""
    text_id = db.scalars(
        select(WorkingText.text_id).where(WorkingText.definition_id == cast.definition.id)
    ).one()
    return text_of(db, text_id)


def words(db: Session, cast: Cast, clause: int) -> str | None:
    """What a clause says now; none where it does not stand."""
    return next((p.markdown for p in working(db, cast) if p.number == clause), None)


def base_of(db: Session, cast: Cast) -> str:
    """The hash of the working text."""
    db.expire(cast.definition, ["working"])
    row = db.get_one(WorkingText, cast.definition.id)
    db.refresh(row, ["text"])
    return row.text.hash


def entries(db: Session, cast: Cast) -> list[Entry]:
    """The record of the definition."""
    return list(
        db.scalars(
            select(Entry).where(Entry.log_id == cast.definition.log_id).order_by(Entry.sequence)
        )
    )


def edit(db: Session, cast: Cast, clause: int, markdown: str) -> None:
    """Bruno rewords a clause."""
    edit_clause(
        db, cast.definition, by=cast.bruno, clause=clause, markdown=markdown, reason="Clearer."
    )


def refused(code: str, status: int):
    """Whatever stands in the block is refused with this code and status."""

    def matches(error: Refused) -> bool:
        return (error.refusal.code, error.status) == (code, status)

    return pytest.raises(Refused, check=matches)


def count(db: Session, table: type) -> int:
    """How many rows a table has."""
    return db.scalar(select(func.count()).select_from(table)) or 0
