"""Importing: a draft becomes a version, clause by clause, and comes out with the words it had."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions import queries
from app.definitions.actions import create_definition
from app.definitions.actions_clause import edit_clause
from app.definitions.comparison import Verdict, compare
from app.definitions.draft import render, words
from app.definitions.importing import import_draft, plan_import
from app.definitions.models import Change, Clause, Definition
from app.kit.refusals import Refused
from app.record.models import Entry
from tests.cast import Cast
from tests.definitions.test_draft import REAL

pytestmark = pytest.mark.usefixtures("clock")

FIRST = "# Open\n\nWhoever has it may use it.\n\n- **Use** it\n- **Study** it and share what was found\n"
SECOND = (
    "# Open\n\nWhoever has it may use it freely.\n\n- **Study** it and share what was found\n"
    "- **Use** it\n- **Share** it\n"
)


@pytest.fixture
def empty(db: Session, cast: Cast) -> Definition:
    return create_definition(db, cast.group, by=cast.ana, slug="weights", name="Open Weights")


def exported(db: Session, text_id: int) -> str:
    return render([clause.block for clause in queries.text_of(db, text_id)])


def test_a_first_draft_becomes_clauses_and_a_version(
    db: Session, cast: Cast, empty: Definition
) -> None:
    version = import_draft(db, empty, by=cast.bruno, markdown=FIRST, label="0.1", note="Begun.")
    assert exported(db, version.text_id) == FIRST
    assert [clause.number for clause in queries.text_of(db, version.text_id)] == [1, 2, 3, 4]
    changes = db.scalars(select(Change).where(Change.definition_id == empty.id)).all()
    assert {(change.kind, change.source, change.reason) for change in changes} == {
        ("add", "import", "Begun.")
    }
    entries = db.scalars(select(Entry).where(Entry.log_id == empty.log_id)).all()
    assert [entry.verb for entry in entries] == ["definition.created", "draft.imported"]
    assert entries[1].about["version"] == "0.1"


def test_a_later_draft_keeps_the_clauses_that_it_continues(
    db: Session, cast: Cast, empty: Definition
) -> None:
    first = import_draft(db, empty, by=cast.bruno, markdown=FIRST, label="0.1")
    second = import_draft(db, empty, by=cast.bruno, markdown=SECOND, label="0.2")
    assert exported(db, second.text_id) == SECOND
    rows = compare(queries.tree_of(db, first.text_id), queries.tree_of(db, second.text_id)).rows
    assert [(row.clause, str(row.verdict)) for row in rows] in (
        [(1, "unchanged"), (2, "reworded"), (4, "moved"), (3, "unchanged"), (5, "added")],
        [(1, "unchanged"), (2, "reworded"), (4, "unchanged"), (3, "moved"), (5, "added")],
    )


def test_an_editor_can_correct_the_plan(db: Session, cast: Cast, empty: Definition) -> None:
    import_draft(db, empty, by=cast.bruno, markdown=FIRST, label="0.1")
    drafted = plan_import(db, empty, SECOND)
    take = list(drafted.plan.take)
    take[1] = None
    assert drafted.plan.counts["gone"] == 0
    version = import_draft(
        db, empty, by=cast.bruno, markdown=SECOND, label="0.2", take=take, base=drafted.base
    )
    assert [c.number for c in queries.text_of(db, version.text_id)] == [1, 5, 4, 3, 6]


def test_a_plan_for_a_text_that_moved_on_is_refused(
    db: Session, cast: Cast, empty: Definition
) -> None:
    import_draft(db, empty, by=cast.bruno, markdown=FIRST, label="0.1")
    base = plan_import(db, empty, SECOND).base
    edit_clause(db, empty, by=cast.ana, clause=3, markdown="**Use** it well", reason="Better.")
    with pytest.raises(Refused) as refused:
        import_draft(db, empty, by=cast.bruno, markdown=SECOND, label="0.2", base=base)
    assert refused.value.refusal.code == "text_moved_on"
    assert queries.versions_of(db, empty)[-1].label == "0.1"


def test_a_draft_that_says_the_same_is_a_version_without_changes(
    db: Session, cast: Cast, empty: Definition
) -> None:
    first = import_draft(db, empty, by=cast.ana, markdown=FIRST, label="0.1")
    again = import_draft(
        db, empty, by=cast.ana, markdown=FIRST.replace("may use", "may\u00a0use"), label="0.2"
    )
    assert again.text_id == first.text_id
    assert db.scalars(select(Change.step).where(Change.definition_id == empty.id)).all() == [1] * 4


def test_a_clause_that_went_and_comes_back_by_choice_is_a_new_one(
    db: Session, cast: Cast, empty: Definition
) -> None:
    import_draft(db, empty, by=cast.ana, markdown=FIRST, label="0.1")
    import_draft(db, empty, by=cast.ana, markdown="# Open\n", label="0.2")
    import_draft(db, empty, by=cast.ana, markdown=FIRST, label="0.3")
    numbers = db.scalars(select(Clause.number).where(Clause.definition_id == empty.id)).all()
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("markdown", "label", "take", "code"),
    [
        ("", "0.2", None, "draft_empty"),
        (" \n", "0.2", None, "draft_empty"),
        ("a" * 1_000_001, "0.2", None, "draft_too_long"),
        ("half \ud83d", "0.2", None, "draft_not_text"),
        (SECOND, "0.1", None, "label_in_use"),
        (SECOND, "no label", None, "label_not_taken"),
        (SECOND, "0.2", [1], "plan_not_fitting"),
        (SECOND, "0.2", [1, 1, None, None, None], "plan_not_possible"),
        (SECOND, "0.2", [99, None, None, None, None], "plan_not_possible"),
    ],
)
def test_it_refuses_what_cannot_be_imported(
    db: Session,
    cast: Cast,
    empty: Definition,
    markdown: str,
    label: str,
    take: list[int | None] | None,
    code: str,
) -> None:
    import_draft(db, empty, by=cast.ana, markdown=FIRST, label="0.1")
    with pytest.raises(Refused) as refused:
        import_draft(db, empty, by=cast.ana, markdown=markdown, label=label, take=take)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("person", ["chloe", "eli", "sam"])
def test_it_refuses_whoever_does_not_keep_the_text(
    db: Session, cast: Cast, empty: Definition, person: str
) -> None:
    with pytest.raises(Refused) as refused:
        import_draft(db, empty, by=getattr(cast, person), markdown=FIRST, label="0.1")
    assert refused.value.refusal.code == "editors_only"


def test_real_drafts_come_out_with_the_words_they_had(
    db: Session, cast: Cast, empty: Definition
) -> None:
    missing = [path for path in REAL if not Path(path).exists()]
    if missing:
        pytest.skip(f"no draft at {missing[0]}; set CLAUSEWISE_DRAFTS or CLAUSEWISE_DRAFT")
    versions = [
        import_draft(db, empty, by=cast.bruno, markdown=path.read_text(), label=f"0.{number}")
        for number, path in enumerate(REAL, 1)
    ]
    for path, version in zip(REAL, versions, strict=True):
        assert words(exported(db, version.text_id)) == words(path.read_text())
    for one in versions:
        for other in versions:
            a, b = queries.tree_of(db, one.text_id), queries.tree_of(db, other.text_id)
            comparison = compare(a, b)
            assert [row.after for row in comparison.rows if row.after] == list(b)
            if one is other:
                assert comparison.counts[Verdict.unchanged] == len(a)
