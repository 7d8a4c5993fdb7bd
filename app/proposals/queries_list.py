"""Lists of proposals: with filters, page by page; and by clause, for the margin of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.definitions.models import Clause, Definition
from app.groups.models import Category, Membership
from app.kit.paging import Page, paginate
from app.people.models import Person
from app.proposals.models import (
    Adoption,
    Conflict,
    Proposal,
    ProposedChange,
    Rejection,
    Revision,
    Second,
    Withdrawal,
)
from app.proposals.rules import State, state_of

Wanted = Literal["under_way", "open", "in_conflict", "adopted", "rejected", "withdrawn", "all"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)

_later = aliased(Revision)
LAST_REVISION = ~exists().where(
    _later.proposal_id == Revision.proposal_id, _later.number > Revision.number
)
_HAS_ENDED = {
    State.adopted: Proposal.id.in_(select(Adoption.proposal_id)),
    State.rejected: Proposal.id.in_(select(Rejection.proposal_id)),
    State.withdrawn: Proposal.id.in_(select(Withdrawal.proposal_id)),
}
IS_UNDER_WAY = ~or_(*_HAS_ENDED.values())
_CLASHES = Proposal.id.in_(
    select(Conflict.proposal_id)
    .join(Revision, Revision.id == Conflict.revision_id)
    .where(LAST_REVISION)
)
IS_IN_CONFLICT = and_(IS_UNDER_WAY, _CLASHES)
IS_IN_STATE: dict[str, Any] = {
    "under_way": IS_UNDER_WAY,
    "open": and_(IS_UNDER_WAY, ~_CLASHES),
    "in_conflict": IS_IN_CONFLICT,
    **{str(state): has for state, has in _HAS_ENDED.items()},
}

OUTCOMES = (
    joinedload(Proposal.adoption),
    joinedload(Proposal.rejection),
    joinedload(Proposal.withdrawal),
    joinedload(Proposal.stake),
)


@dataclass(frozen=True)
class Filters:
    """What a list of proposals is narrowed to, from its address; empty is everything."""

    state: Wanted = "under_way"
    clause: int | None = None
    person: str = ""
    category: str = ""
    words: str = ""
    sort: Literal["newest", "oldest"] = "newest"


@dataclass(frozen=True)
class Row:
    """A proposal in a list, with its last revision and the numbers of the clauses it touches."""

    proposal: Proposal
    revision: Revision
    state: State
    seconds: int
    clauses: tuple[int, ...]
    category: str

    @property
    def number(self) -> int:
        return self.proposal.number


def proposals_of(
    db: Session,
    definition: Definition,
    filters: Filters,
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page[Row]:
    """The proposals of a definition, by number."""
    statement = select(Proposal).where(Proposal.definition_id == definition.id)
    statement = _narrowed(statement, definition, filters).options(
        *OUTCOMES,
        joinedload(Proposal.by),
        selectinload(Proposal.revisions),
        selectinload(Proposal.conflicts),
    )
    found = paginate(
        db,
        statement,
        key=(Proposal.number,),
        after=after,
        limit=limit,
        descending=filters.sort == "newest",
    )
    return Page(rows_of(db, definition, found.items), found.next)


def rows_of(db: Session, definition: Definition, proposals: Sequence[Proposal]) -> list[Row]:
    """Proposals as a list shows them; three queries."""
    last = {proposal.id: proposal.revisions[-1] for proposal in proposals}
    touched = _touched(db, [revision.id for revision in last.values()])
    seconds = _seconds(db, list(last))
    categories = categories_of(db, definition, list(last))
    return [
        Row(
            proposal,
            last[proposal.id],
            state_of(proposal),
            seconds.get(proposal.id, 0),
            tuple(touched.get(last[proposal.id].id, ())),
            categories.get(proposal.id, ""),
        )
        for proposal in proposals
    ]


def counts_by_state(db: Session, definition: Definition) -> dict[str, int]:
    """How many proposals are in each state; one query."""
    columns = [
        func.count().filter(condition).label(state) for state, condition in IS_IN_STATE.items()
    ]
    row = db.execute(
        select(func.count().label("all"), *columns).where(Proposal.definition_id == definition.id)
    ).one()
    return dict(row._mapping)


def authors_of(db: Session, definition: Definition) -> Sequence[Person]:
    """Everybody who has put something forward, by name."""
    by = select(Proposal.by_id).where(Proposal.definition_id == definition.id)
    return db.scalars(select(Person).where(Person.id.in_(by)).order_by(Person.name)).all()


def categories_in(db: Session, definition: Definition) -> Sequence[str]:
    """The stakeholder categories of the definition's group, in the group's order."""
    return db.scalars(
        select(Category.name)
        .where(Category.group_id == definition.group_id)
        .order_by(Category.position)
    ).all()


def categories_of(db: Session, definition: Definition, ids: Sequence[int]) -> dict[int, str]:
    """By proposal id, the stakeholder category that its author spoke for when it was made."""
    if not ids:
        return {}
    rows = db.execute(
        _membership_then(definition)
        .where(Proposal.id.in_(ids))
        .with_only_columns(Proposal.id, Category.name)
    )
    return dict(rows.all())


def _narrowed(statement: Select[Any], definition: Definition, filters: Filters) -> Select[Any]:
    if filters.state in IS_IN_STATE:
        statement = statement.where(IS_IN_STATE[filters.state])
    if filters.person:
        statement = statement.where(Proposal.by_id == filters.person)
    if filters.category:
        spoken_for = _membership_then(definition).where(Category.name == filters.category)
        statement = statement.where(Proposal.id.in_(spoken_for))
    last = select(Revision.proposal_id).where(LAST_REVISION)
    if filters.clause is not None:
        touching = (
            last.join(Revision.changes)
            .join(Clause, Clause.id == ProposedChange.clause_id)
            .where(Clause.definition_id == definition.id, Clause.number == filters.clause)
        )
        statement = statement.where(Proposal.id.in_(touching))
    if filters.words:
        said = or_(
            Revision.title.icontains(filters.words, autoescape=True),
            Revision.rationale.icontains(filters.words, autoescape=True),
        )
        statement = statement.where(Proposal.id.in_(last.where(said)))
    return statement


def _membership_then(definition: Definition) -> Select[Any]:
    """Ids of proposals, joined to the membership that their author had when they made them."""
    return (
        select(Proposal.id)
        .join(
            Membership,
            and_(
                Membership.person_id == Proposal.by_id,
                Membership.group_id == definition.group_id,
                Membership.since <= Proposal.at,
                or_(Membership.until.is_(None), Membership.until > Proposal.at),
            ),
        )
        .join(Category, Category.id == Membership.category_id)
        .where(Proposal.definition_id == definition.id)
    )


def _touched(db: Session, revision_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = db.execute(
        select(ProposedChange.revision_id, Clause.number)
        .join(Clause, Clause.id == ProposedChange.clause_id)
        .where(ProposedChange.revision_id.in_(revision_ids))
        .order_by(ProposedChange.revision_id, ProposedChange.position)
    )
    touched: dict[int, list[int]] = {}
    for revision_id, number in rows:
        if number not in touched.setdefault(revision_id, []):
            touched[revision_id].append(number)
    return touched


def _seconds(db: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = db.execute(
        select(Second.proposal_id, func.count())
        .where(Second.proposal_id.in_(ids))
        .group_by(Second.proposal_id)
    )
    return dict(rows.all())
