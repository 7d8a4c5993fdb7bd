"""Who recused themselves from the question of a ballot."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base
from app.people.models import Person


class Recusal(Base):
    """Somebody takes no part in a ballot, for a reason; ``until`` is empty while that lasts.

    The vote that they had cast went with it; its nonce stays, so that a receipt can be told what
    became of it. Sealed by the closing, but for the reason, which goes with who is erased.
    """

    __tablename__ = "recusals"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        Index(
            "uq_recusals_current",
            "ballot_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_recusals_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str] = mapped_column(Text)
    vote_nonce: Mapped[str | None] = mapped_column(
        String(32), comment="of the vote that went with it; none: they had not voted"
    )
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
