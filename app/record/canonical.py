"""One spelling for a piece of JSON, and the hashes that rest on it.

Canonical JSON is RFC 8785 (JCS); leaves and nodes are hashed as in RFC 9162, section 2.1.1.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

LEAF = b"\x00"
NODE = b"\x01"


def canonical(value: Any) -> bytes:
    """The canonical JSON of a value, as UTF-8.

    Raises rfc8785.CanonicalizationError for what JSON cannot carry exactly: integers beyond
    2**53 - 1, lone surrogates, NaN, keys that are not strings, any other type.
    """
    return rfc8785.dumps(value)


def canonical_time(moment: datetime) -> str:
    """The one spelling of a moment in UTC: "2026-11-23T12:00:00.000000Z"."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def content_hash(value: Any) -> str:
    """The SHA-256 of the canonical JSON, in hex: the name of a wording or a text."""
    return hashlib.sha256(canonical(value)).hexdigest()


def leaf_hash(entry: Mapping[str, Any]) -> bytes:
    """SHA-256(0x00 || JCS(entry)). The prefix keeps a leaf from being passed off as a node."""
    return hashlib.sha256(LEAF + canonical(dict(entry))).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(NODE + left + right).digest()
