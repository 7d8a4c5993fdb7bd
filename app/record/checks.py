"""Whether the record still says what it said: every leaf, every link, every salted hash.

1. Entries of a log are numbered from one without gaps, as many as the log says.
2. Each entry's leaf is the hash of the entry, and names the leaf before it.
3. The log's head is the leaf of its last entry.
4. Words agree with their salted hash, or are gone; none is without its entry, none unnamed.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.actions import entry_body, words_hash
from app.record.canonical import leaf_hash
from app.record.findings import Finding
from app.record.models import Entry, EntryWords, Log

AT_ONCE = 1000


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with the record; reads each log once, from its first entry to its last."""
    for log in db.scalars(select(Log).order_by(Log.id)):
        yield from _check_log(db, log)
    yield from _check_strays(db)


def _check_log(db: Session, log: Log) -> Iterator[Finding]:
    sequence, previous = 0, ""
    entries = db.scalars(
        select(Entry).where(Entry.log_id == log.id).order_by(Entry.sequence)
    ).partitions(AT_ONCE)
    for some in entries:
        words = _words(db, log, some[0].sequence, some[-1].sequence)
        for entry in some:
            where = f"record_entries {log.subject} {entry.sequence}"
            sequence += 1
            if entry.sequence != sequence:
                yield Finding(where, f"entry {sequence} should stand here")
                sequence = entry.sequence
            if entry.previous != previous:
                yield Finding(where, "it does not name the leaf of the entry before it")
            if leaf_hash(entry_body(entry, log.subject)).hex() != entry.leaf:
                yield Finding(where, "its leaf is not the hash of the entry")
            yield from _check_words(log, entry, words.get(entry.sequence, {}))
            previous = entry.leaf
        db.expunge_all()
    if (log.size, log.head) != (sequence, previous):
        yield Finding(f"logs {log.subject}", "its size and head are not those of its last entry")


def _words(db: Session, log: Log, first: int, last: int) -> dict[int, dict[str, EntryWords]]:
    """The words of some entries, by sequence and field."""
    found: dict[int, dict[str, EntryWords]] = {}
    for row in db.scalars(
        select(EntryWords).where(
            EntryWords.log_id == log.id, EntryWords.sequence.between(first, last)
        )
    ):
        found.setdefault(row.sequence, {})[row.field] = row
    return found


def _check_words(log: Log, entry: Entry, rows: dict[str, EntryWords]) -> Iterator[Finding]:
    for field in sorted(entry.words.keys() | rows.keys()):
        where = f"record_words {log.subject} {entry.sequence} {field}"
        named, row = entry.words.get(field), rows.get(field)
        if named is None:
            yield Finding(where, "the entry does not name these words")
        elif row is None:
            yield Finding(where, "the words are missing, and no tombstone stands in their place")
        elif row.text is not None and not _agree(row, named):
            yield Finding(where, "the words are not those that the entry names")


def _agree(row: EntryWords, named: str) -> bool:
    try:
        return words_hash(row.salt, row.text or "") == named
    except ValueError:  # a salt that is no hexadecimal number
        return False


def _check_strays(db: Session) -> Iterator[Finding]:
    """Entries of no log, and words of no entry: no key would let them in."""
    logs = select(Log.id)
    for entry in db.scalars(select(Entry).where(Entry.log_id.not_in(logs))):
        yield Finding(f"record_entries {entry.log_id} {entry.sequence}", "there is no such log")
    strays = (
        select(EntryWords)
        .outerjoin(
            Entry,
            (Entry.log_id == EntryWords.log_id) & (Entry.sequence == EntryWords.sequence),
        )
        .where(Entry.sequence.is_(None))
    )
    for row in db.scalars(strays):
        where = f"record_words {row.log_id} {row.sequence} {row.field}"
        yield Finding(where, "there is no such entry")
