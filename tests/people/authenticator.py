"""A device that holds passkeys, in software: what WebAuthn (Level 3, 6) asks of one, and no more."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def coded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Held:
    """One passkey, with the half that never leaves."""

    host: str
    handle: str
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    count: int = 0


@dataclass
class Authenticator:
    """counts: whether it says how often it was used. verifies: whether it knows its owner."""

    origin: str = "https://testserver"
    counts: bool = True
    verifies: bool = True
    held: list[Held] = field(default_factory=list)

    def create(self, options: dict[str, Any], **client: Any) -> str:
        """What a browser answers that was asked for a new passkey, as JSON."""
        one = Held(options["rp"]["id"], options["user"]["id"])
        self.held.append(one)
        numbers = one.key.public_key().public_numbers()
        key = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(one.id).to_bytes(2, "big") + one.id + cbor2.dumps(key)
        said = self._says(one, ATTESTED) + attested
        attestation = {"fmt": "none", "attStmt": {}, "authData": said}
        return self._answer(
            one,
            clientDataJSON=self._client("webauthn.create", options, client),
            attestationObject=cbor2.dumps(attestation),
        )

    def get(self, options: dict[str, Any], **client: Any) -> str:
        """What a browser answers that was asked to sign in: with the newest for that host."""
        one = next(one for one in reversed(self.held) if one.host == options["rpId"])
        said = self._says(one, 0)
        data = self._client("webauthn.get", options, client)
        signed = one.key.sign(said + hashlib.sha256(data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            one,
            clientDataJSON=data,
            authenticatorData=said,
            signature=signed,
            userHandle=decoded(one.handle),
        )

    def _says(self, one: Held, flags: int) -> bytes:
        one.count += 1 if self.counts else 0
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return (
            hashlib.sha256(one.host.encode()).digest()
            + bytes([flags])
            + one.count.to_bytes(4, "big")
        )

    def _client(self, kind: str, options: dict[str, Any], said: dict[str, Any]) -> bytes:
        challenge = options["challenge"]
        data = {"type": kind, "challenge": challenge, "origin": self.origin, **said}
        return json.dumps(data).encode()

    def _answer(self, one: Held, **parts: bytes) -> str:
        response = {name: coded(part) for name, part in parts.items()}
        answer = {"id": coded(one.id), "rawId": coded(one.id), "type": "public-key"}
        return json.dumps({**answer, "response": response})
