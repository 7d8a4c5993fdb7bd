"""Rules of conduct: made by chairs, never altered, only replaced."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.groups import rules_conduct as rules
from app.groups.actions_conduct import make_conduct_rule
from app.groups.models import ROLES, Membership
from app.groups.models_conduct import ConductRule
from app.groups.queries_conduct import conduct_rules_of
from app.kit.refusals import Refused
from app.record.models import Entry
from app.verification import verify

pytestmark = pytest.mark.usefixtures("clock")

PAGE = "/d/open-source-ai/moderation"
API = "/api/v1/g/open-definitions/conduct-rules"


@pytest.fixture
def make(db, cast):
    def made(words: str = "Speak about the words.", by: str = "ana", **more) -> ConductRule:
        return make_conduct_rule(db, cast.group, by=getattr(cast, by), words=words, **more)

    return made


class TestRules:
    @pytest.mark.parametrize("role", [*ROLES, None])
    def test_chairs_make_them(self, role):
        refusal = rules.may_make_conduct_rule(Membership(role=role) if role else None)
        assert (refusal.code if refusal else None) == (None if role == "chair" else "chairs_only")

    def test_only_one_that_is_in_force_carries_a_decision(self):
        old = ConductRule(number=1)
        assert rules.must_be_in_force(old, 1) is None
        old.replaced_by = ConductRule(number=4)
        refusal = rules.must_be_in_force(old, 1)
        assert refusal is not None
        assert (refusal.code, refusal.facts) == ("conduct_rule_replaced", {"number": 1, "by": 4})


class TestMaking:
    def test_they_are_numbered_and_dated(self, db, cast, make, clock):
        make()
        clock.forward(days=1)
        second = make(" Name no employer. ")
        assert (second.number, second.words, second.since) == (2, "Name no employer.", clock.now)
        entries = db.scalars(select(Entry).where(Entry.verb == "conduct_rule.made")).all()
        assert [one.about for one in entries] == [{"rule": 1}, {"rule": 2}]
        assert {one.log_id for one in entries} == {cast.group.log_id}

    def test_what_takes_the_place_of_one_has_a_number_of_its_own(self, db, cast, make):
        make()
        make("Speak about the words, not the person.", replaces=1)
        first, second = conduct_rules_of(db, cast.group.id)
        assert (first.number, second.number) == (1, 2)
        assert (first.replaced_by, second.replaces) == (second, first)

    @pytest.mark.parametrize(
        "more, code, status",
        [
            ({"by": "bruno"}, "chairs_only", 403),
            ({"by": "sam"}, "chairs_only", 403),
            ({"words": " "}, "conduct_rule_empty", 422),
            ({"replaces": 9}, "conduct_rule_unknown", 422),
        ],
    )
    def test_refusals(self, make, more, code, status):
        with pytest.raises(Refused) as refused:
            make(**more)
        assert (refused.value.refusal.code, refused.value.status) == (code, status)

    def test_one_is_replaced_once(self, make):
        make()
        make("Better.", replaces=1)
        with pytest.raises(Refused) as refused:
            make("Better still.", replaces=1)
        assert (refused.value.refusal.code, refused.value.status) == ("conduct_rule_replaced", 409)

    def test_the_database_alters_none(self, db, make):
        make()
        for deed in ("UPDATE conduct_rules SET words = 'x'", "DELETE FROM conduct_rules"):
            with pytest.raises(DBAPIError), db.begin_nested():
                db.execute(text(deed))

    def test_they_agree_with_the_record(self, db, cast, make):
        make()
        make("Better.", replaces=1)
        assert not [str(one) for one in verify(db)]
        db.add(
            ConductRule(
                group_id=cast.group.id, number=3, words="Slipped in.", by_id=cast.ana.id,
                since=cast.group.since,
            )
        )  # fmt: skip
        found = [str(one) for one in verify(db)]
        assert found == ["conduct_rules open-definitions 3: no entry of the record tells of it"]


class TestPages:
    def test_a_chair_writes_and_replaces_and_everybody_reads(self, browser, cast):
        browser.sign_in(cast.ana).get(PAGE)
        page = browser.submit("Make it a rule", words="Speak about the words.")
        assert page.url.endswith("#rule-1")
        page = browser.submit("Replace the rule", words="Speak about the words, not the person.")
        assert "in the place of rule 1" in page.one("#rules").text()
        browser.sign_out()
        page = browser.get(PAGE)
        assert "Speak about the words, not the person." in page.text
        assert "replaced by rule 2" in page.text
        assert not page.css("#rules form")

    def test_what_was_typed_comes_back(self, browser, cast, make):
        make()
        browser.sign_in(cast.ana).get(PAGE)
        page = browser.submit("Replace the rule", words="long " * 101)
        assert page.status == 422
        assert "long long" in page.one("#rules details[open] textarea").text()

    @pytest.mark.parametrize("who, status", [("bruno", 403), ("sam", 403), (None, 401)])
    def test_nobody_else_writes_one(self, browser, cast, who, status):
        if who:
            browser.sign_in(getattr(cast, who))
        assert browser.post(f"{PAGE}/rules", words="Mine.").status == status


class TestApi:
    def test_make_replace_and_read(self, api, cast):
        program = api.as_(cast.ana)
        assert program.post(API, json={"words": "Speak about the words."}).status_code == 201
        answer = program.post(API, json={"words": "Better.", "replaces": 1})
        assert (answer.json()["number"], answer.json()["replaces"]) == (2, 1)
        assert [one["replaced_by"] for one in api.get(API).json()["items"]] == [2, None]

    @pytest.mark.parametrize(
        "who, body, status, code",
        [
            (None, {"words": "Mine."}, 401, "sign_in_first"),
            ("eli", {"words": "Mine."}, 403, "chairs_only"),
            ("ana", {"words": " "}, 422, "invalid"),
            ("ana", {"words": "Mine.", "replaces": 4}, 422, "conduct_rule_unknown"),
        ],
    )
    def test_refusals(self, api, cast, who, body, status, code):
        answer = (api.as_(getattr(cast, who)) if who else api).post(API, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
