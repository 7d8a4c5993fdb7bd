"""Every route says who may call it, takes one session, and refuses what comes from elsewhere."""

import pytest

from app.ballots.routes import voter
from app.kit.db import session
from app.people.current import viewer
from tests.addresses import addresses
from tests.pages import pages
from tests.serving import wire


@pytest.fixture
def routes(app):
    return list(addresses(app))


def test_there_are_routes(routes):
    assert routes


def test_every_route_names_who_may_call_it(routes):
    """By a dependency on the viewer, its own or its loader's: nobody is let in unseen."""
    asks = {viewer, voter}  # who votes is asked for in the thread that takes the vote
    assert not [str(one) for one in routes if not asks & set(one.depends_on)]


def test_the_session_ends_before_the_answer_leaves(routes):
    """FastAPI's own habit is to commit after the answer has begun."""
    assert not [
        str(one)
        for one in routes
        if session in one.depends_on and one.scopes[session] != "function"
    ]


def test_pages_work_in_threads_not_in_the_loop(routes):
    """A page that waits for the database in the event loop makes everybody wait."""
    assert not [str(one) for one in routes if one.endpoint.__code__.co_flags & 0x80]


def test_no_two_routes_have_one_address(routes):
    named = [str(one) for one in routes]
    assert sorted(named) == sorted(set(named))


def test_pages_only_read_or_post(routes):
    """A form can do nothing else. HEAD is no route's business: it is answered from GET."""
    assert {one.method for one in routes if not one.is_api} <= {"GET", "POST"}
    assert "HEAD" not in {one.method for one in routes}


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {},
]


@pytest.mark.alike
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_every_unsafe_route_refuses_what_comes_from_elsewhere(browser, routes, cast, headers):
    browser.sign_in(cast.ana)
    let_in = []
    for one in routes:
        if not one.is_safe:
            answer = browser.client.request(one.method, one.with_values(), headers=headers)
            if answer.status_code != 403:
                let_in.append(f"{one}: {answer.status_code}")
    assert not let_in


def test_a_page_of_ours_gets_through(browser, cast):
    browser.sign_in(cast.ana)
    answer = browser.client.post("/sign-out", headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 303


@pytest.mark.alike
def test_every_answer_has_the_headers_that_keep_it_in_its_place(browser, routes, cast):
    policy = "default-src 'none'"
    for one in routes:
        if one.method == "GET":
            headers = browser.client.get(one.with_values()).headers
            assert policy in headers["content-security-policy"], str(one)
            assert "unsafe-inline" not in headers["content-security-policy"], str(one)
            assert headers["x-content-type-options"] == "nosniff", str(one)
            assert headers["referrer-policy"] == "same-origin", str(one)


@pytest.mark.alike
@pytest.mark.parametrize("who", ["nobody", "sam", "eli", "ana"])
def test_no_address_breaks_on_things_that_are_not_there(browser, api, routes, cast, who):
    if who != "nobody":
        browser.sign_in(getattr(cast, who))
        api = api.as_(getattr(cast, who))
    broken = []
    for one in routes:
        if one.method == "GET":
            path = one.with_values(slug="no-such-thing")
            status = api.get(path).status_code if one.is_api else browser.get(path).status
            if status >= 500:
                broken.append(f"{one}: {status}")
    assert not broken


@pytest.mark.alike
def test_every_page_answers_over_the_wire_too(server, live_app):
    """Over commits that are real, and twice: the second answer may be one that was kept."""
    broken = []
    with wire(base_url=server.url, timeout=30) as client:
        for one in pages(live_app, "open-source-ai", "open-definitions"):
            for turn in ("first", "second"):
                status = client.get(one.path).status_code
                if status >= 500:
                    broken.append(f"{one.path}: {status} the {turn} time")
    assert not broken
