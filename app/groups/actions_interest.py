"""Declaring one's interests, and ending what was declared."""

from sqlalchemy.orm import Session

from app.groups import queries, queries_interest, rules, rules_interest
from app.groups.models import Group
from app.groups.models_interest import Interest
from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.record.actions import record


def declare_interest(
    db: Session, group: Group, *, by: Person, kind: str, words: str, shown_to: str
) -> Interest:
    """A member says what may weigh with them, to everybody or to people in the group.

    Kind and words stand beside the entry of the record, for one that is shown to the group only.
    """
    lock(db, group)
    now = clock.now()
    rules.enforce(
        rules_interest.may_declare_interest(
            queries.membership_of(db, group.id, by),
            standing=queries_interest.standing_count(db, group.id, by),
            kind=kind,
            words=words,
        )
    )
    interest = Interest(
        group_id=group.id,
        person_id=by.id,
        kind=kind,
        words=words.strip(),
        shown_to="everybody" if shown_to == "everybody" else "group",
        since=now,
    )
    db.add(interest)
    db.flush()
    record(
        db, group.log_id, "interest.declared", by=by.id, at=now,
        about={"person": by.id, "interest": interest.id, "shown_to": interest.shown_to},
        words={"kind": interest.kind, "words": interest.words},
    )  # fmt: skip
    return interest


def end_interest(db: Session, interest: Interest, *, by: Person) -> None:
    """An interest stands no longer, from now on; that it did, stays to be read."""
    group = db.get_one(Group, interest.group_id)
    lock(db, group)
    lock(db, interest)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_interest.may_end_interest(mine, interest, person_id=by.id))
    interest.until = now
    about = {"person": by.id, "interest": interest.id}
    record(db, group.log_id, "interest.ended", by=by.id, at=now, about=about)
