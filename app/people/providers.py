"""Providers: accounts of elsewhere that people can sign in with, as the operator set them.

The setting is JSON, an entry for each provider by a key of the operator's choice, which stands in
addresses and must stay as it is, since identities are kept under it::

    {"github": {"client_id": "…", "client_secret": "…"},
     "work": {"kind": "keycloak", "issuer": "https://id.example.org/realms/work", "name": "Work",
              "client_id": "…", "client_secret": "…"}}
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SETTING = "CLAUSEWISE_PROVIDERS"


class WrongSetting(ValueError):
    """What an operator set can't be taken; the message is the one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One place where people have accounts, and what it knows this instance by."""

    key: str
    kind: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]

    @property
    def speaks_openid(self) -> bool:
        """GitHub speaks OAuth 2 alone: who it is about is asked of its API."""
        return self.kind != "github"

    @property
    def github_api(self) -> str:
        """GitHub's API; that of an Enterprise Server stands under its own address."""
        at_home = self.issuer == READY["github"].issuer
        return "https://api.github.com" if at_home else f"{self.issuer}/api/v3"


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known of a kind of provider, so that an operator needs to say only the rest."""

    name: str
    issuer: str
    scopes: str = "openid profile email"


READY = {
    "github": Ready("GitHub", "https://github.com", "read:user user:email"),
    "gitlab": Ready("GitLab", "https://gitlab.com"),
    "google": Ready("Google", "https://accounts.google.com"),
    "microsoft": Ready("Microsoft", "https://login.microsoftonline.com/common/v2.0"),
    "orcid": Ready("ORCID", "https://orcid.org", "openid"),
    "keycloak": Ready("Keycloak", ""),
    "oidc": Ready("", ""),
}
FIELDS = {"kind", "issuer", "client_id", "client_secret", "name", "scopes"}
NEEDED = ("client_id", "client_secret")
NOT_KEYS = {"mail", "demo", "passkey"}  # other ways in, by which a session may have begun
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def read_providers(setting: str, *, development: bool) -> dict[str, Provider]:
    """The providers by key, in the operator's order.

    development: an issuer may be reached over plain HTTP. Raises ``WrongSetting``.
    """
    if not setting.strip():
        return {}
    try:
        entries = json.loads(setting)
    except ValueError as error:
        raise WrongSetting(f"{SETTING} is not JSON: {error}.") from None
    if not isinstance(entries, dict):
        raise WrongSetting(f"{SETTING} must be an object with an entry for each provider.")
    return {key: _provider(key, entry, development) for key, entry in entries.items()}


def _provider(key: str, entry: Any, development: bool) -> Provider:
    where = f"{SETTING}, “{key}”"
    if not _KEY.fullmatch(key) or key in NOT_KEYS:
        raise WrongSetting(f"{where}: use small letters, digits and hyphens for its key.")
    if not isinstance(entry, dict) or not all(isinstance(one, str) for one in entry.values()):
        raise WrongSetting(f"{where}: it must be an object, and each value in it text.")
    if unknown := sorted(set(entry) - FIELDS):
        raise WrongSetting(f"{where}: there is no “{unknown[0]}”, only {_list(FIELDS)}.")
    if missing := [name for name in NEEDED if not entry.get(name)]:
        raise WrongSetting(f"{where}: {missing[0]} is missing.")
    kind = entry.get("kind") or (key if key in READY else "oidc")
    if kind not in READY:
        raise WrongSetting(f"{where}: there is no kind “{kind}”, only {_list(READY)}.")
    ready = READY[kind]
    provider = Provider(
        key=key,
        kind=kind,
        name=entry.get("name") or ready.name or key,
        issuer=_issuer(entry, ready, where, development),
        client_id=entry["client_id"],
        client_secret=entry["client_secret"],
        scopes=tuple((entry.get("scopes") or ready.scopes).split()),
    )
    if provider.speaks_openid and "openid" not in provider.scopes:
        raise WrongSetting(f"{where}: its scopes must have openid among them.")
    return provider


def _issuer(entry: Mapping[str, str], ready: Ready, where: str, development: bool) -> str:
    issuer = entry.get("issuer") or ready.issuer
    if not issuer:
        raise WrongSetting(f"{where}: issuer is missing.")
    try:
        parts = urlsplit(issuer)
    except ValueError:
        raise WrongSetting(f"{where}: its issuer is not an address.") from None
    if parts.scheme != "https" and not (development and parts.scheme == "http"):
        raise WrongSetting(f"{where}: its issuer must begin with https://.")
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise WrongSetting(f"{where}: its issuer must be a plain address, without ? # or @.")
    return issuer


def _list(names: Any) -> str:
    *some, last = sorted(names)
    return f"{', '.join(some)} and {last}"
