"""Signing in with an account elsewhere, over HTTP, at a real provider in a process of its own."""

import re

import pytest

from app.people.models import Identity, JoiningLink, SignIn
from app.people.round_trip import COOKIE
from tests.people.elsewhere import tell

DARA = {"name": "Dara Singh", "email": "Dara.Singh@example.org", "email_verified": True}


def set_out(browser):
    browser.get("/sign-in?next=/d/open-source-ai")
    return browser.click("Sign in with Work")


def go(browser, subject):
    """There, consent, back, and on."""
    set_out(browser)
    browser.submit("Authorize", sub=subject)
    return browser.submit("Go on")


class TestSomebodyNew:
    def test_they_come_in_and_go_on_to_where_they_were_going(self, instance, provider):
        tell(provider, "new-1", name="Noa New", email="noa@example.org", email_verified=True)
        page = go(instance.browser, "new-1")
        assert page.path == "/d/open-source-ai"
        assert "You are signed in." in page.text and "Noa New" in page.text
        assert instance.person("Noa New").email == "noa@example.org"
        (identity,) = instance.all_of(Identity)
        assert (identity.provider, identity.subject) == ("work", "new-1")
        assert [one.way for one in instance.all_of(SignIn)] == ["work"]
        assert sorted(instance.entries()) == ["identity.joined", "person.came", "session.begun"]

    def test_the_second_time_they_are_known(self, instance, provider):
        tell(provider, "new-2", name="Noa New", email="noa@example.org", email_verified=True)
        go(instance.browser, "new-2")
        page = go(instance.open_browser(), "new-2")
        assert "Noa New" in page.text
        assert len(instance.all_of(Identity)) == 1

    def test_what_the_provider_says_later_does_not_rename_them(self, instance, provider):
        """Nor does another address: an identity is a subject, and nothing else."""
        tell(provider, "new-3", name="Noa New", email="noa@example.org", email_verified=True)
        go(instance.browser, "new-3")
        tell(
            provider,
            "new-3",
            name="Dara Singh",
            email="dara.singh@example.org",
            email_verified=True,
        )
        assert "Noa New" in go(instance.open_browser(), "new-3").text

    def test_without_an_address_they_come_in_without_one(self, instance, provider):
        tell(provider, "new-4", name="Noa New")
        assert go(instance.browser, "new-4").path == "/d/open-source-ai"
        assert instance.person("Noa New").email is None

    def test_an_address_of_which_nothing_is_said_is_not_theirs(self, instance, provider):
        """Even if it is somebody's here: they come in as somebody else, and nobody is told."""
        tell(provider, "new-5", name="Noa New", email="dara.singh@example.org")
        assert "Noa New" in go(instance.browser, "new-5").text
        assert instance.person("Noa New").email is None

    def test_an_address_that_was_not_confirmed_there_brings_nobody_in(self, instance, provider):
        tell(provider, "new-6", email="dara.singh@example.org", email_verified=False)
        before = instance.counts()
        page = go(instance.browser, "new-6")
        assert page.status == 403
        assert "Work has not checked that dara.singh@example.org is yours." in page.text
        assert page.form_with("Send the link")[0].values()["next"] == ["/d/open-source-ai"]
        assert instance.counts() == before


class TestSomebodyWithThatAddress:
    """What a provider vouches for joins nobody before they say so, by mail."""

    def link(self, instance):
        return re.findall(r"/sign-in/join\S+", instance.last_mail().text)[0]

    def test_they_are_asked_by_mail_and_then_it_is_theirs(self, instance, provider):
        tell(provider, "dara-1", **DARA)
        page = go(instance.browser, "dara-1")
        assert page.path == "/sign-in/join/sent"
        assert "dara" not in page.text.lower()
        assert instance.all_of(Identity) == [] and instance.all_of(SignIn) == []
        assert instance.last_mail().to == "dara.singh@example.org"

        elsewhere = instance.open_browser()
        page = elsewhere.get(self.link(instance))
        assert "Dara Singh" in page.text and "dara.singh@example.org" in page.text
        assert instance.all_of(Identity) == []
        page = elsewhere.submit("Yes, and sign in")
        assert page.path == "/d/open-source-ai"
        assert "Dara Singh" in page.text
        (identity,) = instance.all_of(Identity)
        assert identity.person_id == instance.cast.dara.id
        assert "Dara Singh" in go(instance.browser, "dara-1").text

    def test_the_link_works_once(self, instance, provider):
        tell(provider, "dara-2", **DARA)
        go(instance.browser, "dara-2")
        link = self.link(instance)
        page = instance.browser.get(link)
        instance.browser.submit("Yes, and sign in")
        other = instance.open_browser()
        assert other.get(link).status == 409
        other.page = page
        assert "used already" in other.submit("Yes, and sign in").text
        assert len(instance.all_of(SignIn)) == 1

    def test_only_its_hash_is_kept(self, instance, provider):
        tell(provider, "dara-3", **DARA)
        go(instance.browser, "dara-3")
        (link,) = instance.all_of(JoiningLink)
        secret = self.link(instance).partition("token=")[2]
        assert secret not in {str(value) for value in vars(link).values()}

    def test_the_sixth_in_a_quarter_of_an_hour_is_refused(self, instance, provider):
        tell(provider, "dara-4", **DARA)
        for _ in range(5):
            assert go(instance.browser, "dara-4").path == "/sign-in/join/sent"
        page = go(instance.browser, "dara-4")
        assert page.status == 429
        assert "Several links went to this address" in page.text
        assert len(instance.all_of(JoiningLink)) == 5

    def test_the_record_tells_no_address(self, instance, provider):
        tell(provider, "dara-5", **DARA)
        go(instance.browser, "dara-5")
        assert instance.entries() == ["joining_link.sent"]


