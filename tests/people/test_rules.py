from datetime import UTC, datetime, timedelta

import pytest

from app.people import rules
from app.people.models import SignInLink

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)


def link(*, expires_at: datetime = NOON, used_at: datetime | None = None) -> SignInLink:
    return SignInLink(email="ana@example.org", expires_at=expires_at, used_at=used_at)


def code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


def test_a_link_works_until_its_end_which_is_exclusive() -> None:
    assert rules.may_use_link(link(), NOON - timedelta(microseconds=1)) is None
    assert code(rules.may_use_link(link(), NOON)) == "link_expired"


def test_a_link_works_once() -> None:
    used = link(expires_at=NOON + timedelta(hours=1), used_at=NOON)
    assert code(rules.may_use_link(used, NOON)) == "link_used"


def test_a_link_that_was_never_sent_is_refused() -> None:
    assert code(rules.may_use_link(None, NOON)) == "link_unknown"


@pytest.mark.parametrize(("sent", "refusal"), [(0, None), (4, None), (5, "too_many_links")])
def test_five_links_go_to_an_address_in_a_quarter_of_an_hour(
    sent: int, refusal: str | None
) -> None:
    lately = [NOON + timedelta(minutes=minute) for minute in range(sent)]
    assert code(rules.may_send_link(lately)) == refusal


def test_the_sixth_can_go_when_the_first_of_the_five_is_a_quarter_of_an_hour_old() -> None:
    lately = [NOON + timedelta(minutes=minute) for minute in range(6)]
    refusal = rules.may_send_link(lately)
    assert refusal is not None
    assert refusal.facts == {"again_at": NOON + timedelta(minutes=16)}


@pytest.mark.parametrize(
    ("demo", "invented", "refusal"),
    [
        (True, True, None),
        (True, False, "not_a_demo_person"),
        (False, True, "not_a_demo_person"),
        (False, False, "not_a_demo_person"),
    ],
)
def test_only_invented_people_are_offered_and_only_in_demo_mode(
    demo: bool, invented: bool, refusal: str | None
) -> None:
    assert code(rules.may_sign_in_as_demo_person(demo=demo, invented=invented)) == refusal


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "javascript:alert(1)",
        "",
        "me",
        "/\t/elsewhere.example",
        "/\n",
        "/" + "a" * 600,
    ],
)
def test_going_on_never_leaves_this_site(path: str) -> None:
    assert rules.safe_next(path) == "/"


def test_going_on_keeps_a_path_of_ours() -> None:
    assert rules.safe_next("/d/open-source-ai?x=1#comment-3") == "/d/open-source-ai?x=1#comment-3"
