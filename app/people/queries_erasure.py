"""Where a person had mail sent to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import JoiningLink, Person


def addresses_of(db: Session, person: Person) -> set[str]:
    """The addresses that are known to be theirs, or that they said are."""
    said = select(JoiningLink.email).where(JoiningLink.person_id == person.id)
    return {one for one in (person.email, *db.scalars(said)) if one}
