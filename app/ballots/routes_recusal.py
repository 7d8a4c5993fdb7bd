"""Recusing oneself on the page of a ballot, and taking that back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.ballots import actions_recusal, views
from app.ballots.forms import RecusalForm
from app.ballots.routes import VisibleBallot
from app.definitions.routes import VisibleDefinition
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn

router = APIRouter(prefix="/d/{slug}/b/{number}/recusal")


@router.post("")
def declare_recusal(
    request: Request,
    definition: VisibleDefinition,
    ballot: VisibleBallot,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[RecusalForm], Depends(submitted(RecusalForm))],
) -> Response:
    status = 422
    if not form.errors:
        try:
            actions_recusal.declare_recusal(db, ballot, by=person, reason=form.value.reason)
            return see_other(f"{ballot.path}#vote", said="recused")
        except Refused as refused:
            if refused.status == 403:
                raise
            form.refuse("reason", sentence_of(request, refused.refusal))
            status = refused.status
    secret = request.app.state.settings.secret_key
    names = views.ballot_view(db, definition, ballot, person, secret=secret, recusal=form)
    return page(request, "ballots/show.html", status, **names)


@router.post("/withdrawal")
def withdraw_recusal(ballot: VisibleBallot, person: SignedIn, db: Db) -> Response:
    actions_recusal.withdraw_recusal(db, ballot, by=person)
    return see_other(f"{ballot.path}#vote", said="recusal_withdrawn")
