"""The page on which chairs bring people in, and the list that they paste there."""

import csv
import io
import re

import pytest
from sqlalchemy import func, select

from app.groups.actions import create_group
from app.groups.models import Membership
from app.groups.models_coming import Invitation
from app.groups.queries import categories_of, member_of
from app.kit.models import Mail
from tests.house.test_queries_per_page import Counter

pytestmark = pytest.mark.usefixtures("clock")

PEOPLE = "/g/open-definitions/people"
LIST = f"{PEOPLE}/list"


def count_of(db, model):
    return db.scalar(select(func.count()).select_from(model))


def checked(browser, text):
    browser.get(LIST)
    return browser.submit("Check the list", people=text)


def row(number):
    """The fields of one row that is to be mended."""
    return f"#row-{number}"


@pytest.mark.alike
class TestInviting:
    def test_a_chair_invites_somebody_and_sees_it(self, browser, cast, db):
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit("Send the invitation", email="Sam@X.org", name="Sam", role="editor")
        assert page.path == PEOPLE and "The invitation is on its way" in page.text
        assert "Sam · sam@x.org editor asked by Ana Ferreira" in page.text

    def test_what_can_not_be_taken_is_shown_again(self, browser, cast, db):
        browser.sign_in(cast.ana).get(PEOPLE)
        for email, words in (("sam", "not an email address"), ("eli.novak@example.org", "Eli")):
            page = browser.submit("Send the invitation", email=email, affiliation="Rivermouth")
            assert page.status in {409, 422} and words in page.text
            form = page.form_with("Send the invitation")[0].values()
            assert (form["email"], form["affiliation"]) == ([email], ["Rivermouth"])
        assert count_of(db, Mail) == 0

    def test_it_is_sent_again_and_withdrawn(self, browser, cast, db):
        browser.sign_in(cast.ana).get(PEOPLE)
        browser.submit("Send the invitation", email="sam@x.org")
        browser.submit("Send again")
        assert count_of(db, Mail) == 2
        page = browser.submit("Withdraw")
        assert "Nobody is asked just now" in page.text
        page = browser.click("Over 2")
        assert "withdrawn" in page.text and "sent again" in page.text

    @pytest.mark.parametrize("who", ["eli", "farah", "bruno", "sam"])
    def test_nobody_else_sees_it(self, browser, cast, db, who):
        browser.sign_in(cast.ana).get(PEOPLE)
        browser.submit("Send the invitation", email="secret@x.org")
        number = db.scalars(select(Invitation.id)).one()
        browser.sign_in(getattr(cast, who))
        for path in (PEOPLE, LIST, f"{PEOPLE}.csv"):
            page = browser.get(path)
            assert page.status == 403 and "secret@x.org" not in page.html
        root = "/g/open-definitions"
        for path in (
            f"{root}/invitations",
            LIST,
            f"{root}/members",
            f"{root}/invitations/{number}/again",
            f"{root}/invitations/{number}/withdrawal",
        ):
            assert browser.post(path, email="a@x.org", people="a@x.org").status == 403
        assert count_of(db, Mail) == 1

    def test_a_chair_of_another_group_does_not_reach_into_this_one(self, browser, cast, db):
        create_group(db, by=cast.sam, slug="other", name="Other", categories=[])
        browser.sign_in(cast.ana).get(PEOPLE)
        browser.submit("Send the invitation", email="a@x.org")
        number = db.scalars(select(Invitation.id)).one()
        browser.sign_in(cast.sam)
        assert browser.post(f"/g/other/invitations/{number}/withdrawal").status == 404


@pytest.mark.alike
class TestBringingInAtOnce:
    def test_a_chair_brings_somebody_in_by_address(self, browser, cast, db):
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit(
            "Add to the group", email="sam.okoro@example.org", role="observer", affiliation="River"
        )
        assert page.path == "/g/open-definitions"
        assert member_of(db, cast.group.id, cast.sam.id).role == "observer"

    def test_who_is_in_it_is_not_brought_in_twice(self, browser, cast):
        browser.sign_in(cast.ana).get(PEOPLE)
        page = browser.submit("Add to the group", email="eli.novak@example.org", role="member")
        assert page.status == 409
        assert page.form_with("Add to the group")[0].values()["email"] == ["eli.novak@example.org"]


