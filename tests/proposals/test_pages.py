"""Proposals in a browser without JavaScript: written where the clause stands, read, revised."""

import pytest
from sqlalchemy import event, func, select

from app.definitions.actions_clause import edit_clause
from app.definitions.tree import Kind
from app.proposals.actions import (
    adopt_proposal,
    propose,
    put_at_stake,
    second_proposal,
    withdraw_proposal,
)
from app.proposals.models import Proposal, Revision
from app.proposals.steps import Place, Step
from tests.browser import NotOnThePage

ROOT = "/d/open-source-ai"
ENOUGH = "Enough is said about the data to build the system again."
ALL = "All is said about the data to build the system again."


@pytest.fixture(autouse=True)
def stopped(clock):
    return clock


def put(db, cast, *, by=None, title="Say all", steps=None, rationale="It **matters**."):
    steps = steps or [Step("reword", 4, ALL)]
    return propose(
        db, cast.definition, by=by or cast.chloe, title=title, rationale=rationale, steps=steps
    )


def edit(db, cast, clause, markdown):
    edit_clause(
        db, cast.definition, by=cast.bruno, clause=clause, markdown=markdown, reason="Clearer."
    )


def count(db, table):
    return db.scalar(select(func.count()).select_from(table))


class TestWriting:
    def test_a_clause_is_edited_where_it_stands(self, browser, cast):
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        assert page.one("textarea[name=markdown-0]").text().strip() == ENOUGH
        context = page.said(".change .words--context")
        assert context[0].endswith("Data information")
        assert context[1].endswith("Where each data set came from")
        page = browser.submit(
            "Put forward", **{"markdown-0": ALL, "title": "Say all", "rationale": "It **matters**."}
        )
        assert page.path == f"{ROOT}/p/1"
        assert page.one("h1").text() == "Say all"
        assert "Your proposal is put forward." in page.text
        assert page.said("#changes del") == ["Enough"]
        assert page.said("#changes ins") == ["All"]
        assert page.one("#why strong").text() == "matters"

    def test_the_preview_shows_the_redline_and_keeps_what_was_typed(self, browser, cast, db):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        page = browser.submit(
            "Preview", **{"markdown-0": ALL, "title": "Say all", "rationale": "Why not."}
        )
        assert page.status == 200
        assert page.said("#preview ins") == ["All"]
        assert page.one("input[name=title]").attributes["value"] == "Say all"
        assert page.one("textarea[name=rationale]").text().strip() == "Why not."
        assert not page.css(".errors")
        assert count(db, Proposal) == 0
        assert browser.submit("Put forward").path == f"{ROOT}/p/1"

    def test_one_proposal_takes_more_changes_and_leaves_some_out(self, browser, cast, db):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        browser.submit(
            "Write this change", **{"markdown-0": ALL, "more_verb": "add", "more_clause": "5"}
        )
        browser.submit(
            "Write this change",
            **{"markdown-1": "By whom", "more_verb": "strike", "more_clause": "6"},
        )
        browser.submit("Write this change", **{"more_verb": "move", "more_clause": "2"})
        browser.submit("Write this change", **{"more_verb": "reword", "more_clause": "2"})
        page = browser.submit("Leave change 5 out")
        assert page.one("textarea[name=markdown-0]").text().strip() == ALL
        assert page.one("textarea[name=markdown-1]").text().strip() == "By whom"
        page = browser.submit("Put forward", **{"place-3": "under:3", "title": "Four changes"})
        assert page.status == 200, page.text
        [revision] = db.scalars(select(Revision)).all()
        db.refresh(revision, ["changes"])
        assert [change.verb for change in revision.changes] == ["reword", "add", "strike", "move"]
        assert "first under clause 1.2" in page.text

    def test_other_proposals_on_the_clause_are_shown_first(self, browser, cast, db):
        put(db, cast, by=cast.dara)
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        assert "One other proposal on these clauses" in page.text
        assert page.links()["Proposal 1"] == f"{ROOT}/p/1"
        assert "other proposal" not in browser.get(f"{ROOT}/p/new?clause=5").text

    def test_it_can_begin_without_a_clause(self, browser, cast):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new")
        page = browser.submit("Write this change", more_clause="4")
        assert page.one("textarea[name=markdown-0]").text().strip() == ENOUGH

    def test_a_form_that_is_sent_twice_is_one_proposal(self, browser, cast, db):
        sent = {"title": "t", "verb-0": "reword", "clause-0": "4", "markdown-0": ALL}
        browser.sign_in(cast.chloe)
        assert browser.post(f"{ROOT}/proposals", **sent).path == f"{ROOT}/p/1"
        assert browser.post(f"{ROOT}/proposals", **sent).path == f"{ROOT}/p/1"
        assert count(db, Proposal) == 1

    def test_another_change_needs_to_know_which_clause(self, browser, cast):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        page = browser.submit("Write this change", **{"markdown-0": ALL})
        assert page.one("#field-more_clause-error").text() == "Choose a clause."
        assert page.one("textarea[name=markdown-0]").text().strip() == ALL

    def test_nothing_typed_is_lost_where_something_is_missing(self, browser, cast, db):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        page = browser.submit("Put forward", **{"markdown-0": ALL, "rationale": "It matters."})
        assert page.status == 422
        assert page.css(".errors a[href='#field-title']")
        assert page.one("textarea[name=markdown-0]").text().strip() == ALL
        assert page.one("textarea[name=rationale]").text().strip() == "It matters."
        assert count(db, Proposal) == 0

    @pytest.mark.parametrize(
        "typed, field, said",
        [
            ({"markdown-0": ENOUGH}, "markdown-0", "These are the words that stand there now"),
            ({"markdown-0": ""}, "markdown-0", ""),
            ({"markdown-0": "One.\n\n# Two"}, "markdown-0", ""),
            ({"markdown-0": "x" * 20_001}, "markdown-0", "At most 20,000"),
            ({"markdown-0": ALL, "title": "x" * 201}, "title", "At most 200"),
            ({"markdown-0": ALL, "title": "a\0b"}, "title", "control characters"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, browser, cast, db, typed, field, said):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        page = browser.submit("Put forward", **{"title": "Say all", **typed})
        assert page.status == 422
        assert said.replace(",", "") in page.one(f"#field-{field}-error").text().replace(",", "")
        assert count(db, Proposal) == 0

    def test_a_place_that_cannot_be_is_said_beside_the_place(self, browser, cast):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=3&verb=add")
        page = browser.submit(
            "Put forward", **{"markdown-0": "Words", "place-0": "after:3", "title": "More"}
        )
        assert page.status == 422
        assert page.one("#field-place-0-error").text()

    @pytest.mark.parametrize(
        "typed",
        [
            {"verb-0": "burn"},
            {"verb-0": "reword", "clause-0": "99"},
            {"verb-0": "reword", "clause-0": "x"},
            {"verb-0": "add", "place-0": "after:999999999", "kind-0": "item", "markdown-0": "x"},
            {"verb-0": "add", "place-0": "over:1", "kind-0": "item", "markdown-0": "x"},
            {"verb-0": "add", "place-0": "first", "kind-0": "poem", "markdown-0": "x"},
            {"verb-0": "move", "clause-0": "4"},
            {"base": "not a hash", "verb-0": "strike", "clause-0": "4"},
            {},
        ],
    )
    @pytest.mark.parametrize("path", ["proposals", "p/preview"])
    def test_hostile_forms_are_answered_with_the_sheet(self, browser, cast, db, typed, path):
        browser.sign_in(cast.chloe)
        page = browser.post(f"{ROOT}/{path}", **{"title": "t", **typed})
        assert page.status in (200, 422)
        assert page.form_with("Put forward")
        assert count(db, Proposal) == 0

    def test_a_base_that_never_was_is_not_found(self, browser, cast, db):
        browser.sign_in(cast.chloe)
        page = browser.post(
            f"{ROOT}/proposals",
            **{"title": "t", "base": "0" * 64, "verb-0": "strike", "clause-0": "4"},
        )
        assert page.status == 404
        assert count(db, Proposal) == 0

    def test_words_that_changed_meanwhile_are_shown_beside_ones_own(self, browser, cast, db):
        browser.sign_in(cast.chloe).get(f"{ROOT}/p/new?clause=4")
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        page = browser.submit("Put forward", **{"markdown-0": ALL, "title": "Say all"})
        assert page.status == 409
        assert "What it said when this was written" in page.text
        assert [ins for ins in page.said(".change ins") if ins] == ["Much", "All"]
        assert page.one("textarea[name=markdown-0]").text().strip() == ALL
        page = browser.submit("Put forward")
        assert page.path == f"{ROOT}/p/1"
        assert page.said("#changes del") == ["Much"]

    @pytest.mark.parametrize("who", ["eli", "sam"])
    def test_who_may_not_propose_is_told_why(self, browser, cast, who):
        page = browser.sign_in(getattr(cast, who)).get(f"{ROOT}/p/new?clause=4")
        assert not page.css("textarea")
        assert page.said("#main .need")

    def test_the_public_is_asked_to_sign_in(self, browser, cast):
        page = browser.get(f"{ROOT}/p/new?clause=4")
        assert page.path.startswith("/sign-in?next=")


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
        one.submit("Put this revision forward", title="First")
        page = other.submit("Put this revision forward", title="Second")
        assert page.status == 409
        assert page.one("input[name=title]").attributes["value"] == "Second"
        assert count(db, Revision) == 2

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
        assert "ballot open" in page.said(".tag")
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
