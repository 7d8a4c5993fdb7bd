"""``/api/v1/d/{slug}/proposals``: what is put forward, and putting something forward."""

from typing import Annotated

from fastapi import Header, Query, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.kit.api import Limit, api_router, if_match, reply
from app.kit.db import Db
from app.people.current import SignedIn, Viewer, viewer
from app.people.floods import LIMITED_SEARCH
from app.people.models import Person
from app.proposals import actions
from app.proposals.api_bodies import ProposalBody, WithdrawalBody
from app.proposals.api_json import (
    PROPOSAL_EXAMPLE,
    PROPOSALS_EXAMPLE,
    WITHDRAWN_EXAMPLE,
    proposal_json,
    row_json,
)
from app.proposals.forms import ListForm
from app.proposals.models import Proposal
from app.proposals.queries import look_again, proposal_for
from app.proposals.queries_list import proposals_of
from app.proposals.queries_page import proposal_page
from app.proposals.routes import PROPOSING, Number

router = api_router("proposals", viewer)

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the proposal that you read")
]
OTHER_REVISION = {
    **router.responses[409],
    "description": "It was put otherwise since you read it; `code` is `precondition_failed`.",
}


@router.get(
    "/d/{slug}/proposals",
    dependencies=[LIMITED_SEARCH],
    summary="Proposals, by state, clause, author, category, words",
    responses={200: {"content": {"application/json": {"example": PROPOSALS_EXAMPLE}}}},
)
def list_proposals(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    chosen: Annotated[ListForm, Query()],
    limit: Limit = 50,
) -> Response:
    found = proposals_of(db, definition, chosen.filters(), after=chosen.after or None, limit=limit)
    items = [row_json(definition.slug, row) for row in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/proposals",
    dependencies=[PROPOSING],
    summary="Put changes forward",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": PROPOSAL_EXAMPLE}}}},
)
def propose(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, body: ProposalBody
) -> Response:
    proposal = actions.propose(
        db,
        definition,
        by=person,
        title=body.title,
        rationale=body.rationale,
        steps=body.steps(),
        base=body.base,
    )
    look_again(db, proposal)
    return _answer(request, db, definition, proposal, person, status=201)


@router.get(
    "/d/{slug}/proposals/{number}",
    summary="One proposal, with all its revisions",
    responses={200: {"content": {"application/json": {"example": PROPOSAL_EXAMPLE}}}},
)
def show_proposal(
    request: Request, definition: VisibleDefinition, db: Db, person: Viewer, number: Number
) -> Response:
    return _answer(request, db, definition, proposal_for(db, definition, number), person)


@router.post(
    "/d/{slug}/proposals/{number}/revisions",
    dependencies=[PROPOSING],
    summary="Put it otherwise",
    status_code=201,
    responses={
        201: {"content": {"application/json": {"example": PROPOSAL_EXAMPLE}}},
        412: OTHER_REVISION,
    },
)
def revise_proposal(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: ProposalBody,
    wanted: IfMatch = None,
) -> Response:
    proposal = proposal_for(db, definition, number)
    if_match(request, etag_of(proposal))
    actions.revise_proposal(
        db,
        definition,
        proposal,
        by=person,
        title=body.title,
        rationale=body.rationale,
        steps=body.steps(),
        base=body.base,
        seen=proposal.revisions[-1].number,
    )
    look_again(db, proposal)
    return _answer(request, db, definition, proposal, person, status=201)


@router.post(
    "/d/{slug}/proposals/{number}/second",
    summary="Stand behind it",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": PROPOSAL_EXAMPLE}}}},
)
def second_proposal(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, number: Number
) -> Response:
    proposal = proposal_for(db, definition, number)
    actions.second_proposal(db, definition, proposal, by=person)
    return _answer(request, db, definition, proposal, person, status=201)


@router.delete(
    "/d/{slug}/proposals/{number}/second",
    summary="Take your second back",
    responses={200: {"content": {"application/json": {"example": PROPOSAL_EXAMPLE}}}},
)
def take_back_second(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, number: Number
) -> Response:
    proposal = proposal_for(db, definition, number)
    actions.take_back_second(db, definition, proposal, by=person)
    return _answer(request, db, definition, proposal, person)


@router.post(
    "/d/{slug}/proposals/{number}/withdrawal",
    summary="Take your proposal back",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": WITHDRAWN_EXAMPLE}}}},
)
def withdraw_proposal(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    number: Number,
    body: WithdrawalBody,
) -> Response:
    proposal = proposal_for(db, definition, number)
    actions.withdraw_proposal(db, definition, proposal, by=person, reason=body.reason)
    return _answer(request, db, definition, proposal, person, status=201)


def etag_of(proposal: Proposal) -> str:
    """What ``If-Match`` names: the last revision."""
    last = proposal.revisions[-1]
    return f"{last.number}-{last.hash[:16]}"


def _answer(
    request: Request,
    db: Db,
    definition: Definition,
    proposal: Proposal,
    person: Person | None,
    *,
    status: int = 200,
) -> Response:
    it = proposal_page(db, definition, proposal, viewer=person)
    return reply(
        request,
        db,
        proposal_json(definition.slug, it),
        status=status,
        location=f"/api/v1/d/{definition.slug}/proposals/{proposal.number}"
        if status == 201
        else None,
        etag=etag_of(proposal),
    )
