"""Passkeys: signed in with on the page for that, added and taken away at ``/me``.

A script of the page asks for the options of a ceremony, hands them to the browser, and puts what
that answers into the form. So a form here does nothing without JavaScript, as nothing could.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refusal, Refused
from app.kit.web import Number, see_other, sentence_of
from app.people import actions_passkey as actions, queries_passkey as queries, rules
from app.people.ceremonies import (
    COOKIE,
    LIFETIME,
    Ceremony,
    Kind,
    Party,
    begun,
    options_to_add,
    options_to_sign_in,
    party_of,
)
from app.people.cookie import give_cookie
from app.people.current import SignedIn, Viewer, device_of, sign_in_here
from app.people.forms import NewPasskeyForm, PasskeyForm, PasskeyNameForm, SignInForm
from app.people.models import Passkey
from app.people.routes import Config
from app.people.views import me_page
from app.people.views_sign_in import providers_of, show_sign_in
from app.settings import Settings

router = APIRouter()


def this_party(config: Config) -> Party:
    """This instance; not found where it can have no passkeys."""
    party = party_of(config.base_url)
    if party is None:
        raise NotFound
    return party


ThisParty = Annotated[Party, Depends(this_party)]


@router.get("/sign-in/passkey.json")
def options_for_sign_in(person: Viewer, config: Config, party: ThisParty) -> Response:
    ceremony = Ceremony(clock.now())
    return _begin(config, "signing in", ceremony, options_to_sign_in(party, ceremony))


@router.post("/sign-in/passkey")
def sign_in_by_passkey(
    request: Request,
    db: Db,
    person: Viewer,
    config: Config,
    party: ThisParty,
    form: Annotated[Submitted[PasskeyForm], Depends(submitted(PasskeyForm))],
) -> Response:
    next_path = rules.safe_next(form.typed["next"] or "/")
    try:
        session = actions.sign_in_by_passkey(
            db,
            credential=form.value.credential if not form.errors else "",
            ceremony=_begun(request, config, "signing in"),
            party=party,
            device=device_of(request),
            settings=config,
            instead_of=sign_in_here(request),
        )
    except Refused as refused:
        blank = Submitted.blank(SignInForm, next=next_path)
        return show_sign_in(request, db, blank, status=refused.status, refusal=refused.refusal)
    answer = see_other(next_path, said="signed_in")
    give_cookie(answer, session, config)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/me/passkeys.json")
def options_for_adding(db: Db, person: SignedIn, config: Config, party: ThisParty) -> Response:
    ceremony = Ceremony(clock.now(), person.id)
    have = [one.credential_id for one in queries.passkeys_of(db, person)]
    options = options_to_add(
        party, ceremony, name=person.name, address=person.email or "", have=have
    )
    return _begin(config, "adding", ceremony, options)


@router.post("/me/passkeys")
def add_passkey(
    request: Request,
    db: Db,
    person: SignedIn,
    config: Config,
    party: ThisParty,
    form: Annotated[Submitted[NewPasskeyForm], Depends(submitted(NewPasskeyForm))],
) -> Response:
    status = 422
    form.typed["credential"] = ""  # each answer is for one try
    if not form.errors:
        try:
            ceremony = _begun(request, config, "adding")
            if ceremony.person != person.id:
                raise Refused(Refusal("passkey_too_late"), 409)
            actions.add_passkey(
                db,
                by=person,
                name=form.value.name,
                credential=form.value.credential,
                ceremony=ceremony,
                party=party,
            )
            answer = see_other("/me#passkeys", said="passkey_added")
            answer.delete_cookie(COOKIE, path="/")
            return answer
        except Refused as refused:
            status = refused.status
            form.refuse("", sentence_of(request, refused.refusal))
    return me_page(request, db, person, status=status, passkey=form)


@router.post("/me/passkeys/{passkey_id}/name")
def rename_passkey(
    request: Request,
    passkey_id: Number,
    db: Db,
    person: SignedIn,
    form: Annotated[Submitted[PasskeyNameForm], Depends(submitted(PasskeyNameForm))],
) -> Response:
    passkey = _passkey(db, passkey_id)
    if form.errors:
        return me_page(request, db, person, status=422, naming=(passkey_id, form))
    actions.rename_passkey(db, passkey, name=form.value.name, by=person)
    return see_other("/me#passkeys", said="passkey_renamed")


@router.post("/me/passkeys/{passkey_id}/removal")
def remove_passkey(request: Request, passkey_id: Number, db: Db, person: SignedIn) -> Response:
    try:
        actions.remove_passkey(
            db,
            _passkey(db, passkey_id),
            by=person,
            here=sign_in_here(request),
            providers=providers_of(request),
        )
    except Refused as refused:
        return me_page(request, db, person, status=refused.status, refusal=refused.refusal)
    return see_other("/me#passkeys", said="passkey_removed")


def _passkey(db: Db, passkey_id: int) -> Passkey:
    passkey = db.get(Passkey, passkey_id)
    if passkey is None:
        raise NotFound
    return passkey


def _begin(config: Settings, kind: Kind, ceremony: Ceremony, options: dict[str, Any]) -> Response:
    answer = JSONResponse(options, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        COOKIE,
        ceremony.sealed(config.secret_key, kind),
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=config.base_url.startswith("https://") or not config.development,
    )
    return answer


def _begun(request: Request, config: Settings, kind: Kind) -> Ceremony:
    found = begun(config.secret_key, kind, request.cookies.get(COOKIE, ""), clock.now())
    if found is None:
        raise Refused(Refusal("passkey_too_late"), 409)
    return found
