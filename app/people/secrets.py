"""Secrets that open something: long, random, shown once, and kept as their SHA-256."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """256 bits from the system's source, safe in an address."""
    return prefix + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
