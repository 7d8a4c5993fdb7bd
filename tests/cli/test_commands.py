"""The command line: verbs and queries, one sentence when something is not possible."""

import subprocess
import sys
from datetime import timedelta
from textwrap import dedent

import pytest

from app.cli import COMMANDS, Later
from app.kit.db import Database
from app.people.models import SignIn
from app.people.queries import person_by_email
from tests.cast import SINCE
from tests.serving import ROOT


def test_a_command_says_of_itself_what_its_room_says():
    for name, (where, sentence) in COMMANDS.items():
        assert Later(name, where, sentence).imported().help == sentence, name


def test_who_asks_what_there_is_waits_for_no_room():
    told = new_process("""
        from app import cli
        try:
            cli.commands(["--help"])
        except SystemExit:
            import sys
            print("imported:", *sys.modules)
    """)
    words, _, imported = told.partition("imported:")
    assert all(name in words for name in COMMANDS)
    assert not {"sqlalchemy", "fastapi", "pydantic", "uvicorn", "app.settings"} & {
        *imported.split()
    }


@pytest.mark.slow
def test_a_command_imports_all_tables_that_its_rows_refer_to():
    """Each of them alone: in one process the first would explain the rows of the next."""
    modules = sorted({where.partition(":")[0] for where, _ in COMMANDS.values()} - {"app.cli"})
    assert "app.serving" in modules
    told = new_process(f"""
        import os
        import alembic.command, authlib, cryptography, fastapi, pydantic_settings, rich, typer
        from importlib import import_module
        from sqlalchemy.orm import configure_mappers
        for module in {modules}:
            if os.fork():
                os.wait()
                continue
            import_module(module)
            configure_mappers()
            from app.kit.db import Base
            for table in Base.metadata.tables.values():
                for key in table.foreign_keys:
                    key.column
            print(module)
            break
    """)
    assert sorted(told.split()) == modules


def new_process(program):
    """What a program prints that nobody has imported anything for."""
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_verify_agrees_with_an_honest_record(run):
    code, printed, _ = run("verify")
    assert code == 0
    assert "Everything agrees" in printed


def test_export_writes_the_working_text(run, live, tmp_path):
    code, printed, _ = run("export", "open-source-ai")
    assert code == 0
    assert printed.startswith("# Open Source AI")
    assert "**any purpose**" in printed
    path = tmp_path / "text.json"
    assert run("export", "open-source-ai", "--format", "json", "--output", str(path))[0] == 0
    assert b'"clauses"' in path.read_bytes()


REFUSED = [
    "export nothing-here",
    "export open-source-ai 9.9",
    "add-member open-definitions x@example.org --by nobody@example.org",
    "add-member open-definitions sam.okoro@example.org --by dara.singh@example.org",
    "add-member open-definitions eli.novak@example.org --by ana.ferreira@example.org",
    "new-group open-definitions Again --chair ana.ferreira@example.org",
    "grant-administrator nobody@example.org",
    "revoke-administrator ana.ferreira@example.org",
]


def test_what_is_not_possible_is_one_sentence(run):
    for words in REFUSED:
        code, printed, complained = run(*words.split())
        assert (code, printed) == (1, ""), words
        assert complained.strip().endswith("."), words
        assert "Traceback" not in complained, words
        assert len(complained.strip().splitlines()) == 1, words


def test_a_chair_brings_somebody_in(run, live):
    words = (
        "add-member",
        "open-definitions",
        "Ida@Example.org",
        "--by",
        "ana.ferreira@example.org",
    )
    code, printed, _ = run(*words, "--name", "Ida Lund", "--category", "deployers")
    assert code == 0, printed
    with live.database.reading() as db:
        ida = person_by_email(db, "ida@example.org")
    assert ida is not None
    assert ida.name == "Ida Lund"


def test_an_operator_makes_an_administrator_and_ends_that(run, live):
    code, printed, _ = run("grant-administrator", "Ana.Ferreira@example.org")
    assert (code, printed) == (0, "Ana Ferreira administers this instance from now on.\n")
    code, _, complained = run("grant-administrator", "ana.ferreira@example.org")
    assert (code, complained) == (1, "Ana Ferreira administers this instance already.\n")
    assert run("revoke-administrator", "ana.ferreira@example.org")[0] == 0
    assert run("verify")[0] == 0


@pytest.mark.alike
def test_a_new_database_is_migrated_once(run, tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    assert "revision" in run("migrate", url=url)[1]
    assert run("migrate", url=url)[1] == ""
    Database(url).dispose()


@pytest.mark.alike
def test_what_is_not_migrated_is_not_served(run, tmp_path):
    for command in ("serve", "worker"):
        code, _, complained = run(command, url=f"sqlite:///{tmp_path}/bare.db")
        assert code == 1, command
        assert "clausewise migrate" in complained, command


@pytest.mark.alike
def test_a_database_that_is_not_there_is_said(run):
    code, _, complained = run("verify", url="postgresql://nobody@127.0.0.1:1/nothing")
    assert code == 1
    assert len(complained.strip().splitlines()) == 1


@pytest.mark.alike
def test_version_says_which(run):
    assert run("version")[1].startswith("Clausewise 0.")


def test_somebody_is_erased_by_their_address_and_all_agrees(run, live):
    code, printed, _ = run("erase-person", "dara.singh@example.org", "--yes")
    assert code == 0
    assert printed == f"{live.cast.dara.id} is “Somebody who left” from now on.\n"
    assert run("verify")[0] == 0
    with live.database.reading() as db:
        assert person_by_email(db, "dara.singh@example.org") is None


def test_nobody_is_erased_who_is_not_there_or_the_last_chair(run):
    for who, why in (("nobody", "There is no"), ("ana.ferreira", "no other in")):
        code, _, complained = run("erase-person", f"{who}@example.org", "--yes")
        assert code == 1, who
        assert why in complained, who


@pytest.mark.alike
def test_a_worker_of_its_own_takes_away_what_is_over(live):
    with live.database.writing() as db:
        sign_in = SignIn(
            token_hash="0" * 64,
            person_id=live.cast.ana.id,
            since=SINCE,
            expires_at=SINCE + timedelta(days=1),
            id_token="signed",
        )
        db.add(sign_in)
    new_process(f"""
        from app.serving import Database, Settings, the_worker
        url = "{live.url}"
        the_worker.turn(Database(url), Settings(database_url=url, secret_key="for tests only"))
    """)
    with live.database.reading() as db:
        assert db.get_one(SignIn, sign_in.id).id_token is None
