"""What people send: to sign in, and of what is their own."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.kit.forms import Line
from app.kit.i18n import _
from app.kit.scopes import Scope
from app.people.addresses import is_plain_address
from app.people.ceremonies import CREDENTIAL_LENGTH_MAX


def _email(value: str) -> str:
    if not is_plain_address(value):
        raise ValueError(_("This is not an email address: it should look like name@example.org."))
    return value


check_email = AfterValidator(_email)


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(_("There is no time zone of this name."))
    return value


class SignInForm(BaseModel):
    email: Annotated[Line, StringConstraints(max_length=254), check_email]
    next: str = "/"


class AddressForm(BaseModel):
    email: Annotated[Line, StringConstraints(max_length=254), check_email]


class ProfileForm(BaseModel):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    pronouns: Annotated[Line, StringConstraints(max_length=40)] = ""
    time_zone: Annotated[str, AfterValidator(_zone)]
    locale: Literal["en"] = "en"
    theme: Literal["auto", "light", "dark"] = "auto"


class ErasureForm(BaseModel):
    """name: one's own, typed, since it can't be taken back."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]


class TokenForm(BaseModel):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    days: Literal["30", "90", "365", "never"] = "90"


class LinkForm(BaseModel):
    token: Annotated[str, StringConstraints(max_length=200)]


class DemoForm(BaseModel):
    person: Annotated[str, StringConstraints(max_length=32)]
    next: str = "/"


Credential = Annotated[str, StringConstraints(min_length=1, max_length=CREDENTIAL_LENGTH_MAX)]
PasskeyName = Annotated[Line, StringConstraints(min_length=1, max_length=80)]


class PasskeyForm(BaseModel):
    """What a browser answered that was asked for a passkey."""

    credential: Credential
    next: str = "/"


class NewPasskeyForm(BaseModel):
    name: PasskeyName
    credential: Credential


class PasskeyNameForm(BaseModel):
    name: PasskeyName
