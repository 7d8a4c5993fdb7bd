"""The browsers that somebody is signed in with, ended at ``/me``."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kit.db import Db
from app.kit.refusals import NotFound
from app.kit.web import Number, see_other
from app.people import actions, actions_session
from app.people.current import SignedIn
from app.people.models import SignIn
from app.people.routes import Config

router = APIRouter()


@router.post("/me/sessions/{session_id}/end")
def end_session(session_id: Number, db: Db, person: SignedIn) -> Response:
    sign_in = db.get(SignIn, session_id)
    if sign_in is None:
        raise NotFound
    actions.sign_out(db, sign_in, by=person)
    return see_other("/me#sessions", said="session_ended")


@router.post("/me/sessions/end")
def end_other_sessions(request: Request, db: Db, person: SignedIn, config: Config) -> Response:
    actions_session.end_other_sessions(db, request.state.sign_in, by=person, settings=config)
    return see_other("/me#sessions", said="sessions_ended")
