"""Editorial changes of one clause: each is one `change_text`, which leaves the entry."""

from sqlalchemy.orm import Session

from app.definitions import queries, rules
from app.definitions.actions import change_text
from app.definitions.changes import Add, Form, Move, Reword, strikes
from app.definitions.models import Definition, WorkingText
from app.definitions.steps import Taken
from app.definitions.tree import wording_hash
from app.groups.queries import membership_of
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, Stale, refuse_unless
from app.people.models import Person


def edit_clause(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    clause: int,
    markdown: str,
    reason: str,
    base: str | None = None,
) -> Taken:
    """Rewords one clause. base: the hash of the wording that the editor had before them; when the
    clause says something else by now, nothing is overwritten and all three are shown."""
    lock(db, db.get_one(WorkingText, definition.id))
    text_id = db.get_one(WorkingText, definition.id).text_id
    node = next((node for node in queries.tree_of(db, text_id) if node.clause == clause), None)
    if node is None:
        raise Refused(Refusal("clause_not_standing", clause=clause), 409)
    if base is not None and base != node.wording:
        known = queries.wordings_of(db, {base, node.wording})
        raise Stale(known.get(base, ""), known[node.wording], markdown, clause=clause)
    refuse_unless(rules.may_change_text(membership_of(db, definition.group_id, by)))
    refuse_unless(rules.must_fit(node.kind, markdown), 422)
    settled = rules.settled_wording(node.kind, markdown)
    name = wording_hash(settled)
    return change_text(
        db,
        definition,
        by=by,
        changes=[Reword(clause, name)],
        words={name: settled},
        reason=reason,
    )


def add_clause(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    form: Form,
    markdown: str,
    under: int | None,
    after: int | None,
    reason: str,
) -> Taken:
    """Puts a new clause into the text: under a clause (None: the top), after a sibling (None:
    first)."""
    lock(db, db.get_one(WorkingText, definition.id))
    refuse_unless(rules.may_change_text(membership_of(db, definition.group_id, by)))
    refuse_unless(rules.must_fit(form.kind, markdown), 422)
    settled = rules.settled_wording(form.kind, markdown)
    name = wording_hash(settled)
    number = queries.next_clause_number(db, definition.id)
    return change_text(
        db,
        definition,
        by=by,
        changes=[Add(number, name, form, under, after)],
        words={name: settled},
        reason=reason,
    )


def move_clause(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    clause: int,
    under: int | None,
    after: int | None,
    reason: str,
) -> Taken:
    """Moves a clause with all that stands under it."""
    changes = [Move(clause, under, after)]
    return change_text(db, definition, by=by, changes=changes, words={}, reason=reason)


def strike_clause(
    db: Session, definition: Definition, *, by: Person, clause: int, reason: str
) -> Taken:
    """Strikes a clause and all that stands under it, each by name."""
    lock(db, db.get_one(WorkingText, definition.id))
    text_id = db.get_one(WorkingText, definition.id).text_id
    changes = strikes(queries.tree_of(db, text_id), clause)
    if not changes:
        raise Refused(Refusal("clause_not_standing", clause=clause), 409)
    return change_text(db, definition, by=by, changes=changes, words={}, reason=reason)
