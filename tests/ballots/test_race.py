"""Forty voters, each voting twice at once, against two closers: real threads, real transactions.

Whatever the order, one vote a person, one closing, the tally equals the votes, and nobody who was
told "recorded" is missing.
"""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.ballots import checks
from app.ballots.actions import open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_recusal import declare_recusal
from app.ballots.actions_vote import cast_vote
from app.ballots.counting import simple_majority
from app.ballots.models import Ballot, Closing, RollEntry, Vote
from app.ballots.queries_verb import tally_of, votes_in_order
from app.ballots.receipts import votes_root
from app.groups.models import Membership
from app.kit import clock
from app.kit.db import Database
from app.kit.refusals import Refused
from app.main import create_app
from app.people.models import Person
from app.proposals.actions import propose
from app.proposals.steps import Step
from app.record.models import Entry
from app.settings import Settings
from tests import cast as the_cast
from tests.databases import own_database
from tests.serving import free_port, serving, settled, wire
from tests.signing import session_of

VOTERS = 40
ROUNDS = 20
WINDOW = timedelta(seconds=0.1)

pytestmark = pytest.mark.slow


@dataclass
class Stage:
    """A database with a group of forty who vote, committed for real."""

    database: Database
    cast: the_cast.Cast
    voters: list[str]
    rounds: int = 0

    def next_ballot(self, window: timedelta, opens_in: timedelta = timedelta()) -> int:
        """A ballot on a new proposal, which closes very soon; its id."""
        self.rounds += 1
        with self.database.writing() as db:
            chair, author = (db.get_one(Person, p.id) for p in (self.cast.ana, self.cast.chloe))
            definition = db.get_one(type(self.cast.definition), self.cast.definition.id)
            proposal = propose(
                db,
                definition,
                by=author,
                title=f"Round {self.rounds}",
                rationale="Said in a hurry.",
                steps=[Step("reword", clause=4, markdown=f"Words of round {self.rounds}.")],
            )
            ballot = open_ballot(
                db,
                definition,
                by=chair,
                card=simple_majority(),
                opens_at=clock.now() + opens_in if opens_in else None,
                closes_at=clock.now() + opens_in + window,
                proposal=proposal,
            )
            return ballot.id


@dataclass
class Told:
    """What people were told, as it came."""

    recorded: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    recused: list[str] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)
    too_early: list[str] = field(default_factory=list)


@pytest.fixture
def stage(backend: str, tmp_path: Path, worker_id: str) -> Iterator[Stage]:
    with own_database(backend, tmp_path, f"{worker_id}_race") as url:
        database = Database(url, connections=2 * VOTERS + 4)
        with database.writing() as db:
            people = the_cast.enter(db)
            more = [the_cast.person(db, f"Voter {n:02}") for n in range(VOTERS - 5)]
            db.flush()
            db.add_all(
                Membership(
                    group_id=people.group.id,
                    person_id=person.id,
                    role="member",
                    since=the_cast.SINCE,
                )
                for person in more
            )
            voters = [p.id for p in (*people.members, *more) if p is not people.eli]
        yield Stage(database, people, voters)
        database.dispose()


def all_at_once(jobs: list[Callable[[], None]]) -> None:
    """Every job in a thread of its own, begun at the same moment; what one raises is raised here."""
    barrier = threading.Barrier(len(jobs))

    def begin(job: Callable[[], None]) -> None:
        barrier.wait(30)
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(begin, job) for job in jobs]:
            done.result(60)


def voter(stage: Stage, ballot_id: int, person_id: str, told: Told, pause: float) -> None:
    choice = random.choice(["yes", "no", "abstain"])
    threading.Event().wait(pause)
    try:
        with stage.database.writing() as db:
            ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
            person = db.get_one(Person, person_id)
            vote = cast_vote(db, ballot, by=person, choice=choice, words_hash=ballot.words_hash)
            nonce = vote.nonce
    except Refused as refused:
        told.refused.append(refused.refusal.code)
    else:
        told.recorded.append((person_id, nonce))


