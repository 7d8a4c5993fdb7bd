"""Writing files without a server."""

from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from app.cli import Failed, commands
from app.definitions.actions import make_version
from app.kit.refusals import NotFound
from tests.live import Live

RUNNER = CliRunner()


@pytest.fixture
def case(live: Live, monkeypatch: pytest.MonkeyPatch) -> Live:
    """A version, in the database that the commands find in the environment."""
    with live.database.writing() as db:
        definition = db.merge(live.cast.definition)
        definition.visibility = "group"
        make_version(db, definition, by=live.cast.bruno, label="1.0")
    monkeypatch.setenv("DATABASE_URL", live.url)
    monkeypatch.setenv("CLAUSEWISE_BASE_URL", "https://clausewise.example.org")
    return live


def test_a_version_is_written_to_a_file(case: Live, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    done = RUNNER.invoke(
        commands, ["export", "open-source-ai", "1.0", "--format", "pdf", "-o", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")


def test_in_a_folder_it_gets_its_own_name(case: Live, tmp_path: Path) -> None:
    RUNNER.invoke(commands, ["export", "open-source-ai", "1.0", "-o", str(tmp_path)])
    written = tmp_path / "open-source-ai-1.0.md"
    assert written.read_text().startswith("# Open Source AI\n")


def test_without_a_file_it_goes_to_standard_output(case: Live) -> None:
    done = RUNNER.invoke(commands, ["export", "open-source-ai"])
    assert done.stdout.startswith("# Open Source AI\n")


def test_what_is_not_there_is_not_written(case: Live, tmp_path: Path) -> None:
    for arguments in (["no-such-thing"], ["open-source-ai", "9.9"]):
        done = RUNNER.invoke(commands, ["export", *arguments])
        assert isinstance(done.exception, NotFound)
    nowhere = RUNNER.invoke(
        commands, ["export", "open-source-ai", "-o", str(tmp_path / "no" / "out.md")]
    )
    assert nowhere.exit_code == 2
    assert RUNNER.invoke(commands, ["export", "open-source-ai", "--format", "doc"]).exit_code == 2


def test_verify_says_that_all_is_well_or_what_is_not(case: Live) -> None:
    assert RUNNER.invoke(commands, ["verify"]).exit_code == 0
    with case.database.writing() as db:
        db.execute(text("UPDATE logs SET size = size + 1 WHERE subject = 'd/open-source-ai'"))
    broken = RUNNER.invoke(commands, ["verify"])
    assert isinstance(broken.exception, Failed)
