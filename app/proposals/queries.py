"""Proposals as pages and lists need them; a constant number of queries each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.definitions.models import Clause, Definition, TextNode
from app.definitions.queries import visible_to
from app.definitions.tree import Kind
from app.kit.refusals import NotFound
from app.people.models import Person
from app.proposals.models import Conflict, Proposal, ProposedChange, Revision, Second
from app.proposals.queries_list import IS_IN_CONFLICT, IS_UNDER_WAY, LAST_REVISION, OUTCOMES
from app.proposals.steps import Place, Step, Verb

CHANGES = (
    joinedload(ProposedChange.clause),
    joinedload(ProposedChange.after),
    joinedload(ProposedChange.from_wording),
    joinedload(ProposedChange.to_wording),
)
WHOLE = (
    *OUTCOMES,
    joinedload(Proposal.by),
    selectinload(Proposal.revisions).selectinload(Revision.changes).options(*CHANGES),
    selectinload(Proposal.seconds).joinedload(Second.person),
    selectinload(Proposal.conflicts).joinedload(Conflict.clause),
)


def proposal_for(db: Session, definition: Definition, number: int) -> Proposal:
    """One proposal by its number, with all that its page shows."""
    proposal = db.scalar(
        select(Proposal)
        .where(Proposal.definition_id == definition.id, Proposal.number == number)
        .options(*WHOLE)
    )
    if proposal is None:
        raise NotFound
    return proposal


def proposals_by_number(
    db: Session, definition: Definition, numbers: Sequence[int]
) -> dict[int, Proposal]:
    """Several proposals by their numbers, whole; those that are not there are missing."""
    if not numbers:
        return {}
    found = db.scalars(
        select(Proposal)
        .where(Proposal.definition_id == definition.id, Proposal.number.in_(numbers))
        .options(*WHOLE)
    )
    return {proposal.number: proposal for proposal in found}


def revisions_made_by(person_id: str) -> Select[datetime]:
    """When somebody proposed, or revised a proposal, wherever that was."""
    return select(Revision.at).join(Revision.proposal).where(Proposal.by_id == person_id)


def next_number(db: Session, definition: Definition) -> int:
    """The number that the next proposal gets."""
    last = select(func.max(Proposal.number)).where(Proposal.definition_id == definition.id)
    return (db.scalar(last) or 0) + 1


def same_under_way(
    db: Session, definition: Definition, person: Person, revision_hash: str
) -> int | None:
    """The number of this person's proposal under way that says just this, of the same text."""
    return db.scalar(
        select(Proposal.number)
        .join(Proposal.revisions)
        .where(
            Proposal.definition_id == definition.id,
            Proposal.by_id == person.id,
            Revision.hash == revision_hash,
            LAST_REVISION,
            IS_UNDER_WAY,
        )
        .limit(1)
    )


def look_again(db: Session, proposal: Proposal) -> None:
    """Reads all of a proposal again: after a lock, for the rules; after it was put, to show it."""
    db.scalars(
        select(Proposal)
        .where(Proposal.id == proposal.id)
        .options(*WHOLE)
        .execution_options(populate_existing=True)
    ).one()


def steps_of(db: Session, revisions: Sequence[Revision]) -> dict[int, list[Step]]:
    """By revision id, what it puts forward. The revisions come with their changes; one query."""
    anchors = [
        (revision.base_text_id, change.after_id)
        for revision in revisions
        for change in revision.changes
        if change.after_id is not None
    ]
    depths: dict[tuple[int, int], int] = {}
    if anchors:
        rows = db.execute(
            select(TextNode.text_id, TextNode.clause_id, TextNode.depth).where(
                tuple_(TextNode.text_id, TextNode.clause_id).in_(sorted(set(anchors)))
            )
        )
        depths = {(text_id, clause_id): depth for text_id, clause_id, depth in rows}
    return {
        revision.id: [_step(change, revision.base_text_id, depths) for change in revision.changes]
        for revision in revisions
    }


def _step(change: ProposedChange, text_id: int, depths: Mapping[tuple[int, int], int]) -> Step:
    return Step(
        cast(Verb, change.verb),
        change.clause.number if change.clause is not None else None,
        change.to_wording.markdown if change.to_wording is not None else "",
        Kind(change.kind) if change.kind is not None else None,
        _place(change, text_id, depths),
    )


def _place(
    change: ProposedChange, text_id: int, depths: Mapping[tuple[int, int], int]
) -> Place | None:
    """The place that a depth stands for: deeper than the clause before it means under it."""
    if change.depth is None:
        return None
    if change.after is None:
        return Place()
    anchor = change.after.number
    beside = depths[text_id, change.after.id]
    return Place(under=anchor) if change.depth > beside else Place(after=anchor)


def alternatives(
    db: Session, definition: Definition, clauses: Sequence[int], *, besides: int | None = None
) -> Sequence[Proposal]:
    """The proposals under way that touch one of these clauses (by number), oldest first, whole.

    besides: the number of the proposal that they are alternatives to.
    """
    if not clauses:
        return []
    touching = (
        select(Revision.proposal_id)
        .join(Revision.changes)
        .join(Clause, Clause.id == ProposedChange.clause_id)
        .where(
            LAST_REVISION,
            Clause.definition_id == definition.id,
            Clause.number.in_(sorted(set(clauses))),
        )
    )
    statement = select(Proposal).where(
        Proposal.definition_id == definition.id, Proposal.id.in_(touching), IS_UNDER_WAY
    )
    if besides is not None:
        statement = statement.where(Proposal.number != besides)
    return db.scalars(statement.order_by(Proposal.number).options(*WHOLE)).all()


def in_conflict_of(db: Session, person: Person) -> Sequence[Proposal]:
    """This person's proposals that wait for them because the text has changed, newest first; none
    that a ballot keeps still, and none of a definition that they may not see any more."""
    return db.scalars(
        select(Proposal)
        .where(
            Proposal.by_id == person.id,
            Proposal.definition.has(visible_to(person.id)),
            IS_IN_CONFLICT,
            ~Proposal.stake.has(),
        )
        .options(*WHOLE, joinedload(Proposal.definition))
        .order_by(Proposal.id.desc())
    ).all()


def clauses_touched(steps: Sequence[Step]) -> list[int]:
    """The numbers of the clauses that stand already and would change, each once."""
    return list(dict.fromkeys(step.clause for step in steps if step.clause is not None))