def recuser(stage: Stage, ballot_id: int, person_id: str, told: Told, pause: float) -> None:
    threading.Event().wait(pause)
    try:
        with stage.database.writing() as db:
            ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
            declare_recusal(db, ballot, by=db.get_one(Person, person_id), reason="Not for me.")
    except Refused as refused:
        told.refused.append(refused.refusal.code)
    else:
        told.recused.append(person_id)


def closer(stage: Stage, ballot_id: int, told: Told) -> None:
    """Tries from the first moment on, as two impatient workers would."""
    while True:
        try:
            with stage.database.writing() as db:
                ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
                root = close_ballot(db, ballot, by=None).votes_root
        except Refused as refused:
            told.too_early.append(refused.refusal.code)
            threading.Event().wait(0.02)
        else:
            told.closings.append(root)
            return


def check(stage: Stage, ballot_id: int, told: Told) -> None:
    """What must hold, whatever happened."""
    with stage.database.reading() as db:
        ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
        votes = votes_in_order(db, ballot)
        closings = db.scalars(select(Closing).where(Closing.ballot_id == ballot_id)).all()
        entries = db.scalar(
            select(func.count())
            .select_from(Entry)
            .where(
                Entry.verb == "ballot.closed", Entry.about["ballot"].as_integer() == ballot.number
            )
        )
        assert len(closings) == 1
        assert entries == 1
        assert told.closings == [closings[0].votes_root] * 2
        assert closings[0].tally == tally_of(votes)
        assert closings[0].votes_root == votes_root([ballot.leaf_of(v) for v in votes]).hex()
        told_recorded = {person for person, _ in told.recorded}
        assert {vote.person_id for vote in votes} == told_recorded
        nonces = {nonce for _, nonce in told.recorded if nonce}
        assert all(vote.nonce in nonces for vote in votes) or not nonces
        assert all(vote.at < ballot.closes_at for vote in votes)
        assert set(told.refused) <= {"ballot_closed"}
        assert set(told.too_early) <= {"ballot_not_over_yet"}


def test_forty_voters_twice_at_once_against_two_closers(stage: Stage) -> None:
    in_time = too_late = 0
    window = WINDOW
    for _ in range(ROUNDS):
        ballot_id, told = stage.next_ballot(window), Told()
        jobs = [
            partial(voter, stage, ballot_id, person, told, pause(1.5 * (window / WINDOW)))
            for person in stage.voters * 2
        ]
        all_at_once([*jobs, *[partial(closer, stage, ballot_id, told)] * 2])
        assert len(told.recorded) + len(told.refused) == 2 * VOTERS
        check(stage, ballot_id, told)
        in_time, too_late = in_time + len(told.recorded), too_late + len(told.refused)
        # A busy machine is slow to begin, a quick one is done before the close: meet in the middle.
        window *= 2 if not told.recorded else 0.5 if not told.refused else 1
    assert in_time
    assert too_late


def test_two_clicks_of_everybody_leave_one_vote_each(stage: Stage) -> None:
    ballot_id, told = stage.next_ballot(timedelta(minutes=5)), Told()
    all_at_once([partial(voter, stage, ballot_id, person, told, 0) for person in stage.voters * 2])
    assert len(told.recorded) == 2 * VOTERS
    with stage.database.reading() as db:
        count = select(func.count()).select_from(Vote).where(Vote.ballot_id == ballot_id)
        assert db.scalar(count) == VOTERS


