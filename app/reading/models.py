"""Until when somebody has looked."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import Base


class Look(Base):
    """Somebody has seen what happened until a moment, in every definition that they follow.

    One row a person, theirs alone: no page shows it to anybody else, and no entry tells of it.
    """

    __tablename__ = "looks"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    until: Mapped[datetime]
