"""Making a working group, on its page and over the API; who may, and what comes next."""

import pytest

from app.groups import rules
from app.groups.forms import address_from
from app.groups.queries import group_for, membership_of
from app.kit.refusals import Refusal
from app.people.models import Administration

pytestmark = pytest.mark.usefixtures("clock")

FIELDS = {
    "name": "Open Weights Group",
    "slug": "open-weights",
    "summary": "We agree on what open weights are.",
    "categories": "creators\n\n  end   users \nCreators",
}


def made(browser, **more):
    browser.get("/groups/new")
    return browser.submit("Make the group", **{**FIELDS, **more})


def test_who_makes_a_group_is_its_chair_and_is_told_what_comes_next(browser, cast, db):
    page = made(browser.sign_in(cast.sam))
    assert page.path == "/g/open-weights/start"
    group = group_for(db, "open-weights", None)
    mine = membership_of(db, group.id, cast.sam)
    assert mine is not None and mine.role == "chair"
    assert [c.name for c in group.categories] == ["creators", "end users"]
    assert page.said(".step[data-done] h2") == ["Say whom members speak for done"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Open Weights Group", "open-weights-group"),
        ("Über  Données (2)", "uber-donnees-2"),
        ("x" * 59 + " y", "x" * 59),
        ("開放", ""),
    ],
)
def test_a_group_without_an_address_gets_one_from_its_name(name, address):
    assert address_from(name) == address


def test_a_name_that_makes_no_address_asks_for_one(browser, cast):
    assert made(browser.sign_in(cast.sam), slug="").path == "/g/open-weights-group/start"
    page = made(browser, slug="", name="開放")
    assert page.status == 422 and "can't be an address" in page.text


def test_home_lists_the_groups_that_one_is_in_without_a_definition_too(browser, cast):
    made(browser.sign_in(cast.sam))
    browser.get("/")
    assert "What comes next" in browser.page.links()
    assert browser.click("Open Weights Group").path == "/g/open-weights"


def test_home_leads_who_is_in_no_group_to_a_new_one(browser, cast):
    browser.sign_in(cast.sam).get("/")
    assert browser.click("New working group").path == "/groups/new"


def test_nobody_is_asked_to_sign_in(browser, cast):
    assert browser.get("/groups/new").path.startswith("/sign-in")


def test_what_can_not_be_taken_is_shown_again(browser, cast):
    browser.sign_in(cast.sam)
    page = made(browser, slug="Open Weights", categories="x" * 81)
    assert page.status == 422 and "A category has at most 80 characters" in page.text
    page = made(browser, slug="Open Weights")
    assert page.status == 422 and "can't be an address" in page.text
    page = made(browser, slug="open-definitions")
    assert page.status == 409 and "There is a working group at “open-definitions”" in page.text
    assert page.form_with("Make the group")[0].values()["name"] == ["Open Weights Group"]


def test_what_comes_next_is_for_chairs(browser, cast):
    assert browser.sign_in(cast.dara).get("/g/open-definitions/start").status == 403
    page = browser.sign_in(cast.ana).get("/g/open-definitions/start")
    assert len(page.css(".step[data-done]")) == 3


@pytest.mark.parametrize(
    ("only", "administrates", "made_lately", "code"),
    [
        (False, False, 0, None),
        (False, False, 9, None),
        (False, False, 10, "too_many_groups"),
        (True, False, 0, "administrators_only"),
        (True, True, 0, None),
        (True, True, 10, "too_many_groups"),
    ],
)
def test_who_may(only, administrates, made_lately, code):
    refusal = rules.may_create_group(
        Administration() if administrates else None,
        only_administrators=only,
        made_lately=made_lately,
    )
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("slug", ["", "New", "a--b", "-a", "a_b", "ä", "a" * 61, "a/b"])
def test_what_is_no_address(slug):
    assert rules.must_be_group_address(slug, taken=False) == Refusal("slug_not_taken", slug=slug)


class TestWhereOnlyAdministratorsMakeGroups:
    @pytest.fixture(autouse=True)
    def only_administrators(self, app):
        app.state.settings = app.state.settings.model_copy(update={"groups_by": "administrators"})

    def test_others_are_told_so(self, browser, api, cast):
        assert "New working group" not in browser.sign_in(cast.sam).get("/").links()
        assert "Only administrators" in browser.get("/groups/new").text
        assert browser.post("/groups", **FIELDS).status == 403
        answer = api.as_(cast.ana).post("/api/v1/g", json={"slug": "x", "name": "X"})
        assert answer.json()["code"] == "administrators_only"

    def test_administrators_do(self, browser, cast, db, clock):
        db.add(Administration(person_id=cast.sam.id, since=clock.now))
        db.flush()
        assert made(browser.sign_in(cast.sam)).path == "/g/open-weights/start"


def test_a_program_makes_a_group(api, cast):
    body = {"slug": "open-weights", "name": "Open Weights", "categories": ["a", "b", "A"]}
    answer = api.as_(cast.sam).post("/api/v1/g", json=body)
    assert answer.status_code == 201 and answer.json()["categories"] == ["a", "b"]
    assert answer.headers["location"] == "/api/v1/g/open-weights"
    again = api.as_(cast.sam).post("/api/v1/g", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "group_slug_in_use")


def test_who_came_by_mail_says_their_name_before_they_invite_people(browser, cast, db):
    cast.sam.name = "sam.okoro"
    db.flush()
    browser.sign_in(cast.sam).get("/groups/new")
    assert browser.page.form_with("Make the group")[0].values()["your_name"] == ["sam.okoro"]
    made(browser, your_name="Sam Okoro")
    assert cast.sam.name == "Sam Okoro"
    browser.get("/groups/new")
    assert "your_name" not in browser.page.form_with("Make the group")[0].values()


def test_what_comes_next_says_how_many_are_asked(browser, cast):
    made(browser.sign_in(cast.sam))
    assert "You are the only one so far" in browser.page.text
    browser.get("/g/open-weights/people")
    browser.submit("Send the invitation", email="ida@example.org", role="member")
    browser.get("/g/open-weights")
    page = browser.click("What comes next")
    assert "One invitation is without an answer" in page.text
    assert "You are the only one so far" not in page.text


def test_who_is_in_no_group_is_led_to_making_one(browser, cast):
    browser.sign_in(cast.sam).get("/")
    assert browser.click("New working group").path == "/groups/new"
