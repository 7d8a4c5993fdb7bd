"""The verbs of ballots, on a real database."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.ballots.actions import extend_ballot, freeze_roll, open_ballot
from app.ballots.actions_close import close_due_ballots
from app.ballots.counting import RuleCard, two_thirds
from app.ballots.models import Ballot, Extension, RollEntry, Vote
from app.ballots.queries import ballots_to_cast, running_on
from app.ballots.queries_verb import closing_of
from app.groups.actions import add_member, end_membership
from app.proposals.actions import withdraw_proposal
from app.record.models import Entry
from tests.ballots.staging import (
    A_WEEK,
    all_vote,
    entries,
    make_ballot,
    make_candidate_version,
    make_proposal,
    refused,
    vote,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import OneTransaction

pytestmark = pytest.mark.usefixtures("clock")


class TestOpening:
    def test_a_ballot_on_a_proposal_holds_its_words_and_its_roll(
        self, db: Session, cast: Cast
    ) -> None:
        proposal = make_proposal(db, cast)
        ballot = make_ballot(db, cast, proposal=proposal)
        assert ballot.number == 1
        assert ballot.question == "Say who builds it again"
        assert ballot.words_hash == proposal.revisions[-1].hash
        roll = db.scalars(select(RollEntry).where(RollEntry.ballot_id == ballot.id)).all()
        assert {entry.person_id for entry in roll} == {person.id for person in voters(cast)}
        assert {entry.category for entry in roll} >= {"creators", "regulators"}
        (entry,) = entries(db, cast, "ballot.opened")
        assert entry.about["card"]["threshold"] == "2/3"
        assert entry.about["roll"] == 5
        assert proposal.stake is not None

    def test_a_ballot_on_a_candidate_is_bound_to_its_text(self, db: Session, cast: Cast) -> None:
        version = make_candidate_version(db, cast)
        ballot = make_ballot(db, cast, version=version)
        assert ballot.words_hash == version.text.hash
        assert running_on(db, version_id=version.id) is ballot

    def test_only_chairs_open(self, db: Session, cast: Cast, clock: Clock) -> None:
        proposal = make_proposal(db, cast)
        for person in (cast.bruno, cast.chloe, cast.eli, cast.sam):
            code = refused(
                open_ballot, db, cast.definition, by=person, card=two_thirds(),
                closes_at=clock.now + A_WEEK, proposal=proposal,
            )  # fmt: skip
            assert code == "chairs_only"

    def test_one_ballot_at_a_time_is_about_one_thing(self, db: Session, cast: Cast) -> None:
        proposal, version = make_proposal(db, cast), make_candidate_version(db, cast)
        make_ballot(db, cast, proposal=proposal)
        make_ballot(db, cast, version=version)
        assert refused(make_ballot, db, cast, proposal=proposal) == "proposal_is_at_stake"
        assert refused(make_ballot, db, cast, version=version) == "ballot_runs_already"

    def test_a_withdrawn_proposal_is_not_voted_on(self, db: Session, cast: Cast) -> None:
        proposal = make_proposal(db, cast)
        withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)
        assert refused(make_ballot, db, cast, proposal=proposal) == "proposal_has_ended"

    def test_a_draft_is_not_ratified(self, db: Session, cast: Cast) -> None:
        from app.definitions.actions import make_version

        draft = make_version(db, cast.definition, by=cast.bruno, label="0.1")
        assert refused(make_ballot, db, cast, version=draft) == "version_is_no_candidate"

    def test_a_card_that_no_votes_can_satisfy_is_refused(self, db: Session, cast: Cast) -> None:
        card = RuleCard(Fraction(1), strict=True)
        assert refused(make_ballot, db, cast, card=card) == "card_cannot_be_met"

    def test_a_window_lies_ahead(self, db: Session, cast: Cast, clock: Clock) -> None:
        now, hour = clock.now, timedelta(hours=1)
        proposal = make_proposal(db, cast)
        code = refused(make_ballot, db, cast, proposal=proposal, opens_at=now - hour)
        assert code == "ballot_opens_in_the_past"
        code = refused(make_ballot, db, cast, proposal=proposal, closes_at=now)
        assert code == "ballot_closes_before_it_opens"


class TestRoll:
    def test_who_comes_or_goes_later_changes_nothing(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        clock.forward(hours=1)
        end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        add_member(db, cast.group, by=cast.ana, person=cast.sam, role="member")
        assert vote(db, ballot, cast.dara, "no").choice == "no"
        assert refused(vote, db, ballot, cast.sam, "yes") == "not_on_roll"

    def test_a_scheduled_roll_is_who_was_there_when_it_opened(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        opens = clock.now + timedelta(days=1)
        ballot = make_ballot(db, cast, opens_at=opens)
        assert refused(vote, db, ballot, cast.ana, "yes") == "ballot_not_open_yet"
        clock.set_to(opens - timedelta(hours=1))
        add_member(db, cast.group, by=cast.ana, person=cast.sam, role="member")
        clock.set_to(opens + timedelta(hours=1))
        end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        vote(db, ballot, cast.sam, "yes")  # who comes first freezes the roll, as of the opening
        vote(db, ballot, cast.dara, "yes")
        assert refused(vote, db, ballot, cast.eli, "yes") == "not_on_roll"
        (entry,) = entries(db, cast, "roll.frozen")
        assert entry.about["roll"] == 6
        assert entry.person_id is None
        freeze_roll(db, ballot)
        assert len(entries(db, cast, "roll.frozen")) == 1

    def test_the_worker_freezes_what_has_opened(
        self, db: Session, database: OneTransaction, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast, opens_at=clock.now + timedelta(days=1))
        assert close_due_ballots(database) == 0
        clock.forward(days=1)
        assert close_due_ballots(database) == 1
        assert db.scalar(select(func.count()).select_from(RollEntry)) == 5
        assert closing_of(db, ballot) is None


class TestVoting:
    def test_a_vote_is_kept_with_what_it_was_cast_on(self, db: Session, cast: Cast) -> None:
        ballot = make_ballot(db, cast)
        kept = vote(db, ballot, cast.dara, "no", "  Too much.  ")
        assert (kept.choice, kept.reason) == ("no", "Too much.")
        assert kept.words_hash == ballot.words_hash

    def test_the_last_choice_before_the_close_counts(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        first = vote(db, ballot, cast.dara, "no").nonce
        clock.forward(hours=1)
        changed = vote(db, ballot, cast.dara, "yes")
        assert changed.choice == "yes"
        assert changed.at == clock.now
        assert changed.nonce != first
        assert db.scalar(select(func.count()).select_from(Vote)) == 1

    def test_votes_leave_no_entry_in_the_record(self, db: Session, cast: Cast) -> None:
        ballot = make_ballot(db, cast)
        before = db.scalar(select(func.count()).select_from(Entry))
        all_vote(db, ballot, voters(cast))
        assert db.scalar(select(func.count()).select_from(Entry)) == before

    @pytest.mark.parametrize(
        ("who", "expected"),
        [("ana", None), ("bruno", None), ("farah", None), ("eli", "not_on_roll"), ("sam", "not_on_roll")],
    )  # fmt: skip
    def test_who_votes(self, db: Session, cast: Cast, who: str, expected: str | None) -> None:
        ballot = make_ballot(db, cast)
        person = getattr(cast, who)
        if expected is None:
            vote(db, ballot, person, "abstain")
        else:
            assert refused(vote, db, ballot, person, "abstain") == expected

    def test_the_last_second_counts_and_the_next_does_not(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        clock.set_to(ballot.closes_at - timedelta(microseconds=1))
        vote(db, ballot, cast.ana, "yes")
        clock.set_to(ballot.closes_at)
        assert refused(vote, db, ballot, cast.bruno, "yes") == "ballot_closed"
        assert refused(vote, db, ballot, cast.ana, "no") == "ballot_closed"

    def test_an_end_that_was_moved_meanwhile_is_the_one_that_counts(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        was, later = ballot.closes_at, ballot.closes_at + A_WEEK
        db.execute(  # by somebody else: this session has loaded it as it was
            update(Ballot).values(closes_at=later).execution_options(synchronize_session=False)
        )
        clock.set_to(was)
        assert ballot.closes_at == was
        assert vote(db, ballot, cast.dara, "yes").at == was
        assert ballot.closes_at == later

    def test_other_words_than_those_shown_are_not_voted_on(self, db: Session, cast: Cast) -> None:
        from app.ballots.actions_vote import cast_vote

        ballot = make_ballot(db, cast)
        code = refused(cast_vote, db, ballot, by=cast.ana, choice="yes", words_hash="0" * 64)
        assert code == "words_changed"

    def test_a_reason_has_a_length(self, db: Session, cast: Cast) -> None:
        ballot = make_ballot(db, cast)
        assert refused(vote, db, ballot, cast.ana, "yes", "x" * 5001) == "reason_too_long"

    def test_what_waits_for_me_comes_soonest_first(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        late = make_ballot(db, cast)
        soon = make_ballot(
            db, cast, proposal=make_proposal(db, cast, clause=2, words="Any purpose."),
            closes_at=clock.now + timedelta(days=1),
        )  # fmt: skip
        make_ballot(
            db, cast, proposal=make_proposal(db, cast, clause=5, words="From where"),
            opens_at=clock.now + timedelta(days=1),
        )  # fmt: skip
        assert list(ballots_to_cast(db, cast.dara, now=clock.now)) == [soon, late]
        vote(db, soon, cast.dara, "yes")
        assert list(ballots_to_cast(db, cast.dara, now=clock.now)) == [late]
        assert list(ballots_to_cast(db, cast.eli, now=clock.now)) == []
        clock.forward(days=1)
        assert len(ballots_to_cast(db, cast.dara, now=clock.now)) == 2


class TestExtending:
    def test_a_chair_moves_the_close_and_everybody_sees_it(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        before, later = ballot.closes_at, ballot.closes_at + A_WEEK
        extend_ballot(db, ballot, by=cast.ana, to_time=later, reason="A holiday.")
        assert ballot.closes_at == later
        row = db.scalars(select(Extension)).one()
        assert (row.from_time, row.to_time) == (before, later)
        assert len(entries(db, cast, "ballot.extended")) == 1
        clock.set_to(before)
        vote(db, ballot, cast.ana, "yes")

    def test_it_refuses_others_earlier_times_no_reason_and_the_end(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        ballot = make_ballot(db, cast)
        later = ballot.closes_at + A_WEEK

        def extend(by: Any, to_time: Any, reason: str = "A holiday.") -> str:
            return refused(extend_ballot, db, ballot, by=by, to_time=to_time, reason=reason)

        assert extend(cast.bruno, later) == "chairs_only"
        assert extend(cast.ana, ballot.closes_at) == "extension_is_not_later"
        assert extend(cast.ana, later, " ") == "reason_is_needed"
        clock.set_to(ballot.closes_at)
        assert extend(cast.ana, later) == "ballot_closed"
