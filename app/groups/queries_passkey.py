"""What a group asks of how its chairs and editors sign in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.groups.models_passkey import PasskeyCondition


def passkey_condition_of(db: Session, group_id: int) -> PasskeyCondition | None:
    """The condition that holds in a group now, if any."""
    return db.scalar(
        select(PasskeyCondition).where(
            PasskeyCondition.group_id == group_id, PasskeyCondition.until.is_(None)
        )
    )
