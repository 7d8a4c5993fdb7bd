"""What monitors ask, and what they are not told."""

import re
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from app.kit.db import Database
from app.kit.mail import queue_mail
from app.kit.models import Mail
from app.main import create_app
from app.operating import readiness, revisions
from app.record.models import Entry
from tests.ballots.staging import make_ballot
from tests.databases import migrate
from tests.serving import wire

TOKEN = "a token for monitors only"
BEARER = {"authorization": f"Bearer {TOKEN}"}


def asking(settings, database):
    """Asks an instance over a database, set up as said."""

    def ask(path, headers=None, **changed):
        app = create_app(settings.model_copy(update=changed), database)
        client = TestClient(app, base_url="https://testserver", follow_redirects=False)
        return client.get(path, headers=headers or {})

    return ask


@pytest.fixture
def probe(db, database, settings):
    return asking(settings, database)


@pytest.fixture
def live_probe(live, settings):
    return asking(settings, live.database)


class TestLiving:
    def test_it_asks_nobody(self, settings):
        """A database that is not there is no reason to restart this process."""
        away = Database("postgresql://nobody@127.0.0.1:1/nothing")
        client = TestClient(create_app(settings, away), base_url="https://testserver")
        assert client.get("/healthz").text == "ok\n"


class TestBeingReady:
    def test_it_is_ready(self, probe):
        answer = probe("/readyz")
        assert (answer.status_code, answer.text) == (200, "ready\n")
        assert answer.headers["content-type"].startswith("text/plain")

    def test_it_is_ready_while_somebody_writes(self, live, live_probe):
        with live.database.writing() as db:
            db.execute(text("UPDATE persons SET theme = 'dark'"))
            assert live_probe("/readyz").status_code == 200

    def test_a_database_that_is_not_there(self, settings):
        away = Database("postgresql://nobody:pass-word@127.0.0.1:1/nothing")
        client = TestClient(create_app(settings, away), base_url="https://testserver")
        answer = client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "The database does not answer.\n")

    @pytest.mark.parametrize(("to", "told"), [("-1", "clausewise migrate"), ("base", "migrate")])
    def test_a_database_that_is_not_up_to_date(self, live, live_probe, to, told):
        live.database.dispose()
        migrate(live.url, to)
        answer = live_probe("/readyz")
        assert answer.status_code == 503
        assert told in answer.text

    def test_a_database_of_a_later_release(self, db, probe):
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        answer = probe("/readyz")
        assert answer.status_code == 503
        assert "later release" in answer.text
        assert "9999" not in answer.text

    def test_a_database_that_takes_no_writes(self, live, backend, tmp_path, live_probe):
        if backend == "postgresql":
            name = live.database.url.database
            with live.database.writing() as db:
                db.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
            live.database.dispose()
            answer = live_probe("/readyz")
            assert (answer.status_code, answer.text) == (503, "The database can't be written to.\n")
        else:
            database = Database(f"sqlite:///{tmp_path}/gone/file.db")
            shutil.rmtree(tmp_path / "gone")
            assert readiness.writing_wrong(database) == "The database can't be written to."

    def test_ballots_that_should_be_closed(self, db, cast, probe, clock):
        ballot = make_ballot(db, cast)
        clock.set_to(ballot.closes_at + readiness.BEHIND - timedelta(seconds=1))
        assert probe("/readyz").status_code == 200
        clock.forward(seconds=1)
        answer = probe("/readyz")
        assert answer.status_code == 503
        assert "1 ballots to close" in answer.text

    def test_mail_that_should_have_left(self, db, probe, clock):
        queue_mail(db, to="ana@example.org", subject="Words", text="words")
        clock.forward(hours=1)
        assert probe("/readyz").status_code == 200, "without a mail server, mail waits"
        answer = probe("/readyz", smtp_url="smtp://127.0.0.1")
        assert answer.status_code == 503
        assert "1 mails to send" in answer.text
        assert "example.org" not in answer.text

    def test_the_newest_revision_is_that_of_a_new_database(self, migrated):
        with migrated.reading() as db:
            assert revisions.revision_of(db.connection()) == revisions.newest()
        assert revisions.newest() in revisions.known()


class TestMetrics:
    @pytest.mark.alike
    def test_without_a_token_there_is_no_such_page(self, probe):
        answer = probe("/metrics", headers=BEARER)
        assert answer.status_code == 404
        assert "text/html" in answer.headers["content-type"]

    @pytest.mark.alike
    def test_a_wrong_token_is_refused(self, probe):
        wrong = ["Bearer wrong", TOKEN, b"\xe9", None]
        for one in wrong:
            headers = {b"authorization": one} if one else {}
            answer = probe("/metrics", metrics_token=TOKEN, headers=headers)
            assert answer.status_code == 401, one
            assert answer.headers["www-authenticate"] == "Bearer", one
            assert "clausewise_" not in answer.text, one

    def test_it_counts_by_route_and_status(self, db, cast, database, settings, clock):
        ballot = make_ballot(db, cast)
        queue_mail(db, to="ana@example.org", subject="Words", text="words")
        mails = len(db.scalars(select(Mail)).all())  # the ballot has some, too
        clock.set_to(ballot.closes_at)
        settings = settings.model_copy(update={"metrics_token": TOKEN})
        client = TestClient(create_app(settings, database), base_url="https://testserver")
        for path in ("/d/open-source-ai", "/d/open-source-ai", "/d/nothing", "/ana@example.org"):
            client.get(path)
        client.request("BREW", "/d/open-source-ai")
        told = numbers(client.get("/metrics", headers=BEARER).text)
        one = 'clausewise_requests_total{method="%s",route="%s",status="%s"}'
        assert told[one % ("GET", "/d/{slug}", 200)] == 2
        assert told[one % ("GET", "/d/{slug}", 404)] == 1
        assert told[one % ("GET", "none", 404)] == 1
        assert told[one % ("other", "/d/{slug}", 405)] == 1
        took = 'clausewise_request_seconds_count{method="GET",route="/d/{slug}"}'
        assert told[took] == 3
        assert told["clausewise_mail_waiting"] == mails
        assert told["clausewise_mail_given_up"] == 0
        assert told["clausewise_ballots_due"] == 1
        assert told["clausewise_record_entries"] == len(db.scalars(select(Entry)).all()) > 0
        assert not [name for name in told if "open-source" in name or "@" in name]

    @pytest.mark.slow
    @pytest.mark.alike
    def test_several_processes_tell_one_sum(self, served):
        served.environment = {**served.environment, "CLAUSEWISE_METRICS_TOKEN": TOKEN}
        served.options = ("--workers", "2")
        served.start()
        for _ in range(40):  # a connection each, so that both processes get some
            with wire() as client:
                client.get(f"{served.url}/d/open-source-ai")
        name = 'clausewise_requests_total{method="GET",route="/d/{slug}",status="200"}'
        for _ in range(10):
            with wire() as client:
                answer = client.get(f"{served.url}/metrics", headers=BEARER)
            assert numbers(answer.text)[name] == 40
            assert "clausewise_record_entries" in answer.text


def numbers(page):
    """Every sample, by its name and labels."""
    return {
        name: float(value) for name, value in re.findall(r"^(clausewise\S+) (\S+)$", page, re.M)
    }
