"""Sessions: listed to their owner, rotated at sign-in, ended by hand, by disuse and by time."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.responses import Response
from starlette.testclient import TestClient

from app.people import seen
from app.people.cookie import HOST_ONLY, PLAIN, give_cookie
from app.people.models import SignIn
from app.people.queries import sign_ins_of
from app.record.models import Entry
from app.settings import Settings
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def come(open_browser, cast):
    """``come(cast.dara, FIREFOX)``: signs in, in a browser of its own, as people do."""

    def in_a_browser(person, device=FIREFOX):
        one = open_browser()
        one.client.headers["user-agent"] = device
        return sign_in_again(one, person)

    return in_a_browser


def sign_in_again(browser, person):
    browser.post("/sign-in/demo", person=person.id)
    return browser


def sessions(db):
    return db.scalars(select(SignIn).order_by(SignIn.id)).all()


class TestTheList:
    def test_each_is_named_in_words_that_its_owner_knows(self, come, cast, clock):
        come(cast.dara, PHONE)
        clock.forward(hours=2)
        page = come(cast.dara, FIREFOX).get("/me")
        here, there = page.css("#sessions .row")
        assert "Firefox on Linux" in here.text() and "this browser" in here.text()
        assert "Safari on iPhone" in there.text() and "this browser" not in there.text()
        assert "last seen 2 hours ago" in there.text() and "last seen" not in here.text()

    def test_nobody_sees_those_of_somebody_else(self, come, cast):
        come(cast.dara, PHONE)
        assert "iPhone" not in come(cast.eli).get("/me").text

    def test_all_others_are_ended_at_once(self, come, cast, db):
        phone, laptop = come(cast.dara, PHONE), come(cast.dara)
        somebody_else = come(cast.eli)
        laptop.get("/me")
        page = laptop.submit("End all others")
        assert "You are signed out everywhere else." in page.text
        assert len(page.css("#sessions .row")) == 1
        assert phone.get("/me").path.startswith("/sign-in")
        assert somebody_else.get("/me").path == "/me"
        ended = db.scalars(select(Entry).where(Entry.verb == "sessions.ended")).one()
        assert ended.about == {"sessions": [sessions(db)[0].id]}

    def test_who_is_signed_in_once_is_offered_nothing_to_end(self, come, cast):
        assert "End all others" not in come(cast.dara).get("/me").text

    def test_one_of_somebody_else_is_not_found(self, come, cast, db):
        come(cast.dara)
        page = come(cast.eli).post(f"/me/sessions/{sessions(db)[0].id}/end")
        assert page.status == 404
        assert sessions(db)[0].ended_at is None


class TestRotation:
    def test_signing_in_again_ends_the_session_before(self, come, cast, db):
        one = come(cast.dara)
        before = one.client.cookies[HOST_ONLY]
        sign_in_again(one, cast.dara)
        assert one.client.cookies[HOST_ONLY] != before
        old, new = sessions(db)
        assert old.ended_at is not None and new.ended_at is None

    def test_so_does_signing_in_as_somebody_else(self, come, cast, db):
        sign_in_again(come(cast.dara), cast.eli)
        assert [one.ended_at is None for one in sessions(db)] == [False, True]

    def test_a_cookie_that_was_put_there_before_opens_nothing_after(self, come, cast, open_browser):
        """Who gives somebody their own cookie does not come in with them (fixation)."""
        thief, victim = come(cast.sam), open_browser()
        planted = thief.client.cookies[HOST_ONLY]
        victim.client.cookies.set(HOST_ONLY, planted, domain="testserver.local", path="/")
        sign_in_again(victim, cast.ana)
        assert victim.client.cookies[HOST_ONLY] != planted
        assert thief.get("/me").path.startswith("/sign-in")

    def test_the_secret_is_not_kept(self, come, cast, db):
        secret = come(cast.dara).client.cookies[HOST_ONLY]
        assert secret not in (sessions(db)[0].token_hash, sessions(db)[0].device)


class TestLimits:
    def test_what_is_not_used_for_two_weeks_ends(self, come, cast, clock):
        one = come(cast.dara)
        clock.forward(days=14, seconds=-1)
        assert one.get("/me").path == "/me"
        clock.forward(seconds=1)
        assert one.get("/me").path.startswith("/sign-in")

    def test_what_is_used_goes_on_until_its_end(self, app, come, cast, clock):
        one = come(cast.dara)
        for _ in range(2):
            clock.forward(days=13)
            assert one.get("/me").path == "/me"
            seen.flush(app)
        clock.forward(days=4, seconds=-1)
        assert one.get("/me").path == "/me"
        clock.forward(seconds=1)
        assert one.get("/me").path.startswith("/sign-in")

    def test_what_has_ended_is_on_no_list(self, come, cast, db, clock):
        come(cast.dara)
        idle = timedelta(days=14)
        assert len(sign_ins_of(db, cast.dara, clock.now, idle=idle)) == 1
        assert sign_ins_of(db, cast.dara, clock.forward(days=14), idle=idle) == []


class TestSeen:
    def test_it_is_noted_on_reading_and_written_down_later(self, app, come, cast, db, clock):
        one = come(cast.dara)
        at = clock.forward(minutes=5)
        one.get("/me")
        assert sessions(db)[0].seen_at is None
        seen.flush(app)
        db.expire_all()
        assert sessions(db)[0].seen_at == at

    def test_the_latest_of_several_processes_stays(self, app, come, cast, db, clock):
        come(cast.dara)
        (row,) = sessions(db)
        at = clock.forward(minutes=5)
        other = seen.Seen()
        other.note(row, clock.forward(minutes=-3))
        seen.seen_by(app).note(row, at)
        seen.flush(app)
        seen.write_down(db, other.take())
        db.expire_all()
        assert row.seen_at == at

    def test_it_leaves_no_entry(self, app, come, cast, db):
        one = come(cast.dara)
        before = len(db.scalars(select(Entry)).all())
        one.get("/me")
        seen.flush(app)
        assert len(db.scalars(select(Entry)).all()) == before

    def test_what_can_not_be_written_breaks_nothing(self, app, come, cast, caplog):
        come(cast.dara).get("/me")

        class Gone:
            def writing(self):
                raise OSError("the disk is full")

        app.state.database, there = Gone(), app.state.database
        seen.flush(app)
        app.state.database = there
        assert "was not written" in caplog.text
        assert seen.seen_by(app).take() == {}

    def test_it_is_written_when_the_server_stops(self, app, cast, db, clock):
        with TestClient(app, base_url="https://testserver") as client:
            one = Browser(client, db)
            sign_in_again(one, cast.dara)
            at = clock.forward(minutes=5)
            one.get("/me")
        db.expire_all()
        assert sessions(db)[0].seen_at == at


class TestTheCookie:
    @pytest.fixture
    def given(self, browser, cast):
        form = {"person": cast.ana.id}
        answer = browser.client.post(
            "/sign-in/demo", data=form, headers={"sec-fetch-site": "same-origin"}
        )
        return next(one for one in answer.headers.get_list("set-cookie") if "clausewise" in one)

    def test_behind_tls_it_is_of_this_host_only(self, given):
        assert re.match(r"__Host-clausewise=[\w-]{43};", given)
        parts = {part.strip().lower() for part in given.split(";")[1:]}
        assert {"httponly", "secure", "path=/", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)

    def test_over_plain_http_in_development_it_has_its_plain_name(self):
        settings = Settings(base_url="http://127.0.0.1:8000", development=True)
        assert cookie_of(settings).startswith(f"{PLAIN}=secret; HttpOnly;")
        assert "Secure" not in cookie_of(settings)

    def test_without_tls_and_not_in_development_it_does_not_travel(self):
        assert "Secure" in cookie_of(Settings(base_url="http://clausewise.example"))

    def test_one_of_the_plain_name_opens_nothing_behind_tls(self, browser, come, cast):
        secret = come(cast.ana).client.cookies[HOST_ONLY]
        browser.client.cookies.set(PLAIN, secret)
        assert browser.get("/me").path.startswith("/sign-in")

    def test_it_is_taken_back_as_it_was_given(self, come, cast):
        """A browser ignores a cookie of this name that is not ``Secure``, so also its end."""
        one = come(cast.ana)
        answer = one.client.post("/sign-out", headers={"sec-fetch-site": "same-origin"})
        end = next(c for c in answer.headers.get_list("set-cookie") if HOST_ONLY in c)
        assert "Secure" in end and "Max-Age=0" in end
        assert HOST_ONLY not in one.client.cookies


def cookie_of(settings):
    answer = Response()
    give_cookie(answer, "secret", settings)
    return answer.headers["set-cookie"]
