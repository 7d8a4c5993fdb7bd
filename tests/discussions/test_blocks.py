"""A block: somebody neither comments nor proposes in a group for a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.ballots.models import Vote
from app.discussions.actions import edit_comment, retract_comment
from app.discussions.actions_report import report_comment
from app.groups import rules_conduct as rules
from app.groups.actions_block import block_person, lift_block
from app.groups.actions_conduct import make_conduct_rule
from app.groups.actions_standing import suspend_member
from app.groups.models import ROLES, Membership
from app.groups.models_conduct import Block, ConductRule
from app.kit.models import Mail
from app.kit.refusals import Refused
from app.people.actions_erasure import erase_person
from app.proposals.actions import revise_proposal, second_proposal, withdraw_proposal
from app.proposals.steps import Step
from app.reading.actions_erasure import ELSEWHERE
from app.record.models import Entry
from app.record.queries import told
from app.verification import verify
from tests.ballots.staging import make_ballot, make_proposal, vote
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("clock")

ROOT = "/d/open-source-ai"
PAGE = f"{ROOT}/moderation"
API = "/api/v1/g/open-definitions/blocks"
WEEK = timedelta(days=7)
WHY = "Three comments about persons."


@pytest.fixture
def rule(db, cast):
    return make_conduct_rule(db, cast.group, by=cast.ana, words="Speak about the words.")


@pytest.fixture
def block(db, cast, rule, settings):
    """Ana takes Chloé's word for a week."""

    def made(who="chloe", by="ana", lasts=WEEK, reason=WHY, number=1):
        return block_person(
            db, cast.group, by=getattr(cast, by), person=getattr(cast, who), rule=number,
            until=NOON + lasts, reason=reason, settings=settings,
        )  # fmt: skip

    return made


def code(refusal):
    return refusal.code if refusal else None


class TestRules:
    @pytest.mark.parametrize("role", [*ROLES, None])
    @pytest.mark.parametrize("theirs", [*ROLES, None])
    @pytest.mark.parametrize("current", [None, Block(until=NOON)])
    def test_who_blocks_whom(self, role, theirs, current):
        mine = Membership(role=role) if role else None
        other = Membership(role=theirs) if theirs else None
        expected = None
        if role != "chair":
            expected = "chairs_only"
        elif theirs == "chair":
            expected = "chair_not_blocked"
        elif current:
            expected = "blocked_already"
        assert code(rules.may_block(mine, other, current)) == expected

    @pytest.mark.parametrize(
        "until, expected",
        [
            (timedelta(0), "block_time"),
            (timedelta(microseconds=1), None),
            (timedelta(days=365), None),
            (timedelta(days=365, microseconds=1), "block_time"),
        ],
    )
    def test_it_is_for_a_time(self, until, expected):
        assert code(rules.must_be_for_a_time(NOON + until, NOON)) == expected

    @pytest.mark.parametrize(
        "role, by, passed, expected",
        [
            ("chair", "p_other", timedelta(0), None),
            ("chair", "p_blocked", timedelta(0), "block_of_ones_own"),
            ("editor", "p_other", timedelta(0), "chairs_only"),
            (None, "p_blocked", timedelta(0), "chairs_only"),
            ("chair", "p_other", WEEK, "block_over"),
        ],
    )
    def test_who_lifts_it(self, role, by, passed, expected):
        block = Block(person_id="p_blocked", since=NOON, until=NOON + WEEK)
        membership = Membership(role=role) if role else None
        assert code(rules.may_lift_block(block, by, membership, NOON + passed)) == expected

    def test_one_is_told_until_when_and_why(self):
        block = Block(until=NOON, reason=WHY, rule=ConductRule(number=4))
        refusal = rules.must_not_be_blocked(block)
        assert refusal is not None
        assert refusal.facts == {"until": NOON, "rule": 4, "reason": WHY}


