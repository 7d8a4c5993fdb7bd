"""How many comments there are is one question: wherever a page says it, it says the same."""

import pytest
from sqlalchemy import select

from app.definitions.actions import make_version
from app.definitions.models import Clause
from app.discussions.actions import post_comment, retract_comment

pytestmark = pytest.mark.usefixtures("clock")

TEXT = "/d/open-source-ai"


@pytest.fixture
def said(db, cast):
    """Two on a clause, one of them an answer; one on a version; one more that was taken back."""
    clause = db.scalars(select(Clause).where(Clause.number == 4)).one()
    version = make_version(db, cast.definition, by=cast.bruno, label="0.0.1")

    def say(who, **subject):
        return post_comment(db, cast.definition, by=who, body="So I think.", **subject)

    first = say(cast.dara, clause=clause)
    say(cast.farah, parent=first)
    say(cast.eli, version=version)
    return say(cast.chloe, clause=clause)


def told(browser):
    """By page, the number that it tells."""
    count = "nav.sections a[href$='/comments'] .sections__count"
    return {
        "home": browser.get("/").one(".row__about a[href$='/comments']").text(),
        "text": browser.get(TEXT).one(count).text(),
        "list": browser.get(f"{TEXT}/comments").one(count).text(),
    }


@pytest.mark.parametrize("who", ["nobody", "dara"])
def test_every_page_counts_what_stands_whatever_it_is_on(browser, db, cast, said, who):
    if who != "nobody":
        browser.sign_in(getattr(cast, who))
    assert told(browser) == {"home": "4 comments", "text": "4", "list": "4"}
    retract_comment(db, cast.definition, said, by=cast.chloe)
    assert told(browser) == {"home": "3 comments", "text": "3", "list": "3"}


def test_the_count_of_the_list_is_of_all_not_of_what_a_filter_finds(browser, said):
    page = browser.get(f"{TEXT}/comments?subject=version")
    assert len(page.css(".rows > li")) == 1
    assert page.one("nav.sections [aria-current] .sections__count").text() == "4"
