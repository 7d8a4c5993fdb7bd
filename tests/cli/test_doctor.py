"""`clausewise doctor`: each thing that can be wrong is found, with what to do, and no secret told."""

import json
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from app.kit.mail import TRIES_MAX, queue_mail
from app.operating import doctor, doctor_services
from app.settings import Settings
from tests.databases import migrate
from tests.people.elsewhere import real_provider
from tests.serving import ROOT, free_port

KEY = "0123456789abcdef" * 4


class Inbox:
    """A mail server's end: who came, and what was left."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp():
    """``smtp("user:password@")``: the address of a mail server that takes one name only."""
    inbox = Inbox()

    def only_ana(server, session, envelope, mechanism, auth_data):
        return AuthResult(success=auth_data.password == b"right", handled=False)

    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=only_ana,
        auth_require_tls=False,
    )
    controller.start()
    yield lambda who="": f"smtp://{who}127.0.0.1:{controller.port}"
    assert inbox.messages == [], "looking sends nothing"
    controller.stop()


@pytest.fixture
def earnest(live, smtp):
    """Everything as it should be."""
    return Settings(
        database_url=live.url,
        base_url="https://definitions.example.org",
        secret_key=KEY,
        smtp_url=smtp("ana:right@"),
        mail_from="Clausewise <definitions@example.org>",
        node_modules=ROOT / "node_modules",
    )


def seen(settings, **changed):
    settings = settings.model_copy(update=changed)
    return list(doctor.look(settings, doctor_services.QUESTIONS))


def faults(found):
    return {one.subject: one.sentence for one in found if one.level == "fault"}


def test_where_all_is_well_there_is_nothing_to_do(earnest):
    found = seen(earnest)
    assert {one.level for one in found} == {"fine"}
    subjects = {one.subject for one in found}
    assert {"address", "mode", "secret key", "packages", "database", "tables", "mail"} <= subjects
    assert {"writing", "worker"} <= subjects


@pytest.mark.alike
def test_trying_it_out_is_no_fault(earnest):
    here = {"base_url": "http://127.0.0.1:8000", "development": True, "demo": True, "smtp_url": ""}
    assert faults(seen(earnest, **here)) == {}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"base_url": "http://definitions.example.org"}, "address", "set CLAUSEWISE_BASE_URL"),
    ({"demo": True}, "mode", "turn CLAUSEWISE_DEMO off"),
    ({"development": True}, "mode", "Turn CLAUSEWISE_DEVELOPMENT off"),
    ({"secret_key": "short"}, "secret key", "32 random bytes"),
    ({"smtp_url": ""}, "mail", "set CLAUSEWISE_SMTP_URL"),
    ({"smtp_url": "smtp://127.0.0.1:1"}, "mail", "can't be reached"),
    ({"smtp_url": "smtp://127.0.0.1:no"}, "mail", "can't be reached"),
    ({"node_modules": ROOT / "nowhere"}, "packages", "make node_modules"),
    ({"database_url": "postgresql://ana@127.0.0.1:1/x"}, "database", "does not answer"),
    ({"database_url": "sqlite:////nowhere/at/all.db"}, "database", "clausewise migrate"),
    ({"providers": "no JSON"}, "providers", "is not JSON"),
    (
        {"providers": '{"gitlab": {"client_id": "a", "client_secret": "b", "issuer": "https://127.0.0.1:1"}}'},
        "gitlab",
        "does not answer",
    ),
]  # fmt: skip


@pytest.mark.alike
def test_what_is_wrong_is_found_and_nothing_else(earnest):
    for changed, subject, words in WRONG:
        found = faults(seen(earnest, **changed))
        assert list(found) == [subject], changed
        assert words in found[subject], changed


@pytest.mark.alike
def test_a_provider_that_answers(earnest, tmp_path):
    with real_provider(tmp_path / "provider.log") as issuer:
        entry = {"client_id": "a", "client_secret": "b", "issuer": issuer}
        github = {"client_id": "a", "client_secret": "b"}
        found = seen(
            earnest,
            base_url="http://127.0.0.1:8000",
            development=True,
            providers=json.dumps({"work": entry, "github": github}),
        )
    assert faults(found) == {}
    told = {one.subject: one.sentence for one in found}
    assert told["work"] == "work answers."
    assert "try to sign in" in told["github"]


@pytest.mark.alike
def test_a_wrong_password_of_the_mail_server(earnest, smtp):
    found = faults(seen(earnest, smtp_url=smtp("ana:wrong@")))
    assert list(found) == ["mail"]
    assert "refuses name or password" in found["mail"]


@pytest.mark.alike
def test_a_sender_that_others_refuse_is_noted(earnest):
    found = seen(earnest, mail_from="Clausewise <clausewise@localhost>")
    assert ["CLAUSEWISE_MAIL_FROM" in one.sentence for one in found if one.level == "note"] == [
        True
    ]


@pytest.mark.alike
def test_a_key_that_others_can_read(earnest, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (none,) = [one for one in seen(earnest, secret_key="") if one.subject == "secret key"]
    assert none.level == "note"
    (tmp_path / "var").mkdir()
    (tmp_path / "var/secret_key").write_text(KEY)
    (tmp_path / "var/secret_key").chmod(0o644)
    assert "chmod 600" in faults(seen(earnest, secret_key=""))["secret key"]
    (tmp_path / "var/secret_key").chmod(0o600)
    assert faults(seen(earnest, secret_key="")) == {}


@pytest.mark.parametrize("to", ["base", "-1"])
def test_a_database_that_is_not_up_to_date(earnest, live, to):
    live.database.dispose()
    migrate(live.url, to)
    assert faults(seen(earnest)) == {
        "tables": "The database is not up to date: run `clausewise migrate`."
    }


def test_a_worker_that_does_not_run(earnest, live, clock):
    with live.database.writing() as db:
        queue_mail(db, to="ana@example.org", subject="Words", text="words")
    clock.forward(hours=1)
    found = faults(seen(earnest))
    assert "worker" in found and "1 mails to send" in found["worker"]


def test_mail_that_was_given_up_is_noted(earnest, live, clock):
    with live.database.writing() as db:
        queue_mail(db, to="ana@example.org", subject="Words", text="words").tries = TRIES_MAX
    found = seen(earnest)
    assert faults(found).keys() <= {"clock"}
    assert ["given up" in one.sentence for one in found if one.level == "note"] == [True]


def test_a_clock_that_is_off(earnest, live, clock):
    """The test's clock stands still in the past: the database's does not."""
    clock.forward(days=-1)
    found = faults(seen(earnest))
    assert found == {} if live.database.is_sqlite else "NTP" in found["clock"]


@pytest.mark.alike
def test_looking_makes_no_database(earnest, tmp_path):
    seen(earnest, database_url=f"sqlite:///{tmp_path}/none/file.db")
    assert not (tmp_path / "none").exists()


@pytest.mark.alike
def test_what_breaks_off_is_told_and_keeps_nothing_from_being_seen(earnest):
    def strange_question(settings):
        yield doctor.fine("this", "is seen")
        raise LookupError("a secret")

    before, broken, *after = doctor.look(earnest, (strange_question, doctor.address))
    assert (before.subject, broken.subject) == ("this", "strange question")
    assert broken.level == "fault"
    assert "a secret" not in broken.sentence
    assert after


@pytest.mark.alike
class TestCommand:
    def test_it_says_what_to_do_and_ends_with_one(self, run, monkeypatch):
        monkeypatch.setenv("CLAUSEWISE_SECRET_KEY", KEY)
        monkeypatch.setenv("CLAUSEWISE_SMTP_URL", "smtp://ana:pass-word@127.0.0.1:1")
        code, printed, complained = run("doctor")
        assert code == 1
        assert "fault  address" in printed and "fault  mail" in printed
        assert "fine   tables" in printed
        assert complained == "There are 2 faults.\n"
        assert KEY not in printed and "pass-word" not in printed

    def test_where_all_is_well_it_ends_with_nothing(self, run, monkeypatch, live):
        monkeypatch.setenv("CLAUSEWISE_SECRET_KEY", KEY)
        monkeypatch.setenv("CLAUSEWISE_DEVELOPMENT", "true")
        code, printed, complained = run("doctor")
        assert (code, complained) == (0, ""), printed
        assert "fault" not in printed
