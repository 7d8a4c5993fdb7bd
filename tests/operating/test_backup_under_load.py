"""What it must show: a backup taken under load, restored elsewhere, verifies, and holds every vote
that was acknowledged before it began.

The real server in a process of its own, voters who vote again and again over the wire, and the
backup in a third, as an operator types it.
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from app.ballots.models import Ballot, Vote
from app.kit.db import Database
from app.operating.backup import restore_backup
from app.people.models import Person
from app.verification import verify
from bench.case import Size, tell
from tests.databases import bare_database
from tests.serving import ROOT, wire

pytestmark = pytest.mark.slow

SIZE = Size(clauses=12, comments=3, proposals=4, ballots=4, votes=8)
VOTERS = 4
ENOUGH = 60  # acknowledged votes before the backup begins
CHOICES = ("yes", "no", "abstain")


@dataclass
class Voter(threading.Thread):
    """Somebody who votes in every open ballot, again and again; each vote has a number."""

    url: str
    token: str
    person: str
    ballots: dict[int, tuple[int, str]]  # by id: number, and the hash of the words at stake
    stop: threading.Event
    acknowledged: list[tuple[float, int, int]] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        headers = {"authorization": f"Bearer {self.token}"}
        with wire(base_url=self.url, headers=headers, timeout=60) as client:
            while not self.stop.is_set():
                for ballot, (number, words) in self.ballots.items():
                    self.sent += 1
                    vote = {"choice": CHOICES[self.sent % 3], "words": words}
                    answer = client.put(
                        f"/api/v1/d/small/ballots/{number}/vote",
                        json={**vote, "reason": f"vote {self.sent}"},
                    )
                    assert answer.status_code == 200, answer.text
                    self.acknowledged.append((time.monotonic(), ballot, self.sent))

    def last_before(self, moment):
        """By ballot, the number of the last vote that was acknowledged before a moment."""
        return {ballot: number for at, ballot, number in self.acknowledged if at < moment}


def clausewise(*words, url):
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "CLAUSEWISE_SECRET_KEY": "a key for tests only"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def voters(live, served):
    with live.database.writing() as db:
        case = tell(db, SIZE, slug="small")
        ballots = {one.id: (one.number, one.words_hash) for one in case.ballots[1::2]}
    people = case.people[1 : VOTERS + 1]
    tokens = [live.token_of(one) for one in people]
    served.start()
    stop = threading.Event()
    found = [
        Voter(served.url, token, one.id, ballots, stop)
        for one, token in zip(people, tokens, strict=True)
    ]
    yield found
    stop.set()
    for voter in found:
        if voter.is_alive():
            voter.join(60)


def test_every_vote_that_was_acknowledged_before_it_began_is_in_it(
    live, voters, backend, tmp_path, worker_id
):
    for one in voters:
        one.start()
    until = time.monotonic() + 60
    while sum(len(one.acknowledged) for one in voters) < ENOUGH and time.monotonic() < until:
        time.sleep(0.01)
    began = time.monotonic()
    backup = clausewise("backup", str(tmp_path / "backup.zip"), url=live.url)
    ended = time.monotonic()
    for one in voters:
        one.stop.set()
        one.join(60)
    assert backup.returncode == 0, backup.stderr
    assert [one for one in voters if one.acknowledged[-1][0] > ended], "it was taken under load"

    with bare_database(backend, tmp_path, f"elsewhere_{worker_id}") as url:
        elsewhere = Database(url)
        restore_backup(elsewhere, tmp_path / "backup.zip", told=lambda *_: None)
        with elsewhere.reading() as db:
            assert list(verify(db)) == []
            votes = {(one.person_id, one.ballot_id): one for one in db.scalars(select(Vote))}
            assert db.scalar(select(Person.id).where(Person.email == "ana@small.example"))
            assert len(db.scalars(select(Ballot)).all()) == SIZE.ballots
        elsewhere.dispose()
    told = 0
    for one in voters:
        for ballot, number in one.last_before(began).items():
            vote = votes[one.person, ballot]
            kept = int(vote.reason.removeprefix("vote "))
            assert kept >= number, "a vote that was acknowledged is missing"
            assert kept <= one.sent, "nobody cast this vote"
            assert vote.choice == CHOICES[kept % 3], "half of one vote and half of another"
            told += 1
    assert told == VOTERS * len(voters[0].ballots)
