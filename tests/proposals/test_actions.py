"""The verbs of members: what they write, what they refuse, what they leave in the record."""

import pytest
from sqlalchemy import select

from app.definitions.models import WorkingText
from app.definitions.tree import Kind
from app.kit.refusals import Stale
from app.proposals import queries, rules
from app.proposals.actions import (
    adopt_proposal,
    propose,
    put_at_stake,
    revise_proposal,
    second_proposal,
    take_back_second,
    withdraw_proposal,
)
from app.proposals.rules import State
from app.proposals.steps import Place, Step, revision_hash
from app.record.models import EntryWords
from tests.proposals.staging import ALL, ENOUGH, REWORD, base_of, edit, entries, put, refused, words


class TestPropose:
    def test_a_member_puts_changes_forward(self, db, cast, clock):
        proposal = put(db, cast)
        queries.look_again(db, proposal)
        [revision] = proposal.revisions
        [change] = revision.changes
        assert (proposal.number, proposal.by_id, proposal.at) == (1, cast.chloe.id, clock.now)
        assert revision.title == "Say all"
        assert "<strong>it matters</strong>" in revision.rationale_html
        assert change.verb == "reword"
        assert change.clause
        assert change.clause.number == 4
        assert change.from_wording
        assert change.from_wording.markdown == ENOUGH
        assert change.to_wording
        assert change.to_wording.markdown == ALL
        assert rules.state_of(proposal) is State.open
        assert words(db, cast, 4) == ENOUGH

    def test_it_leaves_one_entry_that_names_what_is_put_forward(self, db, cast):
        proposal = put(db, cast)
        [entry] = entries(db, cast)
        assert (entry.verb, entry.person_id) == ("proposal.put_forward", cast.chloe.id)
        assert entry.about["proposal"] == 1
        assert entry.about["hash"] == proposal.revisions[0].hash
        assert entry.about["changes"][0]["clause"] == 4
        said = db.scalars(select(EntryWords.text).where(EntryWords.log_id == entry.log_id)).all()
        assert set(said) == {"Say all", "Because **it matters**."}

    def test_proposals_are_numbered_within_their_definition(self, db, cast):
        assert [put(db, cast, title=title).number for title in "abc"] == [1, 2, 3]

    def test_it_refuses_the_same_twice_from_one_person(self, db, cast):
        put(db, cast)
        put(db, cast, by=cast.dara)
        with refused("proposed_already", 409):
            put(db, cast)

    def test_what_was_withdrawn_can_be_put_forward_again(self, db, cast):
        withdraw_proposal(db, cast.definition, put(db, cast), by=cast.chloe)
        assert put(db, cast).number == 2

    def test_one_proposal_holds_changes_of_every_kind(self, db, cast):
        add = Step("add", markdown="By whom", kind=Kind.item, place=Place(after=5))
        first = Step("add", markdown="Before all", kind=Kind.paragraph, place=Place())
        under = Step("add", markdown="In short", kind=Kind.item, place=Place(under=5))
        steps = [*REWORD, add, under, first, Step("move", 6, place=Place(under=3))]
        proposal = put(db, cast, [*steps, Step("strike", 2)])
        queries.look_again(db, proposal)
        [revision] = proposal.revisions
        assert queries.steps_of(db, [revision])[revision.id] == [*steps, Step("strike", 2)]

    def test_striking_a_clause_names_all_that_stands_under_it(self, db, cast):
        proposal = put(db, cast, [Step("strike", 3)])
        queries.look_again(db, proposal)
        [revision] = proposal.revisions
        assert [change.clause and change.clause.number for change in revision.changes] == [
            3,
            4,
            5,
            6,
        ]

    def test_the_hash_binds_base_title_and_changes(self, db, cast):
        [revision] = put(db, cast).revisions
        assert revision.hash == revision_hash(base_of(db, cast), "Say all", REWORD)
        assert revision.hash != put(db, cast, title="Say it all").revisions[0].hash

    def test_words_are_kept_as_reading_them_gives_them(self, db, cast):
        proposal = put(db, cast, [Step("reword", 5, "\nWhere it came from\n")])
        queries.look_again(db, proposal)
        kept = proposal.revisions[0].changes[0].to_wording
        assert kept
        assert kept.markdown == "Where it came from"

    @pytest.mark.parametrize("who, code", [("eli", "observers_do_not"), ("sam", "not_in_group")])
    def test_it_refuses_observers_and_strangers(self, db, cast, who, code):
        with refused(code, 403):
            put(db, cast, by=getattr(cast, who))

    def test_it_refuses_changes_that_say_nothing_new(self, db, cast):
        with refused("words_are_the_same", 422):
            put(db, cast, [Step("reword", 4, ENOUGH)])

    def test_it_refuses_a_text_that_could_not_be_read_again(self, db, cast):
        beside = Step("add", markdown="Words", kind=Kind.paragraph, place=Place(after=3))
        with refused("words_after_heading", 422):
            put(db, cast, [beside])

    def test_it_refuses_a_move_that_moves_nothing(self, db, cast):
        with refused("proposal_without_changes", 422):
            put(db, cast, [Step("move", 5, place=Place(after=4))])

    def test_it_refuses_a_proposal_without_a_title(self, db, cast):
        with refused("title_is_needed", 422):
            put(db, cast, title="  ")

    def test_a_text_that_moved_on_elsewhere_does_not_matter(self, db, cast):
        base = base_of(db, cast)
        edit(db, cast, 2, "Something else.")
        proposal = propose(
            db, cast.definition, by=cast.chloe, title="t", rationale="", steps=REWORD, base=base
        )
        assert (
            proposal.revisions[0].base_text_id
            == db.get_one(WorkingText, cast.definition.id).text_id
        )

    def test_it_refuses_to_write_over_words_that_the_person_has_not_seen(self, db, cast):
        base = base_of(db, cast)
        edit(db, cast, 4, "Something is said.")
        with pytest.raises(Stale) as stale:
            propose(
                db, cast.definition, by=cast.chloe, title="t", rationale="", steps=REWORD, base=base
            )
        assert (stale.value.base, stale.value.current, stale.value.yours) == (
            ENOUGH,
            "Something is said.",
            ALL,
        )


