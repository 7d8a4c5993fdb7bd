"""The worker writes down what the clock decided, and delivers what was queued."""

import threading
from datetime import timedelta

import pytest

from app import worker
from app.ballots.models import Ballot, Closing
from app.kit.mail import queue_mail
from tests.ballots.staging import make_ballot


@pytest.fixture
def open_ballot(db, cast, clock):
    """A ballot that is open; the clock stands a minute before its end."""
    ballot = make_ballot(db, cast)
    clock.set_to(ballot.closes_at - timedelta(minutes=1))
    return ballot


def test_a_turn_leaves_an_open_ballot_alone(db, database, settings, open_ballot):
    assert worker.turn(database, settings) == 0
    assert db.get(Closing, open_ballot.id) is None


def test_a_turn_closes_what_is_over_and_only_once(db, database, settings, open_ballot, clock):
    clock.set_to(open_ballot.closes_at)
    assert worker.turn(database, settings) == 1
    assert db.get_one(Closing, open_ballot.id).by_id is None
    assert worker.turn(database, settings) == 0


def test_the_loop_goes_on_after_a_turn_that_failed(live, settings, clock):
    """A mail server that cannot be read does not keep ballots from being closed."""
    broken = settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:not-a-port"})
    with live.database.writing() as db:
        ballot = make_ballot(db, live.cast)
        queue_mail(db, to="ana@example.org", subject="Words", text="words")
    clock.set_to(ballot.closes_at)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(live.database, broken, stop), daemon=True)
    thread.start()
    for _ in range(400):
        if is_closed(live, ballot):
            break
        stop.wait(0.025)
    stop.set()
    thread.join(20)
    assert is_closed(live, ballot)
    assert not thread.is_alive()


def is_closed(live, ballot):
    with live.database.reading() as db:
        return db.get(Closing, ballot.id) is not None


def test_with_no_mail_server_mail_waits(db, database, settings):
    mail = queue_mail(db, to="ana@example.org", subject="Words", text="words")
    db.flush()
    assert worker.turn(database, settings) == 0
    db.refresh(mail)
    assert mail.sent_at is None


def test_a_ballot_is_over_at_its_time_though_no_worker_runs(db, open_ballot, clock):
    clock.set_to(open_ballot.closes_at)
    assert not db.get_one(Ballot, open_ballot.id).is_open_at(clock.now)
