"""Who has left for good: what is left of a person once all that says who they are is gone."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import Base

# A name like any other, the same for all readers: it stands in the row, as a person's did.
TOMBSTONE = "Somebody who left"


class Erasure(Base):
    """A person was erased. Their row stays under a tombstone, for what they did rests on it."""

    __tablename__ = "erasures"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True, comment="to tell those who left apart by")
    at: Mapped[datetime]

    @property
    def name(self) -> str:
        """The tombstone: with a number, but for the first."""
        return TOMBSTONE if self.number == 1 else f"{TOMBSTONE} ({self.number})"
