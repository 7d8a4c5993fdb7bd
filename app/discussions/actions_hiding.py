"""Hiding a comment under a rule of conduct, and lifting that."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions import queries_moderation, rules_moderation as rules
from app.discussions.mails import tell_of_hiding
from app.discussions.models import Comment, Hiding
from app.groups.models import Membership
from app.groups.queries import membership_of
from app.groups.queries_conduct import conduct_rule_of
from app.groups.rules_conduct import must_be_in_force
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person
from app.record.actions import record
from app.settings import Settings


def hide_comment(
    db: Session,
    definition: Definition,
    comment: Comment,
    *,
    by: Person,
    rule: int,
    reason: str,
    settings: Settings,
) -> Hiding:
    """Takes the words of a comment from everybody's sight, its author's and the chairs' excepted.

    rule: the number of a rule of conduct that is in force. Nothing is deleted: the place in the
    thread stays, the record holds the words back, and its author is told by mail. Open reports on
    it end.
    """
    membership = _look_again(db, definition, comment, by)
    now = clock.now()
    rules.enforce(rules.may_hide(comment, by.id, membership))
    resting = conduct_rule_of(db, definition.group_id, rule)
    refuse_unless(must_be_in_force(resting, rule), 422)
    assert resting is not None
    hiding = Hiding(
        comment_id=comment.id, rule_id=resting.id, reason=_needed(reason), by_id=by.id, at=now
    )
    db.add(hiding)
    db.flush()
    ended = _end_reports(db, comment, by, now)
    about = {"comment": comment.number, "hiding": hiding.id, "rule": rule, "reports": ended}
    record(
        db, definition.log_id, "comment.hidden", by=by.id, at=now, about=about,
        words={"reason": hiding.reason},
    )  # fmt: skip
    tell_of_hiding(db, definition, comment, hiding, resting, settings)
    db.refresh(comment, ["hiding"])
    return hiding


def lift_hiding(
    db: Session, definition: Definition, comment: Comment, *, by: Person, reason: str
) -> Hiding:
    """Everybody reads the words again, here and in the record. That they were hidden stays told."""
    membership = _look_again(db, definition, comment, by)
    now = clock.now()
    hiding = comment.hiding
    rules.enforce(rules.may_lift(comment, by.id, membership))
    assert hiding is not None
    hiding.lifted_at, hiding.lifted_by_id, hiding.lifted_reason = now, by.id, _needed(reason)
    about = {"comment": comment.number, "hiding": hiding.id}
    record(
        db, definition.log_id, "hiding.lifted", by=by.id, at=now, about=about,
        words={"reason": hiding.lifted_reason},
    )  # fmt: skip
    db.flush()
    db.refresh(comment, ["hiding"])
    return hiding


def _look_again(
    db: Session, definition: Definition, comment: Comment, by: Person
) -> Membership | None:
    lock(db, comment)
    db.refresh(comment, ["hiding"])
    return membership_of(db, definition.group_id, by)


def _end_reports(db: Session, comment: Comment, by: Person, now: datetime) -> list[int]:
    """What was reported is answered by the hiding."""
    reports = queries_moderation.open_reports(db, [comment.id])
    for report in reports:
        report.ended_at, report.ended_by_id = now, by.id
    return [report.id for report in reports]


def _needed(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(Refusal("reason_is_needed"), 422)
    return reason
