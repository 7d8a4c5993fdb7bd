"""Whether what was moderated is what the record tells: each row has its entries."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.definitions.models import Definition
from app.discussions.models import Comment, Hiding
from app.discussions.models_moderation import Report, SlowMode
from app.record.findings import Finding, compared
from app.record.queries import told


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with any report, hiding or slow mode."""
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        yield from _check_reports(db, definition)
        yield from _check_hidings(db, definition)
        yield from _check_slow_modes(db, definition)


def _check_reports(db: Session, definition: Definition) -> Iterator[Finding]:
    made = {
        one.entry.about["report"]: one for one in told(db, definition.log_id, "comment.reported")
    }
    ended = {
        report: one
        for one in told(db, definition.log_id, "report.dismissed", "comment.hidden")
        for report in one.entry.about["reports"]
    }
    rows = db.execute(
        select(Report, Comment.number)
        .join(Comment, Comment.id == Report.comment_id)
        .where(Comment.definition_id == definition.id)
        .order_by(Report.id)
    )
    for report, number in rows:
        where = f"reports {definition.slug} {report.id}"
        one, end = made.pop(report.id, None), ended.pop(report.id, None)
        if one is None:
            yield Finding(where, "no entry of the record tells of it")
            continue
        pairs = {
            "comment": (number, one.entry.about["comment"]),
            "ground": (report.ground, one.entry.about["ground"]),
            "time": (report.at, one.entry.at),
        }
        if "words" not in one.entry.words or one.said("words") is not None:
            pairs["words"] = (report.words, one.said("words") or "")
        yield from compared(where, pairs)
        told_end = (end.entry.at, end.entry.person_id) if end else (None, None)
        yield from compared(where, {"end": ((report.ended_at, report.ended_by_id), told_end)})
    for report_id in sorted(made.keys() | ended.keys()):
        yield Finding(
            f"reports {definition.slug} {report_id}", "the record tells of it, but no row"
        )


def _check_hidings(db: Session, definition: Definition) -> Iterator[Finding]:
    begun = {
        one.entry.about["hiding"]: one for one in told(db, definition.log_id, "comment.hidden")
    }
    lifted = {
        one.entry.about["hiding"]: one
        for one in told(db, definition.log_id, "hiding.lifted", "appeal.decided")
        if one.entry.about.get("outcome") != "upheld"
    }
    rows = db.execute(
        select(Hiding, Comment.number)
        .join(Comment, Comment.id == Hiding.comment_id)
        .where(Comment.definition_id == definition.id)
        .options(joinedload(Hiding.rule))
        .order_by(Hiding.id)
    )
    for hiding, number in rows:
        where = f"hidings {definition.slug} {hiding.id}"
        one, end = begun.pop(hiding.id, None), lifted.pop(hiding.id, None)
        if one is None:
            yield Finding(where, "no entry of the record tells of it")
            continue
        pairs = {
            "comment": (number, one.entry.about["comment"]),
            "rule": (hiding.rule.number, one.entry.about["rule"]),
            "chair": (hiding.by_id, one.entry.person_id),
            "time": (hiding.at, one.entry.at),
        }
        if one.said("reason") is not None:
            pairs["reason"] = (hiding.reason, one.said("reason"))
        yield from compared(where, pairs)
        told_end = (end.entry.at, end.entry.person_id) if end else (None, None)
        yield from compared(where, {"end": ((hiding.lifted_at, hiding.lifted_by_id), told_end)})
        if end and end.said("reason") is not None:
            yield from compared(where, {"end's reason": (hiding.lifted_reason, end.said("reason"))})
    for hiding_id in sorted(begun.keys() | lifted.keys()):
        yield Finding(
            f"hidings {definition.slug} {hiding_id}", "the record tells of it, but no row"
        )


def _check_slow_modes(db: Session, definition: Definition) -> Iterator[Finding]:
    happened = told(db, definition.log_id, "slow_mode.set", "slow_mode.ended")
    begun = {
        one.entry.about["slow_mode"]: one for one in happened if one.entry.verb == "slow_mode.set"
    }
    ended = {
        one.entry.about["slow_mode"]: one for one in happened if one.entry.verb == "slow_mode.ended"
    }
    ended |= {
        one.entry.about["instead_of"]: one
        for one in begun.values()
        if "instead_of" in one.entry.about
    }
    slow_modes = select(SlowMode).where(SlowMode.definition_id == definition.id)
    for slow in db.scalars(slow_modes.order_by(SlowMode.id)):
        where = f"slow_modes {definition.slug} {slow.id}"
        one, end = begun.pop(slow.id, None), ended.pop(slow.id, None)
        if one is None:
            yield Finding(where, "no entry of the record tells of it")
            continue
        pairs = {
            "minutes": (slow.minutes, one.entry.about["minutes"]),
            "until": (slow.until, one.moment("until")),
            "chair": (slow.by_id, one.entry.person_id),
            "time": (slow.since, one.entry.at),
        }
        if one.said("reason") is not None:
            pairs["reason"] = (slow.reason, one.said("reason"))
        yield from compared(where, pairs)
        told_end = (end.entry.at, end.entry.person_id) if end else (None, None)
        yield from compared(where, {"end": ((slow.ended_at, slow.ended_by_id), told_end)})
    for slow_id in sorted(begun.keys() | ended.keys()):
        yield Finding(
            f"slow_modes {definition.slug} {slow_id}", "the record tells of it, but no row"
        )
