"""Proposals read, revised, seconded and listed, in a browser without JavaScript."""

import pytest
from sqlalchemy import event

from app.definitions.tree import Kind
from app.proposals.actions import (
    adopt_proposal,
    put_at_stake,
    second_proposal,
    withdraw_proposal,
)
from app.proposals.models import Revision, Withdrawal
from app.proposals.steps import Place, Step
from tests.browser import NotOnThePage
from tests.proposals.staging import ALL, ROOT, count, edit, put


@pytest.fixture(autouse=True)
def stopped(clock):
    return clock


@pytest.mark.alike
class TestShow:
    def test_everybody_reads_it(self, browser, cast, db):
        put(db, cast)
        page = browser.get(f"{ROOT}/p/1")
        assert page.status == 200
        assert "Chloé Marchand" in page.text
        assert "deployers" in page.text
        assert page.said("#changes ins") == ["All"]
        with pytest.raises(NotOnThePage):
            page.form_with("Second it")

    def test_members_second_it_and_take_that_back(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.dara).get(f"{ROOT}/p/1")
        page = browser.submit("Second it")
        assert "seconded by one" in page.text
        assert "Dara Singh" in page.text
        page = browser.submit("Take back your second")
        assert "seconded by" not in page.text
        assert "Second it" in page.buttons()

    def test_its_author_revises_it(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        page = browser.click("Revise")
        assert page.one("textarea[name=markdown-0]").text().strip() == ALL
        assert page.one("input[name=title]").attributes["value"] == "Say all"
        page = browser.submit("Put this revision forward", **{"markdown-0": "All is said."})
        assert page.path == f"{ROOT}/p/1"
        assert "revision 2" in page.text
        assert page.said("#revision-2 .timeline__words del")
        assert "As it was first put forward." in page.text

    def test_a_revision_that_says_the_same_is_sent_back(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/1/revise")
        page = browser.submit("Put this revision forward")
        assert page.status == 422
        assert count(db, Revision) == 1

    def test_a_sheet_that_was_overtaken_by_ones_own_other_tab_is_sent_back(
        self, open_browser, cast, db
    ):
        put(db, cast)
        one, other = open_browser().sign_in(cast.chloe), open_browser().sign_in(cast.chloe)
        one.get(f"{ROOT}/p/1/revise")
        other.get(f"{ROOT}/p/1/revise")
        first = {"title": "First", "markdown-0": "All of it is said."}
        one.submit("Put this revision forward", first)
        page = other.submit("Put this revision forward", title="Second")
        assert page.status == 409
        assert page.one("input[name=title]").attributes["value"] == "Second"
        assert count(db, Revision) == 2
        theirs, yours = page.css("#newer .beside > *")
        assert "Revision 2 First" in " ".join(theirs.text().split())
        assert "All of it is said" in " ".join(page.said("#newer .beside > :first-child ins"))
        assert "Yours Second" in " ".join(yours.text().split())
        page = other.submit("Put this revision forward")
        assert "revision 3" in page.text

    def test_a_revision_previews_as_a_revision(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/1/revise")
        browser.submit("Preview", **{"markdown-0": "All is said."})
        page = browser.submit("Put this revision forward")
        assert "revision 2" in page.text

    def test_what_changed_elsewhere_is_merged_into_the_sheet(self, browser, cast, db):
        put(db, cast)
        edit(db, cast, 4, "Enough is said about the data to build the whole system again.")
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        assert "both can be made" in page.text
        page = browser.get(f"{ROOT}/p/1/revise")
        assert page.one("textarea[name=markdown-0]").text().strip() == (
            "All is said about the data to build the whole system again."
        )

    def test_a_conflict_asks_its_author(self, browser, cast, db, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        page = browser.sign_in(cast.dara).get(f"{ROOT}/p/1")
        assert "in conflict" in page.said(".tag")
        assert "Its author is asked to revise it." in page.text
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        assert "You are asked to revise it" in page.text
        page = browser.get(f"{ROOT}/p/1/revise")
        assert "Others have changed this clause" in page.text
        page = browser.submit("Put this revision forward")
        assert "in conflict" not in page.said(".tag")

    def test_its_author_withdraws_it(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        page = browser.submit("Withdraw this proposal", reason="Done better elsewhere.")
        assert "Withdrawn by its author" in page.text
        assert "Done better elsewhere." in page.text
        assert "Revise" not in page.links()

    def test_a_reason_that_is_too_long_comes_back_and_the_proposal_stands(self, browser, cast, db):
        put(db, cast)
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        page = browser.submit("Withdraw this proposal", reason="long " * 401)
        assert page.status == 422
        assert "At most 2000 characters fit here" in page.one("#deeds .errors").text()
        assert "long long" in page.one("#deeds textarea[name=reason]").text()
        assert count(db, Withdrawal) == 0
        page = browser.submit("Withdraw this proposal", reason="Done better elsewhere.")
        assert "Withdrawn by its author" in page.text

    def test_whoever_may_not_withdraw_it_is_told_that_whatever_they_wrote(self, browser, cast, db):
        put(db, cast)
        page = browser.sign_in(cast.dara).post(f"{ROOT}/p/1/withdrawal", reason="x" * 2_001)
        assert page.status == 403

    def test_others_do_not_see_what_only_its_author_can_do(self, browser, cast, db):
        put(db, cast)
        page = browser.sign_in(cast.dara).get(f"{ROOT}/p/1")
        assert "Revise" not in page.links()
        assert "Withdraw this proposal" not in page.buttons()
        page = browser.post(f"{ROOT}/p/1/withdrawal")
        assert page.status == 403

    def test_while_a_ballot_is_open_its_words_stand_still(self, browser, cast, db, clock):
        put_at_stake(db, put(db, cast), ballot_number=3, at=clock.now)
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/1")
        assert "ballot 3" in page.said(".tag")
        assert "Revise" not in page.links()
        assert browser.get(f"{ROOT}/p/1/revise").status == 409

    def test_alternatives_are_shown_with_their_words(self, browser, cast, db):
        put(db, cast)
        put(db, cast, by=cast.dara, title="Say some", steps=[Step("reword", 4, "Some is said.")])
        page = browser.get(f"{ROOT}/p/1")
        assert "Say some" in page.one("#alternatives").text()

    def test_what_is_adopted_says_so(self, browser, cast, db, clock):
        adopt_proposal(db, put(db, cast), at=clock.now, reason="Carried.")
        page = browser.get(f"{ROOT}/p/1")
        assert "adopted" in page.said(".tag")
        assert "The changes stand in the text as they were proposed." in page.text

    def test_hostile_words_are_shown_as_words(self, browser, cast, db):
        words = "<script>alert(1)</script> [x](javascript:alert(1)) <b>"
        put(db, cast, title=words, steps=[Step("reword", 4, words)], rationale=words)
        page = browser.get(f"{ROOT}/p/1")
        assert "<script>alert" not in page.html
        assert not [href for href in page.links().values() if href.startswith("javascript")]
        assert "<script>alert(1)</script>" in page.one("h1").text()

    @pytest.mark.parametrize("number", ["99", "0", "x", "99999999999"])
    def test_what_is_not_there_is_not_found(self, browser, cast, number):
        assert browser.get(f"{ROOT}/p/{number}").status == 404


class TestList:
    def test_an_empty_list_says_what_to_do(self, browser, cast):
        page = browser.get(f"{ROOT}/proposals")
        assert "No proposals yet" in page.text

    def test_it_shows_what_is_under_way_newest_first(self, browser, cast, db):
        put(db, cast)
        second_proposal(db, cast.definition, put(db, cast, title="Another"), by=cast.dara)
        withdraw_proposal(db, cast.definition, put(db, cast, title="Gone"), by=cast.chloe)
        page = browser.get(f"{ROOT}/proposals")
        assert [title.split(" ", 1)[1] for title in page.said(".row__title")] == [
            "Another",
            "Say all",
        ]
        assert "seconded by one" in page.text
        assert page.said(".filter-links a")[0] == "Under way 2"
        page = browser.click("Withdrawn 1")
        assert page.said(".row__title") == ["3 Gone"]
        page = browser.click("All 3")
        assert len(page.said(".row__title")) == 3

    def test_filters_live_in_the_address(self, browser, cast, db):
        put(db, cast)
        put(db, cast, by=cast.dara, title="Another", steps=[Step("strike", 6)])
        for query in ("clause=6", f"person={cast.dara.id}", "category=creators", "words=anoth"):
            page = browser.get(f"{ROOT}/proposals?{query}")
            assert page.said(".row__title") == ["2 Another"], query
        assert browser.get(f"{ROOT}/proposals?sort=oldest").said(".row__title")[0] == "1 Say all"
        assert "No proposal fits" in browser.get(f"{ROOT}/proposals?clause=1").text
        assert browser.get(f"{ROOT}/proposals?state=nonsense&clause=x&after=zzz").status == 200

    def test_a_long_list_goes_on(self, browser, cast, db):
        for number in range(32):
            put(db, cast, title=f"Number {number}")
        page = browser.get(f"{ROOT}/proposals")
        assert len(page.said(".row__title")) == 30
        page = browser.click("Older")
        assert page.said(".row__title") == ["2 Number 1", "1 Number 0"]


def queries_of(database, db, act):
    """How many statements a page asks of the database."""
    statements = []

    def seen(connection, cursor, statement, *_):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(statement)

    connection = db.connection()
    event.listen(connection, "after_cursor_execute", seen)
    try:
        act()
    finally:
        event.remove(connection, "after_cursor_execute", seen)
    return len(statements)


@pytest.mark.parametrize("path", ["proposals", "p/1", "p/new?clause=4", "p/1/revise"])
def test_queries_do_not_grow_with_rows(browser, cast, db, database, clock, path):
    add = Step("add", markdown="New", kind=Kind.item, place=Place(after=5))
    first = put(db, cast)
    put(db, cast, by=cast.dara, steps=[Step("reword", 4, "Some."), add])
    second_proposal(db, cast.definition, first, by=cast.dara)
    browser.sign_in(cast.chloe)
    browser.get(f"{ROOT}/{path}")
    few = queries_of(database, db, lambda: browser.get(f"{ROOT}/{path}"))
    for number in range(8):
        more = put(db, cast, by=cast.farah, title=f"More {number}")
        second_proposal(db, cast.definition, more, by=cast.dara)
    put(db, cast, by=cast.dara, steps=[Step("reword", 4, "Less."), add])
    second_proposal(db, cast.definition, first, by=cast.ana)
    db.expunge_all()
    many = queries_of(database, db, lambda: browser.get(f"{ROOT}/{path}"))
    assert browser.page.status == 200
    assert 0 < many <= few
