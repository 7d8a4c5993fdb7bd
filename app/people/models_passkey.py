"""Passkeys: keys that a device holds for somebody, and shows when they have unlocked it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.db import Base
from app.people.models import Person


class Passkey(Base):
    """The public half of one, as WebAuthn has it. What signs never leaves the device."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True, comment="base64url")
    public_key: Mapped[str] = mapped_column(Text, comment="COSE (RFC 9052), base64url")
    sign_count: Mapped[int] = mapped_column(BigInteger, comment="0 where the device counts not")
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
