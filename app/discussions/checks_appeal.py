"""Whether appeals are those that the records tell of."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.definitions.models import Definition
from app.discussions.measures import against
from app.discussions.models import Comment, Hiding
from app.discussions.models_appeal import Appeal
from app.groups.models import Group
from app.groups.models_conduct import Block
from app.record.findings import Finding, compared
from app.record.queries import Happening, told


def check(db: Session) -> Iterator[Finding]:
    """Each appeal has the entry that it was made with, and one where it was decided."""
    made: dict[int, Happening] = {}
    decided: dict[int, Happening] = {}
    for model in (Group, Definition):
        for log_id in db.scalars(select(model.log_id).order_by(model.id)).all():
            for one in told(db, log_id, "appeal.made", "appeal.decided"):
                found = made if one.entry.verb == "appeal.made" else decided
                found[one.entry.about["appeal"]] = one
    appeals = select(Appeal).options(
        joinedload(Appeal.hiding).joinedload(Hiding.comment).joinedload(Comment.definition),
        joinedload(Appeal.hiding).joinedload(Hiding.rule),
        joinedload(Appeal.block).joinedload(Block.rule),
        joinedload(Appeal.suspension),
    )
    for appeal in db.scalars(appeals.order_by(Appeal.id)):
        begun, end = made.pop(appeal.id, None), decided.pop(appeal.id, None)
        yield from _check(appeal, begun, end)
    for number in sorted(made.keys() | decided.keys()):
        yield Finding(f"appeals {number}", "the record tells of it, but no row")


def _check(appeal: Appeal, begun: Happening | None, end: Happening | None) -> Iterator[Finding]:
    where = f"appeals {appeal.id}"
    if begun is None:
        yield Finding(where, "no entry of the record tells of it")
        return
    about = against(appeal).about
    pairs = {
        "person": (appeal.by_id, begun.entry.person_id),
        "time": (appeal.at, begun.entry.at),
        "measure": (about, {name: begun.entry.about.get(name) for name in about}),
    }
    if begun.said("words") is not None:
        pairs["words"] = (appeal.words, begun.said("words"))
    if end and end.said("reason") is not None:
        pairs["reason"] = (appeal.reason, end.said("reason"))
    yield from compared(where, pairs)
    row_end = (appeal.decided_at, appeal.decided_by_id, appeal.outcome)
    told_end = (end.entry.at, end.entry.person_id, end.entry.about["outcome"]) if end else None
    yield from compared(where, {"decision": (row_end, told_end or (None, None, None))})
