"""``/api/v1/d/{slug}/ballots``: ballots, votes, extensions, closings, receipts."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.ballots import actions, rules
from app.ballots.actions_close import close_ballot as close
from app.ballots.actions_vote import cast_vote as cast
from app.ballots.api_bodies import BallotBody, CardBody, ExtensionBody, ReceiptBody, VoteBody
from app.ballots.api_json import (
    BALLOT_EXAMPLE,
    BALLOTS_EXAMPLE,
    CLOSED_EXAMPLE,
    COUNTED_EXAMPLE,
    MINE_EXAMPLE,
    MY_VOTE_EXAMPLE,
    VOTE_EXAMPLE,
    VOTES_EXAMPLE,
    ballot_json,
    checked_json,
    my_vote_json,
    page_json,
    vote_json,
)
from app.ballots.cards import card_from, read_share
from app.ballots.counting import RuleCard
from app.ballots.models import Ballot
from app.ballots.queries import (
    Filters,
    ballot_for,
    ballot_named,
    ballots_of,
    ballots_to_cast_page,
    my_votes,
)
from app.ballots.queries_page import ballot_page, vote_of, votes_of
from app.ballots.queries_receipt import check_receipt, inclusion_of
from app.ballots.queries_verb import closing_of
from app.ballots.receipts import Signer, read_receipt, signer_for
from app.ballots.routes import VisibleBallot
from app.ballots.views import interests_beside, subject_named
from app.definitions.models import Definition
from app.definitions.routes import Slug, VisibleDefinition
from app.groups.queries import membership_of
from app.groups.queries_interest import seen_by
from app.kit import clock
from app.kit.api import Cursor, Limit, api_router, reply
from app.kit.db import Db, ends_at_once
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.kit.scopes import needs
from app.kit.watch import unnamed
from app.kit.web import Number
from app.people.current import SignedIn, Viewer, viewer
from app.people.models import Person

router = api_router("ballots", viewer)


def bare_ballot(slug: Slug, number: Number, viewer: Viewer, db: Db) -> Ballot:
    return ballot_named(db, slug, number, viewer)


BareBallot = Annotated[Ballot, Depends(bare_ballot)]


@router.get(
    "/me/ballots",
    summary="What waits for your vote, soonest first",
    responses={200: {"content": {"application/json": {"example": MINE_EXAMPLE}}}},
)
def list_mine(
    request: Request, db: Db, person: SignedIn, after: Cursor = None, limit: Limit = 50
) -> Response:
    now = clock.now()
    found = ballots_to_cast_page(db, person, now=now, after=after, limit=limit)
    items = [ballot_json(ballot, now) for ballot in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.get(
    "/d/{slug}/ballots",
    summary="Ballots, newest first",
    responses={200: {"content": {"application/json": {"example": BALLOTS_EXAMPLE}}}},
)
def list_ballots(
    request: Request,
    definition: VisibleDefinition,
    person: Viewer,
    db: Db,
    state: Annotated[Literal["", "open", "scheduled", "closed", "mine"], Query()] = "",
    proposal: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    version: Annotated[str, Query(max_length=40)] = "",
    after: Cursor = None,
    limit: Limit = 30,
) -> Response:
    now = clock.now()
    filters = Filters(state, proposal, version)
    found = ballots_of(db, definition, filters, viewer=person, now=now, after=after, limit=limit)
    choices = my_votes(db, person, found.items)
    items = [ballot_json(b, now) | {"my_choice": choices.get(b.id)} for b in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/ballots",
    summary="Open a ballot",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": BALLOT_EXAMPLE}}}},
)
def open_ballot(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, body: BallotBody
) -> Response:
    ballot = actions.open_ballot(
        db,
        definition,
        by=person,
        card=_card(body.card),
        opens_at=body.opens_at,
        closes_at=body.closes_at,
        question=body.question,
        names_shown=body.names_shown,
        counts_shown=body.counts_shown,
        **subject_named(db, definition, body.proposal, body.version),
    )
    return _answer(request, db, definition, ballot, person, status=201)


@router.get(
    "/d/{slug}/ballots/{number}",
    summary="A ballot, as you may see it",
    responses={200: {"content": {"application/json": {"example": BALLOT_EXAMPLE}}}},
)
def show_ballot(
    request: Request, definition: VisibleDefinition, ballot: VisibleBallot, person: Viewer, db: Db
) -> Response:
    return _answer(request, db, definition, ballot, person)


@router.put(
    "/d/{slug}/ballots/{number}/vote",
    summary="Cast or change your vote",
    responses={200: {"content": {"application/json": {"example": VOTE_EXAMPLE}}}},
)
@needs("vote")
@unnamed
@ends_at_once
def cast_vote(
    request: Request, ballot: BareBallot, person: SignedIn, db: Db, body: VoteBody
) -> Response:
    vote = cast(
        db,
        ballot,
        by=person,
        choice=body.choice,
        words_hash=body.words,
        reason=body.reason,
        replaces=body.replaces,
    )
    return reply(request, db, my_vote_json(ballot, vote, _signer(request)))


@router.get(
    "/d/{slug}/ballots/{number}/vote",
    summary="Your vote, with its receipt",
    responses={200: {"content": {"application/json": {"example": MY_VOTE_EXAMPLE}}}},
)
def show_vote(request: Request, ballot: VisibleBallot, person: SignedIn, db: Db) -> Response:
    vote = vote_of(db, ballot, person.id)
    refuse_unless(rules.may_have_receipt(vote, person.id), 404)
    assert vote is not None
    proof = inclusion_of(db, ballot, person.id) if ballot.closing is not None else None
    answer = my_vote_json(ballot, vote, _signer(request))
    return reply(request, db, answer | {"inclusion": checked_json(None, proof)})


@router.get(
    "/d/{slug}/ballots/{number}/votes",
    summary="Votes with names, when they are shown",
    responses={200: {"content": {"application/json": {"example": VOTES_EXAMPLE}}}},
)
def list_votes(
    request: Request,
    ballot: VisibleBallot,
    person: Viewer,
    db: Db,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    closing = closing_of(db, ballot)
    refuse_unless(rules.may_see_names(ballot, closing))
    found = votes_of(db, ballot, after=after, limit=limit)
    membership = membership_of(db, ballot.definition.group_id, person)
    named = [vote.person_id for vote in found.items]
    interests = interests_beside(db, ballot, closing, named, seen_by(person, membership))
    items = [
        vote_json(vote)
        | {"person": {"id": vote.person_id, "name": vote.entry.person.name}}
        | {"category": vote.entry.category, "affiliation": vote.entry.affiliation}
        | {"interests": interests.get(vote.person_id, [])}
        for vote in found.items
    ]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/ballots/{number}/extensions",
    summary="Move the close to a later time",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": BALLOT_EXAMPLE}}}},
)
def extend_ballot(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    person: SignedIn,
    db: Db,
    body: ExtensionBody,
) -> Response:
    actions.extend_ballot(db, ballot, by=person, to_time=body.closes_at, reason=body.reason)
    return _answer(request, db, definition, ballot, person, status=201)


@router.post(
    "/d/{slug}/ballots/{number}/closing",
    summary="End it, and count",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": CLOSED_EXAMPLE}}}},
)
def close_ballot(
    request: Request, definition: VisibleDefinition, ballot: VisibleBallot, person: SignedIn, db: Db
) -> Response:
    close(db, ballot, by=person)
    return _answer(request, db, definition, ballot, person, status=201)


@router.post(
    "/d/{slug}/ballots/{number}/receipt-checks",
    summary="Check a receipt",
    responses={200: {"content": {"application/json": {"example": COUNTED_EXAMPLE}}}},
)
@needs("read")  # nothing is kept
def check(request: Request, ballot: VisibleBallot, db: Db, body: ReceiptBody) -> Response:
    receipt = read_receipt(body.receipt)
    checked = check_receipt(db, ballot, closing_of(db, ballot), receipt, _signer(request))
    return reply(request, db, checked_json(checked.verdict, checked.proof))


def _answer(
    request: Request,
    db: Db,
    definition: Definition,
    ballot: Ballot,
    person: Person | None,
    status: int = 200,
) -> Response:
    """The ballot as it is now."""
    now = clock.now()
    ballot = ballot_for(db, definition, ballot.number, again=True)
    it = ballot_page(db, ballot, viewer=person, now=now)
    location = f"/api/v1/d/{definition.slug}/ballots/{ballot.number}" if status == 201 else None
    return reply(request, db, page_json(it, now), status=status, location=location)


def _card(body: CardBody) -> RuleCard:
    try:
        return card_from(
            body.preset,
            quorum=read_share(body.quorum),
            threshold=read_share(body.threshold) if body.threshold is not None else None,
            strict=body.strict,
            base=body.base,
            noes_max=body.noes_max,
        )
    except KeyError as missing:
        raise Refused(Refusal("card_lacks", field=missing.args[0]), 422) from None
    except ValueError as error:
        raise Refused(Refusal("not_a_share", text=str(error)), 422) from None


def _signer(request: Request) -> Signer:
    return signer_for(request.app.state.settings.secret_key)
