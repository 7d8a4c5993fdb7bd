"""Keeping the categories of a group: who, under which names, and what stays of those that go."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.groups import actions, actions_category, queries
from app.groups.models import Category, Membership
from app.groups.rules_category import (
    may_add_category,
    may_keep_category,
    may_rename_category,
    may_speak_for,
)
from app.kit.refusals import Refused
from app.record.models import Entry

pytestmark = pytest.mark.usefixtures("clock")

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
PAGE = "/g/open-definitions/categories"
CHAIR = Membership(role="chair")


def code_of(refusal):
    return refusal.code if refusal else None


class TestRules:
    @pytest.mark.parametrize("role", [None, "observer", "member", "editor"])
    def test_only_chairs_keep_them(self, role):
        mine = Membership(role=role) if role else None
        for refusal in (
            may_add_category(mine, "x", []),
            may_rename_category(mine, "x", []),
            may_keep_category(mine, None),
        ):
            assert code_of(refusal) == "chairs_only"

    @pytest.mark.parametrize(
        ("name", "others", "code"),
        [
            ("users", [], None),
            ("users", ["Users"], "category_in_use"),
            (" ", [], "category_name"),
            ("x" * 81, [], "category_name"),
            ("x", [str(n) for n in range(39)], None),
            ("x", [str(n) for n in range(40)], "too_many_categories"),
        ],
    )
    def test_what_a_category_may_be_called(self, name, others, code):
        assert code_of(may_add_category(CHAIR, name, others)) == code

    def test_what_is_retired_is_neither_moved_nor_retired_again(self):
        assert may_keep_category(CHAIR, None) is None
        assert code_of(may_keep_category(CHAIR, NOON)) == "category_is_retired"

    def test_who_speaks_for_a_retired_one_goes_on(self):
        retired = Category(id=3, retired_at=NOON)
        assert may_speak_for(retired, 3) is None
        assert code_of(may_speak_for(retired, 4)) == "category_is_retired"
        assert may_speak_for(None) is may_speak_for(Category(id=3)) is None


@pytest.fixture
def named(db, cast):
    def find(name):
        return next(c for c in queries.all_categories_of(db, cast.group.id) if c.name == name)

    return find


def names(db, cast):
    return [one.name for one in queries.categories_of(db, cast.group.id)]


def last_entry(db, cast):
    return db.scalars(
        select(Entry).where(Entry.log_id == cast.group.log_id).order_by(Entry.sequence.desc())
    ).first()


class TestVerbs:
    def test_one_is_added_at_the_end(self, db, cast):
        actions_category.add_category(db, cast.group, by=cast.ana, name="funders")
        assert names(db, cast)[-1] == "funders"
        assert last_entry(db, cast).about["name"] == "funders"

    def test_one_is_renamed_for_those_who_speak_for_it(self, db, cast, named):
        actions_category.rename_category(db, named("creators"), by=cast.ana, name="makers")
        mine = queries.member_of(db, cast.group.id, cast.dara.id)
        assert mine.category is named("makers")
        about = last_entry(db, cast).about
        assert (about["from"], about["name"]) == ("creators", "makers")

    @pytest.mark.parametrize(("place", "there"), [(1, 0), (3, 2), (6, 5), (99, 5)])
    def test_one_is_moved_and_the_others_make_room(self, db, cast, named, place, there):
        before = names(db, cast)
        actions_category.move_category(db, named("end users"), by=cast.ana, place=place)
        after = names(db, cast)
        assert after.index("end users") == there
        assert [n for n in after if n != "end users"] == [n for n in before if n != "end users"]

    def test_who_speaks_for_a_retired_one_keeps_it_and_nobody_new_gets_it(self, db, cast, named):
        creators = named("creators")
        actions_category.retire_category(db, creators, by=cast.ana)
        assert "creators" not in names(db, cast)
        given = {"by": cast.ana, "role": "editor", "category": creators, "affiliation": ""}
        actions.change_membership(db, cast.group, person=cast.dara, **given)
        mine = queries.member_of(db, cast.group.id, cast.dara.id)
        assert mine.category_id == creators.id
        with pytest.raises(Refused, match="category_is_retired"):
            actions.change_membership(db, cast.group, person=cast.eli, **given)
        with pytest.raises(Refused, match="category_is_retired"):
            actions.add_member(db, cast.group, person=cast.sam, **given)

    def test_a_retired_one_comes_back_under_its_name(self, db, cast, named):
        creators = named("creators")
        actions_category.retire_category(db, creators, by=cast.ana)
        with pytest.raises(Refused, match="category_in_use"):
            actions_category.rename_category(db, named("subjects"), by=cast.ana, name="Creators")
        back = actions_category.add_category(db, cast.group, by=cast.ana, name="Creators")
        assert (back.id, names(db, cast)[-1]) == (creators.id, "creators")

    @pytest.mark.parametrize("who", ["bruno", "dara", "sam"])
    def test_nobody_else_does(self, db, cast, named, who):
        by = getattr(cast, who)
        for deed in (
            lambda: actions_category.add_category(db, cast.group, by=by, name="x"),
            lambda: actions_category.rename_category(db, named("creators"), by=by, name="x"),
            lambda: actions_category.move_category(db, named("creators"), by=by, place=2),
            lambda: actions_category.retire_category(db, named("creators"), by=by),
        ):
            with pytest.raises(Refused, match="chairs_only"):
                deed()


class TestThePage:
    def test_a_chair_keeps_them(self, db, cast, browser):
        browser.sign_in(cast.ana).get("/g/open-definitions")
        assert browser.click("Change the categories").path == PAGE
        browser.submit("Add it", name="funders")
        browser.submit("Up", within="li:nth-of-type(7)")
        assert names(db, cast)[5] == "funders"
        browser.submit("Save", name="payers", within="li:nth-of-type(6)")
        page = browser.submit("Retire", within="li:nth-of-type(6)")
        assert "payers" in page.said("section")[1] and "payers" not in names(db, cast)
        browser.submit("Bring it back")
        assert names(db, cast)[-1] == "payers"

    def test_what_can_not_be_taken_is_shown_again(self, cast, browser):
        browser.sign_in(cast.ana).get(PAGE)
        page = browser.submit("Add it", name="Creators")
        assert page.status == 409 and "called Creators" in page.text
        page = browser.submit("Save", name="SUBJECTS", within="li:nth-of-type(1)")
        assert page.status == 409 and len(page.css("details[open]")) == 1

    def test_a_category_of_another_group_is_not_there(self, db, cast, browser):
        other = actions.create_group(db, by=cast.ana, slug="other", name="Other", categories=["x"])
        number = queries.categories_of(db, other.id)[0].id
        browser.sign_in(cast.ana)
        for deed in ("", "/place", "/retirement"):
            assert browser.post(f"{PAGE}/{number}{deed}", name="y", place=1).status == 404

    @pytest.mark.parametrize("who", ["bruno", "sam"])
    def test_it_is_for_chairs(self, cast, browser, who):
        assert browser.sign_in(getattr(cast, who)).get(PAGE).status == 403

    def test_the_group_still_shows_whom_members_of_a_retired_one_speak_for(
        self, db, cast, browser, named
    ):
        actions_category.retire_category(db, named("creators"), by=cast.ana)
        page = browser.get("/g/open-definitions")
        assert "creators" in page.text and "regulators" in page.text
        actions_category.retire_category(db, named("end users"), by=cast.ana)
        assert "end users" not in browser.get("/g/open-definitions").text


def test_the_api_keeps_them_too(db, cast, api):
    path = f"/api/v1{PAGE}"
    ana = api.as_(cast.ana)
    made = ana.post(path, json={"name": "funders"}).json()
    assert (made["place"], made["retired_at"]) == (7, None)
    one = f"{path}/{made['number']}"
    assert ana.put(f"{one}/name", json={"name": "payers"}).json()["name"] == "payers"
    assert ana.put(f"{one}/place", json={"place": 1}).json()["place"] == 1
    assert ana.post(f"{one}/retirement").json()["place"] is None
    late = ana.put(f"{one}/place", json={"place": 1})
    assert (late.status_code, late.json()["code"]) == (409, "category_is_retired")
    assert api.get(path).json()["items"][-1]["name"] == "payers"
    assert api.as_(cast.bruno).post(path, json={"name": "x"}).json()["code"] == "chairs_only"


def test_over_the_api_too_who_speaks_for_a_retired_one_keeps_it(db, cast, api, named):
    actions_category.retire_category(db, named("deployers"), by=cast.ana)
    ana, body = api.as_(cast.ana), {"role": "editor", "category": "deployers", "affiliation": ""}
    members = "/api/v1/g/open-definitions/members"
    kept = ana.put(f"{members}/{cast.chloe.id}", json=body)
    assert (kept.status_code, kept.json()["category"]) == (200, "deployers")
    new = ana.post(members, json={"person": cast.sam.id, "category": "deployers"})
    assert (new.status_code, new.json()["code"]) == (409, "category_is_retired")
