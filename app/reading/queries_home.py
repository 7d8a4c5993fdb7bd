"""What home tells: how each definition stands, what changed lately, what touches one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.ballots.models import Ballot
from app.ballots.queries_waiting import is_running
from app.definitions.models import Change, Clause, Definition, Version, VersionStage
from app.definitions.queries import visible_to
from app.discussions.models import Comment
from app.discussions.queries import COMMENTS_STANDING
from app.people.models import Person
from app.proposals.models import Proposal, ProposedChange, Revision
from app.proposals.queries_list import IS_UNDER_WAY, LAST_REVISION
from app.record.models import Log


@dataclass(frozen=True, slots=True)
class Standing:
    """How a definition stands, in numbers."""

    version: str
    stage: str
    ballots: int
    proposals: int
    comments: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a text: which clauses it changed, by whom or by which proposal."""

    definition_id: int
    step: int
    at: datetime
    name: str
    source: str
    proposal: int | None
    reason: str
    changes: int
    clause: int


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody else's proposal on a clause that one's own would change too."""

    definition_id: int
    number: int
    title: str
    name: str
    mine: int


def entries_in_all(db: Session) -> int:
    """How much has happened anywhere: the sizes of all records together, which only grow."""
    return db.scalar(select(func.sum(Log.size))) or 0


def ballots_running(
    db: Session, definitions: Sequence[Definition], now: datetime, limit: int = 5
) -> Sequence[Ballot]:
    """The ballots that take votes now, soonest to close first."""
    return db.scalars(
        select(Ballot)
        .where(Ballot.definition_id.in_([one.id for one in definitions]), is_running(now))
        .order_by(Ballot.closes_at, Ballot.id)
        .limit(limit)
    ).all()


def standings(db: Session, definitions: Sequence[Definition], now: datetime) -> dict[int, Standing]:
    """By definition id; one query."""
    newest = select(Version.label).order_by(Version.id.desc()).limit(1)
    stage = (
        select(VersionStage.stage)
        .join(VersionStage.version)
        .order_by(Version.id.desc(), VersionStage.id.desc())
        .limit(1)
    )
    ballots = _of_definition(select(func.count(Ballot.id)).where(is_running(now)), Ballot)
    proposals = _of_definition(select(func.count(Proposal.id)).where(IS_UNDER_WAY), Proposal)
    comments = _of_definition(COMMENTS_STANDING, Comment)
    rows = db.execute(
        select(
            Definition.id,
            _of_definition(newest, Version),
            _of_definition(stage, Version),
            ballots,
            proposals,
            comments,
        ).where(Definition.id.in_([one.id for one in definitions]))
    )
    return {row[0]: Standing(row[1] or "", row[2] or "draft", *row[3:]) for row in rows}


def _of_definition(statement: Select[Any], model: Any) -> ScalarSelect[Any]:
    """One value for each row of definitions."""
    of_it = statement.where(model.definition_id == Definition.id)
    return of_it.correlate(Definition).scalar_subquery()


def happened(db: Session, definitions: Sequence[Definition], limit: int = 8) -> list[Happened]:
    """The latest steps of these texts, newest first; one query."""
    rows = db.execute(
        select(
            Change.definition_id,
            Change.step,
            func.max(Change.at),
            func.max(Person.name),
            func.max(Change.source),
            func.max(Change.proposal_number),
            func.max(Change.reason),
            func.count(Change.id),
            func.min(Clause.number),
        )
        .join(Clause, Clause.id == Change.clause_id)
        .join(Person, Person.id == Change.by_id)
        .where(Change.definition_id.in_([one.id for one in definitions]))
        .group_by(Change.definition_id, Change.step)
        .order_by(func.max(Change.at).desc(), Change.step.desc())
        .limit(limit)
    )
    return [Happened(*row) for row in rows]


def rivals_of(db: Session, person: Person, limit: int = 8) -> list[Rival]:
    """Proposals of others, under way, on clauses that this person's own would change; one query."""
    my_change, my_revision, mine = aliased(ProposedChange), aliased(Revision), aliased(Proposal)
    newer = aliased(Revision)
    rows = db.execute(
        select(Proposal.definition_id, Proposal.number, Revision.title, Person.name, mine.number)
        .join(Revision, Revision.proposal_id == Proposal.id)
        .join(ProposedChange, ProposedChange.revision_id == Revision.id)
        .join(Person, Person.id == Proposal.by_id)
        .join(my_change, my_change.clause_id == ProposedChange.clause_id)
        .join(my_revision, my_revision.id == my_change.revision_id)
        .join(mine, mine.id == my_revision.proposal_id)
        .where(
            IS_UNDER_WAY,
            LAST_REVISION,
            Proposal.by_id != person.id,
            Proposal.definition.has(visible_to(person.id)),
            mine.by_id == person.id,
            mine.id.in_(select(Proposal.id).where(IS_UNDER_WAY, Proposal.by_id == person.id)),
            ~select(newer.id)
            .where(newer.proposal_id == my_revision.proposal_id, newer.number > my_revision.number)
            .exists(),
        )
        .distinct()
        .order_by(Proposal.number.desc())
        .limit(limit)
    )
    return [Rival(*row) for row in rows]