class TestRevise:
    def test_its_author_puts_it_otherwise_and_what_was_stays(self, db, cast, clock):
        proposal = put(db, cast)
        clock.forward(hours=1)
        revise_proposal(
            db,
            cast.definition,
            proposal,
            by=cast.chloe,
            title="Say it",
            rationale="",
            steps=[Step("reword", 4, "It is said.")],
            seen=1,
        )
        assert [r.number for r in proposal.revisions] == [1, 2]
        assert [r.title for r in proposal.revisions] == ["Say all", "Say it"]
        assert proposal.revisions[1].at == clock.now
        assert [e.verb for e in entries(db, cast)] == ["proposal.put_forward", "proposal.revised"]

    def revise(self, db, cast, proposal, *, by=None, steps=REWORD, title="Say it", **more):
        return revise_proposal(
            db,
            cast.definition,
            proposal,
            by=by or cast.chloe,
            title=title,
            rationale="Because **it matters**.",
            steps=steps,
            **more,
        )

    def test_it_refuses_everybody_else(self, db, cast):
        proposal = put(db, cast)
        with refused("proposal_of_somebody_else", 403):
            self.revise(db, cast, proposal, by=cast.ana)

    def test_it_refuses_while_a_ballot_is_open(self, db, cast, clock):
        proposal = put(db, cast)
        put_at_stake(db, proposal, ballot_number=3, at=clock.now)
        with refused("proposal_is_at_stake", 409):
            self.revise(db, cast, proposal)

    def test_it_refuses_what_it_says_already(self, db, cast):
        proposal = put(db, cast)
        with refused("revision_says_the_same", 422):
            self.revise(db, cast, proposal, title="Say all")

    def test_it_refuses_a_revision_of_what_is_not_the_last(self, db, cast):
        proposal = put(db, cast)
        self.revise(db, cast, proposal, seen=1)
        with pytest.raises(Stale):
            self.revise(db, cast, proposal, title="Again", seen=1)

    def test_a_new_revision_ends_a_conflict(self, db, cast, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Some is said about the data to build the system again.")
        adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        assert rules.state_of(proposal) is State.in_conflict
        assert queries.in_conflict_of(db, cast.chloe) == [proposal]
        self.revise(db, cast, proposal)
        assert rules.state_of(proposal) is State.open
        assert queries.in_conflict_of(db, cast.chloe) == []


class TestSecond:
    def test_members_stand_behind_it(self, db, cast):
        proposal = put(db, cast)
        second_proposal(db, cast.definition, proposal, by=cast.dara)
        second_proposal(db, cast.definition, proposal, by=cast.ana)
        assert {second.person_id for second in proposal.seconds} == {cast.dara.id, cast.ana.id}
        assert entries(db, cast)[-1].verb == "proposal.seconded"

    def test_it_refuses_its_author(self, db, cast):
        with refused("proposal_of_ones_own", 403):
            second_proposal(db, cast.definition, put(db, cast), by=cast.chloe)

    def test_it_refuses_a_second_second(self, db, cast):
        proposal = put(db, cast)
        second_proposal(db, cast.definition, proposal, by=cast.dara)
        with refused("seconded_already", 409):
            second_proposal(db, cast.definition, proposal, by=cast.dara)

    def test_it_can_be_taken_back(self, db, cast):
        proposal = put(db, cast)
        second_proposal(db, cast.definition, proposal, by=cast.ana)
        second_proposal(db, cast.definition, proposal, by=cast.dara)
        take_back_second(db, cast.definition, proposal, by=cast.dara)
        assert [second.person_id for second in proposal.seconds] == [cast.ana.id]
        assert entries(db, cast)[-1].verb == "second.taken_back"

    def test_what_was_not_given_cannot_be_taken_back(self, db, cast):
        with refused("not_seconded", 409):
            take_back_second(db, cast.definition, put(db, cast), by=cast.dara)


class TestWithdraw:
    def test_its_author_takes_it_back(self, db, cast, clock):
        proposal = put(db, cast)
        withdraw_proposal(db, cast.definition, proposal, by=cast.chloe, reason="Done better in 2.")
        assert proposal.withdrawal
        assert proposal.withdrawal.reason == "Done better in 2."
        assert rules.state_of(proposal) is State.withdrawn
        assert entries(db, cast)[-1].verb == "proposal.withdrawn"

    def test_it_refuses_others(self, db, cast):
        with refused("proposal_of_somebody_else", 403):
            withdraw_proposal(db, cast.definition, put(db, cast), by=cast.ana)

    def test_it_refuses_twice(self, db, cast):
        proposal = put(db, cast)
        withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)
        with refused("proposal_has_ended", 409):
            withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)

    def test_it_refuses_under_people_who_are_voting(self, db, cast, clock):
        proposal = put(db, cast)
        put_at_stake(db, proposal, ballot_number=1, at=clock.now)
        with refused("proposal_is_at_stake", 409):
            withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)
