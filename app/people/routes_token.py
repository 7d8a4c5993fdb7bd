"""Tokens for the API, made and revoked at ``/me``."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound
from app.kit.web import Number, see_other
from app.people import actions_token as actions
from app.people.current import SignedIn, sign_in_here
from app.people.forms import TokenForm
from app.people.models import Token
from app.people.views import me_page

router = APIRouter()


@router.post("/me/tokens")
def make_token(
    request: Request,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[TokenForm], Depends(submitted(TokenForm))],
) -> Response:
    """Answers with the page itself, the one exception to 303: the secret is shown this once."""
    if form.errors:
        return me_page(request, db, person, token=form, status=422)
    value = form.value
    days = None if value.days == "never" else int(value.days)
    made, secret = actions.make_token(
        db, person, name=value.name, scopes=value.scopes, days=days, here=sign_in_here(request)
    )
    answer = me_page(request, db, person, made=made, secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/me/tokens/{token_id}/revocation")
def revoke_token(token_id: Number, db: Db, person: SignedIn) -> Response:
    token = db.get(Token, token_id)
    if token is None:
        raise NotFound
    actions.revoke_token(db, token, by=person)
    return see_other("/me#tokens", said="token_revoked")
