"""Home: what needs one, when signed in; what this place is and what is open in it, otherwise."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.ballots.queries import ballots_to_cast
from app.definitions.queries import definitions_for
from app.discussions.queries import replies_to
from app.discussions.queries_appeal import appeals_to_decide
from app.discussions.queries_subject import subjects_of
from app.groups.queries import memberships_of
from app.groups.queries_invitation import invitations_for
from app.groups.queries_joining import waiting_requests
from app.groups.rules import may_create_group
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Moment, Submitted, submitted
from app.kit.pages import public_page
from app.kit.refusals import NotFound
from app.kit.web import page, see_other
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.people.queries import administration_of
from app.people.routes import Config
from app.proposals.queries import in_conflict_of
from app.reading.actions import mark_as_seen
from app.reading.queries_home import ballots_running, entries_in_all, happened, rivals_of, standings
from app.reading.queries_news import news_of

router = APIRouter()

ANSWERS_KEPT = timedelta(days=90)


class LookForm(BaseModel):
    """until: when the page was drawn that somebody has looked at."""

    until: Moment


@router.get("/")
def home(request: Request, viewer: Viewer, db: Db, config: Config) -> Response:
    only_administrators = config.groups_by == "administrators"
    return public_page(
        request,
        (0, entries_in_all(db)),
        lambda: _home(request, viewer, db, only_administrators),
    )


@router.post("/me/look")
def look(
    db: Db, person: SignedIn, form: Annotated[Submitted[LookForm], Depends(submitted(LookForm))]
) -> Response:
    if form.errors:
        raise NotFound  # the moment stands in the page; nobody types it
    mark_as_seen(db, by=person, until=form.value.until)
    return see_other("/", said="marked_as_seen")


def _home(request: Request, viewer: Person | None, db: Db, only_administrators: bool) -> Response:
    now = clock.now()
    definitions = definitions_for(db, viewer)
    names: dict[str, Any] = {
        "definitions": {one.id: one for one in definitions},
        "standings": standings(db, definitions, now),
    }
    if viewer is None:
        return page(
            request,
            "reading/welcome.html",
            ballots=ballots_running(db, definitions, now),
            happened=happened(db, definitions),
            **names,
        )
    news = news_of(db, viewer, now)
    replies = replies_to(
        db, viewer, definition_ids=list(names["definitions"]), since=now - ANSWERS_KEPT, limit=6
    )
    return page(
        request,
        "reading/home.html",
        waiting=waiting_requests(db, viewer),
        appeals=appeals_to_decide(db, viewer, now),
        invitations=invitations_for(db, viewer, now),
        ballots=ballots_to_cast(db, viewer, now=now),
        replies=replies,
        reply_subjects=subjects_of(db, replies),
        conflicts=in_conflict_of(db, viewer),
        rivals=rivals_of(db, viewer),
        news=news,
        groups=memberships_of(db, viewer),
        may_create_group=may_create_group(
            administration_of(db, viewer),
            only_administrators=only_administrators,
            made_lately=0,
        ),
        happened=[] if news.told else happened(db, definitions),
        **names,
    )
