"""Foreign writes are refused, and every answer carries its headers."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.cast import Cast


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
