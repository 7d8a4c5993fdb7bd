"""``/api/v1/g/…`` and what every API address shares: problems, idempotency, tokens."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.groups.actions import create_group
from app.groups.models import Membership
from app.people.queries import person_by_email
from tests.cast import Cast
from tests.signing import Api

MEMBERS = "/api/v1/g/open-definitions/members"


def test_anybody_reads_who_is_in_a_group(api: Api, cast: Cast) -> None:
    answer = api.get(MEMBERS, params={"limit": 4})
    assert [m["person"]["name"] for m in answer.json()["items"]][0] == "Ana Ferreira"
    rest = api.get(MEMBERS, params={"after": answer.json()["next"]}).json()
    assert len(rest["items"]) == 2 and rest["next"] is None


def test_a_chair_brings_somebody_in(api: Api, cast: Cast) -> None:
    answer = api.as_(cast.ana).post(MEMBERS, json={"person": cast.sam.id, "role": "observer"})
    assert answer.status_code == 201
    assert answer.json()["person"] == {"id": cast.sam.id, "name": "Sam Okoro"}
    assert answer.headers["location"].endswith(cast.sam.id)


def test_a_member_is_refused_with_the_reason(api: Api, cast: Cast) -> None:
    answer = api.as_(cast.chloe).post(MEMBERS, json={"person": cast.sam.id})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "chairs_only" and "chairs" in answer.json()["detail"]


def test_nobody_is_asked_for_a_token(api: Api, cast: Cast) -> None:
    answer = api.post(MEMBERS, json={"person": cast.sam.id})
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"


def test_a_wrong_token_is_not_the_public(api: Api, cast: Cast) -> None:
    answer = api.get(MEMBERS, headers={"authorization": "Bearer cw_wrong"})
    assert answer.status_code == 401


def test_a_value_that_cannot_be_taken_is_named(api: Api, cast: Cast) -> None:
    answer = api.as_(cast.ana).post(MEMBERS, json={"person": cast.sam.id, "role": "owner"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"role": "This is not one of the choices."}


def test_a_repeated_post_happens_once(api: Api, cast: Cast, db: Session) -> None:
    ana = api.as_(cast.ana)
    key = {"idempotency-key": "one"}
    first = ana.post(MEMBERS, json={"person": cast.sam.id}, headers=key)
    second = ana.post(MEMBERS, json={"person": cast.sam.id}, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json() and second.headers["idempotent-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    count = select(func.count()).where(Membership.person_id == cast.sam.id)
    assert db.scalar(count) == 1


def test_a_key_belongs_to_one_request(api: Api, cast: Cast) -> None:
    ana = api.as_(cast.ana)
    key = {"idempotency-key": "one"}
    ana.post(MEMBERS, json={"person": cast.sam.id}, headers=key)
    other = ana.post(MEMBERS, json={"person": cast.eli.id}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_key_belongs_to_one_person(api: Api, cast: Cast) -> None:
    key = {"idempotency-key": "one"}
    api.as_(cast.ana).post(MEMBERS, json={"person": cast.sam.id}, headers=key)
    other = api.as_(cast.bruno).post(MEMBERS, json={"person": cast.sam.id}, headers=key)
    assert other.status_code == 403


@pytest.mark.parametrize("slug", ["nowhere", "a\x00b", "%00", "x" * 300])
def test_there_is_no_such_group(api: Api, cast: Cast, slug: str) -> None:
    answer = api.get(f"/api/v1/g/{slug.replace(chr(0), '%00')}/members")
    assert answer.status_code == 404 and answer.json()["code"] == "not_found"


def test_groups_come_in_pages_none_twice_and_none_missing(
    api: Api, cast: Cast, db: Session
) -> None:
    for slug in ("another", "third"):
        create_group(db, by=cast.sam, slug=slug, name="Alike", categories=[])
    seen, after = [], {}
    for _ in range(3):
        page = api.get("/api/v1/g", params={"limit": 1, **after}).json()
        seen += [one["slug"] for one in page["items"]]
        after = {"after": page["next"]}
    assert seen == ["open-definitions", "another", "third"]
    assert page["next"] is None
    assert [one["slug"] for one in api.get("/api/v1/g").json()["items"]] == seen


@pytest.mark.parametrize("limit", [0, 201, "x"])
def test_a_page_has_one_row_to_two_hundred(api: Api, cast: Cast, limit: object) -> None:
    assert api.get("/api/v1/g", params={"limit": limit}).status_code == 422


def test_a_chair_brings_in_who_is_known_by_address(api: Api, cast: Cast) -> None:
    body = {"email": "Sam.Okoro@example.org", "category": "deployers"}
    answer = api.as_(cast.ana).post(MEMBERS, json=body)
    assert answer.status_code == 201
    assert answer.json()["person"] == {"id": cast.sam.id, "name": "Sam Okoro"}
    again = api.as_(cast.ana).post(MEMBERS, json=body)
    assert (again.status_code, again.json()["code"]) == (409, "already_in_group")


@pytest.mark.parametrize(("name", "called"), [("Ida Lund", "Ida Lund"), ("", "ida.lund")])
def test_who_has_no_account_gets_one(api: Api, cast: Cast, name: str, called: str) -> None:
    body = {"email": "ida.lund@example.org", "name": name, "role": "observer"}
    answer = api.as_(cast.ana).post(MEMBERS, json=body)
    assert answer.status_code == 201
    assert answer.json()["person"]["name"] == called
    assert "ida.lund@" not in api.get(answer.headers["location"]).text


def test_nobody_gets_an_account_from_a_refused_call(api: Api, cast: Cast, db: Session) -> None:
    body = {"email": "ida.lund@example.org"}
    assert api.as_(cast.bruno).post(MEMBERS, json=body).json()["code"] == "chairs_only"
    wrong = api.as_(cast.ana).post(MEMBERS, json=body | {"category": "x"})
    assert wrong.json()["code"] == "unknown_category"
    assert person_by_email(db, "ida.lund@example.org") is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "member"},
        {"person": "p_0f3a5c7e9b1d2f40", "email": "ida.lund@example.org"},
        {"person": "Ida"},
        {"email": "ida.lund"},
        {"email": "ida.lund@example.org", "surprise": 1},
    ],
)
def test_a_body_names_one_person(api: Api, cast: Cast, body: dict[str, object]) -> None:
    answer = api.as_(cast.ana).post(MEMBERS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"]


def test_a_membership_is_read_under_an_etag(api: Api, cast: Cast) -> None:
    answer = api.get(f"{MEMBERS}/{cast.dara.id}")
    assert answer.json()["role"] == "member" and answer.headers["etag"]
    for nobody in (cast.sam.id, "p_0000000000000000", "x"):
        assert api.get(f"{MEMBERS}/{nobody}").status_code == 404


def test_who_read_another_membership_is_given_the_one_that_stands(
    api: Api, cast: Cast, db: Session
) -> None:
    ana = api.as_(cast.ana)
    path = f"{MEMBERS}/{cast.dara.id}"
    read = ana.get(path).headers["etag"]
    changed = ana.put(path, json={"role": "editor"}, headers={"if-match": read})
    assert changed.status_code == 200 and changed.headers["etag"] != read
    late = [
        ana.put(path, json={"role": "observer"}, headers={"if-match": read}),
        ana.delete(path, headers={"if-match": read}),
    ]
    for answer in late:
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["etag"] == changed.headers["etag"]
        assert answer.json()["current"] == ana.get(path).json() == changed.json()
    ended = ana.delete(path, headers={"if-match": f'"0", {changed.headers["etag"]}'})
    assert ended.status_code == 204


def test_without_if_match_the_last_change_counts(api: Api, cast: Cast) -> None:
    ana = api.as_(cast.ana)
    path = f"{MEMBERS}/{cast.dara.id}"
    for headers in ({}, {"if-match": "*"}):
        assert ana.put(path, json={"role": "editor"}, headers=headers).status_code == 200
    assert ana.put(f"{MEMBERS}/{cast.sam.id}", json={}, headers={"if-match": '"1"'}).json()[
        "code"
    ] == ("not_a_member_now")


def test_a_membership_changes_and_ends(api: Api, cast: Cast) -> None:
    ana = api.as_(cast.ana)
    path = f"{MEMBERS}/{cast.dara.id}"
    changed = ana.put(path, json={"role": "observer", "category": "creators"})
    assert changed.json()["role"] == "observer"
    assert ana.put(path, json={"role": "observer", "category": "x"}).json()["code"] == (
        "unknown_category"
    )
    assert ana.delete(path).status_code == 204
    assert ana.delete(path).json()["code"] == "not_a_member_now"


def test_me_is_who_the_token_speaks_for(api: Api, cast: Cast) -> None:
    assert api.as_(cast.ana).get("/api/v1/me").json()["name"] == "Ana Ferreira"
