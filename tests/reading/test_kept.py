"""What is kept is never told to the wrong person, nor after something happened."""

import pytest
from sqlalchemy import event, select

from app.definitions.models import Clause
from app.discussions.actions import post_comment
from app.kit.pages import Kept
from app.people.cookie import HOST_ONLY
from bench.case import Size, tell

pytestmark = pytest.mark.usefixtures("clock")

TEXT = "/d/open-source-ai"
PAGES = ["/", TEXT, f"{TEXT}/c/4"]


@pytest.fixture
def say(db, cast):
    clause = db.scalars(select(Clause).where(Clause.number == 4)).one()

    def said(who, body):
        return post_comment(db, cast.definition, by=getattr(cast, who), body=body, clause=clause)

    return said


@pytest.fixture
def count(database):
    """How many statements a visit takes."""
    statements = []
    overhead = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "SET TRANSACTION", "BEGIN")

    def note(connection, cursor, statement, parameters, context, many):
        if not statement.startswith(overhead):
            statements.append(statement)

    event.listen(database.connection, "before_cursor_execute", note)

    def counted(visit):
        statements.clear()
        assert visit().status == 200
        return len(statements)

    return counted


class TestForThePublic:
    @pytest.mark.parametrize("path", PAGES)
    def test_the_same_page_is_not_sent_twice(self, browser, cast, path):
        first = browser.client.get(path)
        assert first.headers["cache-control"] == "public, no-cache"
        assert "Cookie" in first.headers["vary"]
        again = browser.client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_a_comment_is_there_at_once(self, browser, cast, say):
        first = browser.client.get(TEXT)
        say("eli", "Whose law?")
        again = browser.client.get(TEXT, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 200
        assert "Whose law?" in again.text

    def test_an_edited_comment_too(self, browser, cast, say):
        say("dara", "First words.")
        browser.sign_in(cast.dara)
        assert "First words." in browser.get(TEXT).text
        browser.get(f"{TEXT}/comments/1/edit")
        browser.submit("Save", body="Second words.")
        browser.sign_out()
        assert "Second words." in browser.get(TEXT).text

    def test_a_query_is_part_of_the_address(self, browser, say):
        for number in range(21):
            say("eli", f"Thread {number}.")
        assert "Thread 20." not in browser.get(f"{TEXT}/c/4").text
        assert "Thread 20." in browser.get(f"{TEXT}/c/4?page=2").text

    def test_what_was_kept_costs_one_question(self, browser, cast, count):
        browser.get(TEXT)
        assert count(lambda: browser.get(TEXT)) == 1

    def test_a_missing_page_is_not_kept(self, browser, cast):
        assert browser.get(f"{TEXT}/c/99").status == 404


class TestForMembers:
    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_of_theirs_is_nobody_elses(self, browser, cast, path):
        public = browser.get(path)
        mine = browser.sign_in(cast.dara).get(path)
        assert "Dara Singh" in mine.one(".masthead").text()
        assert mine.headers["cache-control"].startswith("private")
        assert "etag" not in mine.headers
        browser.sign_out()
        assert browser.get(path).html == public.html

    def test_a_word_to_one_person_is_not_kept_for_all(self, browser, cast, say):
        browser.sign_in(cast.eli).get(f"{TEXT}/c/4")
        browser.submit("Comment", body="Whose law?")
        browser.client.cookies.delete(HOST_ONLY)
        assert "Your comment is posted." not in browser.get(f"{TEXT}/c/4").text


def test_the_working_text_takes_ten_questions_at_most_even_the_first_time(
    app, browser, db, cast, count
):
    case = tell(db, Size(clauses=24, comments=40, proposals=8, ballots=2, votes=8), slug="small")
    for person in (None, case.people[2]):
        app.state.kept = Kept()
        if person is not None:
            browser.sign_in(person)
        assert count(lambda: browser.get("/d/small")) <= 10


def test_the_store_forgets_what_was_used_least_recently():
    kept = Kept(bytes_max=30)
    for key in "abc":
        kept.put(key, key.upper(), 10)
    assert kept.get("a") == "A"
    kept.put("d", "D", 10)
    assert [kept.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    kept.put("d", "DD", 20)
    assert kept.bytes <= 30


@pytest.mark.parametrize("who", ["nobody", "farah"])
def test_who_changes_their_name_is_called_by_it_at_once(open_browser, cast, say, who):
    say("eli", "Whose law?")
    reader = open_browser()
    if who != "nobody":
        reader.sign_in(getattr(cast, who))
    assert cast.eli.name in reader.get(TEXT).html
    his = open_browser().sign_in(cast.eli)
    his.get("/me")
    his.submit("Save", name="Eli Nowak the Younger")
    assert "Eli Nowak the Younger" in reader.get(TEXT).html
