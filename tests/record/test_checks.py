"""One flipped bit in any row of the record is found, and an honest record has none."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.kit import clock as the_clock
from app.record.actions import record
from app.record.checks import check
from app.record.models import Entry, EntryWords
from tests.cast import Cast
from tests.conftest import Clock
from tests.record.tampering import flip, tamper

SUBJECT = "d/open-source-ai"


@pytest.fixture
def log_id(db: Session, cast: Cast, clock: Clock) -> int:
    """A log of three entries, the second with words."""
    log_id = cast.definition.log_id
    for number in (1, 2, 3):
        record(
            db,
            log_id,
            "comment.posted",
            by=cast.chloe.id,
            at=the_clock.now(),
            about={"comment": number, "clause": 3},
            words={"body": "Who decides?", "quote": "enough"} if number == 2 else None,
        )
        clock.forward(minutes=1)
    db.flush()
    return log_id


def wheres(db: Session) -> list[str]:
    db.flush()
    return [finding.where for finding in check(db)]


def test_an_honest_record_has_no_findings(db: Session, log_id: int) -> None:
    assert wheres(db) == []


def test_a_tombstone_is_no_finding(db: Session, log_id: int) -> None:
    db.execute(text("UPDATE record_words SET text = NULL WHERE field = 'body'"))
    db.expire_all()
    assert wheres(db) == []


Tampering = Callable[[Session, int], None]


def set_entry(column: str, value: str) -> Tampering:
    def do(db: Session, log_id: int) -> None:
        tamper(
            db,
            f"UPDATE record_entries SET {column} = {value} WHERE log_id = :log AND sequence = 2",
            log=log_id,
        )

    return do


def flip_leaf(db: Session, log_id: int) -> None:
    leaf = db.get_one(Entry, (log_id, 2)).leaf
    tamper(
        db, "UPDATE record_entries SET leaf = :leaf WHERE leaf = :old", leaf=flip(leaf), old=leaf
    )


def flip_words(db: Session, log_id: int) -> None:
    words = db.get_one(EntryWords, (log_id, 2, "body")).text or ""
    tamper(db, "UPDATE record_words SET text = :t WHERE field = 'body'", t=flip(words))


def flip_salt(db: Session, log_id: int) -> None:
    salt = db.get_one(EntryWords, (log_id, 2, "body")).salt
    tamper(db, "UPDATE record_words SET salt = :s WHERE field = 'body'", s=flip(salt))


def remove_words(db: Session, log_id: int) -> None:
    tamper(db, "DELETE FROM record_words WHERE field = 'quote'")


def rename_words(db: Session, log_id: int) -> None:
    tamper(db, "UPDATE record_words SET field = 'other' WHERE field = 'quote'")


def remove_entry(db: Session, log_id: int) -> None:
    tamper(db, "DELETE FROM record_entries WHERE log_id = :log AND sequence = 1", log=log_id)


def remove_last_entry(db: Session, log_id: int) -> None:
    tamper(db, "DELETE FROM record_entries WHERE log_id = :log AND sequence = 3", log=log_id)


def move_log(column: str, value: str) -> Tampering:
    def do(db: Session, log_id: int) -> None:
        tamper(db, f"UPDATE logs SET {column} = {value} WHERE id = :log", log=log_id)

    return do


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (set_entry("verb", "'comment.postee'"), f"record_entries {SUBJECT} 2"),
        (set_entry("person_id", "NULL"), f"record_entries {SUBJECT} 2"),
        (set_entry("at", "'2024-06-03 12:01:00.000001+00'"), f"record_entries {SUBJECT} 2"),
        (set_entry("about", """'{"comment": 3, "clause": 3}'"""), f"record_entries {SUBJECT} 2"),
        (set_entry("previous", "''"), f"record_entries {SUBJECT} 2"),
        (flip_leaf, f"record_entries {SUBJECT} 2"),
        (set_entry("sequence", "9"), f"record_entries {SUBJECT} 9"),
        (remove_entry, f"record_entries {SUBJECT} 2"),
        (remove_last_entry, f"logs {SUBJECT}"),
        (flip_words, f"record_words {SUBJECT} 2 body"),
        (flip_salt, f"record_words {SUBJECT} 2 body"),
        (remove_words, f"record_words {SUBJECT} 2 quote"),
        (rename_words, f"record_words {SUBJECT} 2 other"),
        (move_log("size", "2"), f"logs {SUBJECT}"),
        (move_log("head", "''"), f"logs {SUBJECT}"),
        (move_log("subject", "'d/other'"), "record_entries d/other 1"),
    ],
)
def test_what_was_tampered_with_is_found(
    db: Session, log_id: int, tampering: Tampering, found: str
) -> None:
    tampering(db, log_id)
    assert found in wheres(db)


def test_an_entry_put_in_afterwards_is_found(db: Session, log_id: int) -> None:
    tamper(
        db,
        "INSERT INTO record_entries (log_id, sequence, at, verb, about, words, previous, leaf) "
        "SELECT log_id, 4, at, verb, about, words, leaf, leaf FROM record_entries "
        "WHERE log_id = :log AND sequence = 3",
        log=log_id,
    )
    assert f"record_entries {SUBJECT} 4" in wheres(db)
