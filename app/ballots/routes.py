"""Pages of ballots: the list, one ballot, opening one; voting, extending, closing."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.ballots import actions, rules, views
from app.ballots.actions_close import close_ballot as close
from app.ballots.actions_vote import cast_vote as cast
from app.ballots.forms import (
    FIELD_OF_REFUSAL,
    BallotForm,
    ExtensionForm,
    VoteForm,
    moment_of,
    plan_of,
)
from app.ballots.models import Ballot
from app.ballots.queries import Filters, ballot_for, ballot_named, ballots_of, my_votes
from app.definitions.models import Definition
from app.definitions.queries import definition_for
from app.definitions.routes import Slug, VisibleDefinition
from app.kit import clock
from app.kit.db import Db, ends_at_once
from app.kit.forms import Submitted, check, submitted
from app.kit.refusals import Refusal, Refused, SignInFirst
from app.kit.watch import unnamed
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn, Viewer, viewer
from app.people.models import Person

router = APIRouter()


class ListForm(BaseModel):
    """The filters of the list; they live in its address."""

    state: Literal["", "open", "scheduled", "closed", "mine"] = ""
    proposal: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
    version: Annotated[str, Query(max_length=40)] = ""
    after: Annotated[str, Query(max_length=400)] = ""


def visible_ballot(definition: VisibleDefinition, number: Number, db: Db) -> Ballot:
    return ballot_for(db, definition, number)


VisibleBallot = Annotated[Ballot, Depends(visible_ballot)]


async def voter(
    request: Request, slug: Slug, number: Number, db: Db
) -> Callable[[], tuple[Ballot, Person]]:
    """The ballot, and who would vote in it: asked in the route's own thread, so that a vote goes
    through one thread and not through three."""

    def found() -> tuple[Ballot, Person]:
        person = viewer(request, db)
        ballot = ballot_named(db, slug, number, person)
        if person is None:
            raise SignInFirst
        return ballot, person

    return found


Voter = Annotated[Callable[[], tuple[Ballot, Person]], Depends(voter)]


@router.get("/d/{slug}/ballots")
def list_ballots(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    chosen: Annotated[ListForm, Query()],
) -> Response:
    now = clock.now()
    filters = Filters(chosen.state, chosen.proposal, chosen.version)
    found = ballots_of(db, definition, filters, viewer=viewer, now=now, after=chosen.after or None)
    return page(
        request,
        "ballots/list.html",
        definition=definition,
        page=found,
        query=chosen.model_dump(),
        states={b.id: rules.state_of(b, b.closing, now) for b in found.items},
        choices=my_votes(db, viewer, found.items),
    )


@router.get("/d/{slug}/b/new")
def new_ballot(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db
) -> Response:
    """The form; with ``preview`` in the address, also what people will read."""
    given = dict(request.query_params)
    if "preview" not in given:
        form = Submitted.blank(BallotForm, **views.starting_values(given, person))
        return _new(request, db, definition, person, form)
    form = check(BallotForm, {name: given.get(name, "") for name in BallotForm.model_fields})
    plan = plan_of(form, person.time_zone)
    return _new(request, db, definition, person, form, plan=plan)


@router.post("/d/{slug}/ballots")
def open_ballot(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[BallotForm], Depends(submitted(BallotForm))],
) -> Response:
    plan = plan_of(form, person.time_zone)
    if plan is None:
        return _new(request, db, definition, person, form, status=422)
    try:
        ballot = actions.open_ballot(
            db,
            definition,
            by=person,
            card=plan.card,
            opens_at=plan.opens_at,
            closes_at=plan.closes_at,
            question=form.value.question,
            names_shown=form.value.names_shown,
            counts_shown=form.value.counts_shown,
            **views.subject_named(db, definition, form.value.proposal, form.value.version),
        )
    except Refused as refused:
        _say(request, form, refused.refusal)
        return _new(request, db, definition, person, form, status=refused.status)
    said = "ballot_scheduled" if ballot.opens_at > ballot.at else "ballot_opened"
    return see_other(ballot.path, said=said)


@router.get("/d/{slug}/b/{number}")
def show_ballot(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    viewer: Viewer,
    db: Db,
    after: Annotated[str | None, Query(max_length=400)] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    return _show(request, db, definition, ballot, viewer, votes_after=after, thread_page=page)


@router.post("/d/{slug}/b/{number}/vote")
@unnamed
@ends_at_once
def cast_vote(
    request: Request,
    voter: Voter,
    db: Db,
    form: Annotated[Submitted[VoteForm], Depends(submitted(VoteForm))],
) -> Response:
    ballot, person = voter()
    refusal, status = None, 422
    if not form.errors:
        try:
            cast(
                db,
                ballot,
                by=person,
                choice=form.value.choice,
                reason=form.value.reason,
                words_hash=form.value.words,
                replaces=form.value.replaces,
            )
            return see_other(f"{ballot.path}#receipt", said="vote_cast")
        except Refused as refused:
            refusal, status = refused.refusal, refused.status
    definition = definition_for(db, ballot.definition.slug, person)
    ballot = ballot_for(db, definition, ballot.number)
    return _show(
        request, db, definition, ballot, person, form=form, vote_refusal=refusal, status=status
    )


@router.post("/d/{slug}/b/{number}/extensions")
def extend_ballot(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[ExtensionForm], Depends(submitted(ExtensionForm))],
) -> Response:
    status = 422
    if not form.errors:
        to_time = moment_of(form, "closes_at", form.value.closes_at, person.time_zone)
        try:
            if to_time is not None:
                actions.extend_ballot(
                    db, ballot, by=person, to_time=to_time, reason=form.value.reason
                )
                return see_other(f"{ballot.path}#card", said="ballot_extended")
        except Refused as refused:
            if refused.status == 403:
                raise
            _say(request, form, refused.refusal)
            status = refused.status
    return _show(request, db, definition, ballot, person, extension=form, status=status)


@router.post("/d/{slug}/b/{number}/closing")
def close_ballot(ballot: VisibleBallot, person: SignedIn, db: Db) -> Response:
    close(db, ballot, by=person)
    return see_other(f"{ballot.path}#outcome", said="ballot_closed")


def _say(request: Request, form: Submitted[Any], refusal: Refusal) -> None:
    form.refuse(FIELD_OF_REFUSAL.get(refusal.code, ""), sentence_of(request, refusal))


def _show(
    request: Request,
    db: Db,
    definition: Definition,
    ballot: Ballot,
    viewer: Person | None,
    *,
    status: int = 200,
    **more: Any,
) -> Response:
    secret = request.app.state.settings.secret_key
    names = views.ballot_view(db, definition, ballot, viewer, secret=secret, **more)
    return page(request, "ballots/show.html", status, **names)


def _new(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    form: Submitted[BallotForm],
    *,
    status: int = 200,
    plan: Any = None,
) -> Response:
    names = views.new_view(db, definition, person, form, plan)
    return page(request, "ballots/new.html", status, **names)
