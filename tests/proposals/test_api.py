"""Proposals as programs put them forward and read them."""

import pytest
from sqlalchemy import func, select

from app.definitions.actions_clause import edit_clause
from app.proposals.actions import propose, put_at_stake
from app.proposals.models import Proposal, Revision
from app.proposals.steps import Step

PATH = "/api/v1/d/open-source-ai/proposals"
ALL = "All is said about the data to build the system again."
REWORD = {"verb": "reword", "clause": 4, "markdown": ALL}
BODY = {"title": "Say all", "rationale": "It **matters**.", "changes": [REWORD]}


@pytest.fixture(autouse=True)
def stopped(clock):
    return clock


def put(db, cast, *, by=None, clause=4, title="Say all"):
    steps = [Step("reword", clause, ALL)]
    return propose(db, cast.definition, by=by or cast.chloe, title=title, rationale="", steps=steps)


def count(db, table):
    return db.scalar(select(func.count()).select_from(table))


def test_a_program_puts_changes_forward(api, cast, db):
    add = {"verb": "add", "kind": "item", "markdown": "By whom", "place": {"after": 5}}
    answer = api.as_(cast.chloe).post(PATH, json={**BODY, "changes": [REWORD, add]})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{PATH}/1"
    said = answer.json()
    assert (said["number"], said["state"], said["by"]["name"]) == (1, "open", "Chloé Marchand")
    [revision] = said["revisions"]
    assert revision["changes"][0]["markdown"] == ALL
    assert revision["changes"][0]["before"].startswith("Enough")
    assert revision["changes"][1]["place"] == {"after": 5}
    assert answer.headers["etag"] == f'"1-{said["hash"][:16]}"'
    assert api.get(f"{PATH}/1").json() == said


def test_a_post_repeated_with_its_key_happens_once(api, cast, db):
    chloe = api.as_(cast.chloe)
    one = chloe.post(PATH, json=BODY, headers={"Idempotency-Key": "a"})
    again = chloe.post(PATH, json=BODY, headers={"Idempotency-Key": "a"})
    assert (one.status_code, again.status_code) == (201, 201)
    assert one.json() == again.json()
    assert count(db, Proposal) == 1


@pytest.mark.parametrize(
    "who, status, code",
    [(None, 401, "sign_in_first"), ("eli", 403, "observers_do_not"), ("sam", 403, "not_in_group")],
)
def test_it_refuses_who_may_not(api, cast, db, who, status, code):
    answer = (api.as_(getattr(cast, who)) if who else api).post(PATH, json=BODY)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert count(db, Proposal) == 0


