"""What the rooms' own tests leave open: everywhere at once, or nowhere at all."""

import ast

import pytest
from sqlalchemy import String, select, update
from sqlalchemy.exc import DBAPIError

from app.groups.models import Membership
from app.kit.db import Base
from app.kit.models import Mail
from app.people.cookie import HOST_ONLY
from app.people.models import Person
from tests import hostile
from tests.house.plan import calls, named, python_files, tree
from tests.house.test_hostile_forms import runs
from tests.permissions.asking import Ask, asks
from tests.permissions.crawl import got, path_of
from tests.permissions.people import INSIDE, NOT_THERE, SIGN_IN
from tests.permissions.table import HELD, by_address
from tests.permissions.words import INNER, PUBLIC, WORDS

READ = [address for address in by_address() if address.startswith("GET ")]
OF_SOMEBODY = [one for one in READ if by_address()[one].who_at(one)["nobody"] == SIGN_IN]

# Columns in which words of people stand as they were typed; what is rendered is cleaned before.
WRITTEN = {
    "affiliation", "address", "answer", "body", "category", "device", "label", "lifted_reason",
    "name", "note", "pronouns", "question", "quote", "rationale", "reason", "summary", "text",
    "title", "words",
}  # fmt: skip
BREAKS_OUT = f'"><img src=x onerror={hostile.MARK}()>'
BREAKS_OUT_SHORTLY = f"<svg onload={hostile.MARK}()>"
# What stands in addresses, too.
NAMES_IN_ADDRESSES = {("versions", "label")}


