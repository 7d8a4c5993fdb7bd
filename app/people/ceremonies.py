"""The two ceremonies of WebAuthn (W3C, Level 3): a passkey is added, and one is signed in with.

Each begins with a challenge, which travels in a sealed cookie of the browser that was asked, so
that nothing is written before it ends. The device must check that its owner is there (user
verification); who made it is not asked (no attestation). Nothing here knows the database.
"""

import ipaddress
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.people.sealed import seal, unseal

LIFETIME = timedelta(minutes=5)
COOKIE = "ceremony"
CREDENTIAL_LENGTH_MAX = 20_000

Kind = Literal["adding", "signing in"]


class NotShown(Exception):
    """What the browser brought is not what it was asked for; why is nobody's business but ours."""


@dataclass(frozen=True, slots=True)
class Party:
    """Whom passkeys are for: this instance, by its host. ``origin`` is where they are asked for."""

    host: str
    origin: str


def party_of(base_url: str) -> Party | None:
    """None where there can be no passkeys: they are bound to a name, and an address has none."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Party(host, f"{parts.scheme}://{parts.netloc}") if host else None
    return None


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """One that has begun. person: whose passkey is added; empty where somebody signs in."""

    begun_at: datetime
    person: str = ""
    challenge: str = field(default_factory=_random)

    def sealed(self, secret_key: str, kind: Kind) -> str:
        """As it stands in the cookie."""
        content = asdict(self) | {"begun_at": self.begun_at.isoformat()}
        return seal(secret_key, f"passkey {kind}", content, until=self.begun_at + LIFETIME)


def begun(secret_key: str, kind: Kind, cookie: str, now: datetime) -> Ceremony | None:
    """The ceremony that this browser is in; none if it is over, or was begun elsewhere."""
    content = unseal(secret_key, f"passkey {kind}", cookie, now=now)
    if content is None:
        return None
    began = datetime.fromisoformat(content["begun_at"])
    return Ceremony(began, content["person"], content["challenge"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device said for sure. public_key: of a passkey that is new."""

    credential_id: str
    sign_count: int
    public_key: str = ""


def options_to_add(
    party: Party, ceremony: Ceremony, *, name: str, address: str, have: Iterable[str]
) -> dict[str, Any]:
    """What a browser is asked for a new passkey. have: the ids of those that the person has."""
    options = generate_registration_options(
        rp_id=party.host,
        rp_name="Clausewise",
        user_id=ceremony.person.encode(),
        user_name=address or name,
        user_display_name=name,
        challenge=base64url_to_bytes(ceremony.challenge),
        timeout=int(LIFETIME.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(i)) for i in have],
    )
    return options_to_json_dict(options)


def options_to_sign_in(party: Party, ceremony: Ceremony) -> dict[str, Any]:
    """What a browser is asked to sign in: for any passkey it has for this instance."""
    options = generate_authentication_options(
        rp_id=party.host,
        challenge=base64url_to_bytes(ceremony.challenge),
        timeout=int(LIFETIME.total_seconds() * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def added(party: Party, ceremony: Ceremony, credential: str) -> Shown:
    """What a browser answered that was asked for a new passkey."""
    try:
        found = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(ceremony.challenge),
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception as error:  # what somebody sent may break the reading of it in any place
        raise NotShown from error
    return Shown(
        bytes_to_base64url(found.credential_id),
        found.sign_count,
        bytes_to_base64url(found.credential_public_key),
    )


def named(credential: str) -> tuple[str, str]:
    """Which passkey an answer says it is, and whose: nothing is sure of that yet."""
    try:
        said = json.loads(credential)
        handle = base64url_to_bytes(said["response"]["userHandle"]).decode()
        return str(said["id"]), handle
    except Exception as error:  # as above
        raise NotShown from error


def shown(party: Party, ceremony: Ceremony, credential: str, *, public_key: str) -> Shown:
    """What a browser answered that was asked to sign in, checked against the key that is kept."""
    try:
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(ceremony.challenge),
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,  # how it counts is a rule of ours
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise NotShown from error
    return Shown(bytes_to_base64url(found.credential_id), found.new_sign_count)
