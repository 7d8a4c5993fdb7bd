"""What is proposed at each clause, for the margin of a text and for a clause's own page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.definitions.models import Clause, Definition
from app.proposals.models import Proposal, ProposedChange, Revision, Second
from app.proposals.queries_list import IS_UNDER_WAY, LAST_REVISION


@dataclass(frozen=True)
class OpenChange:
    """One change of a proposal under way, at the clause that it touches (or stands after)."""

    proposal: Proposal
    revision: Revision
    change: ProposedChange
    seconds: int

    @property
    def number(self) -> int:
        return self.proposal.number

    @property
    def before(self) -> str:
        """The Markdown that it would replace or strike; empty for an addition or a move."""
        wording = self.change.from_wording
        return wording.markdown if wording is not None and self.change.verb != "move" else ""

    @property
    def after(self) -> str:
        """The Markdown that it would put there; empty for a strike or a move."""
        return self.change.to_wording.markdown if self.change.to_wording is not None else ""

    @property
    def ballot(self) -> int | None:
        """The number of the ballot on it that has not closed yet."""
        return self.proposal.stake.ballot_number if self.proposal.stake is not None else None


def open_proposals_by_clause(
    db: Session, definition: Definition, *, clause: int | None = None
) -> dict[int | None, list[OpenChange]]:
    """By clause number, the changes that proposals under way put forward there, oldest first.

    An addition stands with the clause that it comes after, or with ``None`` at the beginning.
    clause: only what touches this one. Two queries.
    """
    at = func.coalesce(ProposedChange.clause_id, ProposedChange.after_id)
    statement = (
        select(ProposedChange, Clause.number)
        .join(ProposedChange.revision)
        .join(Revision.proposal)
        .outerjoin(Clause, Clause.id == at)
        .where(Proposal.definition_id == definition.id, IS_UNDER_WAY, LAST_REVISION)
        .options(
            contains_eager(ProposedChange.revision)
            .contains_eager(Revision.proposal)
            .options(joinedload(Proposal.by), joinedload(Proposal.stake)),
            joinedload(ProposedChange.from_wording),
            joinedload(ProposedChange.to_wording),
        )
        .order_by(Proposal.number, ProposedChange.position)
    )
    if clause is not None:
        statement = statement.where(Clause.number == clause)
    rows = db.execute(statement).all()
    seconds = _seconds(db, definition) if rows else {}
    found: dict[int | None, list[OpenChange]] = {}
    for change, number in rows:
        proposal = change.revision.proposal
        put = OpenChange(proposal, change.revision, change, seconds.get(proposal.id, 0))
        found.setdefault(number, []).append(put)
    return found


def count_by_clause(changes: dict[int | None, Sequence[OpenChange]]) -> dict[int | None, int]:
    """How many proposals are under way at each clause."""
    return {clause: len({one.number for one in found}) for clause, found in changes.items()}


def _seconds(db: Session, definition: Definition) -> dict[int, int]:
    rows = db.execute(
        select(Second.proposal_id, func.count())
        .join(Proposal, Proposal.id == Second.proposal_id)
        .where(Proposal.definition_id == definition.id)
        .group_by(Second.proposal_id)
    )
    return dict(rows.all())
