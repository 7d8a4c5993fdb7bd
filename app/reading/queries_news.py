"""What happened in the definitions that somebody follows, since they last looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from app.ballots.models import Ballot
from app.definitions.models import Definition
from app.discussions.models import Comment
from app.discussions.queries import STANDS
from app.groups.models import Membership
from app.people.models import Person
from app.people.queries import names_of
from app.proposals.models import Proposal, Revision
from app.proposals.queries_list import LAST_REVISION
from app.reading.models import Look
from app.reading.rules import new_since
from app.record.models import Entry, EntryWords
from app.record.queries import Happening

# What is told one by one, with the words of its entry that say why; proposals and ballots have a
# title and a question. All else is many: comments are counted, and the record has every entry.
TOLD: Mapping[str, str] = {
    "draft.imported": "note",
    "text.changed": "reason",
    "version.made": "note",
    "version.put_forward": "reason",
    "version.withdrawn": "reason",
    "version.ratified": "",
    "proposal.put_forward": "",
    "proposal.adopted": "",
    "proposal.rejected": "",
    "ballot.opened": "",
    "ballot.closed": "",
}
DEFINITIONS_MAX = 5
LINES_MAX = 5  # of one definition


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; the proposal's title or the ballot's question, or why it was so."""

    happening: Happening
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in one definition. more: how many things are not among the lines."""

    definition: Definition
    lines: Sequence[Line]
    more: int
    comments: int


@dataclass(frozen=True, slots=True)
class News:
    """What is new to somebody, by definition, the latest first.

    looked: until when they last looked, if they ever said so. since, until: from when on things are
    new, and when that was asked. more: how many definitions with something new are not among those
    told. people: names by id.
    """

    looked: datetime | None
    since: datetime
    until: datetime
    told: Sequence[Told]
    more: int
    people: Mapping[str, str]


def news_of(
    db: Session, person: Person, now: datetime, *, definitions_max: int = DEFINITIONS_MAX
) -> News:
    """What others did in definitions of the groups that this person is in; five queries."""
    look = db.get(Look, person.id)
    looked = look.until if look else None
    since = new_since(looked, now)
    counts = _counts(db, person, since)
    shown = counts[:definitions_max]
    lines = _lines(db, person, since, shown) if shown else {}
    told = [
        Told(
            one.definition,
            mine := lines.get(one.definition.log_id, []),
            one.happened - len(mine),
            one.said,
        )
        for one in shown
    ]
    ids = {id for one in told for line in one.lines for id in line.happening.people}
    return News(looked, since, now, told, len(counts) - len(shown), names_of(db, ids))


@dataclass(frozen=True, slots=True)
class _Count:
    """How much is new in one definition. first: the entry that it begins with, if there is one."""

    definition: Definition
    first: int | None
    happened: int
    said: int
    latest: datetime


def _counts(db: Session, person: Person, since: datetime) -> list[_Count]:
    """How much is new in each definition that has something new, the latest first; one query."""
    groups = select(Membership.group_id).where(
        Membership.person_id == person.id, Membership.until.is_(None)
    )
    followed = Definition.group_id.in_(groups)
    happened = (
        select(
            Entry.log_id,
            func.min(Entry.sequence).label("first"),
            func.count().label("count"),
            func.max(Entry.at).label("latest"),
        )
        .where(
            Entry.log_id.in_(select(Definition.log_id).where(followed)),
            _is_told_to(person, since),
        )
        .group_by(Entry.log_id)
        .subquery()
    )
    said = (
        select(
            Comment.definition_id, func.count().label("count"), func.max(Comment.at).label("latest")
        )
        .where(
            Comment.definition_id.in_(select(Definition.id).where(followed)),
            Comment.at > since,
            Comment.by_id != person.id,
            STANDS,
        )
        .group_by(Comment.definition_id)
        .subquery()
    )
    rows = db.execute(
        select(
            Definition,
            happened.c.first,
            happened.c.count,
            said.c.count,
            happened.c.latest,
            said.c.latest,
        )
        .outerjoin(happened, happened.c.log_id == Definition.log_id)
        .outerjoin(said, said.c.definition_id == Definition.id)
        .where(followed, or_(happened.c.count > 0, said.c.count > 0))
        .order_by(Definition.name, Definition.id)
    )
    counts = [
        _Count(definition, first, happened or 0, said or 0, max(one for one in latest if one))
        for definition, first, happened, said, *latest in rows
    ]
    return sorted(counts, key=lambda one: one.latest, reverse=True)


def _is_told_to(person: Person, since: datetime) -> ColumnElement[bool]:
    """Entries of what is told one by one, newer than a moment, and not this person's own doing."""
    return and_(
        Entry.verb.in_(TOLD),
        Entry.at > since,
        or_(Entry.person_id.is_(None), Entry.person_id != person.id),
    )


def _lines(
    db: Session, person: Person, since: datetime, counts: Sequence[_Count]
) -> dict[int, list[Line]]:
    """By log, the latest of what is told, newest first; two queries."""
    definitions = [one.definition for one in counts]
    # Only what is new is looked through, and not each log from its beginning.
    recent = [
        and_(Entry.log_id == one.definition.log_id, Entry.sequence >= one.first)
        for one in counts
        if one.first is not None
    ]
    ranked = (
        select(
            Entry.log_id,
            Entry.sequence,
            func.row_number()
            .over(partition_by=Entry.log_id, order_by=Entry.sequence.desc())
            .label("rank"),
        )
        .where(or_(false(), *recent), _is_told_to(person, since))
        .subquery()
    )
    rows = db.execute(
        select(Entry, EntryWords.text)
        .join(ranked, and_(ranked.c.log_id == Entry.log_id, ranked.c.sequence == Entry.sequence))
        .outerjoin(
            EntryWords,
            and_(
                EntryWords.log_id == Entry.log_id,
                EntryWords.sequence == Entry.sequence,
                tuple_(Entry.verb, EntryWords.field).in_(list(TOLD.items())),
            ),
        )
        .where(ranked.c.rank <= LINES_MAX)
        .order_by(Entry.log_id, Entry.sequence.desc())
    ).all()
    subjects = _subjects(db, definitions, [entry for entry, _ in rows])
    lines: dict[int, list[Line]] = {}
    for entry, why in rows:
        kind = entry.verb.partition(".")[0]
        subject = subjects.get((entry.log_id, kind, entry.about.get(kind, 0)), "")
        lines.setdefault(entry.log_id, []).append(Line(Happening(entry, {}), subject or why or ""))
    return lines


def _subjects(
    db: Session, definitions: Sequence[Definition], entries: Sequence[Entry]
) -> dict[tuple[int, str, int], str]:
    """By log, kind and number, the titles of proposals and the questions of ballots; one query."""
    ids = [one.id for one in definitions]
    proposals, ballots = (
        {one.about[kind] for one in entries if one.verb.startswith(f"{kind}.")}
        for kind in ("proposal", "ballot")
    )
    titles = (
        select(Definition.log_id, literal("proposal"), Proposal.number, Revision.title)
        .join(Definition, Definition.id == Proposal.definition_id)
        .join(Revision, Revision.proposal_id == Proposal.id)
        .where(Proposal.definition_id.in_(ids), Proposal.number.in_(proposals), LAST_REVISION)
    )
    questions = (
        select(Definition.log_id, literal("ballot"), Ballot.number, Ballot.question)
        .join(Definition, Definition.id == Ballot.definition_id)
        .where(Ballot.definition_id.in_(ids), Ballot.number.in_(ballots))
    )
    rows = db.execute(union_all(titles, questions))
    return {(log_id, kind, number): words for log_id, kind, number, words in rows}
