"""Closing a ballot, on a real database: what is counted, what follows, and what stays."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot, close_due_ballots
from app.ballots.counting import RuleCard, consensus_minus, simple_majority, two_thirds
from app.ballots.models import Ballot, Closing, Ratification, RollEntry, Vote
from app.ballots.queries_verb import ratified_versions, votes_in_order
from app.ballots.receipts import votes_root
from app.proposals.queries import look_again
from app.proposals.rules import State, state_of
from tests.ballots.staging import (
    NEW_WORDS,
    all_vote,
    entries,
    make_ballot,
    make_candidate_version,
    make_proposal,
    refused,
    vote,
    voters,
    words_of_clause,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import OneTransaction

pytestmark = pytest.mark.usefixtures("clock")


class TestClosing:
    def test_a_carried_proposal_is_adopted_in_the_same_breath(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        proposal = make_proposal(db, cast)
        ballot = make_ballot(db, cast, proposal=proposal, card=two_thirds(Fraction(1, 2)))
        all_vote(db, ballot, [cast.ana, cast.bruno], "yes")
        vote(db, ballot, cast.dara, "no")
        clock.set_to(ballot.closes_at)
        closing = close_ballot(db, ballot, by=None)
        assert closing.outcome == "carried"
        assert closing.sentence == (
            "Carried: 2 of 3 yes and no votes are yes (66.67%), at least two thirds (2) were"
            " needed; 3 of 5 voted, 3 were needed."
        )
        assert (closing.yes, closing.no, closing.abstain, closing.roll_size) == (2, 1, 0, 5)
        look_again(db, proposal)
        assert state_of(proposal) is State.adopted
        assert words_of_clause(db, cast, 4) == NEW_WORDS
        assert [e.verb for e in entries(db, cast, "ballot.closed")] == ["ballot.closed"]
        assert len(entries(db, cast, "proposal.adopted")) == 1

    def test_a_lost_proposal_is_rejected_with_the_arithmetic(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        proposal = make_proposal(db, cast)
        ballot = make_ballot(db, cast, proposal=proposal, card=simple_majority())
        vote(db, ballot, cast.ana, "yes")
        vote(db, ballot, cast.dara, "no")
        clock.set_to(ballot.closes_at)
        closing = close_ballot(db, ballot, by=cast.ana)
        assert closing.outcome == "lost"
        look_again(db, proposal)
        assert state_of(proposal) is State.rejected
        assert proposal.rejection is not None
        assert proposal.rejection.reason == closing.sentence
        assert words_of_clause(db, cast, 4) != NEW_WORDS

    def test_a_carried_version_is_ratified_and_the_former_superseded(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        first = make_candidate_version(db, cast, "1.0")
        for version in (first, None):
            if version is None:
                proposal_ballot = make_ballot(db, cast)
                all_vote(db, proposal_ballot, voters(cast))
                close_ballot(db, proposal_ballot, by=cast.ana)
                version = make_candidate_version(db, cast, "1.1")
            ballot = make_ballot(db, cast, version=version, card=consensus_minus(0))
            all_vote(db, ballot, voters(cast))
            close_ballot(db, ballot, by=cast.ana)
        rows = db.scalars(select(Ratification).order_by(Ratification.version_id)).all()
        assert len(rows) == 2
        assert [v.label for v in ratified_versions(db, cast.definition.id)] == ["1.1"]
        last = entries(db, cast, "version.ratified")[-1]
        assert last.about["superseded"] == ["1.0"]
        assert last.about["text"] == rows[-1].text_hash

    def test_two_proposals_that_clash_are_both_told(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        one = make_proposal(db, cast, words="Enough is said about the data to build it twice.")
        other = make_proposal(db, cast, words="Nothing at all needs to be said of any data.")
        ballots = [make_ballot(db, cast, proposal=p) for p in (one, other)]
        for ballot in ballots:
            all_vote(db, ballot, voters(cast))
            assert close_ballot(db, ballot, by=cast.ana).outcome == "carried"
        look_again(db, one)
        look_again(db, other)
        assert (state_of(one), state_of(other)) == (State.adopted, State.in_conflict)
        assert other.stake is None
        assert words_of_clause(db, cast, 4) == "Enough is said about the data to build it twice."

    def test_the_votes_are_sealed_under_one_root(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, voters(cast))
        closing = close_ballot(db, ballot, by=cast.ana)
        leaves = [ballot.leaf_of(one) for one in votes_in_order(db, ballot)]
        assert closing.votes_root == votes_root(leaves).hex()
        assert entries(db, cast, "ballot.closed")[0].about["votes_root"] == closing.votes_root

    def test_the_second_closer_gets_the_first_closing(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        clock.set_to(ballot.closes_at)
        closing = close_ballot(db, ballot, by=None)
        assert close_ballot(db, ballot, by=cast.ana) is closing
        assert refused(close_ballot, db, ballot, by=cast.bruno) == "chairs_only"
        assert len(entries(db, cast, "ballot.closed")) == 1

    def test_a_chair_closes_early_only_when_all_have_voted(self, db: Session, cast: Cast) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, voters(cast)[:-1])
        assert refused(close_ballot, db, ballot, by=cast.ana) == "not_everybody_voted"
        assert refused(close_ballot, db, ballot, by=None) == "ballot_not_over_yet"
        vote(db, ballot, voters(cast)[-1], "no")
        assert refused(close_ballot, db, ballot, by=cast.bruno) == "chairs_only"
        assert close_ballot(db, ballot, by=cast.ana).by_id == cast.ana.id
        assert refused(vote, db, ballot, cast.ana, "no") == "ballot_closed"

    def test_the_worker_writes_down_what_the_clock_decided(
        self, db: Session, database: OneTransaction, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        clock.set_to(ballot.closes_at - timedelta(microseconds=1))
        assert close_due_ballots(database) == 0
        clock.set_to(ballot.closes_at)
        assert close_due_ballots(database) == 1
        assert close_due_ballots(database) == 0
        closing = db.get_one(Closing, ballot.id)
        assert closing.by_id is None
        assert closing.sentence == "Lost: nobody said yes or no; 0 of 5 voted."


class TestWhatIsNeverAltered:
    @pytest.mark.parametrize(
        "statement",
        [
            update(Closing).values(outcome="lost"),
            delete(Closing),
            update(Vote).values(choice="no"),
            delete(Vote),
            delete(RollEntry),
            update(RollEntry).values(category="none"),
        ],
        ids=str,
    )
    def test_a_closing_and_its_votes_and_roll_stay(
        self, db: Session, cast: Cast, statement: Any
    ) -> None:
        ballot = make_ballot(db, cast)
        all_vote(db, ballot, voters(cast))
        close_ballot(db, ballot, by=cast.ana)
        with pytest.raises(DBAPIError, match=r"sealed|never altered"), db.begin_nested():
            db.execute(statement)

    def test_no_vote_is_slipped_in_after_the_closing(self, db: Session, cast: Cast) -> None:
        ballot = make_ballot(db, cast)
        vote(db, ballot, cast.ana, "yes")
        all_vote(db, ballot, voters(cast))
        close_ballot(db, ballot, by=cast.ana)
        with pytest.raises(DBAPIError, match="sealed"), db.begin_nested():
            db.execute(
                insert(Vote).values(
                    ballot_id=ballot.id, person_id=cast.eli.id, choice="yes", reason="",
                    words_hash="", nonce="", at=ballot.opens_at,
                )
            )  # fmt: skip

    def test_one_vote_a_person_is_the_key(self, db: Session) -> None:
        assert [column.name for column in Vote.__table__.primary_key] == ["ballot_id", "person_id"]

    def test_a_ballot_keeps_its_card(self, db: Session, cast: Cast) -> None:
        card = RuleCard(Fraction(7, 13), True, "roll", Fraction(51, 100), 3, "custom")
        ballot = make_ballot(db, cast, card=card)
        db.expire(ballot)
        assert db.get_one(Ballot, ballot.id).card == card
