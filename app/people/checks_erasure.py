"""Whether those who were erased are those whom the record names, and are forgotten."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Person
from app.people.models_erasure import Erasure
from app.record.actions import PEOPLE
from app.record.findings import Finding
from app.record.models import Entry, EntryWords, Log
from app.record.queries import told


def check(db: Session) -> Iterator[Finding]:
    """Each erasure has its entry, its tombstone, and no name left in the record."""
    log_id = db.scalar(select(Log.id).where(Log.subject == PEOPLE)) or 0
    happened = [one.entry for one in told(db, log_id, "person.erased")]
    entries = {(one.about["person"], one.at) for one in happened}
    rows = set()
    erased = select(Erasure, Person).join(Person, Person.id == Erasure.person_id)
    for erasure, person in db.execute(erased.order_by(Erasure.number)):
        rows.add((person.id, erasure.at))
        if (person.name, person.pronouns, person.email) != (erasure.name, "", None):
            yield Finding(f"persons {person.id}", "somebody who was erased is named")
    for person_id, _ in sorted(rows ^ entries):
        where = f"erasures {person_id}"
        yield Finding(where, "the row and the record do not both tell of it")
    left = (
        select(EntryWords.sequence)
        .join(
            Entry,
            (Entry.log_id == EntryWords.log_id) & (Entry.sequence == EntryWords.sequence),
        )
        .where(
            Entry.log_id == log_id,
            Entry.person_id.in_(select(Erasure.person_id)),
            EntryWords.text.is_not(None),
        )
    )
    for sequence in db.scalars(left):
        where = f"record_words {PEOPLE} {sequence}"
        yield Finding(where, "the name of somebody who was erased is still there")
