"""``/api/v1/g/…`` and what every API address shares: problems, idempotency, tokens."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.groups.models import Membership
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
