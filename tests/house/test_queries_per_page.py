"""How often a page asks the database depends on the page, and not on how much there is."""

import pytest
from sqlalchemy import event

from bench.case import Size, tell
from tests.pages import visits
from tests.signing import token_of

pytestmark = pytest.mark.slow

SMALL = Size(clauses=12, comments=12, proposals=4, ballots=4, votes=8)
LARGE = Size(clauses=36, comments=48, proposals=12, ballots=8, votes=24)
OVERHEAD = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "SET TRANSACTION", "BEGIN")
DEFINITION_PAGE_MAX = 10
ELSEWHERE = {
    "/sign-in/with/{key}": 404,  # no provider is set
    "/sign-in/with/{key}/back": 404,
    "/sign-out/at/{key}": 404,
    "/sign-in/join": 409,  # without a link that was sent
    "/me/address": 409,
    "/d/{slug}/comments/{number}": 303,  # to the place where it stands
    "/d/{slug}/comments/{number}/edit": 403,  # its ten minutes are over
    "/d/{slug}/p/{number}/revise": 409,  # a ballot on it is over
    "/api/v1/d/{slug}/ballots/{number}/vote": 404,  # who asks has not voted
    "/invitation": 404,  # without the link of one
    "/join": 404,
    "/g/{group}/people/{person_id}": 404,  # nobody goes by that id
    "/api/v1/g/{group}/members/{person_id}": 404,
    "/api/v1/g/{group}/members/{person_id}/history": 404,
}


class Counter:
    def __init__(self, connection):
        self.statements = []
        event.listen(connection, "before_cursor_execute", self.note)

    def note(self, connection, cursor, statement, parameters, context, many):
        if not statement.startswith(OVERHEAD):
            self.statements.append(statement)

    def of(self, visit):
        self.statements.clear()
        answer = visit()
        return answer.status_code, list(self.statements)


@pytest.mark.alike  # what is asked is the same on both
def test_queries_do_not_grow_with_the_rows(app, database, db, browser):
    counter = Counter(database.connection)
    cases = {"small": tell(db, SMALL, slug="small"), "large": tell(db, LARGE, slug="large")}
    grown = []
    for who in ("nobody", "member", "chair"):
        counted = {}
        for slug, case in cases.items():
            person = {"nobody": None, "member": case.people[3], "chair": case.chair}[who]
            for name, visit in visits_of(app, db, browser, slug, person):
                counted.setdefault(name, {})[slug] = counter.of(visit)
        for name, found in counted.items():
            (small_status, small), (large_status, large) = found["small"], found["large"]
            assert small_status == large_status, name
            if len(large) > len(small):
                more = [one for one in large if large.count(one) > small.count(one)]
                grown.append(f"{who} {name}: {len(small)} → {len(large)}\n  {more[0][:600]}")
        assert len(counted["/d/{slug}"]["large"][1]) <= DEFINITION_PAGE_MAX
    assert not grown, "\n".join(grown)


def visits_of(app, db, browser, slug, person):
    """Every address of a case, with what goes there as this person."""
    browser.client.cookies.clear()
    headers = {}
    if person is not None:
        browser.sign_in(person)
        headers["authorization"] = f"Bearer {token_of(db, person)}"
    for one in visits(app, slug, f"{slug}-group"):
        if one.name.endswith(".pdf"):
            continue  # typesetting takes its time, and asks what the other formats ask

        def visit(one=one):
            return browser.client.get(one.path, headers=headers if one.is_api else {})

        yield one.name, visit


def test_every_page_of_a_case_is_there(app, db, browser):
    """What the count above visits is pages, not refusals."""
    case = tell(db, SMALL, slug="small")
    token = token_of(db, case.chair)
    browser.sign_in(case.chair)
    missing = {}
    for one in visits(app, "small", "small-group"):
        headers = {"authorization": f"Bearer {token}"} if one.is_api else {}
        status = browser.client.get(one.path, headers=headers).status_code
        if status != ELSEWHERE.get(one.name, 200):
            missing[one.path] = status
    assert missing == {}


def test_a_session_costs_one_query(app, database, db, browser):
    """Who is asking is one question, asked once."""
    case = tell(db, SMALL, slug="small")
    counter = Counter(database.connection)
    browser.sign_in(case.chair)
    _, statements = counter.of(lambda: browser.client.get("/d/small"))
    assert len([one for one in statements if "sign_ins" in one]) == 1
