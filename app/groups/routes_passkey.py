"""The button of the group's page by which chairs ask for passkeys."""

from fastapi import APIRouter
from starlette.responses import Response

from app.groups.actions_passkey import lift_passkey_condition, set_passkey_condition
from app.groups.routes import VisibleGroup
from app.kit.db import Db
from app.kit.web import see_other
from app.people.current import SignedIn

router = APIRouter()


@router.post("/g/{group}/passkey-condition")
def set_condition(group: VisibleGroup, db: Db, person: SignedIn) -> Response:
    set_passkey_condition(db, group, by=person)
    return see_other(f"/g/{group.slug}#passkeys", said="passkeys_asked")


@router.post("/g/{group}/passkey-condition/end")
def lift_condition(group: VisibleGroup, db: Db, person: SignedIn) -> Response:
    lift_passkey_condition(db, group, by=person)
    return see_other(f"/g/{group.slug}#passkeys", said="passkeys_not_asked")
