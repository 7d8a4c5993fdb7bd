"""The page of what is one's own, and how one is shown."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.web import see_other
from app.people import actions
from app.people.current import SignedIn
from app.people.forms import ProfileForm
from app.people.views import me_page

router = APIRouter()


@router.get("/me")
def me(request: Request, db: Db, person: SignedIn) -> Response:
    return me_page(request, db, person)


@router.post("/me")
def change_profile(
    request: Request,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[ProfileForm], Depends(submitted(ProfileForm))],
) -> Response:
    if form.errors:
        return me_page(request, db, person, profile=form, status=422)
    value = form.value
    actions.change_profile(
        db,
        person,
        name=value.name,
        pronouns=value.pronouns,
        time_zone=value.time_zone,
        locale=value.locale,
        theme=value.theme,
    )
    answer = see_other("/me", said="profile_changed")
    answer.set_cookie("locale", value.locale, max_age=31_536_000, samesite="lax", httponly=True)
    return answer
