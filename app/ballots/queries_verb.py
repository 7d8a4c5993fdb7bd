"""What the verbs must know of a ballot and its subject, as it is under their locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.ballots.counting import Tally
from app.ballots.models import Ballot, Closing, Ratification, RollEntry, Vote
from app.ballots.models_recusal import Recusal
from app.ballots.queries_waiting import is_running
from app.definitions.models import Definition, Version
from app.groups.models import Membership, Suspension
from app.groups.queries import suspension_holds_at, voters_at
from app.people.models import Person

T = TypeVar("T", Closing, Suspension, Recusal)


def due_ballots(db: Session, now: datetime) -> Sequence[int]:
    """The ids of ballots that the clock has ended, and nobody has closed; earliest first."""
    return db.scalars(
        select(Ballot.id)
        .where(Ballot.closes_at <= now, ~Ballot.closing.has())
        .order_by(Ballot.closes_at, Ballot.id)
    ).all()


def due_rolls(db: Session, now: datetime) -> Sequence[int]:
    """The ids of open ballots whose roll is not frozen yet."""
    return db.scalars(
        select(Ballot.id).where(is_running(now), ~Ballot.roll.any()).order_by(Ballot.opens_at)
    ).all()


def next_number(db: Session, definition_id: int) -> int:
    """The number of the next ballot; whoever asks holds the lock on the definition."""
    last = db.scalar(select(func.max(Ballot.number)).where(Ballot.definition_id == definition_id))
    return (last or 0) + 1


def closing_of(db: Session, ballot: Ballot) -> Closing | None:
    """The closing as it is now, not as it was when the ballot was loaded."""
    return db.scalar(
        select(Closing)
        .where(Closing.ballot_id == ballot.id)
        .execution_options(populate_existing=True)
    )


def roll_is_frozen(db: Session, ballot: Ballot) -> bool:
    """Whether the roll stands in rows."""
    return bool(db.scalar(select(exists().where(RollEntry.ballot_id == ballot.id))))


@dataclass(frozen=True, slots=True)
class Voter:
    """What a voter meets under the ballot's lock: its closing, whether they are on the roll,
    suspended, or have recused themselves, and their vote as it stands."""

    closing: Closing | None
    on_roll: bool
    suspension: Suspension | None
    recusal: Recusal | None
    vote: Vote | None


def voter_at(db: Session, ballot: Ballot, person: Person, now: datetime) -> Voter:
    """One question, however many vote; what keeps somebody from it is read where there is such.

    The end of the ballot, which alone may have changed since it was loaded, is read again.
    """
    of = {"ballot": ballot.id, "person": person.id, "now": now}
    found = db.execute(_VOTER, of).one()
    set_committed_value(ballot, "closes_at", found.closes_at)

    def held(kind: type[T], key: Any) -> T | None:
        return None if key is None else db.get_one(kind, key, populate_existing=True)

    return Voter(
        held(Closing, found.closing),
        bool(found.on_roll),
        held(Suspension, found.suspension),
        held(Recusal, found.recusal),
        found.Vote,
    )


# Asked at every vote: a statement that is built once is also compiled and looked up once.
_VOTER = (
    select(
        Ballot.closes_at,
        Closing.ballot_id.label("closing"),
        exists()
        .where(RollEntry.ballot_id == Ballot.id, RollEntry.person_id == bindparam("person"))
        .label("on_roll"),
        Suspension.id.label("suspension"),
        Recusal.id.label("recusal"),
        Vote,
    )
    .select_from(Ballot)
    .join(Definition, Definition.id == Ballot.definition_id)
    .outerjoin(
        Suspension,
        and_(
            Suspension.group_id == Definition.group_id,
            Suspension.person_id == bindparam("person"),
            suspension_holds_at(bindparam("now")),
        ),
    )
    .outerjoin(Closing, Closing.ballot_id == Ballot.id)
    .outerjoin(
        Recusal,
        and_(
            Recusal.ballot_id == Ballot.id,
            Recusal.person_id == bindparam("person"),
            Recusal.until.is_(None),
        ),
    )
    .outerjoin(Vote, and_(Vote.ballot_id == Ballot.id, Vote.person_id == bindparam("person")))
    .where(Ballot.id == bindparam("ballot"))
    .execution_options(populate_existing=True)
)


def roll_at(db: Session, definition: Definition, moment: datetime) -> list[Membership]:
    """Who could vote at a moment: chairs, editors and members, but nobody who was suspended."""
    return list(voters_at(db, definition.group_id, moment))


def roll_size(db: Session, ballot: Ballot) -> int:
    """How many people the frozen roll has."""
    count = select(func.count()).select_from(RollEntry).where(RollEntry.ballot_id == ballot.id)
    return db.scalar(count) or 0


def votes_in_order(db: Session, ballot: Ballot, *, again: bool = True) -> Sequence[Vote]:
    """Every vote, by the opaque id of its person: the order in which they are sealed.

    again: whether votes that are loaded already are read again, as a verb must.
    """
    votes = db.scalars(
        select(Vote).where(Vote.ballot_id == ballot.id).execution_options(populate_existing=again)
    ).all()
    return sorted(votes, key=lambda vote: vote.person_id)  # not by a database's collation


def tally_of(votes: Iterable[Vote]) -> Tally:
    """How many of these votes said what."""
    choices = [vote.choice for vote in votes]
    return Tally(choices.count("yes"), choices.count("no"), choices.count("abstain"))


def version_now(db: Session, version_id: int) -> Version:
    """A version with its text and its stages, as it is now."""
    return db.scalars(
        select(Version)
        .where(Version.id == version_id)
        .options(
            joinedload(Version.definition),
            joinedload(Version.text),
            selectinload(Version.stages),
        )
        .execution_options(populate_existing=True)
    ).one()


def ratified_versions(db: Session, definition_id: int) -> list[Version]:
    """The versions whose latest stage is ratified; there is one at most."""
    versions = db.scalars(
        select(Version)
        .join(Ratification, Ratification.version_id == Version.id)
        .where(Version.definition_id == definition_id)
        .options(selectinload(Version.stages), joinedload(Version.definition))
    )
    return [version for version in versions if version.stages[-1].stage == "ratified"]
