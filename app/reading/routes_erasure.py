"""The page on which somebody erases themselves, in plain words and for good."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused
from app.kit.web import see_other, sentence_of
from app.people.actions_erasure import erase_person
from app.people.cookie import take_cookie
from app.people.current import SignedIn
from app.people.forms import ErasureForm
from app.people.routes import Config
from app.reading.actions_erasure import ELSEWHERE
from app.reading.views_erasure import show_erasure

router = APIRouter()


@router.get("/me/erasure")
def erasure_page(request: Request, db: Db, person: SignedIn) -> Response:
    return show_erasure(request, db, person, Submitted.blank(ErasureForm))


@router.post("/me/erasure")
def erase_me(
    request: Request,
    db: Db,
    person: SignedIn,
    config: Config,
    form: Annotated[Submitted[ErasureForm], Depends(submitted(ErasureForm))],
) -> Response:
    if form.errors:
        return show_erasure(request, db, person, form, 422)
    try:
        erase_person(db, person, by=person, elsewhere=ELSEWHERE, typed=form.value.name)
    except Refused as refused:
        if refused.refusal.code != "name_not_typed":
            raise
        form.refuse("name", sentence_of(request, refused.refusal))
        return show_erasure(request, db, person, form, refused.status)
    answer = see_other("/", said="erased")
    take_cookie(answer, config)
    return answer
