"""Hiding a comment under a rule of conduct, and lifting that."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.discussions import rules, rules_moderation
from app.discussions.actions import edit_comment
from app.discussions.actions_hiding import hide_comment, lift_hiding
from app.discussions.actions_report import report_comment
from app.discussions.models import Comment, Hiding
from app.groups.actions_conduct import make_conduct_rule
from app.groups.models import ROLES, Membership
from app.kit.models import Mail
from app.kit.refusals import Refused
from app.record.models import Entry
from app.verification import verify
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("clock")

CLAUSE = "/d/open-source-ai/c/4"
COMMENTS = "/d/open-source-ai/comments"
QUEUE = "/d/open-source-ai/moderation"
API = "/api/v1/d/open-source-ai/comments"


@pytest.fixture
def comment(say):
    return say("dara", "You are a fool.")


@pytest.fixture
def rule(db, cast):
    return make_conduct_rule(db, cast.group, by=cast.ana, words="Speak about the words.")


@pytest.fixture
def hide(db, cast, comment, rule, settings):
    def hidden(who: str = "ana", reason: str = "About the person.", number: int = 1) -> Hiding:
        by = getattr(cast, who)
        return hide_comment(
            db, cast.definition, comment, by=by, rule=number, reason=reason, settings=settings
        )

    return hidden


def code(refusal):
    return refusal.code if refusal else None


def a_comment(hidden=False):
    comment = Comment(by_id="p_author", at=NOON)
    comment.hiding = Hiding() if hidden else None
    comment.retraction = None
    return comment


class TestRules:
    @pytest.mark.parametrize("role", [*ROLES, None])
    @pytest.mark.parametrize("by", ["p_author", "p_other"])
    @pytest.mark.parametrize("hidden", [True, False])
    def test_who_hides_and_lifts_and_when(self, role, by, hidden):
        comment, membership = a_comment(hidden), Membership(role=role) if role else None
        own = "moderation_of_ones_own" if by == "p_author" else None
        who = own if role == "chair" else "chairs_only"
        expected = who or ("comment_hidden_already" if hidden else None)
        assert code(rules_moderation.may_hide(comment, by, membership)) == expected
        expected = who or (None if hidden else "comment_not_hidden")
        assert code(rules_moderation.may_lift(comment, by, membership)) == expected

    @pytest.mark.parametrize(
        "role, by, opens",
        [
            ("chair", "p_other", True),
            ("observer", "p_author", True),
            (None, "p_author", True),
            ("editor", "p_other", False),
            ("member", "p_other", False),
            ("observer", "p_other", False),
            (None, "p_other", False),
        ],
    )
    def test_who_opens_what_is_hidden(self, role, by, opens):
        membership = Membership(role=role) if role else None
        assert rules_moderation.may_open(a_comment(hidden=True), by, membership) is opens

    def test_what_is_hidden_is_neither_edited_nor_reported(self):
        hidden = a_comment(hidden=True)
        editing = rules.may_edit(hidden, "p_author", Membership(role="member"), NOON)
        assert code(editing) == "comment_hidden"
        assert code(rules_moderation.may_report(hidden, "p_reader", None)) == "comment_hidden"


class TestHiding:
    def test_it_names_the_rule_the_reason_and_the_chair(self, db, cast, comment, hide, rule, clock):
        hiding = hide(reason=" About the person. ")
        assert (hiding.rule_id, hiding.reason, hiding.by_id, hiding.at) == (
            rule.id, "About the person.", cast.ana.id, clock.now,
        )  # fmt: skip
        assert comment.hiding is hiding
        [entry] = db.scalars(select(Entry).where(Entry.verb == "comment.hidden"))
        assert entry.about == {"comment": 1, "hiding": hiding.id, "rule": 1, "reports": []}

    def test_its_author_is_told_by_mail_without_the_words(self, db, cast, hide):
        hide()
        [mail] = db.scalars(select(Mail))
        assert mail.to == "dara.singh@example.org"
        assert "https://testserver/d/open-source-ai/comments/1" in mail.text
        assert "rule 1" in mail.text
        assert "Speak about the words." in mail.text
        assert "About the person." in mail.text
        assert "fool" not in mail.text

    def test_it_answers_what_was_reported(self, db, cast, comment, hide, clock):
        report = report_comment(db, cast.definition, comment, by=cast.eli, ground="attack")
        clock.forward(hours=1)
        hide()
        assert (report.ended_at, report.ended_by_id) == (clock.now, cast.ana.id)
        [entry] = db.scalars(select(Entry).where(Entry.verb == "comment.hidden"))
        assert entry.about["reports"] == [report.id]

    @pytest.mark.parametrize(
        "who, more, refusal, status",
        [
            ("bruno", {}, "chairs_only", 403),
            ("sam", {}, "chairs_only", 403),
            ("ana", {"reason": "  "}, "reason_is_needed", 422),
            ("ana", {"number": 7}, "conduct_rule_unknown", 422),
        ],
    )
    def test_refusals(self, hide, who, more, refusal, status):
        with pytest.raises(Refused) as refused:
            hide(who, **more)
        assert (refused.value.refusal.code, refused.value.status) == (refusal, status)

    def test_a_rule_that_was_replaced_carries_nothing_more(self, db, cast, hide, rule):
        make_conduct_rule(db, cast.group, by=cast.ana, words="Better.", replaces=1)
        with pytest.raises(Refused) as refused:
            hide()
        assert refused.value.refusal.code == "conduct_rule_replaced"

    def test_once(self, db, comment, hide, cast):
        first = hide()
        with pytest.raises(Refused) as refused:
            hide()
        assert (refused.value.refusal.code, refused.value.status) == ("comment_hidden_already", 409)
        db.add(
            Hiding(
                comment_id=comment.id, rule_id=first.rule_id, reason="x", by_id=cast.ana.id, at=NOON
            )
        )
        with pytest.raises(IntegrityError), db.begin_nested():
            db.flush()

    def test_its_author_edits_it_no_more(self, db, cast, comment, hide):
        hide()
        with pytest.raises(Refused) as refused:
            edit_comment(db, cast.definition, comment, by=cast.dara, body="You are kind.")
        assert refused.value.refusal.code == "comment_hidden"


class TestLifting:
    def test_it_says_who_when_and_why(self, db, cast, comment, hide, clock):
        hiding = hide()
        clock.forward(hours=1)
        lift_hiding(db, cast.definition, comment, by=cast.ana, reason="A quotation.")
        assert comment.hiding is None
        assert (hiding.lifted_at, hiding.lifted_by_id, hiding.lifted_reason) == (
            clock.now, cast.ana.id, "A quotation.",
        )  # fmt: skip
        [entry] = db.scalars(select(Entry).where(Entry.verb == "hiding.lifted"))
        assert entry.about == {"comment": 1, "hiding": hiding.id}

    def test_it_can_be_hidden_again(self, db, cast, comment, hide):
        hide()
        lift_hiding(db, cast.definition, comment, by=cast.ana, reason="A quotation.")
        assert comment.hiding is None
        assert hide().lifted_at is None

    @pytest.mark.parametrize("who, refusal", [("bruno", "chairs_only"), ("dara", "chairs_only")])
    def test_only_chairs(self, db, cast, comment, hide, who, refusal):
        hide()
        with pytest.raises(Refused) as refused:
            lift_hiding(db, cast.definition, comment, by=getattr(cast, who), reason="Mine.")
        assert refused.value.refusal.code == refusal

    def test_an_author_who_became_a_chair_does_not_lift_it(self, db, cast, comment, hide):
        hide()
        member = db.scalars(select(Membership).where(Membership.person_id == cast.dara.id)).one()
        member.role = "chair"
        db.flush()
        with pytest.raises(Refused) as refused:
            lift_hiding(db, cast.definition, comment, by=cast.dara, reason="Mine.")
        assert refused.value.refusal.code == "moderation_of_ones_own"

    def test_what_is_not_hidden_is_not_lifted(self, db, cast, comment):
        with pytest.raises(Refused) as refused:
            lift_hiding(db, cast.definition, comment, by=cast.ana, reason="No.")
        assert (refused.value.refusal.code, refused.value.status) == ("comment_not_hidden", 409)


class TestPages:
    def test_a_chair_hides_what_was_reported(self, browser, db, cast, comment, rule):
        report_comment(db, cast.definition, comment, by=cast.eli, ground="attack")
        browser.sign_in(cast.ana).get(QUEUE)
        browser.click("Hide comment 1")
        page = browser.submit("Hide the comment", rule="1", reason="About the person.")
        assert page.path == CLAUSE
        line = page.one("#comment-1").text()
        assert "Hidden by a chair under rule 1: About the person." in line
        assert "You are a fool." in page.one("#comment-1 details").text()
        assert "Nothing is reported." in browser.get(QUEUE).text

    def test_the_place_stays_with_its_answers_and_the_author_opens_it(
        self, browser, cast, say, hide, comment
    ):
        say("eli", "Why so?", parent=comment)
        hide()
        page = browser.get(CLAUSE)
        assert "Hidden by a chair under rule 1: About the person." in page.text
        assert "Dara Singh" in page.one("#comment-1").text()
        assert "fool" not in page.html
        assert "Why so?" in page.text
        assert "You are a fool." in browser.sign_in(cast.dara).get(CLAUSE).text

    def test_lifting_brings_the_words_back(self, browser, cast, hide):
        hide()
        browser.sign_in(cast.ana).get(CLAUSE)
        browser.click("Lift the hiding", within="#comment-1")
        assert browser.submit("Show the comment again", reason="  ").status == 422
        page = browser.submit("Show the comment again", reason="A quotation.")
        assert "Everybody reads the comment again." in page.text
        browser.sign_out()
        assert "You are a fool." in browser.get(CLAUSE).text

    def test_without_a_rule_of_conduct_one_is_asked_for_first(self, browser, cast, comment):
        page = browser.sign_in(cast.ana).get(f"{COMMENTS}/1/hide")
        assert not page.css("form.form textarea")
        browser.click("Write a rule of conduct")
        browser.submit("Make it a rule", words="Speak about the words.")
        assert browser.get(f"{COMMENTS}/1/hide").css("input[name=rule]")

    def test_what_was_typed_comes_back(self, browser, cast, comment, rule):
        browser.sign_in(cast.ana).get(f"{COMMENTS}/1/hide")
        page = browser.submit("Hide the comment", reason="About the person.")
        assert page.status == 422
        assert "About the person." in page.one("textarea[name=reason]").text()

    @pytest.mark.parametrize("who", ["bruno", "chloe", "eli", "sam", "dara"])
    @pytest.mark.parametrize("deed", ["hide", "lift"])
    def test_nobody_else_comes_to_the_forms(self, browser, cast, hide, comment, who, deed):
        hide()
        page = browser.sign_in(getattr(cast, who)).get(f"{COMMENTS}/1/{deed}")
        assert page.status == 403
        assert "fool" not in page.html

    def test_the_record_says_so_and_holds_the_words_back(self, browser, cast, hide):
        hide()
        page = browser.get("/d/open-source-ai/record")
        assert "Ana Ferreira hid comment 1 under rule 1." in page.text
        assert "About the person." in page.text
        assert "The words are hidden by a chair; their hash stands here." in page.text

    def test_the_list_keeps_its_place(self, browser, hide):
        hide()
        page = browser.get(COMMENTS)
        assert "Hidden by a chair under rule 1: About the person." in page.text


class TestApi:
    def test_hide_and_lift(self, api, cast, comment, rule):
        program = api.as_(cast.ana)
        before = program.get(f"{API}/1").headers["etag"]
        answer = program.post(f"{API}/1/hiding", json={"rule": 1, "reason": "About the person."})
        assert answer.status_code == 201
        assert answer.json()["hidden"]["rule"] == 1
        assert api.get(f"{API}/1").json()["body"] is None
        assert api.get(f"{API}").json()["items"][0]["body"] is None
        assert program.get(f"{API}/1").json()["body"] == "You are a fool."
        assert api.as_(cast.dara).get(f"{API}/1").json()["body"] == "You are a fool."
        assert program.get(f"{API}/1").headers["etag"] != before
        program.post(f"{API}/1/hiding/lifting", json={"reason": "A quotation."})
        told = api.get(f"{API}/1").json()
        assert (told["body"], told["hidden"]) == ("You are a fool.", None)

    @pytest.mark.parametrize(
        "who, path, body, status, code",
        [
            (None, "1/hiding", {"rule": 1, "reason": "x"}, 401, "sign_in_first"),
            ("eli", "1/hiding", {"rule": 1, "reason": "x"}, 403, "chairs_only"),
            ("ana", "1/hiding", {"rule": 9, "reason": "x"}, 422, "conduct_rule_unknown"),
            ("ana", "1/hiding", {"rule": 1, "reason": " "}, 422, "invalid"),
            ("ana", "9/hiding", {"rule": 1, "reason": "x"}, 404, "not_found"),
            ("ana", "1/hiding/lifting", {"reason": "x"}, 409, "comment_not_hidden"),
        ],
    )
    def test_refusals(self, api, cast, comment, rule, who, path, body, status, code):
        program = api.as_(getattr(cast, who)) if who else api
        answer = program.post(f"{API}/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


class TestVerification:
    def test_hidings_agree_with_the_record(self, db, cast, comment, hide):
        hide()
        lift_hiding(db, cast.definition, comment, by=cast.ana, reason="A quotation.")
        hide()
        assert not [str(one) for one in verify(db) if one.where.startswith(("hidings", "conduct"))]

    @pytest.mark.parametrize(
        "change, told",
        [
            ({"reason": "Other."}, "its reason is not what the record tells"),
            ({"by_id": "bruno"}, "its chair is not what the record tells"),
            ({"lifted_at": NOON, "lifted_by_id": "ana"}, "its end is not what the record tells"),
        ],
    )
    def test_one_that_was_touched_is_found(self, db, cast, hide, change, told):
        hiding = hide()
        for name, value in change.items():
            setattr(
                hiding, name, getattr(cast, str(value)).id if value in ("ana", "bruno") else value
            )
        db.flush()
        assert told in [one.what for one in verify(db) if one.where.startswith("hidings")]
