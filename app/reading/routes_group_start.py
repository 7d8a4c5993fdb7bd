"""What comes next for whoever has just made a working group: a list that says what is done."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.definitions.queries import definitions_for
from app.groups.queries import members_count, membership_of
from app.groups.queries_invitation import invitations_count
from app.groups.routes import VisibleGroup
from app.groups.rules import may_manage_members
from app.kit.db import Db
from app.kit.refusals import refuse_unless
from app.kit.web import page
from app.people.current import SignedIn

router = APIRouter()


@router.get("/g/{group}/start")
def start(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    refuse_unless(may_manage_members(membership_of(db, group.id, person)))
    return page(
        request,
        "groups/start.html",
        group=group,
        members=members_count(db, group.id),
        invited=invitations_count(db, group.id, "open"),
        definitions=definitions_for(db, person, group_id=group.id),
    )
