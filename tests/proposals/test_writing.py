"""A proposal written where its clause stands, in a browser without JavaScript."""

import pytest
from sqlalchemy import select

from app.proposals.models import Proposal, Revision
from tests.proposals.staging import ALL, ENOUGH, ROOT, count, edit, put


@pytest.fixture(autouse=True)
def stopped(clock):
    return clock


@pytest.mark.alike
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
