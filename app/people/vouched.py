"""What a provider says of somebody: which account it is, and what it vouches for.

An address is vouched for when the provider says that it checked it. Not all that is said counts:
Microsoft tells addresses that a tenant's administrator may write at will, unless it says, by
``xms_edov``, that the owner of the domain was verified.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.people.addresses import is_plain_address
from app.people.providers import Provider

SUBJECT_LENGTH_MAX = 255
NAME_LENGTH_MAX = 120
UNKEEPABLE = {"Cc", "Cs"}  # control characters, and halves of characters


@dataclass(frozen=True, slots=True)
class Vouched:
    """An account elsewhere. ``checked``: whether its address was, or none where nothing is said."""

    provider: str
    subject: str
    name: str = ""
    address: str | None = None
    checked: bool | None = None
    id_token: str | None = None

    @property
    def vouched_address(self) -> str | None:
        """The address, if the provider stands for it."""
        return self.address if self.checked else None


def of_claims(provider: Provider, claims: Mapping[str, Any]) -> Vouched | None:
    """From the claims of OpenID Connect Core 1.0, 5.1; none without a usable subject."""
    subject = claims.get("sub")
    if provider.kind == "microsoft":  # a subject means something within its tenant only
        subject = f"{claims.get('tid')}/{subject}" if subject and claims.get("tid") else None
    if not _is_kept(subject):
        return None
    address = _address(claims.get("email"))
    said = claims.get("xms_edov" if provider.kind == "microsoft" else "email_verified")
    return Vouched(
        provider=provider.key,
        subject=str(subject),
        name=_name(claims),
        address=address,
        checked=_truth(said) if address and said is not None else None,
    )


def of_github(
    provider: Provider, user: Mapping[str, Any], addresses: Sequence[Any]
) -> Vouched | None:
    """From GitHub's ``/user`` and ``/user/emails``: the account's number, which never changes, and
    its primary address."""
    number = user.get("id")
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    primary = next(
        (one for one in addresses if isinstance(one, dict) and one.get("primary") is True), {}
    )
    address = _address(primary.get("email"))
    return Vouched(
        provider=provider.key,
        subject=str(number),
        name=_line(user.get("name")) or _line(user.get("login")),
        address=address,
        checked=primary.get("verified") is True if address else None,
    )


def _name(claims: Mapping[str, Any]) -> str:
    whole = [_line(claims.get("given_name")), _line(claims.get("family_name"))]
    return (
        _line(claims.get("name"))
        or " ".join(part for part in whole if part)[:NAME_LENGTH_MAX]
        or _line(claims.get("preferred_username"))
    )


def _line(said: Any) -> str:
    """Words of elsewhere as one line that can be kept, whatever they were."""
    if not isinstance(said, str):
        return ""
    kept = "".join(c if unicodedata.category(c) not in UNKEEPABLE else " " for c in said)
    return " ".join(kept.split())[:NAME_LENGTH_MAX].strip()


def _address(said: Any) -> str | None:
    if not isinstance(said, str) or not is_plain_address(said.strip()):
        return None
    return said.strip().lower()


def _is_kept(subject: Any) -> bool:
    """A subject is compared as it is, so what could not be kept as it is names nobody."""
    is_text = isinstance(subject, str) and 0 < len(subject) <= SUBJECT_LENGTH_MAX
    return is_text and not any(unicodedata.category(c) in UNKEEPABLE for c in subject)


def _truth(said: Any) -> bool:
    """Some providers write their booleans as text or as a number."""
    return said is True or said == 1 or (isinstance(said, str) and said.lower() in {"true", "1"})
