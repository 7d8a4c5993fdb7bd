"""Inviting from a list: paste or upload it, see every row judged, mend what is wrong, send."""

from itertools import zip_longest
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.groups import queries, rules_invitation
from app.groups.actions_invitation import send_invitations
from app.groups.forms import ListForm
from app.groups.member_list import (
    COLUMNS,
    Row,
    as_typed,
    decoded,
    read_list,
    with_edits,
    write_list,
)
from app.groups.models import Group
from app.groups.queries_invitation import known_for
from app.groups.routes import VisibleGroup
from app.groups.rules_invitation import ROWS_MAX, may_invite
from app.groups.views_list import MENDED_MAX, Checked, mends
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, Upload, submitted
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn
from app.people.routes import Config
from app.record.canonical import content_hash

router = APIRouter(prefix="/g/{group}/people/list")


@router.get("")
def list_page(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    return _again(request, group, Submitted.blank(ListForm), status=200)


@router.post("")
def check_or_invite(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[ListForm], Depends(submitted(ListForm))],
) -> Response:
    """Shows each row with what is wrong with it; sends, when that was asked for and the button
    said how many, or nothing is wrong any more."""
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    text = _text(request, form)
    rows = [] if form.errors else read_list(text)
    if not form.errors and not 0 < len(rows) <= ROWS_MAX:
        code = "list_too_long" if rows else "list_empty"
        form.refuse("people", sentence_of(request, Refusal(code, most=ROWS_MAX)))
    if form.errors:
        return _again(request, group, form)
    checked = _checked(db, group, text, rows, form.value)
    asked = form.value.deed == "invite" and bool(checked.good)
    if not asked or (checked.wrong and len(checked.good) != form.value.good):
        return _preview(request, group, form, checked, held=asked)
    try:
        send_invitations(
            db,
            group,
            by=person,
            rows=[one.row for one in checked.good],
            adding=checked.adding,
            settings=config,
        )
    except Refused as refused:
        if refused.status == 403:
            raise
        form.refuse("", sentence_of(request, refused.refusal))
        return _preview(request, group, form, checked, status=refused.status)
    return see_other(f"/g/{group.slug}/people", said="invitations_sent")


def _text(request: Request, form: Submitted[ListForm]) -> str:
    """The list: of the file, if one came, else what was pasted; as a text area gives it back."""
    upload = form.typed.get("file")
    if not isinstance(upload, Upload):
        return as_typed(str(form.typed.get("people") or ""))
    text = decoded(upload.data)
    if text is None:
        form.refuse("file", sentence_of(request, Refusal("list_not_text")))
        return ""
    form.typed["people"] = text = as_typed(text)
    return text


def _checked(db: Db, group: Group, text: str, rows: list[Row], sent: ListForm) -> Checked:
    """Each row judged, with what was mended if that was mended in this very list."""
    if sent.of == content_hash(text) and (edits := _edits(sent)):
        mended = with_edits(rows, edits)
        if mended != rows:
            text = as_typed(write_list(row.cells() for row in mended))
            rows = read_list(text)
    known = known_for(db, group, [row.email for row in rows], clock.now())
    adding = {name.casefold(): name for name in sent.adding if name.strip()}
    judged = rules_invitation.judge(rows, known, adding.keys())
    addable: dict[str, list[str]] = {}
    for row in rows:
        folded = row.category.casefold()
        if folded and folded not in known.categories and len(folded) <= 80:
            addable.setdefault(folded, []).append(row.category)
    return Checked(
        text,
        judged,
        adding=[names[0] for folded, names in addable.items() if folded in adding],
        addable=[(names[0], len(names)) for names in addable.values()],
    )


def _edits(sent: ListForm) -> list[Row]:
    columns = [getattr(sent, name) for name in COLUMNS]
    return [
        Row(int(number), *(" ".join(cell.split()) for cell in cells))
        for number, *cells in zip_longest(sent.number, *columns, fillvalue="")
        if number.isascii() and number.isdecimal() and len(number) <= 4
    ]


def _again(
    request: Request, group: Group, form: Submitted[ListForm], status: int = 422
) -> Response:
    form.typed["file"] = ""
    return page(request, "groups/list.html", status, group=group, form=form, most=ROWS_MAX)


def _preview(
    request: Request,
    group: Group,
    form: Submitted[ListForm],
    checked: Checked,
    *,
    held: bool = False,
    status: int = 200,
) -> Response:
    """held: nothing was sent, since another number of rows is good than the button had said."""
    form.typed["file"], form.typed["people"] = "", checked.text

    def sentence(refusal: Refusal) -> str:
        return sentence_of(request, refusal)

    names = [one.name for one in group.categories] + list(checked.adding)
    wrong = mends(checked.wrong, names, sentence)
    return page(
        request,
        "groups/list_checked.html",
        status,
        group=group,
        held=held,
        form=form,
        checked=checked,
        wrong=wrong,
        there=mends(checked.there, names, sentence, most=MENDED_MAX - len(wrong)),
    )
