"""What is given to a browser to carry, and nobody may read or alter: an encrypted JWT (RFC 7519).

Each purpose has a key of its own, derived from the instance's secret by HKDF (RFC 5869), so that
what was sealed for one is nothing for another.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey

_HEADER = {"alg": "dir", "enc": "A256GCM"}
_REGISTRY = JWERegistry(algorithms=list(_HEADER.values()))


def seal(secret_key: str, purpose: str, content: dict[str, Any], *, until: datetime) -> str:
    """The content as text that fits into a cookie. It opens until a moment, which is exclusive."""
    claims = {**content, "exp": until.timestamp()}
    return jwt.encode(_HEADER, claims, _key(secret_key, purpose), registry=_REGISTRY)


def unseal(secret_key: str, purpose: str, sealed: str, *, now: datetime) -> dict[str, Any] | None:
    """What was sealed for this purpose; none if it was not, was altered, or is over."""
    try:
        claims = jwt.decode(sealed, _key(secret_key, purpose), registry=_REGISTRY).claims
    except (JoseError, ValueError):
        return None
    return claims if now.timestamp() < claims["exp"] else None


@lru_cache(maxsize=16)
def _key(secret_key: str, purpose: str) -> OctKey:
    info = f"clausewise sealed {purpose} 1".encode()
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info)
    return OctKey.import_key(derived.derive(secret_key.encode()))
