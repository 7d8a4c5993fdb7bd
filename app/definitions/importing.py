"""Importing a draft: its plan against the working text, and the version that it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.definitions import queries, rules
from app.definitions.changes import steps_between
from app.definitions.draft import Unreadable, parse
from app.definitions.matching import corrected, match
from app.definitions.models import Definition, Text, Version, WorkingText
from app.definitions.placed import Placed
from app.definitions.plan import Plan, PlanRow, Verdict, WrongPlan
from app.definitions.steps import put_version, take_step
from app.definitions.tree import Block, Node, wording_hash
from app.groups.queries import membership_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person
from app.record.actions import record


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft held against the working text. `base` is the hash of that text: the plan is for it
    and for no other."""

    base: str
    standing: Sequence[Placed]
    plan: Plan

    @property
    def clauses(self) -> Mapping[int, Placed]:
        return {clause.number: clause for clause in self.standing}

    @property
    def gone(self) -> list[Placed]:
        return [self.clauses[clause] for clause in self.plan.gone]


def plan_import(
    db: Session,
    definition: Definition,
    markdown: str,
    take: Sequence[int | None] | None = None,
) -> Drafted:
    """What importing this draft would do. take: for each block the clause an editor chose, None
    for a new one; without it, the likeliest. Raises Refused for drafts and choices that can't be.
    """
    working = db.get_one(WorkingText, definition.id)
    text = db.get_one(Text, working.text_id)
    standing = queries.text_of(db, text.id)
    return Drafted(text.hash, standing, plan_of(standing, markdown, take))


def import_draft(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    markdown: str,
    label: str,
    note: str = "",
    take: Sequence[int | None] | None = None,
    base: str | None = None,
) -> Version:
    """Makes the draft the working text and freezes it as a version, with its changes.

    take: as in `plan_import`. base: the hash of the text that the plan was made for; when the
    working text is another by now, nothing is imported.
    """
    working = db.get_one(WorkingText, definition.id)
    lock(db, working)
    now = clock.now()
    refuse_unless(rules.may_change_text(membership_of(db, definition.group_id, by)))
    text = db.get_one(Text, working.text_id)
    refuse_unless(rules.must_have_read(base, text.hash), 409)
    standing = queries.text_of(db, text.id)
    plan = plan_of(standing, markdown, take)
    refuse_unless(rules.must_be_label(label, len(plan.rows)), 422)
    nodes, words, split_from = _grown(plan, standing, queries.next_clause_number(db, definition.id))
    changes = steps_between([clause.node for clause in standing], nodes)
    facts: dict[str, object] = {"version": label, "clauses": len(nodes)}
    if changes:
        taken = take_step(
            db,
            definition,
            by=by,
            changes=changes,
            words=words,
            reason=note,
            source="import",
            at=now,
            split_from=split_from,
        )
        facts |= taken.about
    version = put_version(db, definition, by=by, label=label, note=note, at=now)
    record(
        db,
        definition.log_id,
        "draft.imported",
        by=by.id,
        at=now,
        about=facts | {"text": version.text.hash},
        words={"note": note} if note else {},
    )
    return version


def plan_of(
    standing: Sequence[Placed], markdown: str, take: Sequence[int | None] | None = None
) -> Plan:
    """The plan of a draft against these clauses. Raises Refused."""
    try:
        blocks = parse(markdown)
    except Unreadable as error:
        raise Refused(rules.of_unreadable(error), 422) from error
    refuse_unless(rules.must_hold_words(blocks), 422)
    old: list[tuple[int, Block]] = [(clause.number, clause.block) for clause in standing]
    if take is None:
        return match(old, blocks)
    if len(take) != len(blocks):
        raise Refused(Refusal("plan_not_fitting"), 422)
    try:
        return corrected(old, blocks, take)
    except WrongPlan as error:
        raise Refused(Refusal("plan_not_possible", clause=error.clause), 422) from error


def _grown(
    plan: Plan, standing: Sequence[Placed], next_number: int
) -> tuple[list[Node], dict[str, str], dict[int, int]]:
    """The text that the plan makes, its words by hash, and what was split off from where.

    What differs in white space only keeps the words that it had.
    """
    old = {clause.number: clause for clause in standing}
    nodes: list[Node] = []
    words: dict[str, str] = {}
    split_from: dict[int, int] = {}
    for row in plan.rows:
        number = row.clause
        if number is None:
            number, next_number = next_number, next_number + 1
        if row.split_from is not None:
            split_from[number] = row.split_from
        markdown = _words(row, old)
        name = wording_hash(markdown)
        words[name] = markdown
        block = row.block
        nodes.append(Node(number, block.kind, block.depth, name, block.level, block.ordinal))
    return nodes, words, split_from


def _words(row: PlanRow, old: Mapping[int, Placed]) -> str:
    if row.verdict is Verdict.same and row.clause is not None:
        return old[row.clause].markdown
    return row.block.markdown
