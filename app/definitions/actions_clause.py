"""Editorial changes of one clause: each is one `change_text`, which leaves the entry.

base, in all of them: the hash of the wording that the editor had before them. When the clause says
something else by now, nothing is changed, and the words of then and now are shown.
"""

from sqlalchemy.orm import Session

from app.definitions import queries, rules
from app.definitions.actions import change_text
from app.definitions.changes import Add, Form, Move, Reword, strikes
from app.definitions.models import Definition, WorkingText
from app.definitions.steps import Taken
from app.definitions.tree import Node, Text, hash_under, wording_hash
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
    """Rewords one clause."""
    node, _ = _as_read(db, definition, clause, base, yours=markdown)
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
    beside: int | None = None,
    base: str | None = None,
) -> Taken:
    """Puts a new clause into the text: under a clause (None: the top), after a sibling (None:
    first). beside: the clause that it was written for, and whose wording base names."""
    lock(db, db.get_one(WorkingText, definition.id))
    if beside is not None:
        _as_read(db, definition, beside, base)
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
    base: str | None = None,
) -> Taken:
    """Moves a clause with all that stands under it."""
    _as_read(db, definition, clause, base)
    changes = [Move(clause, under, after)]
    return change_text(db, definition, by=by, changes=changes, words={}, reason=reason)


def strike_clause(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    clause: int,
    reason: str,
    base: str | None = None,
    under: str | None = None,
) -> Taken:
    """Strikes a clause and all that stands under it, each by name. under: the hash of what stood
    there when the editor read it."""
    _, text = _as_read(db, definition, clause, base)
    refuse_unless(rules.must_have_read(under, hash_under(text, clause)), 409)
    changes = strikes(text, clause)
    return change_text(db, definition, by=by, changes=changes, words={}, reason=reason)


def _as_read(
    db: Session, definition: Definition, clause: int, base: str | None, *, yours: str = ""
) -> tuple[Node, Text]:
    """The clause, and the working text, locked: if it still says what the editor read."""
    working = db.get_one(WorkingText, definition.id)
    lock(db, working)
    text = queries.tree_of(db, working.text_id)
    node = next((node for node in text if node.clause == clause), None)
    if node is None:
        raise Refused(Refusal("clause_not_standing", clause=clause), 409)
    if base is not None and base != node.wording:
        known = queries.wordings_of(db, {base, node.wording})
        raise Stale(known.get(base, ""), known[node.wording], yours, clause=clause)
    return node, text
