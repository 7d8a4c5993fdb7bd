"""What every room above people forgets of a person who is erased. Parts of ``erase_person``."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.ballots.actions_erasure import forget_on_rolls, forget_recusals
from app.discussions.actions_erasure import forget_appeals
from app.groups.actions_erasure import forget_in_groups
from app.people.actions_erasure import Forgetting
from app.people.models import Person
from app.reading.models import Look


def forget_looks(db: Session, person: Person, now: datetime) -> dict[str, Any]:
    """Until when they have looked."""
    db.execute(delete(Look).where(Look.person_id == person.id))
    return {}


# From the lowest room up, which is the order of their locks.
ELSEWHERE: tuple[Forgetting, ...] = (
    forget_in_groups,
    forget_appeals,
    forget_on_rolls,
    forget_recusals,
    forget_looks,
)
