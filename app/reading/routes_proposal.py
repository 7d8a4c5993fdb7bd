"""The page of a proposal: its changes and revisions, its ballots, what is said about it; and the
form on it, by which its author takes it back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from app.ballots.queries import ballots_on
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions.queries_thread import discussion_of
from app.discussions.subjects import Subject
from app.groups.rules import must_be_chair
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.pages import public_page
from app.kit.web import page, see_other
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.proposals import actions
from app.proposals.forms import WithdrawalForm
from app.proposals.queries import proposal_for
from app.proposals.queries_page import proposal_page
from app.proposals.rules import enforce, may_be_put_to_ballot, may_withdraw
from app.proposals.views import show_view
from app.record.queries import sequence_of

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Page = Annotated[int, Query(ge=1, le=10**6)]


@router.get("/d/{slug}/p/{number}")
def show_proposal(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    number: Number,
    page: Page = 1,
) -> Response:
    sequence = sequence_of(db, definition.log_id)
    return public_page(
        request, sequence, lambda: _show(request, definition, viewer, db, number, thread_page=page)
    )


@router.post("/d/{slug}/p/{number}/withdrawal")
def withdraw_proposal(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[WithdrawalForm], Depends(submitted(WithdrawalForm))],
) -> Response:
    proposal = proposal_for(db, definition, number)
    if form.errors:
        enforce(may_withdraw(proposal, person.id))  # who may not is told that, not their mistake
        return _show(request, definition, person, db, number, withdrawal=form, status=422)
    actions.withdraw_proposal(db, definition, proposal, by=person, reason=form.value.reason)
    return see_other(f"/d/{definition.slug}/p/{number}", said="proposal_withdrawn")


def _show(
    request: Request,
    definition: Definition,
    viewer: Person | None,
    db: Db,
    number: int,
    *,
    thread_page: int = 1,
    withdrawal: Submitted[WithdrawalForm] | None = None,
    status: int = 200,
) -> Response:
    proposal = proposal_for(db, definition, number)
    it = proposal_page(db, definition, proposal, viewer=viewer)
    subject = Subject("proposal", proposal.id, proposal.number, it.last.revision.title)
    return page(
        request,
        "proposals/show.html",
        status,
        withdrawal=withdrawal or Submitted.blank(WithdrawalForm),
        discussion=discussion_of(db, definition, subject, viewer=viewer, page=thread_page),
        ballots=ballots_on(db, proposal_id=proposal.id),
        may_open_ballot=must_be_chair(it.membership)
        or may_be_put_to_ballot(proposal, it.standing.clashes if it.standing else ()),
        **show_view(definition, it),
    )
