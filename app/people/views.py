"""The page of what is one's own, which every form on it shows again."""

from datetime import timedelta
from zoneinfo import available_timezones

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.kit import clock
from app.kit.forms import Submitted
from app.kit.i18n import LOCALES
from app.kit.refusals import Refusal
from app.kit.web import page
from app.people import queries, queries_passkey
from app.people.ceremonies import party_of
from app.people.current import sign_in_here
from app.people.forms import AddressForm, NewPasskeyForm, PasskeyNameForm, ProfileForm, TokenForm
from app.people.models import Person, Token
from app.people.views_ways import ways_of


def me_page(
    request: Request,
    db: Session,
    person: Person,
    *,
    status: int = 200,
    profile: Submitted[ProfileForm] | None = None,
    address: Submitted[AddressForm] | None = None,
    refusal: Refusal | None = None,
    passkey: Submitted[NewPasskeyForm] | None = None,
    naming: tuple[int, Submitted[PasskeyNameForm]] | None = None,
    token: Submitted[TokenForm] | None = None,
    made: Token | None = None,
    secret: str | None = None,
) -> Response:
    """With a form that was refused, a way in that could not be added or taken, or a new token."""
    profile = profile or Submitted.blank(
        ProfileForm,
        name=person.name,
        pronouns=person.pronouns,
        time_zone=person.time_zone,
        locale=person.locale,
        theme=person.theme,
    )
    now = clock.now()
    idle = timedelta(days=request.app.state.settings.session_idle_days)
    return page(
        request,
        "people/me.html",
        status,
        profile=profile,
        address=address or Submitted.blank(AddressForm),
        ways=ways_of(request, db, person),
        refusal=refusal,
        passkey=passkey or Submitted.blank(NewPasskeyForm),
        naming=naming,
        passkeys=queries_passkey.passkeys_of(db, person),
        passkeys_possible=party_of(request.app.state.settings.base_url) is not None,
        token=token or Submitted.blank(TokenForm, scopes=["read"], days="90"),
        tokens=queries.tokens_of(db, person, now),
        made=made,
        secret=secret,
        sign_ins=queries.sign_ins_of(db, person, now, idle=idle),
        this_sign_in=sign_in_here(request),
        time_zones=sorted(available_timezones()),
        locales=LOCALES,
    )
