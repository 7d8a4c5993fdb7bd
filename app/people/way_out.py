"""The way out at a provider, after the session here has ended: what the provider signed at its
beginning is what it knows its own session by. A sealed cookie carries it to the page that goes on.
"""

from datetime import datetime, timedelta

from app.people.sealed import seal, unseal

COOKIE = "way_out"
LIFETIME = timedelta(minutes=2)
LENGTH_MAX = 3_900  # browsers take cookies of 4096 bytes, with name and attributes
_PURPOSE = "way out"


def sealed(secret_key: str, key: str, id_token: str, now: datetime) -> str:
    """As it stands in the cookie. What is too long stays behind: the provider asks, then."""
    for hint in (id_token, ""):
        cookie = seal(secret_key, _PURPOSE, {"key": key, "hint": hint}, until=now + LIFETIME)
        if len(cookie) <= LENGTH_MAX:
            break
    return cookie


def opened(secret_key: str, cookie: str, key: str, now: datetime) -> str | None:
    """What the provider with this key signed; none if nobody is on the way out there."""
    content = unseal(secret_key, _PURPOSE, cookie, now=now)
    return str(content["hint"]) if content is not None and content["key"] == key else None
