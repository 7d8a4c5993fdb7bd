"""From a draft to a ratified definition by programs alone, over JSON, on both databases."""

from datetime import timedelta

import pytest

from app.ballots.actions_close import close_due_ballots
from app.verification import verify
from tests.journeys.test_the_whole_journey import FIRST, SECOND

ROOT = "/api/v1/d/fair-scales"


class Programs:
    """One program a person; each call must be answered as it should be."""

    def __init__(self, api, cast):
        people = ("ana", "bruno", "chloe", "dara", "eli")
        self.of = {name: api.as_(getattr(cast, name)) for name in people} | {"public": api}

    def __call__(self, who, method, path, status=200, **json):
        address = path if path.startswith("/api") else f"{ROOT}{path}"
        body = {"json": json} if method != "GET" else {}
        answer = self.of[who].request(method, address, **body)
        assert answer.status_code == status, (who, method, path, answer.text)
        return answer.json() if "json" in answer.headers["content-type"] else answer


@pytest.fixture
def call(api, cast, db):
    return Programs(api, cast)


def clause_saying(call, words):
    """The number of the clause whose words these are, in the working text."""
    text = call("public", "GET", "/text")
    return next(one["clause"] for one in text["clauses"] if words in one["markdown"])


def decide(call, clock, database, subject, voters=("ana", "bruno", "chloe", "dara")):
    """A ballot, voted in by all of them, closed by the clock; its number."""
    closes = (clock.now + timedelta(days=2)).isoformat()
    opened = call(
        "ana", "POST", "/ballots", 201, card={"preset": "two_thirds"}, closes_at=closes, **subject
    )
    number, words = opened["number"], opened["words"]
    call("eli", "PUT", f"/ballots/{number}/vote", 403, choice="yes", words=words)
    receipts = {
        who: call(who, "PUT", f"/ballots/{number}/vote", choice="yes", words=words)["receipt"]
        for who in voters
    }
    clock.forward(days=2)
    call("ana", "PUT", f"/ballots/{number}/vote", 409, choice="no", words=words)
    assert close_due_ballots(database) == 1
    for who, receipt in receipts.items():
        checked = call("public", "POST", f"/ballots/{number}/receipt-checks", receipt=receipt)
        assert checked["verdict"] == "counted", who
    return number


def test_a_draft_becomes_a_ratified_definition(call, clock, database, db):
    group = "/api/v1/g/open-definitions/definitions"
    call("ana", "POST", group, 201, slug="fair-scales", name="Fair Scales")

    # Import, twice; the second draft is matched to the clauses of the first.
    call("dara", "POST", "/imports", 403, markdown=FIRST, version="0.1")
    call("bruno", "POST", "/imports", 201, markdown=FIRST, version="0.1")
    clause = clause_saying(call, "anybody may test it")
    call("bruno", "POST", "/imports/plan", markdown=SECOND)
    call("bruno", "POST", "/imports", 201, markdown=SECOND, version="0.2")
    assert clause_saying(call, "nobody is asked why") == clause

    # Comment, answer, propose, second.
    question = call("eli", "POST", "/comments", 201, clause=clause, kind="question", body="Why?")
    call("dara", "POST", "/comments", 201, parent=question["number"], body="Fairness.")
    assert call("public", "GET", "/comments/counts")
    change = {"verb": "reword", "clause": clause, "markdown": "Anybody may test a fair scale."}
    call("eli", "POST", "/proposals", 403, title="Shorter", changes=[change])
    put = call("dara", "POST", "/proposals", 201, title="Shorter", changes=[change])
    call("chloe", "POST", f"/proposals/{put['number']}/second", 201)

    # Vote; what is carried is in the text.
    number = decide(call, clock, database, {"proposal": put["number"]})
    closed = call("public", "GET", f"/ballots/{number}")
    assert closed["closing"]["outcome"] == "carried"
    assert clause_saying(call, "Anybody may test a fair scale.") == clause

    # A version, put before the group, compared with the one before, ratified.
    call("bruno", "POST", "/versions", 201, label="1.0", note="As voted.")
    call("bruno", "POST", "/versions/1.0/candidacy", 201, reason="No objection is left.")
    compared = call("public", "GET", "/compare/0.2...1.0")
    assert [row["clause"] for row in compared["rows"] if row["verdict"] == "reworded"] == [clause]
    decide(call, clock, database, {"version": "1.0"})
    assert call("public", "GET", "/versions/1.0")["stage"] == "ratified"

    # Taken away in every format; the record tells all of it, and verifies.
    exported = call("public", "GET", "/v/1.0.json")
    assert exported["version"]["label"] == "1.0"
    for name in ("1.0.md", "1.0.html", "1.0.pdf", "1.0/citation.bib"):
        call("public", "GET", f"/v/{name}")
    verbs = {one["entry"]["verb"] for one in call("public", "GET", "/record?limit=200")["items"]}
    assert {"draft.imported", "proposal.adopted", "version.ratified", "ballot.closed"} <= verbs
    assert list(verify(db)) == []
