"""A case that went through every verb has no findings; one flipped bit in any row of it has.

What is flipped: every column of every table whose rows are never altered, and of the ballots and
comments that rest on them, one at a time, past the triggers, on both databases.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Column, Table, select, text
from sqlalchemy.orm import Session

from app.ballots.actions import extend_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_recusal import declare_recusal, withdraw_recusal
from app.ballots.counting import two_thirds
from app.definitions.actions import create_definition, make_candidate, make_version
from app.definitions.actions_clause import edit_clause
from app.definitions.importing import import_draft
from app.definitions.queries import clause_of
from app.discussions.actions import edit_comment, post_comment, retract_comment
from app.kit.db import Base
from app.proposals.actions import (
    revise_proposal,
    second_proposal,
    withdraw_proposal,
)
from app.proposals.steps import Place, Step
from app.record.actions import INSTANCE, record
from app.verification import CHECKS, Check, verify
from tests.ballots.staging import (
    all_vote,
    make_ballot,
    make_proposal,
    vote,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.record.tampering import flip, unguard

CARD = two_thirds(quorum=Fraction(1, 2))
DRAFT = "# Weights\n\nThey may be used.\n\n- Trained\n- Shared\n"
LATER = "# Weights\n\nThey may be used freely.\n\n- Trained\n- Shared by all\n"

TABLES = [
    "logs",
    "record_entries",
    "record_words",
    "wordings",
    "texts",
    "text_nodes",
    "working_texts",
    "changes",
    "versions",
    "version_stages",
    "revisions",
    "proposed_changes",
    "adoptions",
    "rejections",
    "withdrawals",
    "comments",
    "comment_texts",
    "ballots",
    "roll_entries",
    "votes",
    "recusals",
    "extensions",
    "closings",
    "ratifications",
    "stakes",
    "version_stakes",
]


@pytest.fixture
def case(db: Session, cast: Cast, clock: Clock) -> None:
    """A definition with imports, edits, comments, proposals of every fate, and a ratified version."""
    record(db, INSTANCE, "person.came", by=cast.sam.id, at=clock.now)
    weights = create_definition(db, cast.group, by=cast.ana, slug="weights", name="Open Weights")
    import_draft(db, weights, by=cast.bruno, markdown=DRAFT, label="0.1", note="Begun.")
    import_draft(db, weights, by=cast.bruno, markdown=LATER, label="0.2")
    edit_clause(db, cast.definition, by=cast.bruno, clause=2, markdown="Use it.", reason="Shorter.")
    _talk(db, cast, clock)
    _decide(db, cast, clock)
    for label in ("1.0", "1.1"):
        version = make_version(db, cast.definition, by=cast.bruno, label=label)
        make_candidate(db, version, by=cast.bruno, reason="It is ripe.")
        ballot = make_ballot(db, cast, version=version, card=CARD)
        extend_ballot(
            db,
            ballot,
            by=cast.ana,
            to_time=ballot.closes_at + timedelta(days=1),
            reason="Holidays.",
        )
        all_vote(db, ballot, voters(cast))
        close_ballot(db, ballot, by=cast.ana)
        clock.forward(hours=1)
    next_one = make_version(db, cast.definition, by=cast.bruno, label="1.2")
    make_candidate(db, next_one, by=cast.bruno)
    make_ballot(db, cast, version=next_one)
    make_ballot(db, cast, proposal=make_proposal(db, cast, clause=5, words="Where from."))
    db.flush()


def _talk(db: Session, cast: Cast, clock: Clock) -> None:
    clause = clause_of(db, cast.definition, 4)
    first = post_comment(db, cast.definition, by=cast.chloe, clause=clause, body="For *whom*?")
    post_comment(db, cast.definition, by=cast.dara, parent=first, body="For everybody.")
    clock.forward(minutes=1)
    edit_comment(db, cast.definition, first, by=cast.chloe, body="For whom is it *enough*?")
    second = post_comment(db, cast.definition, by=cast.eli, clause=clause, body="Oh.", quote="data")
    retract_comment(db, cast.definition, second, by=cast.eli, reason="Said in haste.")


def _decide(db: Session, cast: Cast, clock: Clock) -> None:
    adopted = make_proposal(db, cast)
    revise_proposal(
        db,
        cast.definition,
        adopted,
        by=cast.chloe,
        title="Say it with an example",
        rationale="Shorter, and **clearer**.",
        steps=[
            Step("reword", clause=4, markdown="Enough to build it again."),
            Step("strike", clause=6),
            Step("move", clause=2, place=Place(after=5)),
        ],
    )
    second_proposal(db, cast.definition, adopted, by=cast.dara)
    ballot = make_ballot(db, cast, proposal=adopted, card=CARD)
    vote(db, ballot, cast.ana, "no", "Too short.")
    all_vote(db, ballot, voters(cast))
    close_ballot(db, ballot, by=cast.ana)
    other = make_proposal(db, cast, clause=5, words="Whence each came.")
    rejected = make_ballot(db, cast, proposal=other, card=CARD)
    declare_recusal(db, rejected, by=cast.dara, reason="My brother wrote it.")
    withdraw_recusal(db, rejected, by=cast.dara)
    declare_recusal(db, rejected, by=cast.ana, reason="I am paid by who asks.")
    all_vote(db, rejected, voters(cast)[1:], "no")
    clock.forward(days=8)
    close_ballot(db, rejected, by=None)
    taken_back = make_proposal(db, cast, clause=5, words="From where.")
    withdraw_proposal(db, cast.definition, taken_back, by=cast.chloe, reason="Not needed.")


def test_an_honest_case_has_no_findings(db: Session, case: None) -> None:
    assert [str(one) for one in verify(db)] == []


def test_every_table_has_rows_to_tamper_with(db: Session, case: None) -> None:
    counts = {name: db.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES}
    assert [name for name, count in counts.items() if not count] == []


@pytest.mark.slow
def test_one_flipped_bit_anywhere_is_found(db: Session, case: None) -> None:
    unguard(db)
    tried, unseen = set(), set()
    for name in TABLES:
        for column, key, value in flips(db, Base.metadata.tables[name]):
            tried.add(f"{name}.{column.name}")
            savepoint = db.begin_nested()
            db.execute(column.table.update().where(*key).values({column: value}))
            db.expunge_all()
            if next(verify(db, nearest_first(column.table)), None) is None:
                unseen.add(f"{name}.{column.name}")
            savepoint.rollback()
    assert unseen == set()
    assert len(tried) > 120


def nearest_first(table: Table) -> list[Check]:
    """The checks, that of the table's own room before the others, which saves time."""
    room = next(m.class_.__module__ for m in Base.registry.mappers if m.local_table is table)
    room = room.removesuffix("models")
    return sorted(CHECKS, key=lambda check: not check.__module__.startswith(room))


def flips(db: Session, table: Table) -> Iterator[tuple[Column[Any], list[Any], Any]]:
    """For each column a row that has a value there, and that value with a bit flipped."""
    rows = db.execute(select(table).order_by(*table.primary_key)).mappings().all()
    for column in table.columns:
        row = next((row for row in rows if row[column] not in (None, "", {})), None)
        if row is not None and column.name != "id":
            key = [one == row[one] for one in table.primary_key.columns]
            yield column, key, flipped(row[column])


def flipped(value: Any) -> Any:
    """A value of the same kind that differs as little as can be."""
    match value:
        case bool():
            return not value
        case int():
            return value ^ 1024
        case str():
            return flip(value)
        case datetime():
            return value + timedelta(microseconds=1)
        case dict():
            name = min(name for name, inner in value.items() if inner not in (None, "", []))
            return value | {name: flipped(value[name])}
        case [first, *others]:
            return [flipped(first), *others]
    raise TypeError(value)
