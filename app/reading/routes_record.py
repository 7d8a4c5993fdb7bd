"""The record of a definition: all that happened to it, newest first."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions.queries_held import held_back
from app.kit.db import Db
from app.kit.forms import Line, Submitted, check
from app.kit.pages import public_page
from app.kit.web import page
from app.people.current import Viewer
from app.people.queries import names_of
from app.record import queries
from app.record.models import Log
from app.record.queries import Filters

router = APIRouter()

Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2999, 12, 31))]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class FilterForm(BaseModel):
    """Which entries to show. Days are days in UTC, the last one included."""

    verb: Line = ""
    person: Line = ""
    since: Day | None = None
    until: Day | None = None
    clause: Number | None = None
    proposal: Number | None = None
    ballot: Number | None = None
    comment: Number | None = None


@router.get("/d/{slug}/record")
def show(
    request: Request, definition: VisibleDefinition, person: Viewer, db: Db, after: str = ""
) -> Response:
    log = queries.log_of(db, definition.log_id)
    return public_page(
        request,
        queries.sequence_of(db, log.id),
        lambda: _show(request, db, definition, log, after),
    )


def _show(request: Request, db: Db, definition: Definition, log: Log, after: str) -> Response:
    typed = {name: request.query_params.get(name, "") for name in FilterForm.model_fields}
    form = check(FilterForm, typed)
    filters = Filters() if form.errors else filters_of(form.value)
    found = queries.happenings(db, log.id, filters, after=after)
    doers = queries.people_of(db, log.id)
    ids = doers.union(*(one.people for one in found.items))
    people = names_of(db, ids)
    return page(
        request,
        "record/show.html",
        422 if form.errors else 200,
        definition=definition,
        log=log,
        form=form,
        subject=filters.subject,
        found=found,
        held=held_back(db, definition, found.items),
        people=people,
        doers=sorted(((id, people[id]) for id in doers if id in people), key=lambda one: one[1]),
        rooms=sorted({verb.split(".")[0] for verb in queries.verbs_of(db, log.id)}),
        query=_query(form, after),
    )


def filters_of(form: FilterForm) -> Filters:
    """What the form asks for: the days as moments, the end exclusive."""
    numbers = ((name, getattr(form, name)) for name in queries.SUBJECTS)
    return Filters(
        verb=form.verb,
        person=form.person,
        since=_midnight(form.since) if form.since else None,
        until=_midnight(form.until + timedelta(days=1)) if form.until else None,
        subject=next(((name, number) for name, number in numbers if number), None),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _query(form: Submitted[FilterForm], after: str) -> dict[str, Any]:
    """The filters as they stand in the address."""
    return {**form.typed, "after": after}
