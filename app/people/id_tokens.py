"""ID tokens: what a provider signed about somebody, and whether it holds here and now.

OpenID Connect Core 1.0, 3.1.3.7: signature by one of the provider's keys, issuer, audience and
authorised party, time, nonce, and the hash of the access token that came with it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from app.people.provider_metadata import TENANT, Metadata

LEEWAY = 120  # seconds that two clocks may differ by
_TENANT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OutOfTime(Exception):
    """The token is of another time than now: kept for too long, or a clock is wrong."""


def claims_of(
    id_token: str,
    keys: KeySet,
    metadata: Metadata,
    *,
    client_id: str,
    nonce: str,
    access_token: str,
    now: datetime,
) -> dict[str, Any]:
    """What the token says. Raises ``OutOfTime``, or ``JoseError`` for all else that is wrong."""
    registry = JWSRegistry(algorithms=metadata.algorithms, strict_check_header=False)
    try:
        token = jwt.decode(id_token, keys, registry=registry)
    except ValueError as error:  # no token at all
        raise JoseError(type(error).__name__) from None
    options = {
        "iss": {"essential": True, "value": _issuer(metadata, token.claims)},
        "aud": {"essential": True, "value": client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "nonce": {"essential": True},
    }
    said = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
    claims = CodeIDToken(token.claims, token.header, options, said)
    try:
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except ExpiredTokenError as error:
        raise OutOfTime(str(error)) from None
    except InvalidClaimError as error:
        if error.claim in {"iat", "nbf"}:
            raise OutOfTime(str(error)) from None
        raise
    return dict(claims)


def _issuer(metadata: Metadata, claims: Mapping[str, Any]) -> str:
    """The issuer that must stand in the token: of many tenants, the one of this account."""
    if TENANT not in metadata.issuer:
        return metadata.issuer
    tenant = claims.get("tid")
    if not isinstance(tenant, str) or not _TENANT_ID.fullmatch(tenant):
        raise JoseError("no tenant")
    return metadata.issuer.replace(TENANT, tenant)
