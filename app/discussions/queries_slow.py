"""Whether a definition is in slow mode, and when somebody commented last."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.models import Comment
from app.discussions.models_moderation import SlowMode
from app.people.models import Person


def slow_mode_of(db: Session, definition: Definition, now: datetime) -> SlowMode | None:
    """The slow mode of a moment, if there is one."""
    return db.scalar(
        select(SlowMode)
        .where(
            SlowMode.definition_id == definition.id,
            SlowMode.until > now,
            SlowMode.ended_at.is_(None),
        )
        .order_by(SlowMode.id.desc())
        .limit(1)
    )


def last_commented(db: Session, definition: Definition, person: Person) -> datetime | None:
    """When somebody commented last on a definition, whatever became of that comment."""
    mine = Comment.definition_id == definition.id, Comment.by_id == person.id
    return db.scalar(select(func.max(Comment.at)).where(*mine))
