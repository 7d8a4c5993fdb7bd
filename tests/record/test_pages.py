"""The record as a page and as JSON."""

import ast
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.definitions.actions import make_version
from app.definitions.queries import clause_of
from app.discussions.actions import post_comment
from app.record.actions import words_hash
from app.record.canonical import leaf_hash
from tests.cast import Cast
from tests.conftest import Clock
from tests.house.plan import TEMPLATES, calls, python_files, tree
from tests.signing import Api, Browser

PAGE = "/d/open-source-ai/record"


@pytest.fixture
def spoken(db: Session, cast: Cast, clock: Clock) -> None:
    """Bruno makes a version; Chloé comments on clause 4, and Dara on clause 6 the day after."""
    make_version(db, cast.definition, by=cast.bruno, label="0.0.1", note="A beginning.")
    for who, number in ((cast.chloe, 4), (cast.dara, 6)):
        clause = clause_of(db, cast.definition, number)
        body = f"Why clause {number}?"
        post_comment(db, cast.definition, by=who, clause=clause, kind="question", body=body)
        clock.forward(days=1)
    db.flush()


def test_it_tells_what_happened_newest_first(browser: Browser, spoken: None) -> None:
    page = browser.get(PAGE)
    assert page.title.startswith("Record of Open Source AI")
    assert page.said(".row__title") == [
        "Dara Singh asked a question on clause 6: comment 2.",
        "Chloé Marchand asked a question on clause 4: comment 1.",
        "Bruno Keller made version 0.0.1 of the text.",
    ]
    assert "Why clause 6?" in page.text
    assert "A beginning." in page.text


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("verb=comment.", 2),
        ("verb=version.", 1),
        ("verb=ballot.", 0),
        ("since=2024-06-04", 1),
        ("until=2024-06-03", 2),
        ("since=2024-06-03&until=2024-06-04", 3),
        ("clause=4", 1),
        ("clause=4&verb=version.", 0),
        ("person=p_nobody", 0),
        ("person=&verb=&since=&until=", 3),
        ("after=rubbish", 3),
        ("verb=%25", 0),
    ],
)
def test_filters_live_in_the_address(browser: Browser, spoken: None, query: str, rows: int) -> None:
    page = browser.get(f"{PAGE}?{query}")
    assert page.status == 200
    assert len(page.css(".rows > li")) == rows


def test_filters_are_a_form(browser: Browser, cast: Cast, spoken: None) -> None:
    browser.get(PAGE)
    page = browser.submit("Show", person="Chloé Marchand", verb="Comments")
    assert f"person={cast.chloe.id}" in page.path
    assert page.said(".row__title") == ["Chloé Marchand asked a question on clause 4: comment 1."]


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "until=9999-12-31", "clause=x", "clause=99999999999999999999", "verb=%00"],
)
def test_filters_that_cannot_be_read_are_said(browser: Browser, spoken: None, query: str) -> None:
    page = browser.get(f"{PAGE}?{query}")
    assert page.status == 422
    assert page.css(".errors li")


def test_words_that_were_removed_leave_a_trace(browser: Browser, db: Session, spoken: None) -> None:
    db.execute(text("UPDATE record_words SET text = NULL WHERE field = 'body'"))
    db.expire_all()
    page = browser.get(PAGE)
    assert "Why clause" not in page.text
    assert page.text.count("The words were removed; their hash stays.") == 2


def test_what_only_the_group_may_see_is_not_told_to_others(
    browser: Browser, api: Api, db: Session, cast: Cast, spoken: None
) -> None:
    cast.definition.visibility = "group"
    db.flush()
    assert browser.get(PAGE).status == 404
    assert browser.sign_in(cast.sam).get(PAGE).status == 404
    assert api.get(f"/api/v1{PAGE}").status_code == 404
    assert browser.sign_in(cast.eli).get(PAGE).status == 200


def test_the_api_gives_all_that_it_takes_to_recompute_the_record(
    api: Api, cast: Cast, db: Session, spoken: None
) -> None:
    answer = api.get(f"/api/v1{PAGE}", params={"limit": 200}).json()
    previous = ""
    for one in reversed(answer["items"]):
        assert leaf_hash(one["entry"]).hex() == one["leaf"]
        assert one["entry"]["previous"] == previous
        for field, said in one["said"].items():
            assert words_hash(said["salt"], said["text"]) == one["entry"]["words"][field]
        previous = one["leaf"]
    assert answer["log"]["head"] == previous
    assert answer["log"]["size"] == len(answer["items"]) == 3


def test_the_api_pages_and_filters(api: Api, cast: Cast, spoken: None) -> None:
    first = api.get(f"/api/v1{PAGE}", params={"limit": 2}).json()
    second = api.get(f"/api/v1{PAGE}", params={"limit": 2, "after": first["next"]}).json()
    told = [one["entry"]["sequence"] for one in first["items"] + second["items"]]
    assert told == [3, 2, 1]
    assert second["next"] is None
    mine = api.get(f"/api/v1{PAGE}", params={"person": cast.dara.id}).json()["items"]
    assert [one["name"] for one in mine] == ["Dara Singh"]
    assert api.get(f"/api/v1{PAGE}", params={"clause": "x"}).status_code == 422


def verbs() -> Iterator[str]:
    """Every verb that some room records."""
    for path in python_files("app"):
        for name, call in calls(tree(path)):
            if name == "record" and len(call.args) > 2 and isinstance(call.args[2], ast.Constant):
                yield str(call.args[2].value)


def test_every_verb_has_a_sentence() -> None:
    source = (TEMPLATES / "record" / "_sentences.html").read_text()
    assert set(verbs()) - set(re.findall(r'verb == "([\w.]+)"', source)) == set()
