"""GitHub's way: OAuth 2 without OpenID Connect, at a small server that speaks its paths."""

import pytest

from app.people.models import Identity, SignIn

pytestmark = pytest.mark.alike

ANA = {"email": "ana@example.org", "primary": True, "verified": True}


def test_somebody_new_comes_in_by_their_number_and_primary_address(at_github, github):
    github.user = {"id": 583231, "login": "ana-f", "name": "Ana of GitHub"}
    github.emails = [{"email": "old@example.org", "primary": False, "verified": True}, ANA]
    assert "Ana of GitHub" in at_github.sign_in_with("GitHub").text
    (identity,) = at_github.all_of(Identity)
    assert (identity.provider, identity.subject) == ("github", "583231")
    assert at_github.person("Ana of GitHub").email == "ana@example.org"


def test_a_login_that_changed_hands_opens_nothing(at_github, github):
    github.user = {"id": 1, "login": "ana-f", "name": "Ana of GitHub"}
    at_github.sign_in_with("GitHub")
    github.user = {"id": 2, "login": "ana-f", "name": "Another Ana"}
    assert "Another Ana" in at_github.sign_in_with("GitHub", at_github.open_browser()).text
    assert len(at_github.all_of(Identity)) == 2


def test_an_address_that_is_not_shown_is_none(at_github, github):
    github.fault = "scope not granted"
    github.user = {"id": 3, "login": "ana-f"}
    at_github.sign_in_with("GitHub")
    assert at_github.person("ana-f").email is None


def test_an_address_that_was_not_verified_brings_nobody_in(at_github, github):
    github.emails = [{**ANA, "verified": False}]
    page = at_github.sign_in_with("GitHub")
    assert "GitHub has not checked that ana@example.org is yours." in page.text
    assert at_github.all_of(SignIn) == []


def test_a_code_that_was_used_is_told_as_such(at_github, github):
    at_github.browser.get("/sign-in")
    at_github.browser.click("Sign in with GitHub")
    github.codes.clear()
    page = at_github.browser.submit("Go on")
    assert "GitHub does not take the answer" in page.text
    assert at_github.all_of(SignIn) == []


def test_who_has_no_number_is_nobody(at_github, github):
    github.user = {"message": "Bad credentials"}
    page = at_github.sign_in_with("GitHub")
    assert "What GitHub said of you does not hold" in page.text
    assert at_github.all_of(SignIn) == []
