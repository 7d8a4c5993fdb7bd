"""Ballots as programs use them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.record import merkle
from app.record.canonical import leaf_hash
from tests.ballots.staging import (
    all_vote,
    make_ballot,
    make_candidate_version,
    make_proposal,
    vote,
    voters,
)
from tests.cast import Cast
from tests.conftest import Clock
from tests.signing import Api

pytestmark = pytest.mark.usefixtures("clock")
ROOT = "/api/v1/d/open-source-ai/ballots"
CLOSES = "2024-06-10T16:00:00Z"
CARD = {"preset": "two_thirds", "quorum": "1/2"}


def test_the_life_of_a_ballot(db: Session, cast: Cast, api: Api) -> None:
    make_proposal(db, cast)
    opened = api.as_(cast.ana).post(
        ROOT, json={"proposal": 1, "card": CARD, "closes_at": CLOSES, "names_shown": "open"}
    )
    assert opened.status_code == 201
    assert opened.headers["location"] == f"{ROOT}/1"
    ballot = opened.json()
    assert ballot["state"] == "open"
    assert ballot["card"]["threshold"] == "2/3"
    assert ballot["closes_at"] == "2024-06-10T16:00:00.000Z"
    assert "At least 3 of the 5 on the roll must vote." in ballot["card_sentences"]
    for person in voters(cast):
        assert [b["number"] for b in api.as_(person).get("/api/v1/me/ballots").json()["items"]] == [
            1
        ]
        cast_one = api.as_(person).put(
            f"{ROOT}/1/vote", json={"choice": "yes", "words": ballot["words"], "reason": "Clear."}
        )
        assert cast_one.status_code == 200
    receipt = cast_one.json()["receipt"]
    seen = api.as_(cast.farah).get(f"{ROOT}/1").json()
    assert (seen["my_choice"], seen["tally"]) == ("yes", {"yes": 5, "no": 0, "abstain": 0})
    names = api.get(f"{ROOT}/1/votes", params={"limit": 2}).json()
    assert len(names["items"]) == 2
    assert names["items"][0]["reason"] == "Clear."
    rest = api.get(f"{ROOT}/1/votes", params={"limit": 9, "after": names["next"]}).json()
    assert len(rest["items"]) == 3
    closed = api.as_(cast.ana).post(f"{ROOT}/1/closing")
    assert closed.status_code == 201
    assert closed.json()["state"] == "carried"
    assert closed.json()["closing"]["sentence"].startswith("Carried: 5 of 5")
    checked = api.post(f"{ROOT}/1/receipt-checks", json={"receipt": receipt}).json()
    assert checked["verdict"] == "counted"
    assert checked["root"] == closed.json()["closing"]["votes_root"]


def test_what_waits_comes_in_pages_soonest_first_none_twice_and_none_missing(
    db: Session, cast: Cast, api: Api, clock: Clock
) -> None:
    days = [3, 1, 2, 1, 30]  # two close at the same moment
    for number, day in enumerate(days):
        proposal = make_proposal(db, cast, words=f"Enough is said, {number} times.")
        make_ballot(db, cast, proposal=proposal, closes_at=clock.now + timedelta(days=day))
    program = api.as_(cast.dara)
    seen, after = [], {}
    for _ in days:
        page = program.get("/api/v1/me/ballots", params={"limit": 1, **after}).json()
        seen += [ballot["number"] for ballot in page["items"]]
        after = {"after": page["next"]}
    assert seen == [2, 4, 3, 1, 5]
    assert page["next"] is None
    whole = program.get("/api/v1/me/ballots").json()
    assert [ballot["number"] for ballot in whole["items"]] == seen
    assert program.get("/api/v1/me/ballots", params={"limit": 0}).status_code == 422


def test_more_than_twenty_ballots_wait_and_all_are_told(db: Session, cast: Cast, api: Api) -> None:
    for number in range(21):
        make_ballot(db, cast, proposal=make_proposal(db, cast, words=f"Enough, {number} times."))
    told = api.as_(cast.dara).get("/api/v1/me/ballots").json()
    assert len(told["items"]) == 21 and told["next"] is None


def test_a_vote_that_names_another_replaces_that_one_only(
    db: Session, cast: Cast, api: Api
) -> None:
    words = make_ballot(db, cast).words_hash
    program = api.as_(cast.dara)

    def say(choice: str, **more: str) -> Any:
        body = {"choice": choice, "words": words, **more}
        return program.put(f"{ROOT}/1/vote", json=body)

    first = say("yes", replaces="")
    late = say("no", replaces="")
    assert (late.status_code, late.json()["code"]) == (409, "vote_changed_elsewhere")
    assert late.json()["detail"].startswith("You voted yes at ")
    assert program.get(f"{ROOT}/1/vote").json()["nonce"] == first.json()["nonce"]
    assert say("no", replaces=first.json()["nonce"]).status_code == 200
    assert say("abstain").json()["choice"] == "abstain"
    assert say("no", replaces="x" * 65).status_code == 422


def test_a_voter_can_prove_inclusion_alone(db: Session, cast: Cast, api: Api) -> None:
    import json

    ballot = make_ballot(db, cast)
    all_vote(db, ballot, voters(cast))
    root = close_ballot(db, ballot, by=cast.ana).votes_root
    mine = api.as_(cast.bruno).get(f"{ROOT}/1/vote").json()
    leaf = leaf_hash(json.loads(mine["receipt"].splitlines()[1]))
    proof = [bytes.fromhex(node) for node in mine["inclusion"]["path"]]
    place = mine["inclusion"]["index"], mine["inclusion"]["size"]
    assert merkle.is_included(leaf, *place, proof, bytes.fromhex(root))


def test_a_version_is_put_to_its_ratification(db: Session, cast: Cast, api: Api) -> None:
    make_candidate_version(db, cast, "0.1")
    card = {"preset": "consensus_minus", "noes_max": 1}
    body = {"version": "0.1", "card": card, "closes_at": CLOSES}
    opened = api.as_(cast.ana).post(ROOT, json=body, headers={"idempotency-key": "once"})
    again = api.as_(cast.ana).post(ROOT, json=body, headers={"idempotency-key": "once"})
    assert opened.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert opened.json()["version"] == "0.1"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"card": {"preset": "custom"}}, 422, "card_lacks"),
        ({"card": {"preset": "consensus_minus"}}, 422, "card_lacks"),
        ({"card": {"threshold": "3/2"}}, 422, "not_a_share"),
        ({"card": {"threshold": "1/0"}}, 422, "not_a_share"),
        ({"card": {"threshold": "1", "strict": True}}, 422, "card_cannot_be_met"),
        ({"card": {"preset": "lottery"}}, 422, "invalid"),
        ({"card": {**CARD, "noes_max": -1}}, 422, "invalid"),
        ({"closes_at": "2024-06-01T10:00:00Z"}, 422, "ballot_closes_before_it_opens"),
        ({"closes_at": "2024-06-10T16:00:00"}, 422, "invalid"),
        ({"closes_at": "9999-12-31T23:59:59-14:00"}, 422, "invalid"),
        ({"opens_at": "2024-06-01T10:00:00Z"}, 422, "ballot_opens_in_the_past"),
        ({"proposal": 99}, 404, None),
        ({"version": "0.1"}, 404, None),
        ({"proposal": None}, 404, None),
        ({"surprise": 1}, 422, "invalid"),
        ({"question": "x" * 201}, 422, "invalid"),
    ],
)
def test_a_ballot_that_can_not_be_is_refused(
    db: Session, cast: Cast, api: Api, change: dict[str, object], status: int, code: str | None
) -> None:
    make_proposal(db, cast)
    body = {"proposal": 1, "card": CARD, "closes_at": CLOSES, **change}
    answer = api.as_(cast.ana).post(ROOT, json=body)
    assert answer.status_code == status
    if code:
        assert answer.json()["code"] == code
    assert api.get(ROOT).json()["items"] == []


@pytest.mark.alike
@pytest.mark.parametrize(
    ("who", "verb", "status", "code"),
    [
        (None, "open", 401, "sign_in_first"),
        ("sam", "open", 403, "chairs_only"),
        ("eli", "open", 403, "chairs_only"),
        ("chloe", "open", 403, "chairs_only"),
        ("bruno", "open", 403, "chairs_only"),
        ("ana", "open", 409, "proposal_is_at_stake"),
        (None, "vote", 401, "sign_in_first"),
        ("sam", "vote", 403, "not_on_roll"),
        ("eli", "vote", 403, "not_on_roll"),
        ("chloe", "vote", 200, None),
        ("bruno", "vote", 200, None),
        ("ana", "vote", 200, None),
        (None, "extend", 401, "sign_in_first"),
        ("sam", "extend", 403, "chairs_only"),
        ("eli", "extend", 403, "chairs_only"),
        ("chloe", "extend", 403, "chairs_only"),
        ("bruno", "extend", 403, "chairs_only"),
        ("ana", "extend", 201, None),
        (None, "close", 401, "sign_in_first"),
        ("sam", "close", 403, "chairs_only"),
        ("eli", "close", 403, "chairs_only"),
        ("chloe", "close", 403, "chairs_only"),
        ("bruno", "close", 403, "chairs_only"),
        ("ana", "close", 409, "not_everybody_voted"),
    ],
)
def test_who_may_do_what(
    db: Session, cast: Cast, api: Api, who: str | None, verb: str, status: int, code: str | None
) -> None:
    ballot = make_ballot(db, cast)
    program = api.as_(getattr(cast, who)) if who else api
    later = "2024-07-10T16:00:00Z"
    if verb == "open":
        answer = program.post(ROOT, json={"proposal": 1, "card": CARD, "closes_at": CLOSES})
    elif verb == "vote":
        words = ballot.words_hash
        answer = program.put(f"{ROOT}/1/vote", json={"choice": "no", "words": words})
    elif verb == "extend":
        body = {"closes_at": later, "reason": "A holiday."}
        answer = program.post(f"{ROOT}/1/extensions", json=body)
    else:
        answer = program.post(f"{ROOT}/1/closing")
    assert answer.status_code == status
    if code:
        assert answer.json()["code"] == code


@pytest.mark.alike
def test_before_during_and_after(db: Session, cast: Cast, api: Api, clock: Clock) -> None:
    opens = clock.now + timedelta(days=1)
    ballot = make_ballot(db, cast, opens_at=opens)
    program = api.as_(cast.dara)
    body = {"choice": "no", "words": ballot.words_hash}
    micro = timedelta(microseconds=1)
    told = []
    for moment in (opens - micro, opens, ballot.closes_at - micro, ballot.closes_at):
        clock.set_to(moment)
        answer = program.put(f"{ROOT}/1/vote", json=body)
        told.append(answer.json().get("code", answer.status_code))
    assert told == ["ballot_not_open_yet", 200, 200, "ballot_closed"]


@pytest.mark.alike
@pytest.mark.parametrize(
    "body",
    [
        {"choice": "maybe", "words": "x"},
        {"words": "x"},
        {"choice": "yes"},
        {"choice": "yes", "words": "x" * 65},
        {"choice": "yes", "words": "x", "reason": "y" * 5001},
        {"choice": "yes", "words": "x", "reason": "\u0000"},
    ],
)
def test_a_vote_that_is_none_is_refused(
    db: Session, cast: Cast, api: Api, body: dict[str, str]
) -> None:
    make_ballot(db, cast)
    assert api.as_(cast.dara).put(f"{ROOT}/1/vote", json=body).status_code == 422
    assert api.as_(cast.dara).get(f"{ROOT}/1/vote").status_code == 404


def test_names_and_counts_wait_for_the_close(db: Session, cast: Cast, api: Api) -> None:
    ballot = make_ballot(db, cast, names_shown="closed", counts_shown="closed")
    all_vote(db, ballot, voters(cast))
    vote(db, ballot, cast.dara, "no", "A reason of Dara's.")
    seen = api.as_(cast.ana).get(f"{ROOT}/1")
    assert (seen.json()["tally"], seen.json()["categories"], seen.json()["cast"]) == (None, [], 5)
    assert "Dara" not in seen.text
    assert api.as_(cast.ana).get(f"{ROOT}/1/votes").json()["code"] == "names_after_the_close"
    close_ballot(db, ballot, by=cast.ana)
    assert "A reason of Dara's." in api.get(f"{ROOT}/1/votes").text


def test_what_only_the_group_may_see_is_not_there_for_others(
    db: Session, cast: Cast, api: Api
) -> None:
    make_ballot(db, cast)
    cast.definition.visibility = "group"
    db.flush()
    for path in (ROOT, f"{ROOT}/1", f"{ROOT}/1/votes", f"{ROOT}/1/vote"):
        assert api.as_(cast.sam).get(path).status_code == 404
        assert api.get(path).status_code in (401, 404)
    assert api.as_(cast.eli).get(f"{ROOT}/1").status_code == 200
