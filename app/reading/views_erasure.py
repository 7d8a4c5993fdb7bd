"""The page on which somebody erases themselves, with what stands in the way."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.groups.queries_erasure import groups_without
from app.groups.rules_erasure import may_leave_for_good
from app.kit.forms import Submitted
from app.kit.web import page
from app.people.forms import ErasureForm
from app.people.models import Person
from app.people.queries import administration_of
from app.people.rules_erasure import may_be_erased


def show_erasure(
    request: Request,
    db: Session,
    person: Person,
    form: Submitted[ErasureForm],
    status: int = 200,
) -> Response:
    """With a form that was refused, if any."""
    refusal = may_be_erased(None, administration_of(db, person)) or may_leave_for_good(
        groups_without(db, person)
    )
    return page(request, "people/erasure.html", status, form=form, refusal=refusal)
