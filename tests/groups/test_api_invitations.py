"""Inviting and answering over the API."""

import pytest
from sqlalchemy import select

from app.groups.queries import member_of
from app.kit.models import Mail

pytestmark = pytest.mark.usefixtures("clock")

INVITATIONS = "/api/v1/g/open-definitions/invitations"
SAM = {"email": "sam.okoro@example.org", "name": "Sam Okoro", "role": "editor"}


def sent(api, cast, *people, **more):
    return api.as_(cast.ana).post(INVITATIONS, json={"people": list(people) or [SAM], **more})


def test_a_chair_invites_people_and_lists_them(api, cast, db):
    answer = sent(api, cast, SAM, {"email": "b@x.org", "category": "x"}, add_categories=["x"])
    assert answer.status_code == 201 and len(answer.json()["invitations"]) == 2
    assert len(db.scalars(select(Mail)).all()) == 2
    items = api.as_(cast.ana).get(INVITATIONS).json()["items"]
    assert [(one["email"], one["category"]) for one in items] == [
        ("b@x.org", "x"), ("sam.okoro@example.org", None),
    ]  # fmt: skip


def test_all_that_is_wrong_is_named_by_row_and_nothing_is_sent(api, cast, db):
    answer = sent(
        api, cast, SAM, {"email": "b", "role": "boss"}, {"email": "eli.novak@example.org"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert set(answer.json()["errors"]) == {"people.1.email", "people.1.role", "people.2.email"}
    assert db.scalars(select(Mail)).all() == []


@pytest.mark.parametrize("who", ["bruno", "dara", "eli", "sam"])
def test_nobody_else_invites_or_looks(api, cast, who):
    number = sent(api, cast).json()["invitations"][0]
    api = api.as_(getattr(cast, who))
    for answer in (
        api.get(INVITATIONS),
        api.post(INVITATIONS, json={"people": [{"email": "a@x.org"}]}),
        api.post(f"{INVITATIONS}/{number}/again"),
        api.post(f"{INVITATIONS}/{number}/withdrawal"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "chairs_only")


def test_it_is_sent_again_and_withdrawn(api, cast):
    ana = api.as_(cast.ana)
    number = sent(api, cast).json()["invitations"][0]
    again = ana.post(f"{INVITATIONS}/{number}/again").json()["invitations"][0]
    assert ana.post(f"{INVITATIONS}/{again}/withdrawal").status_code == 204
    late = ana.post(f"{INVITATIONS}/{again}/withdrawal")
    assert (late.status_code, late.json()["code"]) == (409, "invitation_is_over")
    items = ana.get(INVITATIONS, params={"state": "over"}).json()["items"]
    assert [one["outcome"] for one in items] == ["withdrawn", "replaced"]


def test_who_is_invited_answers(api, cast, db):
    number = sent(api, cast).json()["invitations"][0]
    sam = api.as_(cast.sam)
    (mine,) = sam.get("/api/v1/me/invitations").json()["items"]
    assert (mine["number"], mine["group"]["slug"]) == (number, "open-definitions")
    path = f"/api/v1/me/invitations/{number}"
    assert sam.post(f"{path}/acceptance", json={"category": "x"}).json()["code"] == (
        "unknown_category"
    )
    answer = sam.post(f"{path}/acceptance", json={"category": "regulators"})
    assert answer.status_code == 201 and answer.json()["role"] == "editor"
    assert answer.json()["category"] == "regulators"
    assert member_of(db, cast.group.id, cast.sam.id).role == "editor"
    assert sam.post(f"{path}/refusal").json()["code"] == "invitation_accepted"


def test_what_was_sent_to_others_is_not_there(api, cast):
    number = sent(api, cast).json()["invitations"][0]
    dara = api.as_(cast.dara)
    assert dara.get("/api/v1/me/invitations").json()["items"] == []
    for deed in ("acceptance", "refusal"):
        answer = dara.post(f"/api/v1/me/invitations/{number}/{deed}", json={})
        assert answer.status_code == 404
