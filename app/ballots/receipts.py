"""Receipts: what a voter can keep to show that a vote was taken, and later that it was counted.

A vote is a leaf: canonical JSON (RFC 8785) of what was chosen, where, by whom, on which words and
when, with a random nonce. The receipt is the leaf with an Ed25519 signature (RFC 8032) over that
JSON. At the close all leaves, in the order of the opaque ids of persons, are hashed into a Merkle
tree (RFC 9162), whose root the closing keeps.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.record import merkle
from app.record.canonical import canonical, canonical_time, leaf_hash

TITLE = "clausewise vote receipt 1"
RECEIPT_LENGTH_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """One vote, as it is signed and sealed. ``ballot`` is its path, ``words`` the hash voted on."""

    ballot: str
    person: str
    choice: str
    words: str
    at: datetime
    nonce: str

    def body(self) -> dict[str, Any]:
        """The JSON object whose canonical form is signed and hashed. ``v`` names the form."""
        return {
            "v": 1,
            "ballot": self.ballot,
            "person": self.person,
            "choice": self.choice,
            "words": self.words,
            "at": canonical_time(self.at),
            "nonce": self.nonce,
        }

    def hash(self) -> bytes:
        """The leaf hash of RFC 9162."""
        return leaf_hash(self.body())


@dataclass(frozen=True, slots=True)
class Receipt:
    """A leaf's canonical JSON, and the signature over it."""

    leaf: bytes
    signature: bytes
    key_id: str

    def text(self) -> str:
        """What the voter keeps: four lines."""
        signature = base64.urlsafe_b64encode(self.signature).decode()
        return f"{TITLE}\n{self.leaf.decode()}\nkey {self.key_id}\nsignature {signature}\n"

    def facts(self) -> dict[str, Any]:
        """What the receipt says, as it was signed."""
        facts: dict[str, Any] = json.loads(self.leaf)
        return facts


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a leaf stands under a root, and the hashes that lead there (RFC 9162, 2.1.3)."""

    index: int
    size: int
    proof: tuple[bytes, ...]
    root: bytes


def votes_root(leaves: Sequence[Leaf]) -> bytes:
    """The seal over all votes of a ballot. leaves: in the order of persons' ids."""
    return merkle.root([leaf.hash() for leaf in leaves])


def inclusion(leaves: Sequence[Leaf], person: str) -> Inclusion | None:
    """How this person's vote is sealed; none if there is none."""
    index = next((i for i, leaf in enumerate(leaves) if leaf.person == person), None)
    if index is None:
        return None
    all_hashes = [leaf.hash() for leaf in leaves]
    proof = merkle.inclusion_proof(all_hashes, index)
    return Inclusion(index, len(leaves), tuple(proof), merkle.root(all_hashes))


class Signer:
    """Signs receipts with a key that is derived from the instance's secret."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("receipts need a secret key")
        seed = HKDF(
            algorithm=hashes.SHA256(), length=32, salt=None, info=b"clausewise vote receipts 1"
        ).derive(secret.encode())
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(self.public_key).hexdigest()[:16]

    def receipt(self, leaf: Leaf) -> Receipt:
        """The receipt of a vote. Ed25519 is deterministic: the same vote gives the same receipt."""
        body = canonical(leaf.body())
        return Receipt(body, self._key.sign(body), self.key_id)

    def has_signed(self, receipt: Receipt) -> bool:
        """Whether this instance signed exactly these bytes."""
        return is_signed_by(receipt, self.public_key)


@cache
def signer_for(secret: str) -> Signer:
    """The signer of an instance; deriving its key once is enough."""
    return Signer(secret)


def is_signed_by(receipt: Receipt, public_key: bytes) -> bool:
    """Whether the signature is the one of this key over these bytes: all that a checker needs."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(receipt.signature, receipt.leaf)
    except InvalidSignature:
        return False
    return True


def read_receipt(text: str) -> Receipt | None:
    """A receipt as it was kept, with whatever was copied around it; none if there is none."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    lines = lines[lines.index(TITLE) :][:4] if TITLE in lines else []
    if len(text) > RECEIPT_LENGTH_MAX or len(lines) != 4:
        return None
    key, signature = lines[2].split(), lines[3].split()
    if len(key) != 2 or key[0] != "key" or len(signature) != 2 or signature[0] != "signature":
        return None
    try:
        leaf = json.loads(lines[1])
        signed = base64.urlsafe_b64decode(signature[1].encode())
        if not isinstance(leaf, dict) or canonical(leaf) != lines[1].encode():
            return None
    except (ValueError, binascii.Error, RecursionError):
        return None
    return Receipt(lines[1].encode(), signed, key[1])
