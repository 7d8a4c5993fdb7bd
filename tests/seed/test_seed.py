"""The story as it was played: every verb took it, and what came out is what is told."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.ballots.models import Ballot, Closing, RollEntry, Vote
from app.definitions.models import Change, Clause, Definition, Text, Version, WorkingText
from app.definitions.queries import text_of
from app.discussions.models import Comment, Retraction
from app.kit.db import Database
from app.proposals.models import Proposal
from app.proposals.rules import State, state_of
from app.record import checks
from app.settings import Settings
from seed import telling
from seed.load import load, tell
from seed.telling import Balloted
from seed.texts import blocks_of
from tests.databases import own_database
from tests.seed.conftest import NOW

BALLOTS = {told.key: told for told in telling.chapters() if isinstance(told, Balloted)}


def test_it_is_loaded_once(told: Database):
    assert tell(told, now=NOW) is False


@pytest.mark.slow
def test_a_reset_tells_it_alike_on_any_database_whenever_that_is(
    story: Session, request, tmp_path, worker_id, clock
):
    clock.set_to(datetime(2025, 7, 1, 12, tzinfo=UTC))  # a machine that is behind the story
    other_kind = "sqlite" if request.config.getoption("--db") == "sqlite" else "postgresql"
    with own_database(other_kind, tmp_path, f"seed_{worker_id}") as url:
        load(Settings(database_url=url), reset=True)
        database = Database(url)
        with database.reading() as other:
            assert list(checks.check(other)) == []
            assert len(other.scalars(select(Ballot).where(~Ballot.closing.has())).all()) == 2
            for said in (select(Closing.sentence), select(Text.hash), select(Comment.body)):
                assert sorted(other.scalars(said)) == sorted(story.scalars(said))
        database.dispose()


def test_the_record_verifies(story: Session):
    assert list(checks.check(story)) == []


def test_every_version_says_what_its_file_says(story: Session):
    made = story.scalars(select(Version).order_by(Version.id)).all()
    assert [one.label for one in made] == [one.label for one in telling.versions()]
    for version, written in zip(made, telling.versions(), strict=True):
        standing = [placed.block for placed in text_of(story, version.text_id)]
        assert standing == list(blocks_of(written).values()), version.label


def test_a_clause_keeps_its_number_through_all_versions(story: Session):
    number: dict[str, int] = {}
    versions = story.scalars(select(Version).order_by(Version.id)).all()
    for version, written in zip(versions, telling.versions(), strict=True):
        for key, placed in zip(written.keys, text_of(story, version.text_id), strict=True):
            assert number.setdefault(key, placed.number) == placed.number, (version.label, key)
    assert len(set(number.values())) == len(number)


def test_version_one_is_ratified_by_ballot_on_the_day(story: Session):
    version = story.scalars(
        select(Version).where(Version.label == "1.0").options(selectinload(Version.stages))
    ).one()
    last = version.stages[-1]
    assert (last.stage, last.at) == ("ratified", datetime(2024, 10, 28, 14, tzinfo=UTC))


def test_every_closed_ballot_ends_as_it_is_told(story: Session):
    closings = story.execute(
        select(Ballot.question, Closing).join(Closing, Closing.ballot_id == Ballot.id)
    ).all()
    told = {one.question: one.tally for one in BALLOTS.values()}
    assert len(closings) >= 12
    for question, closing in closings:
        assert (closing.yes, closing.no, closing.abstain) == told[question]
        word = "Carried" if closing.outcome == "carried" else "Lost"
        assert closing.sentence.startswith(f"{word}: {closing.yes} of ")


@pytest.mark.parametrize(
    "key, sentence",
    [
        (
            "call-it-weights",
            "Lost: 21 of 42 yes and no votes are yes (50%), more than half (at least 22) were"
            " needed; 45 of 52 voted, 26 were needed.",
        ),
        (
            "data-required",
            "Lost: 25 of 45 yes and no votes are yes (55.56%), at least two thirds (30) were"
            " needed; 49 of 52 voted, 26 were needed.",
        ),
        (
            "name-licences",
            "Lost: 16 of 20 yes and no votes are yes (80%), at least two thirds (14) were needed;"
            " 22 of 57 voted, 29 were needed.",
        ),
        (
            "share-alike",
            "Carried: 41 of 44 yes and no votes are yes (93.18%), at least one was needed; 3 are"
            " no, no more than 4 could be; 48 of 57 voted, 29 were needed.",
        ),
        (
            "ratify",
            "Carried: 43 of 51 yes and no votes are yes (84.31%), at least two thirds (34) were"
            " needed; 54 of 57 voted, 29 were needed.",
        ),
    ],
    ids=["a tie", "under the threshold", "no quorum", "consensus but for a few", "ratified"],
)
def test_a_closing_says_its_arithmetic(story: Session, key, sentence):
    ballot = ballot_of(story, key)
    assert story.get_one(Closing, ballot.id).sentence == sentence


def test_two_ballots_are_open_and_the_cast_has_yet_to_vote(story: Session):
    running = story.scalars(
        select(Ballot).where(~Ballot.closing.has()).order_by(Ballot.closes_at)
    ).all()
    assert len(running) == 2
    assert all(ballot.is_open_at(NOW) for ballot in running)
    assert 2 <= (running[0].closes_at - NOW).days <= 4
    names = {one.address.split(".")[0] for one in telling.people()}
    assert "chloe" in names
    for ballot in running:
        voted = select(Vote.person_id).where(Vote.ballot_id == ballot.id)
        waiting = story.scalars(
            select(RollEntry)
            .where(RollEntry.ballot_id == ballot.id, RollEntry.person_id.not_in(voted))
            .options(joinedload(RollEntry.person))
        ).all()
        assert {"Ana Ferreira", "Chloé Marchand"} <= {entry.person.name for entry in waiting}


def test_proposals_come_to_every_end(story: Session):
    proposals = story.scalars(
        select(Proposal).options(
            selectinload(Proposal.revisions),
            selectinload(Proposal.withdrawal),
            selectinload(Proposal.adoption),
            selectinload(Proposal.rejection),
            selectinload(Proposal.conflicts),
        )
    ).all()
    assert len(proposals) >= 25
    states = [state_of(proposal) for proposal in proposals]
    assert set(states) == set(State)
    assert states.count(State.in_conflict) == 1
    assert states.count(State.adopted) == 18
    assert states.count(State.open) == 9


def test_what_proposals_brought_is_told_apart_from_what_editors_brought(story: Session):
    brought = story.scalars(select(Change).where(Change.source == "proposal")).all()
    assert len(brought) >= 30
    assert {change.kind for change in brought} == {"reword", "add", "strike", "move"}


def test_the_discussion_is_lively_up_to_this_hour(story: Session):
    comments = story.scalars(select(Comment)).all()
    assert len(comments) >= 250
    assert sum(comment.parent_id is not None for comment in comments) >= 200
    assert sum(comment.edited_at is not None for comment in comments) >= 1
    assert story.scalar(select(func.count()).select_from(Retraction)) == 1
    assert (NOW - max(comment.at for comment in comments)).total_seconds() < 2 * 3600


def test_a_quote_is_in_the_words_that_it_was_taken_from(story: Session):
    quoted = story.scalars(
        select(Comment)
        .where(Comment.quote != "", Comment.clause_id.is_not(None))
        .options(joinedload(Comment.wording))
    ).all()
    assert len(quoted) >= 10
    for comment in quoted:
        assert comment.wording is not None
        assert comment.quote in comment.wording.markdown


def test_the_working_text_has_gone_on_since(story: Session):
    definition = story.scalars(select(Definition)).one()
    working = story.get_one(WorkingText, definition.id)
    ratified = story.scalars(select(Version).where(Version.label == "1.0")).one()
    assert working.text_id != ratified.text_id
    standing = {placed.clause_id for placed in text_of(story, working.text_id)}
    assert standing <= set(story.scalars(select(Clause.id)))


def ballot_of(db: Session, key: str) -> Ballot:
    return db.scalars(select(Ballot).where(Ballot.question == BALLOTS[key].question)).one()
