"""Signing in, and the page of one's own settings."""

import re

import pytest
from sqlalchemy import select

from app.definitions.models import Clause
from app.kit.models import Mail
from app.people.models import Person, SignIn

pytestmark = pytest.mark.usefixtures("clock")


class TestSigningIn:
    def test_by_a_link_and_on_to_where_one_was(self, browser, cast, db):
        browser.get("/d/open-source-ai/b/new")  # asks who is there
        browser.submit("Send the link", email="ana.ferreira@example.org")
        mail = db.scalars(select(Mail)).one()
        browser.get(re.findall(r"/sign-in/link\S+", mail.text)[0])
        page = browser.submit("Sign in")
        assert page.path == "/d/open-source-ai/b/new"
        assert "Ana Ferreira" in page.text

    @pytest.mark.parametrize(
        "typed",
        [
            "nobody",
            "a@",
            "@example.org",
            "a1<victim@example.org>",
            "x,victim@example.org",
            "a:b;c@example.org",
            '"quoted"@example.org',
            "a..b@example.org",
            "a@example..org",
            "a@b@example.org",
        ],
    )
    def test_what_is_no_plain_address_gets_no_mail(self, browser, cast, db, typed):
        browser.get("/sign-in")
        page = browser.submit("Send the link", email=typed)
        assert page.status == 422
        assert "should look like name@example.org" in page.text
        assert page.form_with("Send the link")[0].values()["email"] == [typed]
        assert db.scalars(select(Mail)).all() == []

    @pytest.mark.parametrize(
        "typed", ["o'brien+osaid@example.org", "ana@example", "jörg.müller@bücher.example"]
    )
    def test_an_address_that_exists_somewhere_does(self, browser, cast, db, typed):
        browser.get("/sign-in")
        assert browser.submit("Send the link", email=typed).path == "/sign-in/sent"
        assert db.scalars(select(Mail.to)).all() == [typed]


class TestASessionThatEnded:
    """What was written is given back, and so is the way to where it was written."""

    def test_a_comment_is_not_lost(self, browser, cast, db):
        browser.sign_in(cast.eli)
        clause = db.scalars(select(Clause).where(Clause.number == 4)).one()
        page = browser.get(f"/d/open-source-ai/c/{clause.number}")
        browser.sign_out()
        browser.page = page
        page = browser.submit("Comment", body="I object here.")
        assert page.status == 401
        assert [node.text().strip() for node in page.css("textarea")] == ["I object here."]
        assert page.one("a.button--main").attributes["href"] == (
            "/sign-in?next=%2Fd%2Fopen-source-ai%2Fc%2F4"
        )


class TestSettings:
    def test_a_name_and_how_things_are_shown(self, browser, cast, db):
        browser.sign_in(cast.eli).get("/me")
        page = browser.submit("Save", name="Eli N.", time_zone="Asia/Tokyo", theme="dark")
        assert page.path == "/me"
        assert page.one("html").attributes["data-theme"] == "dark"
        eli = db.get_one(Person, cast.eli.id)
        assert (eli.name, eli.time_zone, eli.theme) == ("Eli N.", "Asia/Tokyo", "dark")

    def test_a_name_is_needed_and_what_was_typed_is_kept(self, browser, cast, db):
        browser.sign_in(cast.eli).get("/me")
        page = browser.submit("Save", name="", theme="light")
        assert page.status == 422
        assert page.form_with("Save")[0].values()["theme"] == ["light"]
        assert db.get_one(Person, cast.eli.id).name == "Eli Novak"

    def test_another_session_is_ended_from_here(self, open_browser, cast, db):
        there, here = open_browser().sign_in(cast.dara), open_browser().sign_in(cast.dara)
        assert there.get("/me").status == 200
        first = db.scalars(select(SignIn.id).order_by(SignIn.id)).first()
        here.get("/me")
        here.submit("End", within=".rows")
        assert db.get_one(SignIn, first).ended_at is not None
        assert there.get("/me").path.startswith("/sign-in")