@pytest.mark.alike
class TestWhatEndsIt:
    """Each ends on the page to sign in on, with one sentence, and nothing is written."""

    def refused(self, instance, page, words, status):
        assert page.status == status
        assert words in page.one(".errors").text()
        assert page.form_with("Send the link")
        assert "Traceback" not in page.html

    def test_consent_that_was_refused(self, instance):
        before = instance.counts()
        set_out(instance.browser)
        page = instance.browser.submit("Deny")
        self.refused(instance, page, "Work was not allowed to say who you are", 403)
        assert page.form_with("Send the link")[0].values()["next"] == ["/d/open-source-ai"]
        assert instance.counts() == before

    def test_a_code_that_was_used_already(self, instance, provider):
        tell(provider, "replay", name="Noa New")
        set_out(instance.browser)
        page = instance.browser.submit("Authorize", sub="replay")
        cookie = instance.browser.client.cookies[COOKIE]
        instance.browser.submit("Go on")
        before = instance.counts()
        thief = instance.open_browser()
        thief.client.cookies.set(COOKIE, cookie)
        thief.page = page
        self.refused(instance, thief.submit("Go on"), "Work does not take the answer", 409)
        assert instance.counts() == before

    def test_an_answer_to_another_question(self, instance, provider):
        """The state is not the one that this browser set out with: somebody else's answer."""
        tell(provider, "state", name="Noa New")
        set_out(instance.browser)
        form, _ = instance.browser.submit("Authorize", sub="state").form_with("Go on")
        before = instance.counts()
        (code,) = form.values()["code"]
        page = instance.browser.post("/sign-in/with/work", code=code, state="another")
        self.refused(instance, page, "did not begin in this browser", 409)
        assert instance.counts() == before

    def test_an_answer_in_a_browser_that_asked_nothing(self, instance, provider):
        tell(provider, "victim", name="Noa New")
        set_out(instance.browser)
        page = instance.browser.submit("Authorize", sub="victim")
        victim = instance.open_browser()
        victim.page = page
        before = instance.counts()
        self.refused(instance, victim.submit("Go on"), "did not begin in this browser", 409)
        assert instance.counts() == before

    @pytest.mark.parametrize("cookie", ["", "x", "a.b.c.d.e", "ä"])
    def test_a_cookie_that_is_not_ours(self, instance, provider, cookie):
        set_out(instance.browser)
        instance.browser.submit("Authorize", sub="cookie")
        instance.browser.client.cookies.clear()
        headers = {"cookie": f"{COOKIE}={cookie}".encode(), "sec-fetch-site": "same-origin"}
        form, _ = instance.browser.page.form_with("Go on")
        answer = instance.browser.client.post(
            "/sign-in/with/work", data=form.values(), headers=headers
        )
        assert answer.status_code == 409

    def test_ten_minutes_that_are_over(self, instance, provider, clock):
        set_out(instance.browser)
        clock.forward(minutes=10)
        instance.browser.submit("Authorize", sub="late")
        before = instance.counts()
        page = instance.browser.submit("Go on")
        self.refused(instance, page, "within the last ten minutes", 409)
        assert instance.counts() == before

    def test_a_clock_that_is_wrong(self, instance, provider, clock):
        """Ours is stopped in 2024: the provider's word is of the future."""
        page = go(instance.browser, "skewed")
        self.refused(instance, page, "is of another time than now", 409)
        assert instance.all_of(SignIn) == []

    @pytest.mark.parametrize("path", ["/sign-in/with/nobody", "/sign-in/with/nobody/back?code=x"])
    def test_a_provider_that_was_not_set_is_not_found(self, instance, path):
        assert instance.browser.get(path).status == 404


@pytest.mark.alike
class TestSettingOut:
    def test_nothing_is_written_on_the_way_there(self, instance):
        before = instance.counts()
        set_out(instance.browser)
        assert instance.counts() == before

    def test_it_asks_with_everything_that_ties_the_answer_to_this_browser(self, instance, provider):
        page = set_out(instance.browser)
        assert page.url.startswith(f"{provider}/oauth2/authorize?")
        asked = dict(one.split("=", 1) for one in page.url.partition("?")[2].split("&"))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["code_challenge"]) == 43
        assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
        assert "secret" not in page.url

    def test_the_cookie_is_kept_from_scripts_and_from_other_pages(self, instance):
        answer = instance.browser.client.get("/sign-in/with/work")
        cookie = answer.headers["set-cookie"].lower()
        assert answer.headers["cache-control"] == "no-store"
        for part in ("httponly", "samesite=lax", "max-age=600", "path=/;"):
            assert part in f"{cookie};"

    @pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil"])
    def test_going_on_never_leaves_this_site(self, instance, provider, elsewhere):
        tell(provider, "next", name="Noa New")
        browser = instance.browser
        browser.get(f"/sign-in/with/work?next={elsewhere}")
        browser.submit("Authorize", sub="next")
        assert browser.submit("Go on").path == "/"

    def test_the_session_before_ends(self, instance, provider):
        tell(provider, "twice", name="Noa New")
        go(instance.browser, "twice")
        go(instance.browser, "twice")
        first, second = instance.all_of(SignIn)
        assert first.ended_at is not None and second.ended_at is None
        assert first.token_hash != second.token_hash
