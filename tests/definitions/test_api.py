"""Definitions for programs."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.definitions.actions import make_version
from app.definitions.actions_clause import edit_clause
from tests.cast import Cast
from tests.signing import Api

pytestmark = pytest.mark.usefixtures("clock")

D = "/api/v1/d/open-source-ai"
SECOND = "# Open Source AI\n\nAn open source system may be used for **any purpose**.\n"


def text_of(api: Api) -> Any:
    return api.get(f"{D}/text").json()


def test_definitions_are_listed_and_shown(api: Api, cast: Cast) -> None:
    listed = api.get("/api/v1/d").json()
    assert [one["slug"] for one in listed["items"]] == ["open-source-ai"]
    assert listed["next"] is None
    shown = api.get(D).json()
    assert shown == listed["items"][0]
    assert shown["group"] == "open-definitions"
    assert api.get("/api/v1/d/none").status_code == 404


def test_the_working_text_has_its_hash_as_etag(api: Api, cast: Cast) -> None:
    answer = api.get(f"{D}/text")
    assert answer.headers["etag"] == f'"{answer.json()["hash"]}"'
    clauses = answer.json()["clauses"]
    assert [one["place"] for one in clauses] == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "1.2.3"]
    assert clauses[0]["level"] == 1


def test_a_program_begins_a_definition(api: Api, cast: Cast) -> None:
    body = {"slug": "open-weights", "name": "Open Weights"}
    answer = api.as_(cast.bruno).post("/api/v1/g/open-definitions/definitions", json=body)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/d/open-weights"
    assert api.get("/api/v1/d/open-weights/text").json()["clauses"] == []
    again = api.as_(cast.bruno).post("/api/v1/g/open-definitions/definitions", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "slug_in_use")


def test_an_editor_changes_the_text_in_one_step(api: Api, cast: Cast) -> None:
    etag = api.get(f"{D}/text").headers["etag"]
    answer = api.as_(cast.bruno).post(
        f"{D}/changes",
        json={
            "changes": [
                {"change": "reword", "clause": 5, "markdown": "Where each part came from"},
                {"change": "add", "kind": "item", "markdown": "Who paid", "under": 3, "after": 5},
                {"change": "move", "clause": 6, "under": 3, "after": 4},
                {"change": "strike", "clause": 2},
            ],
            "reason": "Order.",
        },
        headers={"if-match": etag},
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["changes"] == [["reword", 5], ["add", 7], ["move", 6], ["strike", 2]]
    text = text_of(api)
    assert [one["clause"] for one in text["clauses"]] == [1, 3, 4, 6, 5, 7]
    assert answer.headers["etag"] == f'"{text["hash"]}"'
    changes = api.get(f"{D}/changes?limit=3").json()
    assert [one["change"] for one in changes["items"]] == ["strike", "move", "add"]
    assert changes["items"][0]["by"]["name"] == "Bruno Keller"
    rest = api.get(f"{D}/changes?limit=3&after={changes['next']}").json()
    assert [one["change"] for one in rest["items"]] == ["reword"]
    clause = api.get(f"{D}/clauses/2").json()
    assert clause["standing"] is None
    assert clause["changes"][0]["change"] == "strike"


def test_a_change_of_a_text_that_moved_on_is_refused(api: Api, cast: Cast, db: Session) -> None:
    etag = api.get(f"{D}/text").headers["etag"]
    edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="Else", reason="r")
    body = {"changes": [{"change": "strike", "clause": 6}], "reason": "r"}
    answer = api.as_(cast.ana).post(f"{D}/changes", json=body, headers={"if-match": etag})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert len(text_of(api)["clauses"]) == 6


def test_a_repeated_post_happens_once(api: Api, cast: Cast) -> None:
    body = {"label": "0.1"}
    headers = {"idempotency-key": "one"}
    first = api.as_(cast.ana).post(f"{D}/versions", json=body, headers=headers)
    again = api.as_(cast.ana).post(f"{D}/versions", json=body, headers=headers)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert len(api.get(f"{D}/versions").json()["items"]) == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ([], 422, "invalid"),
        ([{"change": "reword", "clause": 99, "markdown": "x"}], 409, "clause_not_standing"),
        ([{"change": "reword", "clause": 5, "markdown": "  "}], 422, "invalid"),
        ([{"change": "reword", "clause": 5, "markdown": "a\n\nb"}], 422, "wording_more_than_one"),
        ([{"change": "strike", "clause": 3}], 409, "clause_has_children"),
        ([{"change": "strike", "clause": 99}], 409, "clause_not_standing"),
        ([{"change": "move", "clause": 3, "under": 4}], 409, "clause_under_itself"),
        ([{"change": "move", "clause": 2, "after": 1}], 409, "words_after_heading"),
        ([{"change": "add", "markdown": "x", "under": 4}], 409, "clause_takes_no_children"),
        ([{"change": "add", "markdown": "x", "kind": "verse"}], 422, "invalid"),
        ([{"change": "add", "markdown": "x", "under": 99}], 409, "clause_not_standing"),
        ([{"change": "melt", "clause": 3}], 422, "invalid"),
        ([{"change": "strike", "clause": 2**40}], 422, "invalid"),
        ([{"change": "strike", "clause": 6, "extra": 1}], 422, "invalid"),
    ],
)
def test_a_change_that_cannot_be_is_a_problem(
    api: Api, cast: Cast, changes: list[dict[str, Any]], status: int, code: str
) -> None:
    before = text_of(api)
    body = {"changes": changes, "reason": "r"}
    answer = api.as_(cast.ana).post(f"{D}/changes", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert text_of(api) == before


def test_a_version_is_made_put_forward_and_withdrawn(api: Api, cast: Cast) -> None:
    bruno = api.as_(cast.bruno)
    made = bruno.post(f"{D}/versions", json={"label": "0.1", "note": "First."})
    assert (made.status_code, made.json()["stage"]) == (201, "draft")
    assert made.headers["location"] == f"{D}/versions/0.1"
    candidate = bruno.post(f"{D}/versions/0.1/candidacy", json={"reason": "Ready."})
    assert candidate.json()["stage"] == "candidate"
    again = bruno.post(f"{D}/versions/0.1/candidacy", json={})
    assert again.json()["code"] == "stage_not_next"
    without = bruno.post(f"{D}/versions/0.1/withdrawal", json={})
    assert (without.status_code, without.json()["code"]) == (422, "reason_needed")
    bruno.post(f"{D}/versions/0.1/withdrawal", json={"reason": "Not yet."})
    shown = api.get(f"{D}/versions/0.1").json()
    assert [stage["stage"] for stage in shown["stages"]] == ["draft", "candidate", "withdrawn"]
    assert api.get(f"{D}/versions/0.1/text").json()["hash"] == shown["text"]
    assert api.get(f"{D}/versions/9").status_code == 404


def test_two_texts_are_compared(api: Api, cast: Cast, db: Session) -> None:
    make_version(db, cast.definition, by=cast.ana, label="0.1")
    edit_clause(db, cast.definition, by=cast.ana, clause=4, markdown="Enough is said.", reason="r")
    compared = api.get(f"{D}/compare/0.1...working").json()
    assert compared["counts"]["reworded"] == 1
    [row] = [row for row in compared["rows"] if row["verdict"] == "reworded"]
    assert "".join(text for op, text in row["redline"] if op != "delete") == "Enough is said."
    assert api.get(f"{D}/compare/0.1").status_code == 404
    assert api.get(f"{D}/compare/0.1...9").status_code == 404


def test_a_draft_is_planned_and_imported(api: Api, cast: Cast) -> None:
    bruno = api.as_(cast.bruno)
    planned = bruno.post(f"{D}/imports/plan", json={"markdown": SECOND})
    assert planned.status_code == 200
    plan = planned.json()
    assert [block["clause"] for block in plan["blocks"]] == [1, 2]
    assert plan["gone"] == [3, 4, 5, 6]
    assert len(text_of(api)["clauses"]) == 6
    body = {"markdown": SECOND, "version": "0.2", "base": plan["base"], "take": [1, None]}
    made = bruno.post(f"{D}/imports", json=body)
    assert made.status_code == 201, made.text
    assert [one["clause"] for one in text_of(api)["clauses"]] == [1, 7]
    stale = bruno.post(f"{D}/imports", json=body | {"version": "0.3"})
    assert (stale.status_code, stale.json()["code"]) == (409, "text_moved_on")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"markdown": "", "version": "1"}, 422, "draft_empty"),
        ({"markdown": "x", "version": "a b"}, 422, "label_not_taken"),
        ({"markdown": "x", "version": "1", "take": [1, 2]}, 422, "plan_not_fitting"),
        ({"markdown": "x", "version": "1", "take": [77]}, 422, "plan_not_possible"),
        ({"markdown": "a" * 1_000_001, "version": "1"}, 422, "invalid"),
        ({"version": "1"}, 422, "invalid"),
    ],
)
def test_a_draft_that_cannot_be_imported_is_a_problem(
    api: Api, cast: Cast, body: dict[str, Any], status: int, code: str
) -> None:
    answer = api.as_(cast.ana).post(f"{D}/imports", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


POSTS: list[tuple[str, dict[str, Any]]] = [
    ("/api/v1/g/open-definitions/definitions", {"slug": "x", "name": "X"}),
    (f"{D}/changes", {"changes": [{"change": "strike", "clause": 6}], "reason": "r"}),
    (f"{D}/versions", {"label": "0.9"}),
    (f"{D}/versions/0.1/candidacy", {}),
    (f"{D}/versions/0.1/withdrawal", {"reason": "r"}),
    (f"{D}/imports/plan", {"markdown": "x"}),
    (f"{D}/imports", {"markdown": "x", "version": "0.9"}),
]


@pytest.mark.parametrize(("path", "body"), POSTS, ids=[path for path, _ in POSTS])
def test_only_editors_and_chairs_of_the_group_write(
    api: Api, cast: Cast, db: Session, path: str, body: dict[str, Any]
) -> None:
    make_version(db, cast.definition, by=cast.ana, label="0.1")
    assert api.post(path, json=body).status_code == 401
    for person in (cast.chloe, cast.eli, cast.sam):
        answer = api.as_(person).post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "editors_only")
    assert api.as_(cast.bruno).post(path, json=body).status_code in (200, 201)
