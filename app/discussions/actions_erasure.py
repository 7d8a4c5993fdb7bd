"""What discussion forgets of a person who is erased. A part of ``erase_person``."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, tuple_, update
from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.models_appeal import Appeal
from app.people.models import Person
from app.record.models import Entry, EntryWords


def forget_appeals(db: Session, person: Person, now: datetime) -> dict[str, Any]:
    """What they wrote to have something lifted; and why an appeal about them, not about words of
    theirs that stay, was decided as it was. What groups' records have of it, groups forget."""
    for one in db.scalars(select(Appeal).where(Appeal.by_id == person.id)).all():
        one.words = ""
        if one.hiding_id is None:
            one.reason = ""
    entries = select(Entry.log_id, Entry.sequence).where(
        Entry.log_id.in_(select(Definition.log_id)),
        and_(Entry.verb == "appeal.made", Entry.person_id == person.id),
    )
    db.execute(
        update(EntryWords)
        .where(tuple_(EntryWords.log_id, EntryWords.sequence).in_(entries))
        .values(text=None, salt="")
    )
    return {}
