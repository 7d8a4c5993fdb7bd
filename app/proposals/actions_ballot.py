"""What ballots do with a proposal: hold it while one is open, adopt or reject it at the close."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.definitions.actions import take_step
from app.definitions.models import Definition, WorkingText
from app.definitions.queries import text_of, tree_of
from app.people.models import Person
from app.proposals import rules
from app.proposals.actions_conflict import mark_alternatives, mark_conflict
from app.proposals.actions_revision import locked_text, look_at
from app.proposals.models import Adoption, Proposal, Rejection, Revision, Stake
from app.proposals.queries_rebase import carried_over, last_step, working_text_id
from app.proposals.rebase import Clash, Rebased
from app.record.actions import record


def put_at_stake(db: Session, proposal: Proposal, *, ballot_number: int, at: datetime) -> Stake:
    """Holds the last revision still for a ballot, if its changes could be made today. Called by the
    verb that opens the ballot, which leaves the entry; the closing's ``adopt_proposal`` or
    ``reject_proposal`` lets go of it."""
    look_at(db, proposal)
    last = proposal.revisions[-1]
    definition = db.get_one(Definition, proposal.definition_id)
    # Looked at, not locked: who opens a ballot holds the log already. The closing looks again.
    text_id = working_text_id(db, definition)
    result = carried_over(db, definition, last, text_id, text_of(db, text_id))
    clashes = () if isinstance(result, Rebased) else result
    rules.enforce(rules.may_be_put_to_ballot(proposal, clashes))
    proposal.stake = stake = Stake(revision_id=last.id, ballot_number=ballot_number, since=at)
    db.flush()
    return stake


def adopt_proposal(
    db: Session, proposal: Proposal, *, at: datetime, reason: str, by: Person | None = None
) -> Adoption | tuple[Clash, ...]:
    """Makes the proposal's changes, if they can still be made as they were meant.

    1. The revision at stake (else the last) is carried over to the working text of now.
    2. Where clauses clash, nothing is changed: they are marked, its author is asked to revise, and
       the clashes are returned.
    3. Otherwise the text takes one step; other proposals that no longer fit are marked.

    reason: why it is adopted: the outcome of its ballot in a sentence. by: nobody, when the clock
    closed the ballot.
    """
    look_at(db, proposal)
    definition = db.get_one(Definition, proposal.definition_id)
    working = locked_text(db, definition)
    rules.enforce(rules.may_adopt(proposal))
    revision = _let_go(db, proposal)
    result = carried_over(db, definition, revision, working.text_id, text_of(db, working.text_id))
    about = {"proposal": proposal.number, "revision": revision.number, "hash": revision.hash}
    if not isinstance(result, Rebased):
        mark_conflict(db, proposal, revision, working.text_id, result, at)
        clauses = [clash.clause for clash in result]
        about |= {"clauses": clauses}
        record(db, definition.log_id, "proposal.conflicted", by=None, at=at, about=about)
        return result
    adoption, facts = _make_changes(db, definition, proposal, revision, result, at)
    marked = mark_alternatives(db, definition, proposal, revision, at)
    record(
        db,
        definition.log_id,
        "proposal.adopted",
        by=by.id if by is not None else None,
        at=at,
        about=about | facts | {"merged": adoption.merged, "conflicts": marked},
        words={"reason": reason},
    )
    return adoption


def reject_proposal(
    db: Session, proposal: Proposal, *, at: datetime, reason: str, by: Person | None = None
) -> Rejection:
    """A ballot on it did not carry. reason: the outcome in a sentence."""
    look_at(db, proposal)
    definition = db.get_one(Definition, proposal.definition_id)
    rules.enforce(rules.must_be_alive(proposal))
    revision = _let_go(db, proposal)
    proposal.rejection = rejection = Rejection(reason=reason, at=at)
    record(
        db,
        definition.log_id,
        "proposal.rejected",
        by=by.id if by is not None else None,
        at=at,
        about={"proposal": proposal.number, "revision": revision.number, "hash": revision.hash},
        words={"reason": reason},
    )
    return rejection


def _let_go(db: Session, proposal: Proposal) -> Revision:
    """Ends the stake; the revision that was at stake."""
    stake = proposal.stake
    if stake is None:
        return proposal.revisions[-1]
    db.delete(stake)
    proposal.stake = None
    db.flush()
    return next(one for one in proposal.revisions if one.id == stake.revision_id)


def _make_changes(
    db: Session,
    definition: Definition,
    proposal: Proposal,
    revision: Revision,
    result: Rebased,
    at: datetime,
) -> tuple[Adoption, dict[str, Any]]:
    """Takes the step, which is its author's, for the reason that the title gives."""
    adoption = Adoption(revision_id=revision.id, merged=result.merged, at=at)
    working = db.get_one(WorkingText, definition.id)
    if result.text == tree_of(db, working.text_id):  # somebody else has made these changes already
        adoption.text_id, adoption.step = working.text_id, last_step(db, definition)
        facts: dict[str, Any] = {"step": adoption.step, "changes": []}
    else:
        taken = take_step(
            db,
            definition,
            by=proposal.by,
            changes=result.changes,
            words=result.words,
            reason=revision.title,
            source="proposal",
            at=at,
            proposal_number=proposal.number,
        )
        adoption.text_id, adoption.step, facts = taken.after.id, taken.number, taken.about
    proposal.adoption = adoption
    db.flush()
    return adoption, facts
