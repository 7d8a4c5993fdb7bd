"""Discussion for programs."""

import pytest
from sqlalchemy import select

from app.discussions.models import Comment

pytestmark = pytest.mark.usefixtures("clock", "cast")

COMMENTS = "/api/v1/d/open-source-ai/comments"


def posted(api, **body):
    answer = api.post(COMMENTS, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_it_says_where_it_stands_and_what_on(api, cast):
    answer = api.as_(cast.eli).post(
        COMMENTS, json={"clause": 4, "kind": "question", "body": "Whose *law*?"}
    )
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{COMMENTS}/1"
    said = answer.json()
    assert said["on"] == {"clause": 4}
    assert said["html"] == "<p>Whose <em>law</em>?</p>\n"
    assert said["place"] == "/d/open-source-ai/c/4#comment-1"
    assert said["by"] == {"id": cast.eli.id, "name": "Eli Novak", "category": "subjects"}
    assert said["at"].endswith("Z")


def test_an_answer_names_its_parent(api, cast):
    posted(api.as_(cast.eli), clause=4, body="One.")
    assert posted(api.as_(cast.ana), parent=1, body="Two.")["parent"] == 1


@pytest.mark.parametrize(
    "body, status, code",
    [
        ({"body": "On what?"}, 422, "comment_needs_one_subject"),
        ({"clause": 4, "proposal": 1, "body": "On two."}, 422, "comment_needs_one_subject"),
        ({"clause": 99, "body": "Nowhere."}, 404, "not_found"),
        ({"parent": 99, "body": "Nowhere."}, 404, "not_found"),
        ({"clause": 4, "body": "  "}, 422, "invalid"),
        ({"clause": 4}, 422, "invalid"),
        ({"clause": 4, "body": "x" * 10_001}, 422, "invalid"),
        ({"clause": 4, "body": "x", "kind": "shout"}, 422, "invalid"),
        ({"clause": 4, "body": "null \0 byte"}, 422, "invalid"),
        ({"clause": "four", "body": "x"}, 422, "invalid"),
        ({"clause": 4, "body": "x", "admin": True}, 422, "invalid"),
    ],
)
def test_what_can_not_be_taken(api, cast, db, body, status, code):
    answer = api.as_(cast.eli).post(COMMENTS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert db.scalars(select(Comment)).all() == []


def test_the_public_and_strangers_only_read(api, cast):
    posted(api.as_(cast.eli), clause=4, body="Read me.")
    assert api.get(f"{COMMENTS}/1").json()["body"] == "Read me."
    body = {"clause": 4, "body": "Mine."}
    assert api.post(COMMENTS, json=body).status_code == 401
    answer = api.as_(cast.sam).post(COMMENTS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_in_group")


def test_the_same_key_says_it_once(api, cast, db):
    request = {"json": {"clause": 4, "body": "Once."}, "headers": {"Idempotency-Key": "k1"}}
    program = api.as_(cast.eli)
    first, second = (program.post(COMMENTS, **request) for _ in range(2))
    assert first.json() == second.json()
    assert len(db.scalars(select(Comment)).all()) == 1


class TestEditing:
    def test_with_the_etag_of_what_was_read(self, api, cast):
        program = api.as_(cast.eli)
        posted(program, clause=4, body="First.")
        etag = program.get(f"{COMMENTS}/1").headers["etag"]
        answer = program.patch(
            f"{COMMENTS}/1", json={"body": "Second."}, headers={"If-Match": etag}
        )
        assert answer.json()["body"] == "Second."
        assert answer.json()["edited_at"]
        stale = program.patch(f"{COMMENTS}/1", json={"body": "Third."}, headers={"If-Match": etag})
        assert stale.status_code == 412

    def test_not_after_ten_minutes(self, api, cast, clock):
        program = api.as_(cast.eli)
        posted(program, clause=4, body="First.")
        clock.forward(minutes=10)
        answer = program.patch(f"{COMMENTS}/1", json={"body": "Late."})
        assert (answer.status_code, answer.json()["code"]) == (403, "comment_edit_over")

    def test_not_by_the_chair(self, api, cast):
        posted(api.as_(cast.eli), clause=4, body="First.")
        answer = api.as_(cast.ana).patch(f"{COMMENTS}/1", json={"body": "Better."})
        assert (answer.status_code, answer.json()["code"]) == (403, "comment_of_somebody_else")


def test_a_retracted_comment_has_no_words(api, cast):
    program = api.as_(cast.eli)
    posted(program, clause=4, body="Sorry.")
    assert program.post(f"{COMMENTS}/1/retraction", json={}).status_code == 201
    for said in (api.get(f"{COMMENTS}/1").json(), api.get(COMMENTS).json()["items"][0]):
        assert said["body"] is said["html"] is None
        assert said["retracted_at"]


def test_the_list_has_filters_and_pages(api, cast):
    program = api.as_(cast.eli)
    for number in range(5):
        posted(program, clause=4 if number % 2 else 2, body=f"Number {number}.")
    first = api.get(COMMENTS, params={"limit": 2}).json()
    second = api.get(COMMENTS, params={"limit": 2, "after": first["next"]}).json()
    assert [c["number"] for c in first["items"] + second["items"]] == [5, 4, 3, 2]
    on_four = api.get(COMMENTS, params={"clause": 4}).json()["items"]
    assert [c["number"] for c in on_four] == [4, 2]


def test_a_comment_that_is_sent_twice_is_refused_with_the_number_of_the_first(api, cast):
    program = api.as_(cast.eli)
    posted(program, clause=4, body="Whose law?")
    answer = program.post(COMMENTS, json={"clause": 4, "body": "Whose law?"})
    assert (answer.status_code, answer.json()["code"]) == (409, "comment_posted_already")
    assert "as comment 1" in answer.json()["detail"]
    posted(program, clause=4, body="Whose law?", kind="question")


def test_counts_by_clause(api, cast):
    program = api.as_(cast.eli)
    for clause, body in ((4, "Counted."), (4, "Counted as well."), (2, "Counted.")):
        posted(program, clause=clause, body=body)
    posted(program, parent=1, body="Counted too.")
    posted(program, clause=2, body="Not counted.")
    program.post(f"{COMMENTS}/5/retraction", json={})
    assert api.get(f"{COMMENTS}/counts").json() == {"2": 1, "4": 3}