@pytest.mark.parametrize(
    "change, code",
    [
        ({"changes": []}, "invalid"),
        ({"changes": "all"}, "invalid"),
        ({"title": ""}, "invalid"),
        ({"title": "x" * 201}, "invalid"),
        ({"rationale": "x" * 20_001}, "invalid"),
        ({"rationale": "a\0b"}, "invalid"),
        ({"base": "nothing"}, "invalid"),
        ({"more": 1}, "invalid"),
        ({"changes": [{"verb": "burn", "clause": 4}]}, "invalid"),
        ({"changes": [{"verb": "strike", "clause": 10**30}]}, "invalid"),
        ({"changes": [{"verb": "strike", "clause": 99}]}, "clause_not_there"),
        ({"changes": [{"verb": "strike"}]}, "clause_not_there"),
        ({"changes": [{"verb": "move", "clause": 5}]}, "place_is_needed"),
        ({"changes": [REWORD, {"verb": "strike", "clause": 4}]}, "clause_changed_twice"),
        ({"changes": [{**REWORD, "markdown": "a\n\nb"}]}, "wording_more_than_one"),
    ],
)
def test_what_cannot_be_taken_is_said(api, cast, db, change, code):
    answer = api.as_(cast.chloe).post(PATH, json={**BODY, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert answer.json()["detail"]
    assert count(db, Proposal) == 0


def test_words_that_changed_meanwhile_are_not_written_over(api, cast, db):
    base = cast.definition
    db.refresh(base, ["working"])
    db.refresh(base.working, ["text"])
    hash_then = base.working.text.hash
    edit_clause(db, base, by=cast.bruno, clause=4, markdown="Much is said.", reason="Clearer.")
    answer = api.as_(cast.chloe).post(PATH, json={**BODY, "base": hash_then})
    assert answer.status_code == 409
    problem = answer.json()
    assert (problem["current"], problem["yours"]) == ("Much is said.", ALL)


class TestRevise:
    def test_against_the_revision_that_was_read(self, api, cast, db):
        put(db, cast)
        chloe = api.as_(cast.chloe)
        etag = chloe.get(f"{PATH}/1").headers["etag"]
        body = {**BODY, "title": "Say it"}
        answer = chloe.post(f"{PATH}/1/revisions", json=body, headers={"If-Match": etag})
        assert answer.status_code == 201
        assert [one["title"] for one in answer.json()["revisions"]] == ["Say all", "Say it"]
        late = chloe.post(f"{PATH}/1/revisions", json=BODY, headers={"If-Match": etag})
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert count(db, Revision) == 2

    def test_only_by_its_author(self, api, cast, db):
        put(db, cast)
        answer = api.as_(cast.dara).post(f"{PATH}/1/revisions", json=BODY)
        assert (answer.status_code, answer.json()["code"]) == (403, "proposal_of_somebody_else")

    def test_not_while_a_ballot_is_open(self, api, cast, db, clock):
        put_at_stake(db, put(db, cast), ballot_number=2, at=clock.now)
        answer = api.as_(cast.chloe).post(f"{PATH}/1/revisions", json=BODY)
        assert (answer.status_code, answer.json()["code"]) == (409, "proposal_is_at_stake")


def test_seconds_come_and_go(api, cast, db):
    put(db, cast)
    dara = api.as_(cast.dara)
    answer = dara.post(f"{PATH}/1/second")
    assert answer.status_code == 201
    assert [one["by"]["name"] for one in answer.json()["seconds"]] == ["Dara Singh"]
    assert dara.post(f"{PATH}/1/second").json()["code"] == "seconded_already"
    assert dara.delete(f"{PATH}/1/second").json()["seconds"] == []
    assert dara.delete(f"{PATH}/1/second").status_code == 409


def test_its_author_withdraws_it(api, cast, db):
    put(db, cast)
    assert api.as_(cast.ana).post(f"{PATH}/1/withdrawal", json={}).status_code == 403
    answer = api.as_(cast.chloe).post(f"{PATH}/1/withdrawal", json={"reason": "Done."})
    assert answer.status_code == 201
    assert answer.json()["state"] == "withdrawn"
    assert answer.json()["ending"]["reason"] == "Done."


def test_how_it_stands_today(api, cast, db):
    put(db, cast)
    assert api.get(f"{PATH}/1").json()["standing"] == {"merged": False, "clashes": []}
    words = "Much is said about the data to build the system again."
    edit_clause(db, cast.definition, by=cast.bruno, clause=4, markdown=words, reason="Clearer.")
    [clash] = api.get(f"{PATH}/1").json()["standing"]["clashes"]
    assert (clash["clause"], clash["why"]) == (4, "words")
    assert clash["spans"] == [{"base": "Enough", "yours": "All", "now": "Much"}]


def test_the_list_goes_on_by_cursor(api, cast, db):
    for number in range(5):
        put(db, cast, title=f"Number {number}")
    seen, after = [], None
    while True:
        query = f"?limit=2&after={after}" if after else "?limit=2"
        page = api.get(PATH + query).json()
        seen += [item["number"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [5, 4, 3, 2, 1]
    assert api.get(f"{PATH}?limit=0").status_code == 422
    assert api.get(f"{PATH}?clause=4&state=under_way").json()["items"][0]["clauses"] == [4]
    assert api.get(f"{PATH}?state=adopted").json()["items"] == []


@pytest.mark.parametrize("path", [f"{PATH}/99", "/api/v1/d/nothing/proposals", f"{PATH}/99/second"])
def test_what_is_not_there_is_not_found(api, cast, path):
    method = api.as_(cast.dara).post if path.endswith("second") else api.get
    assert method(path).status_code == 404


def test_what_only_the_group_sees_is_not_there_for_others(api, cast, db):
    put(db, cast)
    cast.definition.visibility = "group"
    db.flush()
    assert api.as_(cast.sam).get(f"{PATH}/1").status_code == 404
    assert api.as_(cast.eli).get(f"{PATH}/1").status_code == 200


def test_the_description_has_examples(api):
    described = api.get("/api/v1/openapi.json").json()
    assert described["components"]["schemas"]["ProposalBody"]["examples"]
    assert PATH.replace("open-source-ai", "{slug}") in described["paths"]
