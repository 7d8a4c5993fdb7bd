"""A round trip to a provider: what must be the same when somebody comes back as when they set out.

It travels in a sealed cookie of the browser that set out, so nothing is written before it ends:
state (RFC 6749, 10.12) ties the answer to this browser, the verifier (RFC 7636) the code to this
trip, the nonce the ID token to it.
"""

import hmac
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from app.people.sealed import seal, unseal
from app.people.secrets import hashed

LIFETIME = timedelta(minutes=10)
COOKIE = "round_trip"
_PURPOSE = "round trip"


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """``key``: the provider's. ``person``: who adds a way in to theirs, or empty: to sign in."""

    key: str
    next_path: str
    person: str = ""
    state: str = field(default_factory=_random)
    nonce: str = field(default_factory=_random)
    verifier: str = field(default_factory=_random)

    def sealed(self, secret_key: str, now: datetime) -> str:
        """As it stands in the cookie."""
        return seal(secret_key, _PURPOSE, asdict(self), until=now + LIFETIME)

    def is_answered_by(self, state: str) -> bool:
        """Whether the answer belongs to it."""
        return hmac.compare_digest(self.state.encode(), state.encode("utf-8", "surrogatepass"))


def opened(secret_key: str, cookie: str, key: str, now: datetime) -> RoundTrip | None:
    """The trip to this provider that the browser is on; none if it is over, or another's."""
    content = unseal(secret_key, _PURPOSE, cookie, now=now)
    if content is None or content.pop("key") != key:
        return None
    del content["exp"]
    return RoundTrip(key=key, **content)


def joining_proof(session_hash: str) -> str:
    """Stands in the links of one's own page that add an account elsewhere.

    Without it, a page of somebody else could send a browser there that is signed in with the
    provider as its maker, who would then have a way in.
    """
    return hashed(f"joining {session_hash}")
