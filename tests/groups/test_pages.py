"""The page of a working group, as those who manage it use it and as others read it."""

import pytest

from app.groups.queries import member_of, membership_of

pytestmark = pytest.mark.usefixtures("clock")

PAGE = "/g/open-definitions"


def test_everybody_reads_who_is_in_it(browser, cast):
    page = browser.get(PAGE)
    assert "Farah Haddad" in page.text
    assert page.buttons() == [] or "Save" not in page.buttons()


def test_home_leads_to_it(browser, cast):
    browser.get("/")
    assert browser.click(cast.group.name).path == PAGE


def test_a_chair_changes_what_somebody_is(browser, cast, db):
    browser.sign_in(cast.ana).get(f"{PAGE}/people/{cast.eli.id}")
    browser.submit("Save", role="member", affiliation="Patients' Union")
    now = member_of(db, cast.group.id, cast.eli.id)
    assert (now.role, now.affiliation) == ("member", "Patients' Union")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"affiliation": "x" * 200}, "At most 160 characters fit here; this has 200."),
        ({"category": "nobody"}, "This is not one of the choices."),
        ({"role": "king"}, "This is not one of the choices."),
    ],
)
def test_a_change_that_cannot_be_made_is_shown_again(browser, cast, db, typed, sentence):
    browser.sign_in(cast.ana)
    sent = {"role": "member", "affiliation": "Patients' Union", **typed}
    page = browser.post(f"{PAGE}/members/{cast.eli.id}", **sent)
    assert page.status == 422
    assert sentence in page.text and "Eli Novak" in page.title
    assert page.form_with("Save")[0].values()["affiliation"] == [str(sent["affiliation"])]
    assert member_of(db, cast.group.id, cast.eli.id).role == "observer"


@pytest.mark.parametrize("who", ["eli", "farah", "bruno", "sam"])
def test_nobody_else_does(browser, cast, db, who):
    browser.sign_in(getattr(cast, who))
    for typed in ({"role": "chair"}, {"role": "king"}):
        assert browser.post(f"{PAGE}/members/{cast.eli.id}", **typed).status == 403
    assert browser.post(f"{PAGE}/members/{cast.eli.id}/end").status == 403
    assert member_of(db, cast.group.id, cast.eli.id).role == "observer"


def test_a_membership_is_ended(browser, cast, db):
    browser.sign_in(cast.ana).get(f"{PAGE}/people/{cast.eli.id}")
    browser.submit("End the membership")
    assert membership_of(db, cast.group.id, cast.eli) is None


def test_the_last_chair_stays(browser, cast, db):
    page = browser.sign_in(cast.ana).get(f"{PAGE}/people/{cast.ana.id}")
    assert "End the membership" not in page.buttons()
    page = browser.submit("Save", role="member")
    assert page.status == 403 and "A group needs a chair" in page.text
    assert browser.post(f"{PAGE}/members/{cast.ana.id}/end").status == 403
    assert member_of(db, cast.group.id, cast.ana.id).role == "chair"
