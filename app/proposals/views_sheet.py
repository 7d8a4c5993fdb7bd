"""The sheet on which a proposal is written: its rows, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.definitions.pieces import redline_html
from app.definitions.placed import Placed
from app.definitions.queries import text_of
from app.definitions.tree import Kind
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.i18n import _
from app.kit.refusals import Refusal
from app.people.models import Person
from app.proposals import rules
from app.proposals.forms import Sheet
from app.proposals.models import Proposal
from app.proposals.queries_page import alternatives_to, written_revisions
from app.proposals.queries_rebase import words_in
from app.proposals.shown import Overtaken, Shown, shown_steps
from app.proposals.steps import Place, Step, with_all_under
from app.proposals.views import label_of, place_choices

# The field of a row that a refusal is about; the words, where nothing is said here.
FIELD_OF = {
    "clause_not_there": "clause",
    "clause_changed_twice": "clause",
    "place_is_needed": "place",
    "place_is_itself": "place",
    "place_is_gone": "place",
    "place_moves_too": "place",
}


@dataclass(frozen=True)
class RowView:
    """One row of a sheet: the clause it is about, where it stands, and what it would change."""

    row: int
    step: Step | None
    clause: Placed | None
    above: Placed | None
    below: Placed | None
    shown: Shown | None
    overtaken: Overtaken | None


def sheet_view(
    db: Session,
    definition: Definition,
    sheet: Sheet,
    viewer: Person,
    *,
    proposal: Proposal | None = None,
    base: str | None = None,
    newer: bool = False,
) -> dict[str, Any]:
    """The sheet on which a proposal is written.

    proposal: the one that is being put otherwise. base: the hash of the text that the rows were
    written before, where some of its clauses have changed since. newer: whether the proposal was
    put otherwise meanwhile; what it says then stands beside what is on the sheet.
    """
    text = text_of(db, definition.working.text_id)
    membership = membership_of(db, definition.group_id, viewer)
    block = block_of(db, definition.group_id, viewer, clock.now())
    refusal = (
        rules.may_propose(membership, block)
        if proposal is None
        else rules.may_revise(proposal, viewer.id, membership, block)
    )
    clauses = [step.clause for step in sheet.steps.values() if step.clause is not None]
    before = _before(db, definition, proposal, base, text)
    rows = _rows(sheet, text, before)
    steps = [row.step for row in rows if row.step is not None]
    return {
        "definition": definition,
        "root": f"/d/{definition.slug}",
        "sheet": sheet,
        "form": sheet.form,
        "proposal": proposal,
        "refusal": refusal,
        "rows": rows,
        "newer": written_revisions(db, proposal, text)[-1] if proposal and newer else None,
        "shown": _preview(steps, text),
        "alternatives": alternatives_to(
            db, definition, clauses, text, besides=proposal.number if proposal else None
        ),
        "places": {placed.number: placed.place for placed in text},
        "clause_choices": [(placed.number, label_of(placed)) for placed in text],
        "place_choices": place_choices(text),
        "redline_html": redline_html,
    }


def begun_sheet(
    definition: Definition, text: Sequence[Placed], *, clause: int | None, verb: str
) -> Sheet:
    """A new sheet with one change of a clause begun, or an addition after it."""
    sheet = Sheet.blank(definition.working.text.hash)
    begin_row(sheet, text, clause=clause, verb=verb)
    return sheet


def begin_row(sheet: Sheet, text: Sequence[Placed], *, clause: int | None, verb: str) -> None:
    """One more row: the words of the clause to begin with, or a place after it. Without a clause
    there can only be an addition."""
    here = next((placed for placed in text if placed.number == clause), None)
    if verb == "add":
        sheet.put(Step("add", kind=_kind_after(here), place=_place_after(here)))
    elif here is not None and verb == "move":
        sheet.put(Step("move", here.number, place=None))
    elif here is not None and verb == "strike":
        sheet.put(Step("strike", here.number))
    elif here is not None:
        sheet.put(Step("reword", here.number, here.markdown))
    elif sheet.deed == "more":
        sheet.form.refuse("more_clause", _("Choose a clause."))


def revision_sheet(
    db: Session, definition: Definition, proposal: Proposal, text: Sequence[Placed]
) -> Sheet:
    """The last revision on a sheet. What others changed meanwhile is merged in where it can be."""
    last = written_revisions(db, proposal, text)[-1]
    sheet = Sheet.blank(
        definition.working.text.hash, revises=proposal.number, seen=last.revision.number
    )
    sheet.form.typed |= {"title": last.revision.title, "rationale": last.revision.rationale}
    standing = {placed.number: placed for placed in text}
    for one in last.changes:
        step = one.step
        here = standing.get(step.clause or 0)
        if step.verb == "reword" and here is not None:
            merged = Overtaken(one.before, here.markdown, step.markdown).merged
            step = Step("reword", step.clause, merged if merged is not None else step.markdown)
        sheet.put(step)
    return sheet


def check_rows(sheet: Sheet, text: Sequence[Placed], sentence: Callable[[Refusal], str]) -> None:
    """Puts what a rule has against a single change beside the field that it is about."""
    standing = {placed.number: placed.node for placed in text}
    words = {placed.number: placed.markdown for placed in text}
    for row, step in sheet.steps.items():
        refusal = rules.may_stand_alone(step, standing, words)
        if refusal is not None:
            sheet.refuse(row, FIELD_OF.get(refusal.code, "markdown"), sentence(refusal))


def put_refusal(sheet: Sheet, refusal: Refusal, sentence: str) -> None:
    """Puts a refusal of the whole beside the row that it names; else above all of them."""
    clause = refusal.facts.get("clause")
    for row, step in sheet.steps.items():
        anchor = step.place.anchor if step.place is not None else None
        if clause and clause in (step.clause, anchor):
            name = FIELD_OF.get(refusal.code, "markdown" if clause == step.clause else "place")
            shown_here = name == "markdown" and step.verb in ("strike", "move")
            sheet.refuse(row, "clause" if shown_here else name, sentence)
            return
    sheet.form.refuse("title" if refusal.code == "title_is_needed" else "", sentence)


def _rows(sheet: Sheet, text: Sequence[Placed], before: Mapping[int, str]) -> list[RowView]:
    position = {placed.number: index for index, placed in enumerate(text)}
    views: list[RowView] = []
    for row in sheet.rows:
        step = sheet.steps.get(row)
        number = step.clause if step is not None else None
        at = position.get(number or 0)
        clause = text[at] if at is not None else None
        above, below = _around(step, text, position, at)
        shown = shown_steps([step], text)[0] if step is not None else None
        overtaken = None
        if step is not None and step.verb == "reword" and clause is not None:
            was = before.get(clause.number, clause.markdown)
            if was != clause.markdown:
                overtaken = Overtaken(was, clause.markdown, step.markdown)
        views.append(RowView(row, step, clause, above, below, shown, overtaken))
    return views


def _around(
    step: Step | None, text: Sequence[Placed], position: Mapping[int, int], at: int | None
) -> tuple[Placed | None, Placed | None]:
    """What stands above and below a clause, or a place."""
    if step is not None and step.verb == "add" and step.place is not None:
        anchor = position.get(step.place.anchor or 0)
        if anchor is None:
            return None, text[0] if text and step.place.anchor is None else None
        return text[anchor], text[anchor + 1] if anchor + 1 < len(text) else None
    if at is None:
        return None, None
    return (text[at - 1] if at else None), (text[at + 1] if at + 1 < len(text) else None)


def _preview(steps: Sequence[Step], text: Sequence[Placed]) -> list[Shown]:
    """What the changes would look like, with all that a strike takes along."""
    nodes = [placed.node for placed in text]
    return [one for one in shown_steps(with_all_under(steps, nodes), text) if one.says_something]


def _before(
    db: Session,
    definition: Definition,
    proposal: Proposal | None,
    base: str | None,
    text: Sequence[Placed],
) -> dict[int, str]:
    """By clause, what it said when the rows were written, where that can be another than now."""
    if base is not None:
        return words_in(db, definition, base)
    if proposal is None:
        return {}
    return {
        one.step.clause: one.before
        for one in written_revisions(db, proposal, text)[-1].changes
        if one.step.clause is not None
    }


def _place_after(here: Placed | None) -> Place | None:
    if here is None:
        return None
    return Place(under=here.number) if here.kind is Kind.heading else Place(after=here.number)


def _kind_after(here: Placed | None) -> Kind:
    if here is None or here.kind is Kind.heading:
        return Kind.paragraph
    return here.kind
