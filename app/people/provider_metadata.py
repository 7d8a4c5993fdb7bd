"""What a provider publishes: its addresses (OpenID Connect Discovery 1.0) and its keys (RFC 7517).

Kept for an hour in this process. Keys are asked for again when a token names one that is not among
them, though not more than once a minute, so that nobody can make us ask by naming keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.people.providers import Provider

KEPT_FOR = timedelta(hours=1)
KEYS_AGAIN_AFTER = timedelta(minutes=1)
TENANT = "{tenantid}"  # in Microsoft's issuer, where the accounts of all tenants are taken
# Signatures by a key that only the provider has: never none, never a secret that is shared.
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
_KINDS_OF_KEY = {"RSA", "EC", "OKP"}


class NotAsPublished(Exception):
    """What a provider publishes can't be used; the message says why, for operators."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A provider's addresses, and how it wants to be spoken to."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str = ""
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    token_auth: str = "client_secret_basic"
    algorithms: tuple[str, ...] = ()


@dataclass(slots=True)
class _Kept:
    metadata: Metadata | None = None
    keys: KeySet | None = None
    metadata_until: datetime | None = None
    keys_from: datetime | None = None
    lock: Lock = field(default_factory=Lock)


class Published:
    """What the providers of this instance publish. get: asks an address for JSON."""

    def __init__(self, get: Callable[[str], Any]) -> None:
        self.get = get
        self._kept: dict[str, _Kept] = {}

    def metadata(self, provider: Provider, now: datetime) -> Metadata:
        """The provider's addresses, as of within the last hour. Raises ``NotAsPublished``."""
        if not provider.speaks_openid:
            return github(provider)
        kept = self._kept.setdefault(provider.key, _Kept())
        with kept.lock:
            if kept.metadata is None or kept.metadata_until is None or now >= kept.metadata_until:
                address = get_well_known_url(provider.issuer, external=True)
                kept.metadata = discovered(provider, self.get(address))
                kept.metadata_until = now + KEPT_FOR
            return kept.metadata

    def keys(self, provider: Provider, now: datetime, *, again: bool = False) -> KeySet:
        """The provider's keys; ``again`` if one is missing. Raises ``NotAsPublished``."""
        address = self.metadata(provider, now).jwks_uri
        kept = self._kept[provider.key]
        with kept.lock:
            age = now - kept.keys_from if kept.keys_from else KEPT_FOR
            if kept.keys is None or age >= (KEYS_AGAIN_AFTER if again else KEPT_FOR):
                kept.keys, kept.keys_from = key_set(self.get(address)), now
            return kept.keys


def github(provider: Provider) -> Metadata:
    """GitHub publishes no document; its addresses are in its manual."""
    oauth = f"{provider.issuer}/login/oauth"
    return Metadata(
        issuer=provider.issuer,
        authorization_endpoint=f"{oauth}/authorize",
        token_endpoint=f"{oauth}/access_token",
        token_auth="client_secret_post",
    )


def discovered(provider: Provider, document: Any) -> Metadata:
    """The document at ``/.well-known/openid-configuration``, held against what was set."""
    if not isinstance(document, dict):
        raise NotAsPublished("its document is no object")
    issuer = document.get("issuer")
    if issuer != provider.issuer and not _is_template_of(provider, issuer):
        raise NotAsPublished(f"it calls itself {str(issuer)[:200]!r}, not {provider.issuer!r}")

    def address(name: str, needed: bool = True) -> str:
        found = document.get(name) or ""
        if not isinstance(found, str) or (needed and not found):
            raise NotAsPublished(f"its {name} is missing")
        scheme = urlsplit(found).scheme
        if found and scheme != "https" and scheme != urlsplit(provider.issuer).scheme:
            raise NotAsPublished(f"its {name} is not encrypted")
        return found

    signs_by = document.get("id_token_signing_alg_values_supported") or ["RS256"]
    algorithms = tuple(one for one in ALGORITHMS if one in signs_by)
    if not algorithms:
        raise NotAsPublished("it signs in no way that is taken here")
    asked_by = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        issuer=str(issuer),
        authorization_endpoint=address("authorization_endpoint"),
        token_endpoint=address("token_endpoint"),
        jwks_uri=address("jwks_uri"),
        userinfo_endpoint=address("userinfo_endpoint", needed=False),
        end_session_endpoint=address("end_session_endpoint", needed=False),
        token_auth="client_secret_basic"
        if "client_secret_basic" in asked_by
        else "client_secret_post",
        algorithms=algorithms,
    )


def key_set(document: Any) -> KeySet:
    """The keys that sign; a shared secret among them would let anybody sign, so none is taken."""
    try:
        keys = [
            one
            for one in document["keys"]
            if one.get("kty") in _KINDS_OF_KEY and one.get("use", "sig") == "sig"
        ]
        return KeySet.import_key_set({"keys": keys})
    except (JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAsPublished(f"its keys can't be read: {type(error).__name__}") from None


def _is_template_of(provider: Provider, issuer: Any) -> bool:
    """Microsoft's document for many tenants names an issuer with a hole for the tenant's id."""
    if provider.kind != "microsoft" or not isinstance(issuer, str) or TENANT not in issuer:
        return False
    template, ours = urlsplit(issuer), urlsplit(provider.issuer)
    return (template.scheme, template.netloc) == (ours.scheme, ours.netloc)
