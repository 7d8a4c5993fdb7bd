"""Reading a log: its entries with their words, filtered, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import Session

from app.kit.db import Database
from app.kit.paging import Page, paginate
from app.record.actions import PEOPLE
from app.record.models import Entry, EntryWords, Log

# What is told under a log names people, and who people are stands in a log of its own: a page is
# as old as both.
SIZE_TOLD = select(func.sum(Log.size)).where(
    or_(Log.id == bindparam("log"), Log.subject == literal_column(f"'{PEOPLE}'"))
)
_SIZES = select(func.sum(Log.size))

# What entries can be about, for filters: the name in the address is the name in `about`.
SUBJECTS = ("clause", "proposal", "ballot", "comment")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries. verb: a verb or its beginning ("ballot."). until is exclusive."""

    verb: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None
    subject: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry with the words it was made with, by field; words that are gone are None."""

    entry: Entry
    words: dict[str, EntryWords]

    def said(self, field: str) -> str | None:
        """The words of a field, if there are any and they are not gone."""
        row = self.words.get(field)
        return row.text if row else None

    def moment(self, name: str) -> datetime:
        """A time that the entry names."""
        return datetime.fromisoformat(self.entry.about[name])

    @property
    def people(self) -> set[str]:
        """The opaque ids of everybody it names."""
        about = self.entry.about.values()
        named = {value for value in about if isinstance(value, str) and value.startswith("p_")}
        return named | ({self.entry.person_id} if self.entry.person_id else set())


def log_of(db: Session, log_id: int) -> Log:
    """A log: its size and head."""
    return db.get_one(Log, log_id)


def size_of(database: Database, log_id: int) -> int:
    """How far what is told under a log is (all logs together for 0); asked without a session."""
    return database.glance(SIZE_TOLD, log=log_id) if log_id else database.glance(_SIZES)


def sequence_of(db: Session, log_id: int) -> tuple[int, int]:
    """What pages about a log are kept under: the log, and how far what is told under it is."""
    return log_id, db.execute(SIZE_TOLD, {"log": log_id}).scalar_one()


def happenings(
    db: Session,
    log_id: int,
    filters: Filters,
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page[Happening]:
    """The entries of a log that pass the filters, newest first; two queries."""
    statement = select(Entry).where(Entry.log_id == log_id)
    if filters.verb:
        statement = statement.where(Entry.verb.startswith(filters.verb, autoescape=True))
    if filters.person:
        statement = statement.where(Entry.person_id == filters.person)
    if filters.since:
        statement = statement.where(Entry.at >= filters.since)
    if filters.until:
        statement = statement.where(Entry.at < filters.until)
    if filters.subject:
        name, number = filters.subject
        statement = statement.where(Entry.about[name].as_integer() == number)
    page = paginate(db, statement, key=(Entry.sequence,), after=after, limit=limit)
    words = _words_of(db, log_id, [entry.sequence for entry in page.items])
    return Page([Happening(e, words.get(e.sequence, {})) for e in page.items], page.next)


def _words_of(
    db: Session, log_id: int, sequences: Sequence[int] | Select[int]
) -> dict[int, dict[str, EntryWords]]:
    found: dict[int, dict[str, EntryWords]] = {}
    for row in db.scalars(
        select(EntryWords).where(EntryWords.log_id == log_id, EntryWords.sequence.in_(sequences))
    ):
        found.setdefault(row.sequence, {})[row.field] = row
    return found


def told(db: Session, log_id: int, *verbs: str) -> Sequence[Happening]:
    """All entries of a log with one of these verbs, in the order in which they were made."""
    entries = db.scalars(
        select(Entry).where(Entry.log_id == log_id, Entry.verb.in_(verbs)).order_by(Entry.sequence)
    ).all()
    named = select(Entry.sequence).where(Entry.log_id == log_id, Entry.verb.in_(verbs))
    words = _words_of(db, log_id, named)
    return [Happening(entry, words.get(entry.sequence, {})) for entry in entries]


def happenings_in(
    db: Session,
    log_ids: Sequence[int],
    which: ColumnElement[bool],
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page[Happening]:
    """Such entries of several logs, newest first; two queries."""
    statement = select(Entry).where(Entry.log_id.in_(log_ids), which)
    key = (Entry.at, Entry.log_id, Entry.sequence)
    page = paginate(db, statement, key=key, after=after, limit=limit)
    words: dict[tuple[int, int], dict[str, EntryWords]] = {}
    of_these = tuple_(EntryWords.log_id, EntryWords.sequence).in_(
        [(entry.log_id, entry.sequence) for entry in page.items]
    )
    for row in db.scalars(select(EntryWords).where(of_these)):
        words.setdefault((row.log_id, row.sequence), {})[row.field] = row
    return Page(
        [Happening(e, words.get((e.log_id, e.sequence), {})) for e in page.items], page.next
    )


def verbs_of(db: Session, log_id: int) -> Sequence[str]:
    """Every verb that the log has, for the filter."""
    return db.scalars(
        select(Entry.verb).where(Entry.log_id == log_id).distinct().order_by(Entry.verb)
    ).all()


def people_of(db: Session, log_id: int) -> set[str]:
    """The opaque ids of everybody who did something, for the filter."""
    rows = select(Entry.person_id).where(Entry.log_id == log_id).distinct()
    return {person for person in db.scalars(rows) if person}
