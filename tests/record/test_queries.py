from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.kit import clock as the_clock
from app.record.actions import record
from app.record.queries import Filters, happenings, people_of, verbs_of
from tests.cast import Cast
from tests.conftest import NOON, Clock


@pytest.fixture
def log_id(db: Session, cast: Cast, clock: Clock) -> int:
    """Six entries, an hour apart: comments by Chloé, ballots by Ana, one by the clock."""
    log_id = cast.definition.log_id
    verbs = [
        ("comment.posted", cast.chloe.id, {"comment": 1, "clause": 3}, {"body": "Why?"}),
        ("comment.posted", cast.dara.id, {"comment": 2, "clause": 4}, {"body": "Because."}),
        ("ballot.opened", cast.ana.id, {"ballot": 1, "proposal": 7}, None),
        ("ballot.extended", cast.ana.id, {"ballot": 1}, {"reason": "Holidays."}),
        ("comment.edited", cast.chloe.id, {"comment": 1, "clause": 3}, {"body": "Why so?"}),
        ("ballot.closed", None, {"ballot": 1}, None),
    ]
    for verb, by, about, words in verbs:
        record(db, log_id, verb, by=by, at=the_clock.now(), about=about, words=words)
        clock.forward(hours=1)
    db.flush()
    return log_id


def sequences(db: Session, log_id: int, filters: Filters) -> list[int]:
    return [one.entry.sequence for one in happenings(db, log_id, filters).items]


def test_the_newest_comes_first_with_its_words(db: Session, log_id: int) -> None:
    page = happenings(db, log_id, Filters())
    assert [one.entry.sequence for one in page.items] == [6, 5, 4, 3, 2, 1]
    assert page.items[1].said("body") == "Why so?"
    assert page.items[0].said("body") is None
    assert page.next is None


def test_words_that_are_gone_are_none(db: Session, log_id: int) -> None:
    db.execute(text("UPDATE record_words SET text = NULL WHERE sequence = 1"))
    db.expire_all()
    assert happenings(db, log_id, Filters()).items[-1].said("body") is None


def test_filters_narrow_it_down(db: Session, log_id: int, cast: Cast) -> None:
    assert sequences(db, log_id, Filters(verb="ballot.")) == [6, 4, 3]
    assert sequences(db, log_id, Filters(verb="comment.edited")) == [5]
    assert sequences(db, log_id, Filters(verb="%")) == []
    assert sequences(db, log_id, Filters(person=cast.ana.id)) == [4, 3]
    assert sequences(db, log_id, Filters(subject=("clause", 3))) == [5, 1]
    assert sequences(db, log_id, Filters(subject=("proposal", 7))) == [3]
    assert sequences(db, log_id, Filters(subject=("clause", 3), verb="comment.posted")) == [1]


def test_the_first_moment_is_in_and_the_last_is_out(db: Session, log_id: int) -> None:
    window = Filters(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=3))
    assert sequences(db, log_id, window) == [3, 2]


def test_pages_follow_one_another_while_entries_are_added(
    db: Session, log_id: int, cast: Cast
) -> None:
    first = happenings(db, log_id, Filters(), limit=4)
    record(db, log_id, "comment.posted", by=cast.eli.id, at=the_clock.now())
    second = happenings(db, log_id, Filters(), after=first.next, limit=4)
    assert [one.entry.sequence for one in (*first.items, *second.items)] == [6, 5, 4, 3, 2, 1]
    assert second.next is None


def test_filters_offer_what_there_is(db: Session, log_id: int, cast: Cast) -> None:
    assert list(verbs_of(db, log_id)) == [
        "ballot.closed",
        "ballot.extended",
        "ballot.opened",
        "comment.edited",
        "comment.posted",
    ]
    assert people_of(db, log_id) == {cast.ana.id, cast.chloe.id, cast.dara.id}


def test_another_log_is_another_log(db: Session, log_id: int, cast: Cast) -> None:
    assert sequences(db, cast.group.log_id, Filters()) == []
