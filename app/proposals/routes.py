"""Pages of proposals: the list, the sheet on which one is written, seconding. The page of one
proposal, where discussion and ballots meet, is ``reading``'s, with the form on it."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.queries import text_of
from app.definitions.routes import VisibleDefinition
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.db import Db, only_looks
from app.kit.forms import Submitted
from app.kit.pages import public_page
from app.kit.refusals import Refused, Stale
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.floods import LIMITED_SEARCH, limited
from app.people.models import Person
from app.proposals import actions, rules
from app.proposals.forms import ListForm, Sheet, submitted_sheet
from app.proposals.models import Proposal
from app.proposals.queries import proposal_for, revisions_made_by
from app.proposals.queries_list import proposals_of
from app.proposals.views import list_view
from app.proposals.views_sheet import (
    begin_row,
    begun_sheet,
    check_rows,
    put_refusal,
    revision_sheet,
    sheet_view,
)
from app.record.queries import sequence_of

router = APIRouter(prefix="/d/{slug}")

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
PROPOSING = limited("proposals", revisions_made_by)
Written = Annotated[Sheet, Depends(submitted_sheet)]


@router.get("/proposals", dependencies=[LIMITED_SEARCH])
def proposals_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    chosen: Annotated[ListForm, Query()],
) -> Response:
    def render() -> Response:
        found = proposals_of(db, definition, chosen.filters(), after=chosen.after or None, limit=30)
        block = block_of(db, definition.group_id, viewer, clock.now())
        may = rules.may_propose(membership_of(db, definition.group_id, viewer), block)
        names = list_view(db, definition, chosen, found)
        form = Submitted.blank(ListForm, **chosen.model_dump())
        return page(request, "proposals/list.html", form=form, may_propose=may, **names)

    return public_page(request, sequence_of(db, definition.log_id), render)


@router.get("/p/new")
def new_proposal_page(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    clause: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    verb: Annotated[str, Query(max_length=10)] = "reword",
) -> Response:
    text = text_of(db, definition.working.text_id)
    sheet = begun_sheet(definition, text, clause=clause, verb=verb)
    return _sheet_page(request, db, definition, person, sheet)


@router.post("/p/preview")
@only_looks
def preview_proposal(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, sheet: Written
) -> Response:
    """The sheet again with its redline, one change more, or one less. Writes nothing."""
    typed = sheet.form.typed
    proposal = None
    if sheet.head is not None and not sheet.head.errors and sheet.value.revises is not None:
        proposal = proposal_for(db, definition, sheet.value.revises)
    text = text_of(db, definition.working.text_id)
    if sheet.deed.startswith("drop-") and sheet.deed[5:].isascii() and sheet.deed[5:].isdecimal():
        sheet.drop(int(sheet.deed[5:]))
    elif sheet.deed == "more":
        begin_row(sheet, text, clause=sheet.more.clause, verb=sheet.more.verb)
    for name in ("title", "rationale"):
        if not typed.get(name):
            sheet.form.errors.pop(name, None)  # not yet written is not yet wrong
    return _sheet_page(request, db, definition, person, sheet, proposal=proposal, base=_base(sheet))


@router.post("/proposals", dependencies=[PROPOSING])
def propose(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, sheet: Written
) -> Response:
    def put_forward() -> Response:
        value = sheet.value
        proposal = actions.propose(
            db,
            definition,
            by=person,
            title=value.title,
            rationale=value.rationale,
            steps=list(sheet.steps.values()),
            base=value.base or None,
        )
        return see_other(_path(definition, proposal), said="proposal_put_forward")

    return _taken(request, db, definition, person, sheet, put_forward)


@router.get("/p/{number}/revise")
def revise_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    proposal = proposal_for(db, definition, number)
    membership = membership_of(db, definition.group_id, person)
    block = block_of(db, definition.group_id, person, clock.now())
    rules.enforce(rules.may_revise(proposal, person.id, membership, block))
    text = text_of(db, definition.working.text_id)
    sheet = revision_sheet(db, definition, proposal, text)
    return _sheet_page(request, db, definition, person, sheet, proposal=proposal)


@router.post("/p/{number}/revisions", dependencies=[PROPOSING])
def revise_proposal(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    sheet: Written,
) -> Response:
    proposal = proposal_for(db, definition, number)

    def put_otherwise() -> Response:
        value = sheet.value
        actions.revise_proposal(
            db,
            definition,
            proposal,
            by=person,
            title=value.title,
            rationale=value.rationale,
            steps=list(sheet.steps.values()),
            base=value.base or None,
            seen=value.seen,
        )
        return see_other(_path(definition, proposal), said="proposal_revised")

    return _taken(request, db, definition, person, sheet, put_otherwise, proposal=proposal)


@router.post("/p/{number}/second")
def second_proposal(
    definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    proposal = proposal_for(db, definition, number)
    actions.second_proposal(db, definition, proposal, by=person)
    return see_other(_path(definition, proposal), said="proposal_seconded")


@router.post("/p/{number}/second/end")
def take_back_second(
    definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    proposal = proposal_for(db, definition, number)
    actions.take_back_second(db, definition, proposal, by=person)
    return see_other(_path(definition, proposal), said="second_taken_back")


def _taken(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    sheet: Sheet,
    deed: Callable[[], Response],
    *,
    proposal: Proposal | None = None,
) -> Response:
    """Does the deed, or shows the sheet again with all that was typed and what is wrong with it.

    Stale words are shown beside what stands now; sent again from there, the sheet is meant.
    """
    status, base, newer = 422, _base(sheet), False
    check_rows(sheet, text_of(db, definition.working.text_id), partial(sentence_of, request))
    if not sheet.form.errors:
        try:
            return deed()
        except Stale as stale:
            status, newer = stale.status, "revision" in stale.refusal.facts
            sheet.form.refuse("", sentence_of(request, stale.refusal))
            sheet.form.typed["base"] = definition.working.text.hash
            if proposal is not None:
                sheet.form.typed["seen"] = proposal.revisions[-1].number
        except Refused as refused:
            if refused.refusal.code == "proposed_already":  # sent twice: once is enough
                return see_other(f"/d/{definition.slug}/p/{refused.refusal.facts['proposal']}")
            status = refused.status
            put_refusal(sheet, refused.refusal, sentence_of(request, refused.refusal))
    more = {"proposal": proposal, "base": base, "newer": newer}
    return _sheet_page(request, db, definition, person, sheet, status=status, **more)


def _sheet_page(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    sheet: Sheet,
    *,
    status: int = 200,
    **more: Any,
) -> Response:
    names = sheet_view(db, definition, sheet, person, **more)
    return page(request, "proposals/write.html", status, **names)


def _base(sheet: Sheet) -> str | None:
    """The text that the sheet was begun against, if it says so in a way that can be read."""
    return None if "base" in sheet.form.errors else sheet.form.typed.get("base") or None


def _path(definition: Definition, proposal: Proposal) -> str:
    return f"/d/{definition.slug}/p/{proposal.number}"