@pytest.mark.alike
class TestAList:
    LIST = """name;email;role;category;affiliation
Ida Lund;ida@x.org;;creators;Acme
Bo;bo.x.org;member;;
Cy;cy@x.org;boss;creators;
Di;di@x.org;observer;funders;
Ida again;IDA@x.org;;;
Eli;eli.novak@example.org;;;
"""

    def test_every_row_is_judged_and_nothing_is_sent(self, browser, cast, db):
        page = checked(browser.sign_in(cast.ana), self.LIST)
        assert page.status == 200 and count_of(db, Mail) == 0
        assert "6 rows: one is good · 3 need another look · 2 are known already" in page.text
        assert "not an email address" in page.said(row(2))[0]
        assert "There is no such role" in page.said(row(3))[0]
        assert "no category called funders" in page.said(row(4))[0]
        assert "stands in row 1 already" in page.said(row(5))[0]
        assert "Eli Novak is in this group already" in page.said(row(6))[0]

    def test_what_was_typed_is_there_to_be_mended(self, browser, cast):
        page = checked(browser.sign_in(cast.ana), self.LIST)
        form = page.form_with("Check again")[0].values()
        assert form["number"] == ["2", "3", "4", "5", "6"]
        assert form["email"][:3] == ["bo.x.org", "cy@x.org", "di@x.org"]
        assert form["role"][:3] == ["member", "boss", "observer"]
        assert form["category"][2] == "funders"

    def test_the_good_ones_are_invited_and_the_others_left_out(self, browser, cast, db):
        checked(browser.sign_in(cast.ana), self.LIST)
        page = browser.submit("Invite the one good row")
        assert page.path == PEOPLE and "ida@x.org" in page.text
        assert db.scalars(select(Mail.to)).all() == ["ida@x.org"]

    def test_rows_are_mended_in_place_and_all_are_invited(self, browser, cast, db):
        page = checked(browser.sign_in(cast.ana), self.LIST)
        form = page.form_with("Check again")[0].values()
        form["email"][0], form["role"][1] = "bo@x.org", "chair"
        page = send(browser, page, form, adding="funders", deed="invite")
        assert page.path == PEOPLE
        assert sorted(db.scalars(select(Mail.to))) == [
            "bo@x.org", "cy@x.org", "di@x.org", "ida@x.org",
        ]  # fmt: skip
        assert "funders" in [one.name for one in categories_of(db, cast.group.id)]

    def test_a_button_sends_no_other_number_than_it_says(self, browser, cast, db):
        page = checked(browser.sign_in(cast.ana), self.LIST)
        form = page.form_with("Check again")[0].values()
        form["email"][0] = "bo@x.org"
        page = send(browser, page, form, deed="invite")
        assert page.status == 200 and count_of(db, Mail) == 0
        assert "Another number of rows is good now: 2" in page.text
        browser.submit("Invite the 2 good rows")
        assert sorted(db.scalars(select(Mail.to))) == ["bo@x.org", "ida@x.org"]

    def test_a_row_that_is_emptied_is_left_out(self, browser, cast, db):
        page = checked(browser.sign_in(cast.ana), "a@x.org\nb\nc@x.org")
        form = page.form_with("Check again")[0].values()
        form["email"] = [""]
        page = send(browser, page, form, deed="check")
        assert "2 rows: 2 are good" in page.text
        assert page.form_with("Invite all 2")

    def test_one_tick_adds_a_category(self, browser, cast, db):
        checked(browser.sign_in(cast.ana), "Di,di@x.org,,funders,\nCy,cy@x.org,,Funders,")
        page = browser.submit("Check again", adding=["funders"])
        assert "2 rows: 2 are good" in page.text
        browser.submit("Invite all 2")
        rows = db.execute(select(Invitation.email, Invitation.category_id)).all()
        assert len({category for _, category in rows}) == 1 and None not in rows[0]

    def test_the_same_list_again_is_known_already(self, browser, cast, db):
        checked(browser.sign_in(cast.ana), "a@x.org\nb@x.org")
        browser.submit("Invite all 2")
        page = checked(browser, "a@x.org\nb@x.org\nc@x.org")
        assert "one is good · 2 are known already" in page.text

    def test_mending_belongs_to_the_list_it_was_shown_with(self, browser, cast):
        page = checked(browser.sign_in(cast.ana), "a@x.org\nb")
        form = page.form_with("Check again")[0].values()
        form["people"], form["email"] = ["x@x.org\ny\nz"], ["b@x.org"]
        page = send(browser, page, form, deed="check")
        assert "one is good · 2 need another look" in page.text

    def test_a_file_is_read_as_a_spreadsheet_writes_it(self, browser, cast):
        browser.sign_in(cast.ana).get(LIST)
        data = "Name;E-Mail\r\nZoë;zoe@x.org\r\nBo;bo\r\n".encode("cp1252")
        page = browser.submit("Check the list", file=("people.csv", data, "text/csv"))
        assert "one is good · one needs another look" in page.text
        form = page.form_with("Check again")[0].values()
        form["email"] = ["bo@x.org"]
        page = send(browser, page, form, deed="check")
        assert "2 rows: 2 are good" in page.text and "Zoë" in page.text

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"people": ""}, "There is nobody in this list"),
            ({"people": "\n".join(f"p{n}@x.org" for n in range(501))}, "at most 500 rows"),
            ({"file": ("x.xlsx", b"PK\x03\x04\x00", "x/y")}, "This file is not text"),
        ],
    )
    def test_what_is_no_list_is_told_so(self, browser, cast, typed, words):
        browser.sign_in(cast.ana).get(LIST)
        page = browser.submit("Check the list", **typed)
        assert page.status == 422 and words in page.text
        assert typed.get("people", "")[:100] in page.html

    def test_five_hundred_wrong_rows_are_no_five_hundred_forms(self, browser, cast):
        text = "\n".join(f"wrong {n}" for n in range(500))
        page = checked(browser.sign_in(cast.ana), text)
        assert len(page.css("fieldset.mend")) == 100
        assert browser.submit("Check again").status == 200

    def test_the_questions_asked_do_not_grow_with_the_list(self, browser, cast, database):
        counter = Counter(database.connection)
        browser.sign_in(cast.ana)
        counts = []
        for size in (2, 200):
            counter.statements.clear()
            checked(browser, "\n".join(f"p{n}@x.org" for n in range(size)))
            counts.append(len(counter.statements))
        assert counts[0] == counts[1]


