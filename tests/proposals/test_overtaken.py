"""Proposals that the text has overtaken: told on their page at once, marked at the worker's turn."""

import pytest
from sqlalchemy import select

from app.definitions.actions_clause import strike_clause
from app.definitions.models import WorkingText
from app.definitions.tree import Kind
from app.proposals import queries, rules
from app.proposals.actions import put_at_stake, revise_proposal
from app.proposals.actions_conflict import mark_overtaken, mark_overtaken_proposals
from app.proposals.models import Conflict, Held
from app.proposals.rules import State
from app.proposals.steps import Place, Step
from tests.proposals.staging import ALL, ENOUGH, ROOT, count, edit, entries, put

OTHER = "Much is said about the data to build the system again."


@pytest.fixture(autouse=True)
def stopped(clock):
    return clock


def state(db, proposal):
    queries.look_again(db, proposal)
    return rules.state_of(proposal)


class TestMarking:
    def test_an_editorial_change_that_clashes_is_marked_with_one_entry(self, db, cast, database):
        proposal = put(db, cast)
        edit(db, cast, 4, OTHER)
        assert mark_overtaken_proposals(database) == 1
        assert state(db, proposal) is State.in_conflict
        entry = entries(db, cast)[-1]
        assert (entry.verb, entry.person_id) == ("proposal.conflicted", None)
        assert entry.about == {
            "proposal": 1,
            "revision": 1,
            "hash": proposal.revisions[0].hash,
            "clauses": [4],
        }
        assert mark_overtaken_proposals(database) == 0

    def test_what_can_be_merged_is_left_alone(self, db, cast, database):
        proposal = put(db, cast)
        edit(db, cast, 4, ENOUGH.replace("again", "anew"))
        assert mark_overtaken_proposals(database) == 0
        assert state(db, proposal) is State.open
        assert count(db, Conflict) == 0

    def test_a_place_that_was_struck_is_a_conflict(self, db, cast, database):
        add = Step("add", markdown="By whom", kind=Kind.item, place=Place(after=6))
        proposal = put(db, cast, [add])
        strike_clause(db, cast.definition, by=cast.bruno, clause=6, reason="Not needed.")
        assert mark_overtaken_proposals(database) == 1
        assert state(db, proposal) is State.in_conflict

    def test_each_text_is_held_against_once(self, db, cast, database, clock):
        put(db, cast)
        for words in (OTHER, ENOUGH, OTHER):  # the last was there before, and is new again
            edit(db, cast, 4, words)
            clock.forward(minutes=1)
            mark_overtaken_proposals(database)
            held = db.scalars(select(Held).execution_options(populate_existing=True)).one()
            now = db.get_one(WorkingText, cast.definition.id)
            assert (held.text_id, held.since) == (now.text_id, now.since)
        assert [entry.verb for entry in entries(db, cast)].count("proposal.conflicted") == 1

    def test_a_revision_ends_it_until_the_text_changes_again(self, db, cast, database, clock):
        proposal = put(db, cast)
        for words, title in ((OTHER, "Once more"), (ENOUGH, "And again")):
            edit(db, cast, 4, words)
            clock.forward(minutes=1)
            assert mark_overtaken_proposals(database) == 1
            revise_proposal(
                db, cast.definition, proposal, by=cast.chloe, title=title, rationale="",
                steps=[Step("reword", 4, ALL)],
            )  # fmt: skip
            assert state(db, proposal) is State.open

    def test_who_comes_second_finds_nothing_to_mark(self, db, cast, database):
        proposal = put(db, cast)
        edit(db, cast, 4, OTHER)
        assert mark_overtaken(db, proposal) == [4]
        assert mark_overtaken(db, proposal) == []
        assert mark_overtaken_proposals(database) == 0

    def test_one_that_fails_is_tried_again_and_logged(
        self, db, cast, database, monkeypatch, caplog
    ):
        put(db, cast)
        edit(db, cast, 4, OTHER)
        with monkeypatch.context() as broken:
            broken.setattr("app.proposals.actions_conflict.overtaken", lambda db, one: 1 / 0)
            assert mark_overtaken_proposals(database) == 0
        assert "could not be held" in caplog.text
        assert mark_overtaken_proposals(database) == 1


class TestTelling:
    def test_lists_and_the_authors_home_tell_of_it(self, db, cast, database, browser):
        put(db, cast)
        edit(db, cast, 4, OTHER)
        mark_overtaken_proposals(database)
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/proposals?state=in_conflict")
        assert page.said(".row .tag") == ["in conflict"]
        assert "Your proposal 1 is in conflict" in browser.get("/").text

    def test_while_a_ballot_keeps_it_still_its_author_is_not_asked_to_revise_it(
        self, db, cast, database, browser, clock
    ):
        put_at_stake(db, put(db, cast), ballot_number=1, at=clock.now)
        edit(db, cast, 4, OTHER)
        assert mark_overtaken_proposals(database) == 1
        assert "is in conflict" not in browser.sign_in(cast.chloe).get("/").text

    def test_a_chair_is_not_offered_a_ballot_that_would_be_refused(self, db, cast, browser):
        put(db, cast)
        browser.sign_in(cast.ana)
        assert "Open a ballot" in browser.get(f"{ROOT}/p/1").links()
        edit(db, cast, 4, OTHER)
        page = browser.get(f"{ROOT}/p/1")
        assert "in conflict" in page.said(".title .tag")
        assert "Open a ballot" not in page.links()
        page = browser.get(f"{ROOT}/b/new?proposal=1")
        assert "The text has changed under this proposal." in page.one(".need").text()
        assert "Open the ballot" not in page.buttons()
