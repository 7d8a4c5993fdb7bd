"""Importing a draft: paste or upload it, look at the plan, correct it, carry it out."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.definitions import queries, rules
from app.definitions.forms import ImportForm
from app.definitions.importing import Drafted, import_draft, plan_import
from app.definitions.models import Definition
from app.definitions.planned import lines_of
from app.definitions.routes import VisibleDefinition
from app.definitions.tree import wording_hash
from app.groups.queries import membership_of
from app.kit.db import Db
from app.kit.forms import Submitted, Upload, submitted
from app.kit.i18n import _
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn

router = APIRouter(prefix="/d/{slug}/import")

VERSION = re.compile(r"(\d+(?:\.\d+)+(?:-[0-9A-Za-z.]+)?)")
FIELDS = {"label_not_taken": "label", "label_in_use": "label"}


@router.get("")
def import_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db
) -> Response:
    membership = membership_of(db, definition.group_id, person)
    return page(
        request,
        "definitions/import.html",
        definition=definition,
        form=Submitted.blank(ImportForm),
        refusal=rules.may_change_text(membership),
    )


@router.post("")
def import_or_plan(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[ImportForm], Depends(submitted(ImportForm))],
) -> Response:
    """Shows the plan of the draft; carries it out when that was asked for and nothing is wrong."""
    refuse_unless(rules.may_change_text(membership_of(db, definition.group_id, person)))
    markdown = _draft(request, form)
    if form.errors:
        return _again(request, definition, form)
    try:
        drafted = _planned(db, definition, markdown, form)
    except Refused as refused:
        form.refuse("markdown", sentence_of(request, refused.refusal))
        return _again(request, definition, form)
    _check(request, form, drafted, markdown)
    if form.errors or form.value.deed == "plan":
        return _plan_page(request, definition, form, drafted, markdown)
    before = queries.versions_of(db, definition)
    try:
        version = import_draft(
            db,
            definition,
            by=person,
            markdown=markdown,
            label=form.value.label,
            note=form.value.note,
            take=drafted.plan.take,
            base=form.value.base,
        )
    except Refused as refused:
        field = FIELDS.get(refused.refusal.code, "")
        form.refuse(field, sentence_of(request, refused.refusal))
        return _plan_page(request, definition, form, drafted, markdown)
    root = f"/d/{definition.slug}"
    if before:
        return see_other(
            f"{root}/compare/{before[-1].label}...{version.label}", said="draft_imported"
        )
    return see_other(f"{root}/v/{version.label}", said="draft_imported")


def _draft(request: Request, form: Submitted[ImportForm]) -> str:
    """The Markdown: of the file, if one came, else what was pasted."""
    upload = form.typed.get("file")
    if not isinstance(upload, Upload):
        return str(form.typed.get("markdown") or "")
    try:
        text = upload.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        form.refuse("file", sentence_of(request, Refusal("draft_not_text")))
        return ""
    form.typed["markdown"] = text
    if not form.typed.get("label") and (found := VERSION.search(upload.name.removesuffix(".md"))):
        form.typed["label"] = found[1]
    return text


def _planned(db: Db, definition: Definition, markdown: str, form: Submitted[ImportForm]) -> Drafted:
    """The likeliest plan, with the editor's corrections if they were made for this draft."""
    drafted = plan_import(db, definition, markdown)
    if form.value.draft != wording_hash(markdown) or form.value.base != drafted.base:
        return drafted
    take = list(drafted.plan.take)
    for choice in form.value.take:
        position, _colon, clause = choice.partition(":")
        if position.isdecimal() and int(position) < len(take):
            take[int(position)] = int(clause) if clause.isdecimal() else None
    return plan_import(db, definition, markdown, take) if form.value.take else drafted


def _check(request: Request, form: Submitted[ImportForm], drafted: Drafted, markdown: str) -> None:
    sent = form.value
    if sent.deed != "import":
        return
    if not sent.label:
        form.refuse("label", _("This is needed."))
    if sent.base != drafted.base:
        form.refuse("", sentence_of(request, Refusal("text_moved_on")))
    elif sent.draft != wording_hash(markdown):
        form.refuse("", _("The draft is another one now. This is its plan; look at it again."))


def _again(request: Request, definition: Definition, form: Submitted[ImportForm]) -> Response:
    form.typed["file"] = ""
    return page(
        request,
        "definitions/import.html",
        422,
        definition=definition,
        form=form,
        refusal=None,
    )


def _plan_page(
    request: Request,
    definition: Definition,
    form: Submitted[ImportForm],
    drafted: Drafted,
    markdown: str,
) -> Response:
    form.typed["file"] = ""
    if not form.typed.get("label"):
        first = next(iter(drafted.plan.rows)).block.markdown
        found = VERSION.search(first) if len(first) < 80 else None
        form.typed["label"] = found[1] if found else ""
    names: dict[str, Any] = {"draft": wording_hash(markdown), "base": drafted.base}
    return page(
        request,
        "definitions/plan.html",
        422 if form.errors else 200,
        definition=definition,
        form=form,
        drafted=drafted,
        runs=lines_of(drafted),
        **names,
    )
