"""Marking the clauses at which a proposal can't go on without its author.

The text decides whether a proposal fits; here it is written down: by an adoption for its
alternatives, in its transaction, and by the worker after every other step, so that lists and the
author's home tell of it. Definitions, where those steps are taken, know nothing of proposals.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions.models import Definition, WorkingText
from app.definitions.queries import clauses_of, text_of
from app.kit import clock
from app.kit.db import Database
from app.proposals import rules
from app.proposals.actions_revision import locked_text, look_at
from app.proposals.models import Conflict, Held, Proposal, Revision
from app.proposals.queries import alternatives, clauses_touched, steps_of
from app.proposals.queries_rebase import carried_over, overtaken, texts_not_held
from app.proposals.rebase import Clash, Rebased
from app.record.actions import record

log = logging.getLogger("clausewise")


def mark_overtaken(db: Session, proposal: Proposal) -> list[int]:
    """Writes down that the text has changed so that a proposal under way can't be put into it any
    more. The clauses at which it clashes; none where it fits after all, or is marked already."""
    look_at(db, proposal)
    definition = db.get_one(Definition, proposal.definition_id)
    working = locked_text(db, definition)
    now = clock.now()
    last = proposal.revisions[-1]
    if rules.state_of(proposal) is not rules.State.open:
        return []
    result = carried_over(db, definition, last, working.text_id, text_of(db, working.text_id))
    if isinstance(result, Rebased):
        return []
    mark_conflict(db, proposal, last, working.text_id, result, now)
    clauses = [clash.clause for clash in result]
    record(
        db,
        definition.log_id,
        "proposal.conflicted",
        by=None,
        at=now,
        about={
            "proposal": proposal.number,
            "revision": last.number,
            "hash": last.hash,
            "clauses": clauses,
        },
    )
    return clauses


def mark_overtaken_proposals(database: Database) -> int:
    """Holds the proposals under way against every text that is new since the last time, and marks
    those that do not fit. Returns how many.

    Each in its own transaction. Where one fails, the text counts as not held against, and all is
    tried again at the worker's next turn.
    """
    with database.reading() as db:
        due = texts_not_held(db)
    done = 0
    for working in due:
        try:
            with database.reading() as db:
                ids = overtaken(db, working)
            for proposal_id in ids:
                with database.writing() as db:
                    done += bool(mark_overtaken(db, db.get_one(Proposal, proposal_id)))
            with database.writing() as db:
                _keep_held(db, working)
        except Exception:
            log.exception("proposals of %s could not be held", working.definition_id)
    return done


def _keep_held(db: Session, working: WorkingText) -> None:
    """What was held against is the text that was read, even if another is the newest by now."""
    locked_text(db, db.get_one(Definition, working.definition_id))
    held = db.get(Held, working.definition_id, populate_existing=True)
    if held is None:
        db.add(
            Held(
                definition_id=working.definition_id,
                text_id=working.text_id,
                since=working.since,
            )
        )
    else:
        held.text_id, held.since = working.text_id, working.since


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
            proposal.conflicts.append(
                Conflict(revision_id=revision.id, clause_id=ids[number], text_id=text_id, at=at)
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
