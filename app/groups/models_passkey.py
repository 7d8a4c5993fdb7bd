"""What a group asks of how its chairs and editors sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import Base


class PasskeyCondition(Base):
    """A time for which chairs and editors of a group must have signed in with a passkey.

    ``until`` is exclusive, and empty while it lasts.
    """

    __tablename__ = "passkey_conditions"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        CheckConstraint("(until IS NULL) = (lifted_by_id IS NULL)", name="lifted"),
        Index(
            "uq_passkey_conditions_current",
            "group_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    set_by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    lifted_by_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    until: Mapped[datetime | None]
