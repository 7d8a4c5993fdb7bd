"""What ballots do with a proposal: held still, adopted by a step or a merge, in conflict, rejected."""

from sqlalchemy import func, select

from app.definitions.models import Change
from app.definitions.tree import Kind
from app.proposals import queries, rules
from app.proposals.actions import (
    adopt_proposal,
    put_at_stake,
    reject_proposal,
    withdraw_proposal,
)
from app.proposals.models import Adoption, Conflict, Revision, Stake
from app.proposals.rebase import Clash
from app.proposals.rules import State
from app.proposals.steps import Place, Step
from tests.proposals.staging import (
    ALL,
    ENOUGH,
    REWORD,
    base_of,
    edit,
    entries,
    put,
    refused,
    words,
    working,
)


class TestAdopt:
    def test_the_text_takes_the_step_that_was_proposed(self, db, cast, clock):
        proposal = put(db, cast, [*REWORD, Step("strike", 6)])
        put_at_stake(db, proposal, ballot_number=1, at=clock.now)
        adoption = adopt_proposal(db, proposal, at=clock.now, reason="Carried by 4 to 1.")
        assert isinstance(adoption, Adoption)
        assert not adoption.merged
        assert words(db, cast, 4) == ALL
        assert words(db, cast, 6) is None
        assert rules.state_of(proposal) is State.adopted
        assert proposal.stake is None
        assert db.get(Stake, proposal.id) is None
        changes = db.scalars(select(Change).order_by(Change.position)).all()
        assert [(c.kind, c.source, c.proposal_number, c.by_id) for c in changes] == [
            ("reword", "proposal", 1, cast.chloe.id),
            ("strike", "proposal", 1, cast.chloe.id),
        ]
        assert {c.step for c in changes} == {adoption.step}

    def test_it_leaves_one_entry_with_the_step(self, db, cast, clock):
        proposal = put(db, cast)
        adopt_proposal(db, proposal, at=clock.now, reason="Carried.", by=cast.ana)
        [_, entry] = entries(db, cast)
        assert (entry.verb, entry.person_id) == ("proposal.adopted", cast.ana.id)
        assert entry.about["hash"] == proposal.revisions[0].hash
        assert entry.about["to"] == base_of(db, cast)
        assert entry.about["conflicts"] == []

    def test_an_added_clause_gets_the_next_number(self, db, cast, clock):
        add = Step("add", markdown="By whom", kind=Kind.item, place=Place(after=5))
        adopt_proposal(db, put(db, cast, [add]), at=clock.now, reason="Carried.")
        assert [p.number for p in working(db, cast)] == [1, 2, 3, 4, 5, 7, 6]
        assert words(db, cast, 7) == "By whom"

    def test_words_that_changed_elsewhere_in_the_clause_are_merged(self, db, cast, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Enough is said about the data to build the whole system again.")
        adoption = adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        assert isinstance(adoption, Adoption)
        assert adoption.merged
        assert words(db, cast, 4) == "All is said about the data to build the whole system again."

    def test_the_same_words_are_never_written_over(self, db, cast, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        clashes = adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        assert isinstance(clashes, tuple)
        assert [(clash.clause, clash.why) for clash in clashes] == [(4, "words")]
        assert words(db, cast, 4) == "Much is said about the data to build the system again."
        assert rules.state_of(proposal) is State.in_conflict
        queries.look_again(db, proposal)
        assert [conflict.clause.number for conflict in proposal.conflicts] == [4]
        assert entries(db, cast)[-1].verb == "proposal.conflicted"

    def test_a_clause_that_was_struck_meanwhile_is_a_conflict(self, db, cast, clock):
        struck = put(db, cast, [Step("strike", 4)])
        proposal = put(db, cast)
        adopt_proposal(db, struck, at=clock.now, reason="Carried.")
        assert rules.state_of(proposal) is State.in_conflict
        result = adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        assert result == (Clash(4, "struck"),)

    def test_alternatives_that_no_longer_fit_are_marked(self, db, cast, clock):
        first = put(db, cast)
        same = put(db, cast, [Step("reword", 4, "Some is said.")], by=cast.dara)
        apart = put(db, cast, [Step("reword", 4, ENOUGH.replace("again", "anew"))], by=cast.farah)
        adopt_proposal(db, first, at=clock.now, reason="Carried.")
        assert entries(db, cast)[-1].about["conflicts"] == [same.number]
        for proposal in (same, apart):
            queries.look_again(db, proposal)
        assert rules.state_of(same) is State.in_conflict
        assert rules.state_of(apart) is State.open
        adopt_proposal(db, apart, at=clock.now, reason="Carried.")
        assert words(db, cast, 4) == "All is said about the data to build the system anew."

    def test_changes_that_stand_already_are_adopted_without_a_step(self, db, cast, clock):
        first, again = put(db, cast), put(db, cast, by=cast.dara)
        adopt_proposal(db, first, at=clock.now, reason="Carried.")
        adoption = adopt_proposal(db, again, at=clock.now, reason="Carried.")
        assert isinstance(adoption, Adoption)
        assert db.scalar(select(func.count()).select_from(Change)) == 1

    def test_it_refuses_what_has_ended(self, db, cast, clock):
        proposal = put(db, cast)
        withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)
        with refused("proposal_has_ended", 409):
            adopt_proposal(db, proposal, at=clock.now, reason="Carried.")


class TestStakeAndReject:
    def test_one_ballot_at_a_time(self, db, cast, clock):
        proposal = put(db, cast)
        put_at_stake(db, proposal, ballot_number=1, at=clock.now)
        with refused("proposal_is_at_stake", 409):
            put_at_stake(db, proposal, ballot_number=2, at=clock.now)

    def test_what_is_in_conflict_is_not_put_to_a_ballot(self, db, cast, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        with refused("proposal_in_conflict", 409):
            put_at_stake(db, proposal, ballot_number=2, at=clock.now)

    def test_people_do_not_vote_on_what_could_not_be_made_today(self, db, cast, clock):
        proposal = put(db, cast)
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        with refused("proposal_in_conflict", 409):
            put_at_stake(db, proposal, ballot_number=2, at=clock.now)

    def test_what_did_not_carry_is_rejected(self, db, cast, clock):
        proposal = put(db, cast)
        put_at_stake(db, proposal, ballot_number=1, at=clock.now)
        rejection = reject_proposal(db, proposal, at=clock.now, reason="Lost by 1 to 4.")
        assert rejection.reason == "Lost by 1 to 4."
        assert rules.state_of(proposal) is State.rejected
        assert proposal.stake is None
        assert db.get(Stake, proposal.id) is None
        assert entries(db, cast)[-1].verb == "proposal.rejected"

    def test_nothing_is_rejected_twice(self, db, cast, clock):
        proposal = put(db, cast)
        reject_proposal(db, proposal, at=clock.now, reason="Lost.")
        with refused("proposal_has_ended", 409):
            reject_proposal(db, proposal, at=clock.now, reason="Lost.")

    def test_revisions_and_conflicts_refer_to_their_proposal(self, db, cast, clock):
        """What the lists filter by is what the rules say."""
        proposal = put(db, cast)
        edit(db, cast, 4, "Much is said about the data to build the system again.")
        adopt_proposal(db, proposal, at=clock.now, reason="Carried.")
        [conflict] = db.scalars(select(Conflict)).all()
        assert db.get_one(Revision, conflict.revision_id).proposal_id == conflict.proposal_id
