"""What waits, and how much there is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ballots.queries_verb import due_ballots
from app.kit.mail import TRIES_MAX
from app.kit.models import Mail
from app.record.models import Log


@dataclass(frozen=True, slots=True)
class Queues:
    """mail_waiting: to be sent; mail_given_up: tried too often; entries: of all records."""

    mail_waiting: int
    mail_given_up: int
    ballots_due: int
    entries: int


def queues(db: Session, now: datetime) -> Queues:
    """How much waits, and how long the records are."""
    waiting = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
    return Queues(
        mail_waiting=db.scalar(waiting.where(Mail.tries < TRIES_MAX)) or 0,
        mail_given_up=db.scalar(waiting.where(Mail.tries >= TRIES_MAX)) or 0,
        ballots_due=len(due_ballots(db, now)),
        entries=db.scalar(select(func.sum(Log.size))) or 0,
    )


def mail_due(db: Session, since: datetime) -> int:
    """Mails that should have left by a moment, and have not."""
    return (
        db.scalar(
            select(func.count())
            .select_from(Mail)
            .where(Mail.sent_at.is_(None), Mail.tries < TRIES_MAX, Mail.next_try_at <= since)
        )
        or 0
    )
