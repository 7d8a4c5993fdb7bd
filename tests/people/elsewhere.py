"""Providers on loopback: the real one in a process of its own, a small one that has faults, and one
that speaks as GitHub does. All over HTTP; none of it is in the process under test but its thread.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.serving import PATIENCE, free_port, wire

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, auto_kid=False)
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)


@contextmanager
def real_provider(log: Path, *options: str) -> Iterator[str]:
    """``oidc-provider-mock`` in a process of its own; where it is."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ})
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        with wire() as client:
            while time.monotonic() < until and process.poll() is None:
                try:
                    client.get(f"{url}/jwks")
                    break
                except httpx2.TransportError:
                    time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def tell(url: str, subject: str, **claims: object) -> None:
    """The real provider knows this account from now on."""
    with wire() as client:
        client.put(f"{url}/users/{subject}", json=claims).raise_for_status()


@dataclass
class Elsewhere:
    """A small provider. ``fault`` says what it does wrong; ``asked`` is what it was asked for."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "1"})
    fault: str = ""
    url: str = ""
    issuer: str = "{url}"
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, path: str, query: dict[str, str], form: dict[str, str]) -> tuple[int, Any]:
        """What stands at a path: a status with JSON, or an address to go on to."""
        match path:
            case (
                "/.well-known/openid-configuration"
                | "/common/v2.0/.well-known/openid-configuration"
            ):
                return 200, self.document()
            case "/keys":
                return 200, {"keys": [KEY.as_dict(private=False)]}
            case "/authorize":
                code = secrets.token_urlsafe(8)
                self.codes[code] = query
                return (
                    303,
                    f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}",
                )
            case "/token":
                return self.token(form)
            case "/userinfo":
                return 200, {**self.claims, **({"sub": "2"} if self.fault == "other sub" else {})}
        return 404, {}

    def document(self) -> dict[str, Any]:
        at = {"issuer": self.issuer.replace("{url}", self.url), "jwks_uri": f"{self.url}/keys"}
        at |= {
            f"{name}_endpoint": f"{self.url}/{path}"
            for name, path in [
                ("authorization", "authorize"),
                ("token", "token"),
                ("userinfo", "userinfo"),
            ]
        }
        if self.fault == "another issuer":
            at["issuer"] = "http://127.0.0.1:1"
        if self.fault == "no token endpoint":
            del at["token_endpoint"]
        if self.fault == "shared secrets only":
            return {**at, "id_token_signing_alg_values_supported": ["HS256", "none"]}
        return at

    def token(self, form: dict[str, str]) -> tuple[int, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        ).decode()
        if asked is None or self.fault == "expired code":
            return 400, {"error": "invalid_grant"}
        if asked.get("code_challenge") != challenge.rstrip("="):
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        if self.fault == "unknown client":
            return 401, {"error": "invalid_client"}
        access = secrets.token_urlsafe(8)
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 3600}
        if self.fault != "no ID token":
            answer["id_token"] = self.id_token(asked, access)
        return 200, answer

    def id_token(self, asked: dict[str, str], access: str) -> str:
        now = int(time.time())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.url, "aud": asked["client_id"], "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
            **self.claims,
            **WRONG_CLAIMS.get(self.fault, lambda now: {})(now),
        }  # fmt: skip
        if self.fault == "no nonce":
            del claims["nonce"]
        header, key = {"alg": "RS256", "kid": "one"}, KEY
        if self.fault == "unsigned":
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        if self.fault == "signed with the public key":
            signed = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
            mac = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
        if self.fault == "signed by somebody else":
            key = OTHER_KEY
        if self.fault == "unknown key":
            header["kid"] = "two"
        return jwt.encode(header, claims, key)


WRONG_CLAIMS: dict[str, Any] = {
    "wrong nonce": lambda now: {"nonce": "another"},
    "wrong issuer": lambda now: {"iss": "https://elsewhere.example"},
    "wrong audience": lambda now: {"aud": "somebody else"},
    "wrong access token": lambda now: {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "another party": lambda now: {"azp": "somebody else"},
    "expired": lambda now: {"exp": now - 600, "iat": now - 900},
    "of the future": lambda now: {"iat": now + 600, "exp": now + 900},
    "not yet": lambda now: {"nbf": now + 600},
}


@dataclass
class GitHubElsewhere(Elsewhere):
    """GitHub's OAuth 2: no document, no ID token, an API that says who it is."""

    user: dict[str, Any] = field(default_factory=lambda: {"id": 583231, "login": "ana-f"})
    emails: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str], form: dict[str, str]) -> tuple[int, Any]:
        match path:
            case "/login/oauth/authorize":
                return super().answer("/authorize", query, form)
            case "/login/oauth/access_token":
                status, answer = self.token(form)
                if status != 200:  # GitHub says so with a 200
                    return 200, {"error": "bad_verification_code"}
                return 200, {"access_token": answer["access_token"], "token_type": "bearer"}
            case "/api/v3/user":
                return 200, self.user
            case "/api/v3/user/emails":
                return (403, {}) if self.fault == "scope not granted" else (200, self.emails)
        return 404, {}

    def id_token(self, asked: dict[str, str], access: str) -> str:
        return ""


@contextmanager
def serving_elsewhere(elsewhere: Elsewhere) -> Iterator[Elsewhere]:
    """Serves it in a thread, for the length of a block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"] or 0)).decode()
            self._answer({name: one[0] for name, one in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            elsewhere.asked.append(parts.path)
            query = {name: one[0] for name, one in parse_qs(parts.query).items()}
            status, answer = elsewhere.answer(parts.path, query, form)
            body = json.dumps(answer).encode()
            if parts.path != "/authorize":  # where the browser goes; the rest is asked by us
                status, body = _spoil(elsewhere.fault, status, body)
            self.send_response(status)
            if status == 303:
                target = answer if isinstance(answer, str) else "http://127.0.0.1:1/"
                self.send_header("location", target)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    elsewhere.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield elsewhere
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


def _spoil(fault: str, status: int, body: bytes) -> tuple[int, bytes]:
    match fault:
        case "slow":
            time.sleep(1.5)
        case "broken":
            return 500, b"{}"
        case "no JSON":
            return 200, b"<html>"
        case "endless":
            return 200, b'"' + b"a" * 600_000 + b'"'
        case "sends elsewhere":
            return 303, b""
    return status, body


def _part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
