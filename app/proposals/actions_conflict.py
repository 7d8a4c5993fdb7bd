"""Marking the clauses at which a proposal can't go on without its author."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions.models import Definition, WorkingText
from app.definitions.queries import clauses_of, text_of
from app.proposals.models import Conflict, Proposal, Revision
from app.proposals.queries import alternatives, clauses_touched, steps_of
from app.proposals.queries_rebase import carried_over
from app.proposals.rebase import Clash, Rebased


def mark_conflict(
    db: Session,
    proposal: Proposal,
    revision: Revision,
    text_id: int,
    clashes: Sequence[Clash],
    at: datetime,
) -> None:
    """One row for each clause that clashes with a text; what is marked already stays as it is."""
    ids = clauses_of(db, proposal.definition_id)
    marked = db.scalars(select(Conflict.clause_id).where(Conflict.revision_id == revision.id)).all()
    for number in {clash.clause: None for clash in clashes}:
        if number in ids and ids[number] not in marked:
            db.add(
                Conflict(
                    revision_id=revision.id,
                    clause_id=ids[number],
                    proposal_id=proposal.id,
                    text_id=text_id,
                    at=at,
                )
            )
    db.flush()


def mark_alternatives(
    db: Session, definition: Definition, adopted: Proposal, revision: Revision, at: datetime
) -> list[int]:
    """After an adoption: the proposals on the same clauses that can't be merged any more. Their
    numbers.

    They are not locked: whoever revises or adopts one waits for the working text, which is held
    here, and a lock taken after it could wait for somebody who waits for this one.
    """
    steps = steps_of(db, [revision])[revision.id]
    others = alternatives(db, definition, clauses_touched(steps), besides=adopted.number)
    if not others:
        return []
    working = db.get_one(WorkingText, definition.id)
    text = text_of(db, working.text_id)
    marked: list[int] = []
    for other in others:
        last = other.revisions[-1]
        result = carried_over(db, definition, last, working.text_id, text)
        if not isinstance(result, Rebased):
            mark_conflict(db, other, last, working.text_id, result, at)
            marked.append(other.number)
    return marked
