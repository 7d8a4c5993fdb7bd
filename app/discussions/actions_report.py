"""Reporting a comment to the chairs, and dismissing what was reported."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions import queries_moderation, rules_moderation as rules
from app.discussions.models import Comment
from app.discussions.models_moderation import Report
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused
from app.people.models import Person
from app.record.actions import record


def report_comment(
    db: Session,
    definition: Definition,
    comment: Comment,
    *,
    by: Person,
    ground: str,
    words: str = "",
) -> Report:
    """Tells the chairs that a comment should not stand. ground: one of ``REPORT_GROUNDS``.

    The entry does not say who: it is open to all, and whoever reports somebody has to be able to
    do so without fear. The row does, for the chairs.
    """
    lock(db, comment)
    db.refresh(comment, ["hiding"])
    now = clock.now()
    mine = queries_moderation.open_report(db, comment, by)
    rules.enforce(rules.may_report(comment, by.id, mine))
    words = words.strip()
    rules.enforce(rules.must_say_what(ground, words))
    report = Report(comment_id=comment.id, by_id=by.id, ground=ground, words=words, at=now)
    db.add(report)
    db.flush()
    record(
        db,
        definition.log_id,
        "comment.reported",
        by=None,
        at=now,
        about={"comment": comment.number, "report": report.id, "ground": ground},
        words={"words": words} if words else None,
    )
    return report


def dismiss_reports(
    db: Session,
    definition: Definition,
    comment: Comment,
    *,
    by: Person,
    answer: str,
    seen: int | None = None,
) -> Sequence[Report]:
    """Ends the open reports on a comment, which stands as it is; with a word why.

    seen: the newest report that the chair had before them; what came later stays open.
    """
    lock(db, comment)
    now = clock.now()
    membership = membership_of(db, definition.group_id, by)
    rules.enforce(rules.may_moderate(comment, by.id, membership))
    answer = answer.strip()
    if not answer:
        raise Refused(Refusal("reason_is_needed"), 422)
    reports = queries_moderation.open_reports(db, [comment.id], until=seen)
    rules.enforce(rules.must_be_reported(len(reports)))
    for report in reports:
        report.ended_at, report.ended_by_id, report.answer = now, by.id, answer
    record(
        db,
        definition.log_id,
        "report.dismissed",
        by=by.id,
        at=now,
        about={"comment": comment.number, "reports": [report.id for report in reports]},
        words={"answer": answer},
    )
    return reports
