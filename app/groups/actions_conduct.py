"""Making the rules of conduct of a group."""

from sqlalchemy.orm import Session

from app.groups import queries_conduct as queries, rules_conduct as rules
from app.groups.models import Group
from app.groups.models_conduct import ConductRule
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person
from app.record.actions import record


def make_conduct_rule(
    db: Session, group: Group, *, by: Person, words: str, replaces: int | None = None
) -> ConductRule:
    """Another rule of conduct, which holds from now on. replaces: the number of the rule whose
    place it takes. What was decided under that one stays decided under it."""
    lock(db, group)
    now = clock.now()
    refuse_unless(rules.may_make_conduct_rule(membership_of(db, group.id, by)))
    words = words.strip()
    if not words:
        raise Refused(Refusal("conduct_rule_empty"), 422)
    before = None
    if replaces is not None:
        before = queries.conduct_rule_of(db, group.id, replaces)
        refuse_unless(rules.must_be_in_force(before, replaces), 409 if before else 422)
    rule = ConductRule(
        group_id=group.id,
        number=queries.next_conduct_rule_number(db, group.id),
        words=words,
        by_id=by.id,
        since=now,
        replaces_id=before.id if before else None,
    )
    db.add(rule)
    db.flush()
    about = {"rule": rule.number} | ({"replaces": replaces} if before else {})
    record(
        db, group.log_id, "conduct_rule.made", by=by.id, at=now, about=about,
        words={"words": words},
    )  # fmt: skip
    return rule
