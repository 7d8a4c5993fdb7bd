"""Ballots by number and in lists. One page: ``queries_page``; for verbs: ``queries_verb``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.ballots.models import Ballot, Closing, Ratification, Vote
from app.ballots.queries_waiting import is_running, waits_for
from app.definitions.models import Definition, Version
from app.definitions.queries import visible_to
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person
from app.proposals.models import Conflict, Proposal, ProposedChange, Revision

STATES = ("open", "scheduled", "closed", "mine")


@dataclass(frozen=True)
class Filters:
    """What a list of ballots is narrowed to; empty means not at all."""

    state: str = ""
    proposal: int | None = None
    version: str = ""


def ballot_for(db: Session, definition: Definition, number: int, *, again: bool = False) -> Ballot:
    """A ballot with what its page says of it: subject, changes, extensions, closing.

    again: after a verb, which reads only the ballot itself once more.
    """
    words = selectinload(Ballot.revision).selectinload(Revision.changes)
    ballot = db.scalar(
        select(Ballot)
        .where(Ballot.definition_id == definition.id, Ballot.number == number)
        .options(
            joinedload(Ballot.definition),
            joinedload(Ballot.by),
            joinedload(Ballot.proposal).joinedload(Proposal.by),
            joinedload(Ballot.proposal).joinedload(Proposal.adoption),
            joinedload(Ballot.proposal)
            .selectinload(Proposal.conflicts)
            .joinedload(Conflict.clause),
            joinedload(Ballot.version),
            joinedload(Ballot.closing),
            selectinload(Ballot.extensions),
            words.joinedload(ProposedChange.from_wording),
            words.joinedload(ProposedChange.to_wording),
            words.joinedload(ProposedChange.clause),
            words.joinedload(ProposedChange.after),
        )
        .execution_options(populate_existing=again)
    )
    if ballot is None:
        raise NotFound
    return ballot


def ballot_named(db: Session, slug: str, number: int, viewer: Person | None) -> Ballot:
    """A ballot with its definition, if the viewer may see it: all that a voter needs."""
    ballot = db.scalar(
        _NAMED, {"slug": slug, "number": number, "viewer": viewer.id if viewer else ""}
    )
    if ballot is None:
        raise NotFound
    return ballot


# Asked at every vote: a statement that is built once is also compiled and looked up once.
_NAMED = (
    select(Ballot)
    .join(Ballot.definition)
    .where(
        Definition.slug == bindparam("slug"),
        Ballot.number == bindparam("number"),
        visible_to(bindparam("viewer")),
    )
    .options(contains_eager(Ballot.definition))
)


def ballots_of(
    db: Session,
    definition: Definition,
    filters: Filters,
    *,
    viewer: Person | None,
    now: datetime,
    after: str | None = None,
    limit: int = 30,
) -> Page[Ballot]:
    """The ballots of a definition, newest first."""
    statement = _with_subject(select(Ballot)).where(Ballot.definition_id == definition.id)
    if filters.proposal is not None:
        statement = statement.join(Ballot.proposal).where(Proposal.number == filters.proposal)
    if filters.version:
        statement = statement.join(Ballot.version).where(Version.label == filters.version)
    if filters.state == "mine" and viewer is not None:
        statement = statement.where(is_running(now), waits_for(viewer.id, now))
    elif filters.state == "open":
        statement = statement.where(is_running(now))
    elif filters.state == "scheduled":
        statement = statement.where(Ballot.opens_at > now)
    elif filters.state == "closed":
        statement = statement.where(or_(Ballot.closing.has(), Ballot.closes_at <= now))
    return paginate(db, statement, key=(Ballot.number,), after=after, limit=limit)


def ballots_to_cast(
    db: Session, person: Person, *, now: datetime, limit: int = 20
) -> Sequence[Ballot]:
    """What waits for this person's vote, in all definitions that they may see, soonest first."""
    return ballots_to_cast_page(db, person, now=now, limit=limit).items


def ballots_to_cast_page(
    db: Session, person: Person, *, now: datetime, after: str | None = None, limit: int = 50
) -> Page[Ballot]:
    """The same by cursor. One that is extended meanwhile may come again, later; none is missed."""
    statement = _with_subject(select(Ballot)).where(
        Ballot.definition.has(visible_to(person.id)), is_running(now), waits_for(person.id, now)
    )
    return paginate(
        db,
        statement,
        key=(Ballot.closes_at, Ballot.id),
        after=after,
        limit=limit,
        descending=False,
    )


def ballots_on(
    db: Session, *, proposal_id: int | None = None, version_id: int | None = None
) -> Sequence[Ballot]:
    """Every ballot there was on a proposal or a version, newest first, with its closing."""
    subject = (
        Ballot.proposal_id == proposal_id
        if proposal_id is not None
        else Ballot.version_id == version_id
    )
    return db.scalars(
        _with_subject(select(Ballot)).where(subject).order_by(Ballot.number.desc())
    ).all()


def running_on(
    db: Session, *, proposal_id: int | None = None, version_id: int | None = None
) -> Ballot | None:
    """The ballot on a subject that has no closing yet: open, or still to open."""
    return next(
        (
            ballot
            for ballot in ballots_on(db, proposal_id=proposal_id, version_id=version_id)
            if ballot.closing is None
        ),
        None,
    )


def running_by_proposal(db: Session, proposal_ids: Iterable[int]) -> dict[int, Ballot]:
    """By proposal id, the ballot on it that has no closing yet; one query."""
    ids = set(proposal_ids)
    if not ids:
        return {}
    rows = db.scalars(select(Ballot).where(Ballot.proposal_id.in_(ids), ~Ballot.closing.has()))
    return {ballot.proposal_id: ballot for ballot in rows if ballot.proposal_id is not None}


def open_count(db: Session, definition: Definition, now: datetime) -> int:
    """How many ballots of a definition take votes now."""
    running = select(func.count(Ballot.id)).where(
        Ballot.definition_id == definition.id, is_running(now)
    )
    return db.scalar(running) or 0


def my_votes(db: Session, person: Person | None, ballots: Sequence[Ballot]) -> dict[int, str]:
    """By ballot id, what this person said, for the rows of a list."""
    if person is None or not ballots:
        return {}
    rows = db.execute(
        select(Vote.ballot_id, Vote.choice).where(
            Vote.person_id == person.id, Vote.ballot_id.in_([ballot.id for ballot in ballots])
        )
    )
    return dict(rows.all())


def ratification_of(db: Session, version: Version) -> Ratification | None:
    """What a version's being final rests on: ballot and closing."""
    return db.scalar(
        select(Ratification)
        .where(Ratification.version_id == version.id)
        .options(joinedload(Ratification.closing).joinedload(Closing.ballot))
    )


def _with_subject(statement: Select[Ballot]) -> Select[Ballot]:
    return statement.options(
        joinedload(Ballot.definition),
        joinedload(Ballot.proposal),
        joinedload(Ballot.revision),
        joinedload(Ballot.version),
        joinedload(Ballot.closing),
    )
