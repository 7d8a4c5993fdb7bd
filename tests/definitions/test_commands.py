"""`clausewise import`: the plan as a table, a question, a version."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import commands
from app.definitions import queries
from app.definitions.draft import render
from app.kit.refusals import NotFound, Refused
from tests.live import Live

FIRST = "# Open Weights\n\nWhoever has them may use them.\n\n- **Use** them\n- **Share** them\n"
SECOND = FIRST.replace("may use", "can use").replace("- **Use** them\n", "") + "- **Sell** them\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "0.1.md"
    path.write_text(FIRST)
    return path


@pytest.fixture(autouse=True)
def database(live: Live, monkeypatch: pytest.MonkeyPatch) -> Live:
    monkeypatch.setenv("DATABASE_URL", live.url)
    return live


def run(
    draft: Path, version: str, *more: str, by: str | None = "bruno.keller", answer: str = ""
) -> Result:
    arguments = ["import", str(draft), "--definition", "weights", "--version", version, *more]
    arguments += ["--by", f"{by}@example.org"] if by else []
    return CliRunner().invoke(commands, arguments, input=answer)


def new(draft: Path) -> Result:
    group = ("--group", "open-definitions", "--name", "Open Weights")
    return run(draft, "0.1", *group, "--yes")


def written(live: Live) -> str:
    with live.database.reading() as db:
        text = queries.definition_for(db, "weights", None).working.text_id
        return render([clause.block for clause in queries.text_of(db, text)])


def test_a_draft_begins_a_definition(live: Live, draft: Path) -> None:
    done = new(draft)
    assert done.exit_code == 0, done.output
    assert "Version 0.1 is at /d/weights/v/0.1: 4 added." in done.output
    assert written(live) == FIRST
    with live.database.reading() as db:
        version = queries.version_of(db, queries.definition_for(db, "weights", None), "0.1")
        assert version.by.name == "Bruno Keller"


def test_nobody_imports_in_the_name_of_another_unsaid(live: Live, draft: Path) -> None:
    done = run(draft, "0.1", "--group", "open-definitions", "--yes", by=None)
    assert done.exit_code == 2
    with live.database.reading() as db, pytest.raises(NotFound):
        queries.definition_for(db, "weights", None)


def test_a_later_draft_shows_its_plan_and_asks(live: Live, draft: Path) -> None:
    new(draft)
    draft.write_text(SECOND)
    asked = run(draft, "0.2", answer="n\n")
    assert asked.exit_code == 1
    assert "reworded" in asked.output
    assert written(live) == FIRST
    done = run(draft, "0.2", answer="y\n")
    assert done.exit_code == 0, done.output
    assert written(live) == SECOND


def test_what_cannot_be_is_refused(draft: Path) -> None:
    assert isinstance(run(draft, "0.1", "--yes").exception, NotFound)
    new(draft)
    assert isinstance(run(draft, "0.1", "--yes").exception, Refused)
    chloe = run(draft, "0.2", "--yes", by="chloe.marchand")
    assert isinstance(chloe.exception, Refused)
    nobody = run(draft, "0.2", "--yes", by="nobody")
    assert isinstance(nobody.exception, NotFound)
    draft.write_bytes(b"\xff\xfe")
    assert isinstance(run(draft, "0.2", "--yes").exception, Refused)
    assert run(draft.parent / "none.md", "0.2").exit_code == 2
