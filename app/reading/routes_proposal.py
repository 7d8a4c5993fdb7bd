"""The page of a proposal: its changes and revisions, its ballots, and what is said about it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app.ballots.queries import ballots_on
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions.queries_thread import discussion_of
from app.discussions.subjects import Subject
from app.groups.rules import must_be_chair
from app.kit.db import Db
from app.kit.pages import public_page
from app.kit.web import page
from app.people.current import Viewer
from app.people.models import Person
from app.proposals.queries import proposal_for
from app.proposals.queries_page import proposal_page
from app.proposals.rules import may_be_put_to_ballot
from app.proposals.views import show_view
from app.record.queries import log_of

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
    sequence = (definition.log_id, log_of(db, definition.log_id).size)
    return public_page(
        request, sequence, lambda: _show(request, definition, viewer, db, number, page)
    )


def _show(
    request: Request,
    definition: Definition,
    viewer: Person | None,
    db: Db,
    number: int,
    thread_page: int,
) -> Response:
    proposal = proposal_for(db, definition, number)
    it = proposal_page(db, definition, proposal, viewer=viewer)
    subject = Subject("proposal", proposal.id, proposal.number, it.last.revision.title)
    return page(
        request,
        "proposals/show.html",
        discussion=discussion_of(db, definition, subject, viewer=viewer, page=thread_page),
        ballots=ballots_on(db, proposal_id=proposal.id),
        may_open_ballot=must_be_chair(it.membership) or may_be_put_to_ballot(proposal),
        **show_view(definition, it),
    )
