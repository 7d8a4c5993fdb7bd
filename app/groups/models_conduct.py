"""What a group asks of those who speak in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base


class ConductRule(Base):
    """A rule of conduct: what a decision about somebody's words rests on. Never altered.

    Another rule may take its place; that one has a number of its own, so that “rule 2” is the same
    words for good.
    """

    __tablename__ = "conduct_rules"
    __table_args__ = (UniqueConstraint("group_id", "number"), UniqueConstraint("replaces_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("conduct_rules.id"))

    replaces: Mapped["ConductRule | None"] = relationship(
        lazy="raise", remote_side=[id], back_populates="replaced_by"
    )
    replaced_by: Mapped["ConductRule | None"] = relationship(
        lazy="raise", back_populates="replaces", uselist=False
    )