def send(browser, page, form, **more):
    """Posts the form as it stands, with a value for each row."""
    action = page.form_with("Check again")[0].node.attributes["action"]
    fields = {**form, **{name: [value] for name, value in more.items()}}
    return browser._go("POST", action, data=fields)


class TestTakingTheListAway:
    def test_it_comes_in_the_columns_in_which_it_is_read(self, browser, cast, db):
        cast.chloe.name = '=HYPERLINK("x")'
        db.flush()
        page = browser.sign_in(cast.ana).get(f"{PEOPLE}.csv")
        assert page.headers["content-type"].startswith("text/csv")
        assert "no-store" in page.headers["cache-control"]
        rows = list(csv.reader(io.StringIO(page.html.removeprefix("\ufeff"))))
        assert rows[0] == ["name", "email", "role", "category", "affiliation", "since"]
        assert "ana.ferreira@example.org" in rows[1]
        assert not [cell for line in rows for cell in line if re.match(r"[=+@\t\r-]", cell)]
        assert len(rows) == 1 + count_of(db, Membership)

    def test_and_back_again_everybody_is_known(self, browser, cast):
        text = browser.sign_in(cast.ana).get(f"{PEOPLE}.csv").html
        page = checked(browser, text)
        assert "6 rows: 0 are good · 6 are known already" in page.text


def test_many_invitations_come_in_pages(browser, cast, db):
    checked(browser.sign_in(cast.ana), "\n".join(f"p{n:03}@x.org" for n in range(60)))
    page = browser.submit("Invite all 60")
    assert "p059@x.org" in page.text and "p000@x.org" not in page.text
    assert "p000@x.org" in browser.click("Older").text
