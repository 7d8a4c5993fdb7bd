"""Foreign writes are refused, and every answer carries its headers."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.conftest import Clock


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://testserver", follow_redirects=False)


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "https://testserver"}, False),
        ({"origin": "https://testserver"}, True),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"cookie": "clausewise=x"}, False),
        ({}, True),
    ],
)
def test_a_write_from_another_site_is_refused(
    client: TestClient, headers: dict[str, str], passes: bool
) -> None:
    answer = client.post("/sign-out", headers=headers)
    assert (answer.status_code == 303) is passes
    if not passes:
        assert answer.status_code == 403


def test_every_answer_has_its_headers(client: TestClient) -> None:
    for path in ("/sign-in", "/nowhere", "/api/v1/me", "/static/css/app.css"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert len(headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/d/open-source-ai", 200),
        ("/me", 303),
        ("/nowhere", 404),
        ("/sign-out", 405),
        ("/api/v1/d/open-source-ai", 200),
        ("/api/v1/me", 401),
        ("/static/css/app.css", 200),
        ("/healthz", 200),
    ],
)
def test_head_says_what_get_says_without_the_body(
    client: TestClient, cast: Cast, clock: Clock, path: str, status: int
) -> None:
    whole = client.get(path)
    for _ in range(2):  # the second time a public page is one that was kept
        head = client.head(path)
        assert head.content == b""
        assert head.status_code == whole.status_code == status
        ours = {"x-request-id"}
        assert {k: v for k, v in head.headers.items() if k not in ours} == {
            k: v for k, v in whole.headers.items() if k not in ours
        }


def test_strict_transport_behind_tls(client: TestClient) -> None:
    assert "strict-transport-security" in client.get("/sign-in").headers


def test_a_body_that_is_too_large_is_refused_clearly(client: TestClient) -> None:
    answer = client.post(
        "/sign-in",
        content=b"email=" + b"x" * 3_000_000,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_body_of_unknown_length_is_cut_off(client: TestClient) -> None:
    answer = client.post(
        "/sign-in",
        content=(b"x" * 100_000 for _ in range(30)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_going_on_after_sign_in_stays_here(client: TestClient, cast: Cast) -> None:
    page = client.get("/sign-in", params={"next": "//elsewhere.example"})
    assert "elsewhere.example" not in page.text