def test_who_recused_themselves_while_they_voted_is_counted_by_no_closer(stage: Stage) -> None:
    in_time = 0
    for _ in range(ROUNDS // 4):
        ballot_id, told = stage.next_ballot(2 * WINDOW), Told()
        jobs = [partial(voter, stage, ballot_id, one, told, pause(2)) for one in stage.voters]
        jobs += [
            partial(recuser, stage, ballot_id, one, told, pause(2.5)) for one in stage.voters[:10]
        ]
        all_at_once([*jobs, *[partial(closer, stage, ballot_id, told)] * 2])
        assert set(told.refused) <= {"ballot_closed", "recused"}
        with stage.database.reading() as db:
            ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
            closing = db.get_one(Closing, ballot_id)
            voted = {vote.person_id for vote in votes_in_order(db, ballot)}
            recorded = {person for person, _ in told.recorded}
            assert voted == recorded - set(told.recused)
            assert (closing.recused, closing.roll_size + closing.recused) == (
                len(told.recused),
                VOTERS,
            )
            assert told.closings == [closing.votes_root] * 2
            assert list(checks.check(db)) == []
        in_time += len(told.recused)
    assert in_time


def test_a_scheduled_roll_is_frozen_once_by_all_who_come_first(stage: Stage) -> None:
    ballot_id, told = stage.next_ballot(timedelta(minutes=5), opens_in=WINDOW), Told()
    threading.Event().wait(WINDOW.total_seconds())
    all_at_once([partial(voter, stage, ballot_id, person, told, 0) for person in stage.voters * 2])
    assert len(told.recorded) == 2 * VOTERS
    with stage.database.reading() as db:
        assert db.scalar(select(func.count()).where(RollEntry.ballot_id == ballot_id)) == VOTERS
        frozen = select(func.count()).select_from(Entry).where(Entry.verb == "roll.frozen")
        assert db.scalar(frozen) == 1


@dataclass
class Clients:
    """Browsers of everybody, against a server that serves for real."""

    url: str
    cookies: dict[str, str]
    path: str = ""
    words: str = ""
    told: Told = field(default_factory=Told)

    def post(self, person: str, part: str, **data: str) -> int:
        cookies = {"clausewise": self.cookies[person]}
        headers = {"origin": self.url, "sec-fetch-site": "same-origin"}
        with wire(cookies=cookies, timeout=60) as client:
            return client.post(self.url + self.path + part, data=data, headers=headers).status_code

    def vote(self, person: str, pause: float) -> None:
        threading.Event().wait(pause)
        status = self.post(person, "/vote", choice="yes", words=self.words)
        if status == 303:
            self.told.recorded.append((person, ""))
        else:
            self.told.refused.append("ballot_closed" if status == 409 else str(status))

    def close(self, chair: str) -> None:
        while (status := self.post(chair, "/closing")) != 303:
            self.told.too_early.append("ballot_not_over_yet" if status == 409 else str(status))
            threading.Event().wait(0.05)
        self.told.closings.append("")


def test_the_same_over_http(stage: Stage, settings: Settings) -> None:
    port = free_port()
    settings = settings.model_copy(update={"base_url": f"http://127.0.0.1:{port}"})
    with stage.database.writing() as db:
        cookies = {person: session_of(db, db.get_one(Person, person)) for person in stage.voters}
    with serving(settled(create_app(settings, stage.database)), port) as url:
        ballot_id = stage.next_ballot(3 * WINDOW)
        with stage.database.reading() as db:
            ballot = db.get_one(Ballot, ballot_id, options=[joinedload(Ballot.definition)])
        clients = Clients(url, cookies, ballot.path, ballot.words_hash)
        jobs = [partial(clients.vote, person, pause(4)) for person in stage.voters * 2]
        all_at_once([*jobs, *[partial(clients.close, stage.cast.ana.id)] * 2])
        with stage.database.reading() as db:
            root = db.get_one(Closing, ballot_id).votes_root
        clients.told.closings = [root for _ in clients.told.closings]
        assert len(clients.told.recorded) + len(clients.told.refused) == 2 * VOTERS
        check(stage, ballot_id, clients.told)


def pause(windows: float) -> float:
    """Some seconds, up to so many windows."""
    return random.uniform(0, windows * WINDOW.total_seconds())