def written_over(db):
    """Puts what would run into every column that holds words of people; returns how many took it."""
    return sum(
        took(db, table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in WRITTEN
        and isinstance(column.type, String)
        and (table.name, column.name) not in NAMES_IN_ADDRESSES
    )


def took(db, table, column):
    """Whether there was a row to write over. Of what is final a trigger keeps all as it was."""
    keys = table.primary_key.columns
    words = BREAKS_OUT if (column.type.length or 999) > 50 else BREAKS_OUT_SHORTLY
    rows = db.execute(select(*keys)).all()
    try:
        with db.begin_nested():
            for number, row in enumerate(rows):
                this = [key == value for key, value in zip(keys, row, strict=True)]
                db.execute(update(table).where(*this).values({column.name: f"{words}{number}"}))
    except DBAPIError:
        return False
    db.expire_all()
    return bool(rows)


@pytest.mark.alike
@pytest.mark.parametrize("kind", ["nobody", "chair"])
def test_nothing_that_is_kept_runs_where_it_is_shown(crawl, kind):
    assert written_over(crawl.scene.db) > 25
    ask_at, wrong, shown = asks(crawl.scene), [], 0
    for address in READ:
        answer = crawl.ask(kind, address, ask_at.get(address, Ask()))
        if answer.status_code >= 500:
            wrong.append(f"{address}: {answer.status_code}")
        if answer.headers.get("content-type", "").startswith("text/html") and runs(answer.text):
            wrong.append(f"{address}: it would run")
        shown += hostile.MARK in answer.text
    assert shown > 25
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_what_a_cache_on_the_way_may_keep_is_the_same_for_everybody(crawl):
    """And of what only a group may read it may keep nothing."""
    ask_at, kept = asks(crawl.scene), 0
    for address in READ:
        ask = ask_at.get(address, Ask())
        answer = crawl.ask("chair", address, ask)
        if "public" in answer.headers.get("cache-control", ""):
            kept += 1
            assert answer.content == crawl.ask("nobody", address, ask).content, address
            inner = crawl.ask("chair", address, ask, INNER).headers["cache-control"]
            assert "{slug}" not in address or "no-store" in inner, address
    assert kept > 10


@pytest.mark.alike
class TestCookiesAndTokens:
    """Each opens its own side alone, so that no page of another site can speak for somebody."""

    def test_a_token_opens_no_page(self, crawl):
        headers = {"authorization": f"Bearer {crawl.scene.tokens['chair']}"}
        assert self.let_in(crawl, " /", headers) == []

    def test_a_cookie_opens_nothing_of_the_api(self, crawl):
        headers = {"cookie": f"{HOST_ONLY}={crawl.scene.cookies['chair']}"}
        assert self.let_in(crawl, " /api/", headers) == []

    def let_in(self, crawl, part, headers):
        """Addresses that somebody reads who should be asked to sign in."""
        ask_at, found, asked = asks(crawl.scene), [], 0
        for address in OF_SOMEBODY:
            if (" /api/" in address) == (part == " /api/"):
                crawl.client.cookies.clear()
                path = path_of(address, crawl.scene, ask_at.get(address, Ask()))
                answer = crawl.client.get(path, headers=headers)
                asked += 1
                if got(answer, SIGN_IN) != SIGN_IN:
                    found.append(address)
        assert asked > 5
        return found


class TestWordsThatFewRead:
    """By ways on which nobody looks at a page: mail, and what a search finds."""

    @pytest.mark.alike
    def test_no_mail_brings_them_to_somebody_else(self, crawl):
        """Those who read them, and whom they are about."""
        db, cast = crawl.scene.db, crawl.scene.cast
        about = {"suspension": {cast.farah.email}, "invitation": {WORDS["invitation"]}}
        about["block"] = set(db.scalars(select(Person.email).where(Person.name == WORDS["block"])))
        inside = select(Person.email).join(Membership).where(Membership.group_id == cast.group.id)
        chairs = set(db.scalars(inside.where(Membership.role == "chair")))
        for held in HELD:
            readers = set(db.scalars(inside)) if held.readers == INSIDE else set()
            readers |= chairs if "chair" in held.readers else set()
            readers |= {cast.chloe.email} if "member" in held.readers else set()
            readers |= about.get(held.word, set())
            told = db.scalars(select(Mail.to).where(Mail.text.contains(WORDS[held.word]))).all()
            assert set(told) <= readers, held.what

    def test_looking_for_them_finds_what_looking_for_nothing_finds(self, crawl):
        """Who may not read them learns not even that they are there."""
        for word, readers in (("hidden comment", ("chair",)), ("comment in the group", INSIDE)):
            for kind in ("nobody", "stranger", "observer", "other chair"):
                if kind in readers:
                    continue
                for place in (f"/d/{PUBLIC}", f"/api/v1/d/{PUBLIC}"):
                    for of in ("comments", "proposals"):
                        found, none = (
                            crawl.get(kind, f"{place}/{of}?words={sought}")
                            for sought in (WORDS[word], "nowhere")
                        )
                        assert found.text.replace(WORDS[word], "nowhere") == none.text, (kind, of)
                        assert got(found, NOT_THERE) == "yes"


# From names of our own: of tables, triggers, a log.
MAY_BUILD = {"app/operating/backup.py", "app/operating/tables.py", "app/record/queries.py"}


def test_no_statement_is_put_together_from_what_somebody_sent():
    """Whatever goes to the database as text is written down as it goes."""
    built = []
    for path in python_files("app"):
        for name, call in calls(tree(path)):
            if name in ("text", "exec_driver_sql", "literal_column") and call.args:
                whole = isinstance(call.args[0], ast.Constant | ast.Name)
                if not whole and named(path) not in MAY_BUILD:
                    built.append(f"{named(path)}:{call.lineno}")
    assert not built


NETWORK = {"aiohttp", "http", "httpx", "httpx2", "requests", "smtplib", "socket", "urllib3"}
MAY_SPEAK = {
    "app/kit/mail.py",  # to the mail server of the settings
    "app/operating/doctor_services.py",  # the same, to see whether it answers
    "app/people/provider_client.py",  # to the providers of the settings
    "app/people/provider_transport.py",
}


def test_few_files_speak_to_other_machines():
    """To those of the settings alone: nothing asks for an address that somebody gave."""
    speaking = set()
    for path in python_files("app"):
        for node in ast.walk(tree(path)):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for module in modules:
                if module.split(".")[0] in NETWORK or module.startswith("urllib.request"):
                    speaking.add(named(path))
    assert speaking == MAY_SPEAK
