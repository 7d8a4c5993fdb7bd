"""The worker writes down what the clock decided, and delivers what was queued."""

import threading
from datetime import timedelta

import pytest

from app import worker
from app.ballots.models import Ballot, Closing
from app.kit.mail import queue_mail
from bench.case import Size, tell

SMALL = Size(clauses=12, comments=0, proposals=2, ballots=2, votes=8)


@pytest.fixture
def open_ballot(live, clock):
    """A ballot that is open; the clock stands a minute before its end."""
    with live.database.writing() as db:
        case = tell(db, SMALL, slug="small")
        ballot = case.ballots[1]
    clock.set_to(ballot.closes_at - timedelta(minutes=1))
    return ballot


def closing_of(live, ballot):
    with live.database.reading() as db:
        return db.get(Closing, ballot.id)


def test_a_turn_leaves_an_open_ballot_alone(live, settings, open_ballot):
    assert worker.turn(live.database, settings) == 0
    assert closing_of(live, open_ballot) is None


def test_a_turn_closes_what_is_over_and_only_once(live, settings, open_ballot, clock):
    clock.set_to(open_ballot.closes_at)
    assert worker.turn(live.database, settings) == 1
    assert closing_of(live, open_ballot).by_id is None
    assert worker.turn(live.database, settings) == 0


def test_the_loop_goes_on_after_a_turn_that_failed(live, settings, open_ballot, clock, caplog):
    """A mail server that cannot be read does not keep ballots from being closed."""
    clock.set_to(open_ballot.closes_at)
    broken = settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:not-a-port"})
    with live.database.writing() as db:
        queue_mail(db, to="ana@example.org", subject="Words", text="words")
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(live.database, broken, stop), daemon=True)
    thread.start()
    for _ in range(100):
        if closing_of(live, open_ballot) is not None:
            break
        stop.wait(0.1)
    stop.set()
    thread.join(20)
    assert closing_of(live, open_ballot) is not None
    assert not thread.is_alive()


def test_with_no_mail_server_mail_waits(live, settings):
    with live.database.writing() as db:
        mail = queue_mail(db, to="ana@example.org", subject="Words", text="words")
    assert worker.turn(live.database, settings) == 0
    with live.database.reading() as db:
        assert db.get_one(type(mail), mail.id).sent_at is None


def test_a_ballot_is_over_at_its_time_though_no_worker_runs(live, open_ballot, clock):
    clock.set_to(open_ballot.closes_at)
    with live.database.reading() as db:
        assert not db.get_one(Ballot, open_ballot.id).is_open_at(clock.now)
