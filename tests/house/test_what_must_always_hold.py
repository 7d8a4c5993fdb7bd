"""The ten things of docs/architecture.md, "What must always hold". Each has its test here, or one
of another file that is named in ``ELSEWHERE``."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import pytest
from sqlalchemy import Boolean, func, select, text
from sqlalchemy.exc import OperationalError

from app.definitions.models import Definition
from app.kit.db import Base, Db, lock, locked, share
from app.people.models import Person, SignIn
from app.record.models import Entry
from bench.case import Size, tell
from tests.addresses import addresses
from tests.house.plan import ROOT, functions, tree
from tests.pages import path_of

SMALL = Size(clauses=12, comments=6, proposals=4, ballots=4, votes=8)
OURS = {"sec-fetch-site": "same-origin"}

ELSEWHERE = {
    1: ["tests/house/test_furniture.py::test_nobody_commits_but_the_database",
        "tests/house/test_routes.py::test_the_session_ends_before_the_answer_leaves"],
    4: ["tests/ballots/test_rules.py::*end*"],
    5: ["tests/house/test_schema.py::test_one_vote_a_person_is_a_primary_key",
        "tests/house/test_schema.py::test_a_comment_has_exactly_one_subject",
        "tests/house/test_schema.py::test_foreign_keys_are_real_on_both"],
    7: ["tests/house/test_verbs.py::test_a_verb_leaves_exactly_one_entry"],
    8: ["tests/house/test_furniture.py::test_rules_do_not_look_at_the_clock",
        "tests/house/test_furniture.py::test_a_file_knows_only_what_its_kind_may_know"],
    10: ["tests/house/test_schema.py::test_the_database_refuses_to_alter_what_is_final",
         "tests/house/test_schema.py::test_the_words_of_an_entry_can_go_but_not_change",
         "tests/record/test_checks.py::test_a_tombstone_is_no_finding"],
}  # fmt: skip


@pytest.mark.parametrize("point", ELSEWHERE)
def test_what_is_tested_elsewhere_is_there(point):
    for name in ELSEWHERE[point]:
        path, _, test = name.partition("::")
        there = [one.name for one in functions(tree(ROOT / path))]
        found = [one for one in there if Path(one).match(test)]
        assert found, f"{name} is gone: what holds point {point} now?"


class TestOneRequestOneTransaction:
    """1."""

    def test_it_is_committed_before_the_answer_leaves(self, live, live_app):
        """Another connection sees the new session the moment that the answer begins."""
        seen = []

        async def send(message):
            if message["type"] == "http.response.start":
                with live.database.reading() as other:
                    seen.append((message["status"], other.scalar(count_of(SignIn))))

        # In a thread of its own: the browser of other tests keeps a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            form = f"person={live.cast.ana.id}"
            thread.submit(anyio.run, call, live_app, "/sign-in/demo", form, send).result()
        assert seen == [(303, 1)]

    def test_a_refused_verb_leaves_nothing(self, browser, cast, db):
        before = db.scalar(count_of(Entry))
        browser.sign_in(cast.sam)
        answer = browser.post(
            f"/d/{cast.definition.slug}/c/2/edit", markdown="Taken over.", reason="x"
        )
        assert answer.status in {403, 404}
        assert db.scalar(count_of(Entry)) == before

    def test_what_fails_half_way_leaves_nothing(self, app, browser, cast, db):
        @app.post("/test/half-way")
        def half_way(db: Db) -> None:
            db.add(Person(name="Half", since=cast.ana.since))
            db.flush()
            raise LookupError

        assert browser.post("/test/half-way").status == 500
        assert db.scalar(select(Person).where(Person.name == "Half")) is None


async def call(app, path, body, send):
    """One same-origin POST, straight into the application."""
    sent = {"type": "http.request", "body": body.encode(), "more_body": False}

    async def receive():
        return sent

    headers = [
        (b"host", b"testserver"),
        (b"sec-fetch-site", b"same-origin"),
        (b"content-type", b"application/x-www-form-urlencoded"),
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "https", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": headers, "client": ("test", 1), "server": ("testserver", 443),
    }  # fmt: skip
    await app(scope, receive, send)


def count_of(model):
    return select(func.count()).select_from(model)


class TestGetCannotWrite:
    """2."""

    def test_the_database_refuses_it(self, app, browser, cast, db):
        @app.get("/test/writes")
        def writes(db: Db) -> None:
            db.add(Person(name="Sneaked in", since=cast.ana.since))
            db.flush()

        assert browser.get("/test/writes").status >= 500
        assert db.scalar(select(Person).where(Person.name == "Sneaked in")) is None

    def test_no_page_leaves_an_entry(self, app, browser, api, cast, db):
        before = db.scalar(count_of(Entry))
        browser.sign_in(cast.ana)
        api = api.as_(cast.ana)
        for one in addresses(app):
            if one.method == "GET" and not one.path.startswith("/test"):
                path = one.with_values(slug=cast.definition.slug)
                api.get(path) if one.is_api else browser.get(path)
        assert db.scalar(count_of(Entry)) == before


class TestLockThenLook:
    """3."""

    @pytest.mark.parametrize("hold", [lock, lambda db, row: locked(db, type(row), row.id)])
    def test_who_waits_for_the_lock_sees_what_the_holder_wrote(self, live, hold):
        """A plain get keeps what it read before; after the lock, the row is what it is now."""
        started, seen = threading.Event(), []

        def second():
            with live.database.writing() as db:
                mine = db.get_one(Definition, live.cast.definition.id) if not_sqlite else None
                started.set()
                mine = mine or db.get_one(Definition, live.cast.definition.id)
                hold(db, mine)
                seen.append(mine.name)

        not_sqlite = not live.database.is_sqlite
        with live.database.writing() as db:
            first = db.get_one(Definition, live.cast.definition.id)
            hold(db, first)
            thread = threading.Thread(target=second)
            thread.start()
            if not_sqlite:
                assert started.wait(10), "reading waits for nobody"
            first.name = "Written first"
        thread.join(20)
        assert seen == ["Written first"]

    def test_voters_do_not_wait_for_voters_and_who_ends_a_ballot_waits_for_them(self, live):
        """On SQLite there is one writer, whatever it asks for."""
        if live.database.is_sqlite:
            pytest.skip("SQLite's only lock is BEGIN IMMEDIATE")
        with live.database.writing() as one, live.database.writing() as other:
            other.execute(text("SET LOCAL lock_timeout = '0.2s'"))
            share(one, one.get_one(Definition, live.cast.definition.id))
            share(other, other.get_one(Definition, live.cast.definition.id))
        with live.database.writing() as one, live.database.open_writing() as other:
            other.execute(text("SET LOCAL lock_timeout = '0.2s'"))
            share(one, one.get_one(Definition, live.cast.definition.id))
            with pytest.raises(OperationalError, match="lock timeout"):
                lock(other, other.get_one(Definition, live.cast.definition.id))


class TestStateIsARow:
    """6."""

    FLAGS = {"invented", "threshold_strict", "merged"}  # what a thing is, not what became of it

    def test_nothing_has_a_status(self):
        for table in Base.metadata.tables.values():
            if table.name == "answers":
                continue  # where a status is HTTP's
            names = set(table.columns.keys())
            assert not names & {"status", "state", "is_open", "is_closed", "deleted", "active"}
            flags = {one.name for one in table.columns if isinstance(one.type, Boolean)}
            assert flags <= self.FLAGS, table.name

    @pytest.mark.parametrize(
        "table",
        [
            "closings",
            "withdrawals",
            "ratifications",
            "adoptions",
            "rejections",
            "retractions",
            "hidings",
        ],
    )
    def test_what_became_of_a_thing_has_a_moment(self, table):
        assert not Base.metadata.tables[table].columns["at"].nullable


class TestLoadThroughTheViewer:
    """9."""

    @pytest.mark.parametrize("who", ["nobody", "sam"])
    def test_what_you_may_not_see_and_what_is_not_there_are_the_same(
        self, app, browser, api, cast, db, who
    ):
        cast.definition.visibility = "group"
        db.flush()
        if who == "sam":
            browser.sign_in(cast.sam)
            api = api.as_(cast.sam)
        checked = 0
        for one in addresses(app):
            if one.method != "GET" or "{slug}" not in one.path or "/g/" in one.path:
                continue
            hidden, missing = (
                one.with_values(slug=s) for s in (cast.definition.slug, "nothing-here")
            )
            if one.is_api:
                seen, none = api.get(hidden), api.get(missing)
                assert (seen.status_code, seen.json()) == (none.status_code, none.json()), str(one)
                assert seen.status_code in {401, 404}, str(one)
            else:
                first, second = browser.get(hidden), browser.get(missing)
                same = (first.text.replace(cast.definition.slug, "nothing-here"), second.text)
                assert first.status == second.status, str(one)
                assert first.status == 404 or first.path.startswith("/sign-in"), str(one)
                assert same[0] == same[1], str(one)
            checked += 1
        assert checked

    @pytest.mark.parametrize("who", ["nobody", "sam"])
    def test_nothing_that_is_in_it_is_shown_or_done(self, app, browser, api, cast, db, who):
        """The same, of a case with clauses, versions, comments, proposals and ballots."""
        case = tell(db, SMALL, slug="case")
        case.definition.visibility = "group"
        db.flush()
        before = db.scalar(count_of(Entry))
        if who == "sam":
            browser.sign_in(cast.sam)
            api = api.as_(cast.sam)
        let_in = []
        for one in addresses(app):
            if "{slug}" not in one.path or one.path.startswith("/g/"):
                continue
            path = path_of(one, "case", "case-group")
            body = {"json": {}} if one.is_api and not one.is_safe else {}
            answer = api.request(one.method, path, headers=OURS, **body)
            to_sign_in = answer.headers.get("location", "").startswith("/sign-in")
            if answer.status_code not in {401, 404} and not to_sign_in:
                let_in.append(f"{one}: {answer.status_code}")
        assert not let_in
        assert db.scalar(count_of(Entry)) == before

    @pytest.mark.parametrize("path", ["/", "/g/open-definitions"])
    def test_it_is_on_no_list(self, browser, cast, db, path):
        cast.definition.visibility = "group"
        db.flush()
        assert cast.definition.slug not in browser.sign_in(cast.sam).get(path).html
        assert cast.definition.slug in browser.sign_in(cast.dara).get(path).html