class TestWhatItKeepsFrom:
    def test_commenting_and_editing(self, db, cast, block, say):
        comment = say("chloe", "One.")
        block()
        for deed in (
            lambda: say("chloe", "Two."),
            lambda: edit_comment(db, cast.definition, comment, by=cast.chloe, body="Other."),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert (refused.value.refusal.code, refused.value.status) == ("blocked", 403)

    def test_proposing_and_revising(self, db, cast, block):
        proposal = make_proposal(db, cast)
        block()
        steps = [Step("reword", clause=4, markdown="Other words.")]
        for deed in (
            lambda: make_proposal(db, cast, words="Other words."),
            lambda: revise_proposal(
                db, cast.definition, proposal, by=cast.chloe, title="T", rationale="", steps=steps
            ),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert (refused.value.refusal.code, refused.value.status) == ("blocked", 403)

    def test_all_else_goes_on(self, db, cast, block, say):
        """Voting above all: a block takes nobody's vote."""
        proposal = make_proposal(db, cast)
        comment = say("farah", "One.")
        ballot = make_ballot(db, cast, proposal=proposal)
        block("farah")
        vote(db, ballot, cast.farah, "yes")
        assert db.get(Vote, (ballot.id, cast.farah.id)) is not None
        second_proposal(db, cast.definition, proposal, by=cast.farah)
        retract_comment(db, cast.definition, comment, by=cast.farah)
        report_comment(db, cast.definition, say("dara", "Fool."), by=cast.farah, ground="attack")

    def test_one_takes_ones_proposal_back(self, db, cast, block):
        proposal = make_proposal(db, cast)
        block()
        withdraw_proposal(db, cast.definition, proposal, by=cast.chloe)

    def test_others_speak(self, block, say):
        block()
        assert say("dara", "Mine.").number == 1

    def test_at_its_end_it_is_over_without_anybody(self, block, say, clock):
        block()
        clock.set_to(NOON + WEEK - timedelta(microseconds=1))
        with pytest.raises(Refused):
            say("chloe", "Early.")
        clock.set_to(NOON + WEEK)
        say("chloe", "On time.")


class TestBlocking:
    def test_it_names_the_rule_the_reason_and_the_time(self, db, cast, block, rule):
        made = block(reason=f" {WHY} ")
        assert (made.person_id, made.rule_id, made.reason, made.until) == (
            cast.chloe.id, rule.id, WHY, NOON + WEEK,
        )  # fmt: skip
        [entry] = db.scalars(select(Entry).where(Entry.verb == "person.blocked"))
        assert entry.log_id == cast.group.log_id
        assert entry.about == {
            "person": cast.chloe.id, "block": made.number, "rule": 1,
            "until": "2024-06-10T12:00:00.000000Z",
        }  # fmt: skip

    def test_they_are_told_by_mail(self, db, block):
        block()
        [mail] = db.scalars(select(Mail))
        assert mail.to == "chloe.marchand@example.org"
        for words in ("10 Jun 2024, 12:00 UTC", "rule 1", WHY, "/g/open-definitions"):
            assert words in mail.text

    def test_somebody_who_is_no_member_can_be_blocked(self, block, cast):
        assert block("sam").person_id == cast.sam.id

    @pytest.mark.parametrize(
        "more, expected",
        [
            ({"by": "bruno"}, ("chairs_only", 403)),
            ({"by": "sam"}, ("chairs_only", 403)),
            ({"who": "ana"}, ("chair_not_blocked", 403)),
            ({"lasts": timedelta(0)}, ("block_time", 422)),
            ({"number": 9}, ("conduct_rule_unknown", 422)),
            ({"reason": " "}, ("reason_is_needed", 422)),
        ],
    )
    def test_refusals(self, block, more, expected):
        with pytest.raises(Refused) as refused:
            block(**more)
        assert (refused.value.refusal.code, refused.value.status) == expected

    def test_a_chair_who_is_suspended_does_not_block(self, db, cast, block, settings):
        theirs = db.scalars(select(Membership).where(Membership.person_id == cast.bruno.id)).one()
        theirs.role = "chair"
        suspend_member(
            db, cast.group, by=cast.ana, person=cast.bruno, until=NOON + WEEK, reason="Rude.",
            settings=settings,
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            block(by="bruno")
        assert (refused.value.refusal.code, refused.value.status) == ("suspended", 403)
        with pytest.raises(Refused) as refused:
            block("bruno")
        assert refused.value.refusal.code == "chair_not_blocked"

    def test_why_is_forgotten_with_whoever_is_erased(self, db, cast, block):
        made = block()
        lift_block(db, cast.group, made, by=cast.ana, reason="They understood.")
        erase_person(db, cast.chloe, by=cast.chloe, elsewhere=ELSEWHERE)
        assert (made.reason, made.lifted_reason) == ("", "")
        told_by = [*told(db, cast.group.log_id, "person.blocked", "block.lifted")]
        assert [one.said("reason") for one in told_by] == [None, None]
        assert not [str(one) for one in verify(db)]

    def test_nobody_is_written_to_again_and_again(self, db, cast, block, clock):
        for _ in range(3):
            lift_block(db, cast.group, block(), by=cast.ana, reason="They understood.")
            clock.forward(minutes=1)
        with pytest.raises(Refused) as refused:
            block()
        assert (refused.value.refusal.code, refused.value.status) == ("decided_too_often", 429)

    def test_once_at_a_time(self, block, clock):
        block()
        with pytest.raises(Refused) as refused:
            block()
        assert (refused.value.refusal.code, refused.value.status) == ("blocked_already", 409)
        clock.set_to(NOON + WEEK)
        assert block(lasts=2 * WEEK).since == NOON + WEEK


class TestLifting:
    def test_they_speak_again(self, db, cast, block, say, clock):
        made = block()
        clock.forward(hours=1)
        lift_block(db, cast.group, made, by=cast.ana, reason="They understood.")
        assert (made.lifted_at, made.lifted_by_id) == (clock.now, cast.ana.id)
        assert say("chloe", "Thank you.").number == 1
        with pytest.raises(Refused) as refused:
            lift_block(db, cast.group, made, by=cast.ana, reason="Again.")
        assert refused.value.refusal.code == "block_over"

    def test_who_became_a_chair_does_not_lift_their_own(self, db, cast, block):
        made = block()
        theirs = db.scalars(select(Membership).where(Membership.person_id == cast.chloe.id)).one()
        theirs.role = "chair"
        db.flush()
        with pytest.raises(Refused) as refused:
            lift_block(db, cast.group, made, by=cast.chloe, reason="Mine.")
        assert (refused.value.refusal.code, refused.value.status) == ("block_of_ones_own", 403)

    def test_it_agrees_with_the_record(self, db, cast, block):
        made = block()
        lift_block(db, cast.group, made, by=cast.ana, reason="They understood.")
        assert not [str(one) for one in verify(db)]
        made = db.merge(made)
        made.reason = "Other."
        db.flush()
        assert [one.what for one in verify(db)] == ["its reason is not what the record tells"]


class TestPages:
    def test_a_chair_blocks_and_lifts(self, browser, open_browser, cast, rule):
        browser.sign_in(cast.ana).get(PAGE)
        browser.click("Block somebody")
        page = browser.submit("Block them", person=cast.chloe.id, rule="1", days="7", reason=WHY)
        assert "Chloé Marchand" in page.one("#blocks").text()
        public = open_browser().get(PAGE).one("#blocks").text()
        assert WHY in public and "Chloé Marchand" not in public
        browser.click("Lift the block of Chloé Marchand")
        page = browser.submit("Lift the block", reason="They understood.")
        assert "Nobody is blocked." in page.text

    def test_who_is_blocked_reads_so_instead_of_the_forms(self, browser, cast, block, say):
        say("dara", "Hello.")
        block()
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/c/4")
        assert "until Mon 10 Jun 2024, 12:00 UTC, under rule 1" in page.one("#discussion").text()
        assert not page.css("#comment-form")
        assert not {"Reply", "Propose a change"} & set(page.links())
        assert "until Mon 10 Jun 2024" in browser.get(PAGE).one("#own-block").text()
        assert browser.get(f"{ROOT}/proposals").status == 200
        assert "Propose a change" not in browser.page.links()

    def test_who_sends_it_all_the_same_is_refused_and_keeps_the_words(self, browser, cast, block):
        block()
        browser.sign_in(cast.chloe)
        page = browser.post(f"{ROOT}/comments", clause=4, body="Mine.", kind="general")
        assert page.status == 403
        assert "Mine." in page.one("textarea[name=body]").text()

    def test_what_was_typed_comes_back(self, browser, cast, rule):
        browser.sign_in(cast.ana).get(f"{PAGE}/block?person={cast.eli.id}")
        page = browser.submit("Block them", days="7", reason=WHY)
        assert page.status == 422
        assert page.one("textarea[name=reason]").text().strip() == WHY
        assert page.one("select[name=person] option[selected]").text() == "Eli Novak"

    def test_what_was_typed_comes_back_where_another_chair_was_quicker(
        self, db, browser, cast, block, clock
    ):
        made = block()
        browser.sign_in(cast.ana).get(f"{PAGE}/blocks/{made.number}/lift")
        lift_block(db, cast.group, made, by=cast.ana, reason="They understood.")
        clock.forward(minutes=1)
        page = browser.submit("Lift the block", reason="They wrote to me.")
        assert page.status == 409
        assert page.one("textarea[name=reason]").text().strip() == "They wrote to me."

    def test_chairs_and_who_is_blocked_are_not_offered(self, browser, cast, block):
        block()
        page = browser.sign_in(cast.ana).get(f"{PAGE}/block")
        offered = [one.text() for one in page.css("select[name=person] option")][1:]
        assert offered == ["Bruno Keller", "Dara Singh", "Eli Novak", "Farah Haddad"]

    @pytest.mark.parametrize("who, status", [("bruno", 403), ("chloe", 403), ("sam", 403)])
    def test_nobody_else_comes_to_the_forms(self, browser, cast, block, who, status):
        made = block()
        browser.sign_in(getattr(cast, who))
        for path in (f"{PAGE}/block", f"{PAGE}/blocks/{made.number}/lift"):
            assert browser.get(path).status == status

    def test_a_block_of_another_group_is_not_found(self, browser, cast):
        assert browser.sign_in(cast.ana).get(f"{PAGE}/blocks/99/lift").status == 404


class TestApi:
    def test_block_list_and_lift(self, api, cast, rule):
        program = api.as_(cast.ana)
        body = {
            "person": cast.chloe.id, "rule": 1, "until": "2024-06-10T12:00:00Z", "reason": WHY,
        }  # fmt: skip
        answer = program.post(API, json=body)
        assert (answer.status_code, answer.json()["person"]["name"]) == (201, "Chloé Marchand")
        assert program.get(API).json()["items"] == [answer.json()]
        assert api.get(API).json()["items"] == [answer.json() | {"person": None}]
        spoken = api.as_(cast.chloe).post(
            "/api/v1/d/open-source-ai/comments", json={"clause": 4, "body": "Mine."}
        )
        assert (spoken.status_code, spoken.json()["code"]) == (403, "blocked")
        number = answer.json()["block"]
        lifted = program.post(f"{API}/{number}/lifting", json={"reason": "They understood."})
        assert lifted.json()["lifted_at"] == "2024-06-03T12:00:00.000Z"
        assert api.get(API).json()["items"] == []

    @pytest.mark.parametrize(
        "who, more, status, code",
        [
            (None, {}, 401, "sign_in_first"),
            ("eli", {}, 403, "chairs_only"),
            ("ana", {"rule": 7}, 422, "conduct_rule_unknown"),
            ("ana", {"until": "2024-06-03T12:00:00Z"}, 422, "block_time"),
            ("ana", {"person": "p_0123456789abcdef"}, 404, "not_found"),
            ("ana", {"person": "chloe"}, 422, "invalid"),
        ],
    )
    def test_refusals(self, api, cast, rule, who, more, status, code):
        program = api.as_(getattr(cast, who)) if who else api
        body = {
            "person": cast.chloe.id, "rule": 1, "until": "2024-06-10T12:00:00Z", "reason": WHY,
        } | more  # fmt: skip
        answer = program.post(API, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
