"""`clausewise backup` and `clausewise restore`, as an operator types them."""

import sys
import zipfile

import pytest
from sqlalchemy import text

from app import cli
from app.kit.db import Database
from app.operating import tables
from app.people.queries import person_by_email
from tests.databases import bare_database


@pytest.fixture
def elsewhere(backend, tmp_path, worker_id):
    """The URL of another database, with no table in it."""
    with bare_database(backend, tmp_path, f"elsewhere_{worker_id}") as url:
        yield url


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.zip"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("CLAUSEWISE_SECRET_KEY", "a key for tests only")


def test_there_and_back(run, live, elsewhere, path):
    code, printed, _ = run("backup", str(path))
    assert code == 0
    assert str(path) in printed and "rows of" in printed
    assert path.stat().st_mode & 0o077 == 0, "it holds what nobody else may read"
    code, printed, complained = run("restore", str(path), url=elsewhere)
    assert (code, complained) == (0, "")
    assert "Everything agrees" in printed
    database = Database(elsewhere)
    with database.reading() as db:
        ana = person_by_email(db, "ana.ferreira@example.org")
        assert ana and ana.id == live.cast.ana.id
    database.dispose()


@pytest.mark.alike
def test_it_can_go_through_a_pipe(live, capfdbinary, monkeypatch, path):
    monkeypatch.setenv("DATABASE_URL", live.url)
    monkeypatch.setattr(sys, "argv", ["clausewise", "backup", "-"])
    with pytest.raises(SystemExit):
        cli.main()
    path.write_bytes(capfdbinary.readouterr().out)
    assert zipfile.ZipFile(path).testzip() is None


@pytest.mark.alike
def test_nothing_is_written_over(run, path, tmp_path):
    path.write_text("the backup of yesterday")
    code, printed, complained = run("backup", str(path))
    assert (code, printed) == (1, "")
    assert complained == f"{path} is there already, and is not written over.\n"
    assert path.read_text() == "the backup of yesterday"


@pytest.mark.alike
def test_what_was_not_finished_leaves_nothing(run, elsewhere, path, tmp_path):
    assert run("backup", str(path), url=elsewhere)[0] == 1, "there is nothing in it"
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []


@pytest.mark.alike
def test_what_is_not_possible_is_one_sentence(run):
    for command in ("backup", "restore"):
        code, printed, complained = run(command, "/nowhere/at/all/backup.zip")
        assert (code, printed) == (1, ""), command
        assert len(complained.strip().splitlines()) == 1, command
        assert complained.endswith(".\n"), command


@pytest.mark.alike
def test_it_goes_into_an_empty_database_only(run, path):
    run("backup", str(path))
    code, _, complained = run("restore", str(path))
    assert code == 1
    assert complained.startswith("There is something in this database")


@pytest.mark.alike
def test_another_secret_key_is_told(run, elsewhere, path, monkeypatch):
    run("backup", str(path))
    monkeypatch.setenv("CLAUSEWISE_SECRET_KEY", "another key")
    code, _, complained = run("restore", str(path), url=elsewhere)
    assert code == 0
    assert "The secret key is another" in complained


def test_what_was_damaged_before_is_restored_and_found(run, live, elsewhere, path):
    """Damaged data may be all that there is: it is not kept from anybody, and not hidden either."""
    with live.database.engine.begin() as db, tables.lifted(db, tables.shapes(db)):
        db.execute(text("UPDATE wordings SET html = '<p>other words</p>'"))
    run("backup", str(path))
    code, _, complained = run("restore", str(path), url=elsewhere)
    assert code == 1
    assert "wordings" in complained
    assert complained.strip().splitlines()[-1].startswith("It was restored as it was kept, with")
    assert run("verify", url=elsewhere)[0] == 1
