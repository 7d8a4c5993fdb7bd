"""Editorial changes, made where the clause stands: reword, add after it, move it, strike it."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from app.definitions import queries, rules
from app.definitions.actions_clause import add_clause, edit_clause, move_clause, strike_clause
from app.definitions.forms import AdditionForm, EditForm, MoveForm, StrikeForm
from app.definitions.models import Definition
from app.definitions.pieces import redline_html
from app.definitions.placed import Placed
from app.definitions.places import form_at, place_after
from app.definitions.routes import VisibleDefinition
from app.definitions.tree import hash_under
from app.groups.queries import membership_of
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refusal, Refused, Stale, refuse_unless
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn
from app.people.models import Person

router = APIRouter(prefix="/d/{slug}/c/{number}")

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
FIRST = "first"
FIELDS = {"reason_needed": "reason", "sibling_not_standing": "after"}


@dataclass
class Editing:
    """What the page of editorial changes shows besides the clause."""

    status: int = 200
    form: Submitted[EditForm] | None = None
    addition: Submitted[AdditionForm] | None = None
    move: Submitted[MoveForm] | None = None
    strike: Submitted[StrikeForm] | None = None
    preview: str = ""
    stale: Stale | None = None


@router.get("/edit")
def edit_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    return _page(request, db, definition, person, number, Editing())


@router.post("/edit")
def edit(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[EditForm], Depends(submitted(EditForm))],
) -> Response:
    editing = Editing(422, form=form)
    if not form.errors:
        if form.value.deed == "preview":
            return _preview(request, db, definition, person, number, form)
        sent = form.value.model_dump(exclude={"deed"})
        try:
            edit_clause(db, definition, by=person, clause=number, **sent)
            return _back(definition, number, "text_changed")
        except Refused as refused:
            _say(request, editing, form, refused, "markdown")
    return _page(request, db, definition, person, number, editing)


@router.post("/addition")
def add(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[AdditionForm], Depends(submitted(AdditionForm))],
) -> Response:
    editing = Editing(422, addition=form)
    if not form.errors:
        sent = form.value
        text = _standing(db, definition)
        try:
            _one(text, number)
            nodes = [clause.node for clause in text]
            under, after = place_after(nodes, number, sent.kind)
            added = add_clause(
                db,
                definition,
                by=person,
                form=form_at(nodes, sent.kind, under, after),
                markdown=sent.markdown,
                under=under,
                after=after,
                reason=sent.reason,
                beside=number,
                base=sent.base,
            )
            return _back(definition, added.changes[0].clause, "text_changed")
        except Refused as refused:
            _say(request, editing, form, refused, "markdown")
    return _page(request, db, definition, person, number, editing)


@router.post("/move")
def move(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[MoveForm], Depends(submitted(MoveForm))],
) -> Response:
    editing = Editing(422, move=form)
    if not form.errors:
        text = _standing(db, definition)
        try:
            under, after = _place(text, number, form.value.after)
            sent = form.value.model_dump(exclude={"after"})
            move_clause(db, definition, by=person, clause=number, under=under, after=after, **sent)
            return _back(definition, number, "text_changed")
        except Refused as refused:
            _say(request, editing, form, refused, "after")
    return _page(request, db, definition, person, number, editing)


@router.post("/strike")
def strike(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[StrikeForm], Depends(submitted(StrikeForm))],
) -> Response:
    editing = Editing(422, strike=form)
    if not form.errors:
        try:
            strike_clause(db, definition, by=person, clause=number, **form.value.model_dump())
            return see_other(f"/d/{definition.slug}/c/{number}", said="clause_struck")
        except Refused as refused:
            _say(request, editing, form, refused, "reason")
    return _page(request, db, definition, person, number, editing)


def _preview(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    number: int,
    form: Submitted[EditForm],
) -> Response:
    """The redline of what was typed, nothing written."""
    clause = _one(_standing(db, definition), number)
    refusal = rules.must_fit(clause.kind, form.value.markdown)
    if refusal is not None:
        form.refuse("markdown", sentence_of(request, refusal))
        return _page(request, db, definition, person, number, Editing(422, form=form))
    settled = rules.settled_wording(clause.kind, form.value.markdown)
    preview = redline_html(clause.markdown, settled, clause.kind)
    return _page(request, db, definition, person, number, Editing(form=form, preview=preview))


def _page(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    number: int,
    editing: Editing,
) -> Response:
    text = _standing(db, definition)
    refusal = rules.may_change_text(membership_of(db, definition.group_id, person))
    if request.method == "POST":
        refuse_unless(refusal)
    clause = next((one for one in text if one.number == number), None)
    if clause is None:
        queries.clause_of(db, definition, number)  # not found, if there never was one
        if request.method == "POST":
            raise Refused(Refusal("clause_not_standing", clause=number), 409)
        raise NotFound
    under = [one for one in text if one.place.startswith(f"{clause.place}.")]
    seen: dict[str, Any] = {
        "base": clause.wording,
        "under": hash_under([one.node for one in text], number),
    }
    if editing.status == 409:  # what was read is another by now; this page shows it
        for form in (editing.form, editing.addition, editing.move, editing.strike):
            if form is not None:
                form.typed |= seen
    return page(
        request,
        "definitions/edit.html",
        editing.status,
        definition=definition,
        clause=clause,
        under=under,
        places=[one for one in text if one is not clause and one not in under],
        refusal=refusal,
        form=editing.form or Submitted.blank(EditForm, markdown=clause.markdown, **seen),
        addition=editing.addition or Submitted.blank(AdditionForm, kind="paragraph", **seen),
        move=editing.move or Submitted.blank(MoveForm, **seen),
        strike=editing.strike or Submitted.blank(StrikeForm, **seen),
        preview=editing.preview,
        stale=editing.stale,
    )


def _standing(db: Db, definition: Definition) -> list[Placed]:
    return queries.text_of(db, definition.working.text_id)


def _one(text: list[Placed], number: int) -> Placed:
    found = next((one for one in text if one.number == number), None)
    if found is None:
        raise Refused(Refusal("clause_not_standing", clause=number), 409)
    return found


def _place(text: list[Placed], number: int, after: str) -> tuple[int | None, int | None]:
    moving = _one(text, number)
    if after == FIRST:
        return None, None
    if not after.isdecimal() or not any(one.number == int(after) for one in text):
        raise Refused(Refusal("sibling_not_standing"), 409)
    return place_after([one.node for one in text], int(after), moving.kind)


def _say(
    request: Request, editing: Editing, form: Submitted[Any], refused: Refused, field: str
) -> None:
    """What stands against it, beside the field it is about; who may not is told by a page."""
    if refused.status == 403:
        raise refused
    editing.status = refused.status
    editing.stale = refused if isinstance(refused, Stale) else None
    form.refuse(FIELDS.get(refused.refusal.code, field), sentence_of(request, refused.refusal))


def _back(definition: Definition, number: int, said: str) -> Response:
    return see_other(f"/d/{definition.slug}#c{number}", said=said)
