"""Reporting a comment, for everybody who is signed in; and dismissing reports, for chairs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions import actions_report as actions, rules_moderation as rules
from app.discussions.forms_moderation import DismissalForm, ReportForm
from app.discussions.queries import comment_of
from app.discussions.queries_moderation import in_context, open_report
from app.discussions.queries_thread import place_of
from app.discussions.views import place_in_text
from app.discussions.views_moderation import Refilled, moderation_page
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn

router = APIRouter(prefix="/d/{slug}/comments/{number}")


@router.get("/report")
def report_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    comment = comment_of(db, definition, number)
    mine = open_report(db, comment, person)
    rules.enforce(rules.may_report(comment, person.id, mine))
    return _report_page(request, db, definition, number, Submitted.blank(ReportForm))


@router.post("/report")
def report_comment(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[ReportForm], Depends(submitted(ReportForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    status = 422
    if not form.errors:
        value = form.value
        try:
            actions.report_comment(
                db, definition, comment, by=person, ground=value.ground, words=value.words
            )
            return see_other(place_of(db, definition, comment), said="comment_reported")
        except Refused as refused:
            field = "words" if refused.refusal.code == "report_needs_words" else ""
            form.refuse(field, sentence_of(request, refused.refusal))
            status = refused.status
    return _report_page(request, db, definition, number, form, status)


@router.post("/report/dismissal")
def dismiss_reports(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[DismissalForm], Depends(submitted(DismissalForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    status = 422
    if not form.errors:
        try:
            actions.dismiss_reports(
                db, definition, comment, by=person, answer=form.value.answer, seen=form.value.seen
            )
            return see_other(f"/d/{definition.slug}/moderation", said="reports_dismissed")
        except Refused as refused:
            if refused.status == 403:
                raise
            form.refuse("answer", sentence_of(request, refused.refusal))
            status = refused.status
    refilled = Refilled("dismissal", number, form)
    return moderation_page(request, db, definition, person, refilled=refilled, status=status)


def _report_page(
    request: Request,
    db: Db,
    definition: Definition,
    number: int,
    form: Submitted[ReportForm],
    status: int = 200,
) -> Response:
    it = in_context(db, definition, number)
    return page(
        request,
        "discussions/report.html",
        status,
        definition=definition,
        it=it,
        place=place_in_text(db, definition, it.subject),
        form=form,
    )
