"""Log lines: one shape, the request's id in each, and nothing in them that is somebody's."""

import io
import json
import logging
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.kit import logs, watch
from app.kit.db import Db
from app.settings import Settings
from tests.addresses import addresses

SECRETS = ["ana.ferreira@example.org", "cw_" + "A7b_" * 11, "choice=abstain"]


@pytest.fixture(params=["text", "json"])
def written(request):
    """What the process writes meanwhile, as it would be in earnest."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.lines(request.param, words=False))
    root, ours = logging.getLogger(), logging.getLogger("clausewise")
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    ours.setLevel(before)


def test_a_request_is_one_line_with_route_status_and_person(browser, cast, clock, written):
    browser.sign_in(cast.ana)
    browser.get(f"/d/{cast.definition.slug}?q=ana.ferreira@example.org")
    (line,) = written.getvalue().splitlines()
    for word in ("GET", "/d/{slug}", "200", cast.ana.id, "clausewise.request"):
        assert word in line
    assert cast.definition.slug not in line
    assert "example.org" not in line


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("GET", "/d/open-source-ai", "/d/{slug}"),
        ("HEAD", "/d/open-source-ai", "/d/{slug}"),
        ("POST", "/d/open-source-ai", "/d/{slug}"),
        ("GET", "/api/v1/d/open-source-ai", "/api/v1/d/{slug}"),
        ("GET", "/sign-in/link?token=abc", "/sign-in/link"),
        ("GET", "/static/css/app.css", "/static/{path}"),
        ("GET", "/healthz", "/healthz"),
        ("GET", "/ana.ferreira@example.org", "none"),
        ("BREW", "/ana.ferreira@example.org", "none"),
    ],
)
def test_a_line_names_the_route_and_never_the_address(
    browser, cast, clock, caplog, method, path, route
):
    caplog.set_level(logging.INFO, "clausewise")
    for _ in range(2):  # the second time a public page is one that was kept
        browser.client.request(method, path)
    told = [one.msg for one in caplog.records if one.name == "clausewise.request"]
    assert [one["route"] for one in told] == [route, route]
    assert {one["method"] for one in told} == {method if method != "BREW" else "other"}
    assert not any(one["person"] for one in told)


def test_who_votes_is_not_in_the_line(app, cast):
    unnamed = {str(one) for one in addresses(app) if getattr(one.endpoint, "unnamed", False)}
    assert unnamed == {
        "POST /d/{slug}/b/{number}/vote",
        "PUT /api/v1/d/{slug}/ballots/{number}/vote",
    }
    scope = {"state": {"person": cast.ana}, "endpoint": print}
    assert watch.person_of(scope) == cast.ana.id
    assert watch.person_of(scope | {"endpoint": watch.unnamed(lambda: None)}) is None


def test_the_id_of_a_request_is_in_the_page_the_head_and_the_log(app, browser, written):
    @app.get("/test/breaks")
    def breaks() -> None:
        raise LookupError(*SECRETS)

    answer = browser.get("/test/breaks")
    assert answer.status == 500
    number = answer.headers["x-request-id"]
    assert number in answer.text
    lines = [one for one in written.getvalue().splitlines() if number in one]
    assert ["broken" in lines[0], "answered" in lines[1]] == [True, True]
    assert "LookupError" in written.getvalue()
    assert "raise LookupError" in written.getvalue()
    assert not any(secret in written.getvalue() + answer.text for secret in SECRETS)


def test_what_broke_is_answered_with_all_headers(app, browser, api):
    @app.get("/test/breaks")
    @app.get("/api/v1/test/breaks")
    def breaks() -> None:
        raise LookupError

    page, problem = browser.get("/test/breaks"), api.get("/api/v1/test/breaks")
    assert problem.status_code == 500
    assert problem.headers["x-request-id"] in problem.json()["detail"]
    for headers in (page.headers, problem.headers):
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_collision_tells_what_collided_and_no_value(app, browser, cast, db, written):
    @app.post("/test/collides")
    def collides(db: Db) -> None:
        db.execute(
            text("UPDATE persons SET email = 'ana.ferreira@example.org', name = 'choice=abstain'")
        )

    assert browser.post("/test/collides").status == 409
    assert "collided" in written.getvalue()
    assert re.search("persons", written.getvalue())
    assert not any(secret in written.getvalue() for secret in SECRETS)


def test_an_exception_tells_where_and_of_which_kind_but_not_its_words(db, cast, written):
    try:
        with db.begin_nested():
            db.execute(
                text("INSERT INTO persons SELECT * FROM persons WHERE email = :email"),
                {"email": SECRETS[0]},
            )
    except IntegrityError:
        logging.getLogger("clausewise.mail").exception("a turn failed")
    said = written.getvalue()
    assert "a turn failed" in said
    assert "IntegrityError" in said and "which led to" in said
    assert "db.execute(" in said.replace('\\"', '"')
    assert "persons" in said
    assert SECRETS[0] not in said


def test_groups_of_exceptions_are_told_one_by_one(written):
    try:
        raise ExceptionGroup(SECRETS[0], [KeyError(SECRETS[1]), ValueError(SECRETS[2])])
    except ExceptionGroup:
        logging.getLogger("clausewise").exception("broken")
    said = written.getvalue()
    assert all(name in said for name in ("ExceptionGroup", "KeyError", "ValueError"))
    assert not any(secret in said for secret in SECRETS)


def test_lines_of_libraries_are_scrubbed(written):
    logging.getLogger("somebody.elses").warning("%s and %s", SECRETS[0], SECRETS[1])
    assert "… and …" in written.getvalue()


def test_in_development_an_exception_is_quoted():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.lines("text", words=True))
    try:
        raise LookupError("these words")
    except LookupError as error:
        record = logging.LogRecord(
            "clausewise", logging.ERROR, "", 0, "broken", (), (LookupError, error, None)
        )
        handler.emit(record)
    assert "LookupError: these words" in stream.getvalue()


@pytest.mark.parametrize(
    ("settings", "form"),
    [
        ({}, "json"),
        ({"development": True}, "text"),
        ({"log_format": "text"}, "text"),
        ({"development": True, "log_format": "json"}, "json"),
    ],
    ids=str,
)
def test_lines_are_json_unless_in_development_or_said_otherwise(settings, form):
    made = logs.configuration(Settings(**settings))
    assert made["formatters"]["lines"]["form"] == form
    assert json.dumps(made), "worker processes are handed it"
