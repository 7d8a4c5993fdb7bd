"""Reporting a comment, and what chairs do with it."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.discussions import rules_moderation as rules
from app.discussions.actions_report import dismiss_reports, report_comment
from app.discussions.models import Comment
from app.discussions.models_moderation import Report
from app.groups.models import ROLES, Membership
from app.kit.refusals import Refused
from app.record.models import Entry
from app.verification import verify
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("clock")

COMMENTS = "/d/open-source-ai/comments"
QUEUE = "/d/open-source-ai/moderation"
API = "/api/v1/d/open-source-ai"


@pytest.fixture
def comment(say):
    return say("dara", "You are a fool.")


@pytest.fixture
def report(db, cast, comment):
    def reported(who: str = "sam", ground: str = "attack", words: str = "") -> Report:
        by = getattr(cast, who)
        return report_comment(db, cast.definition, comment, by=by, ground=ground, words=words)

    return reported


class TestRules:
    @pytest.mark.parametrize(
        "by, mine, expected",
        [
            ("p_reader", None, None),
            ("p_reader", Report(at=NOON), "reported_already"),
            ("p_author", None, "report_of_ones_own"),
        ],
    )
    def test_who_may_report(self, by, mine, expected):
        refusal = rules.may_report(Comment(by_id="p_author"), by, mine)
        assert (refusal.code if refusal else None) == expected

    @pytest.mark.parametrize("role", [*ROLES, None])
    @pytest.mark.parametrize("by", ["p_author", "p_other"])
    def test_chairs_decide_but_not_about_their_own(self, role, by):
        membership = Membership(role=role) if role else None
        refusal = rules.may_moderate(Comment(by_id="p_author"), by, membership)
        expected = "chairs_only" if role != "chair" else "moderation_of_ones_own"
        assert (refusal.code if refusal else None) == (
            None if (role, by) == ("chair", "p_other") else expected
        )


class TestReporting:
    @pytest.mark.parametrize("who", ["sam", "eli", "ana"])
    def test_anybody_signed_in_reports_and_the_record_does_not_say_who(self, db, cast, report, who):
        made = report(who, words="It is about me.")
        assert (made.by_id, made.ground, made.ended_at) == (getattr(cast, who).id, "attack", None)
        [entry] = db.scalars(select(Entry).where(Entry.verb == "comment.reported"))
        assert entry.person_id is None
        assert entry.about == {"comment": 1, "report": made.id, "ground": "attack"}

    def test_once_until_a_chair_has_answered(self, db, cast, comment, report):
        report()
        with pytest.raises(Refused) as refused:
            report()
        assert (refused.value.refusal.code, refused.value.status) == ("reported_already", 409)
        dismiss_reports(db, cast.definition, comment, by=cast.ana, answer="It is rough, no more.")
        assert report().ended_at is None

    def test_the_database_keeps_it_at_one(self, db, cast, comment, report):
        first = report()
        db.add(Report(comment_id=comment.id, by_id=first.by_id, ground="spam", at=NOON))
        with pytest.raises(IntegrityError), db.begin_nested():
            db.flush()

    def test_nobody_reports_themselves(self, report):
        with pytest.raises(Refused) as refused:
            report("dara")
        assert (refused.value.refusal.code, refused.value.status) == ("report_of_ones_own", 403)

    def test_something_else_needs_words(self, report):
        with pytest.raises(Refused) as refused:
            report(ground="other", words="  ")
        assert (refused.value.refusal.code, refused.value.status) == ("report_needs_words", 422)


class TestDismissing:
    def test_all_open_reports_end_with_a_word(self, db, cast, comment, report, clock):
        made = [report("sam"), report("eli", "spam")]
        clock.forward(hours=1)
        dismiss_reports(db, cast.definition, comment, by=cast.ana, answer=" Rough, no more. ")
        assert {(r.ended_at, r.ended_by_id, r.answer) for r in made} == {
            (clock.now, cast.ana.id, "Rough, no more.")
        }
        [entry] = db.scalars(select(Entry).where(Entry.verb == "report.dismissed"))
        assert entry.about == {"comment": 1, "reports": [r.id for r in made]}

    def test_what_came_after_the_page_was_read_stays_open(self, db, cast, comment, report):
        first, later = report("sam"), report("eli")
        dismiss_reports(db, cast.definition, comment, by=cast.ana, answer="No.", seen=first.id)
        assert (first.ended_at is None, later.ended_at is None) == (False, True)

    @pytest.mark.parametrize("who", ["bruno", "chloe", "eli", "sam"])
    def test_only_chairs_do(self, db, cast, comment, report, who):
        report("farah")
        with pytest.raises(Refused) as refused:
            dismiss_reports(db, cast.definition, comment, by=getattr(cast, who), answer="No.")
        assert refused.value.refusal.code == "chairs_only"

    def test_no_chair_dismisses_what_was_reported_of_their_own(self, db, cast, say):
        mine = say("ana", "Mine.")
        report_comment(db, cast.definition, mine, by=cast.eli, ground="spam")
        with pytest.raises(Refused) as refused:
            dismiss_reports(db, cast.definition, mine, by=cast.ana, answer="No.")
        assert refused.value.refusal.code == "moderation_of_ones_own"

    @pytest.mark.parametrize(
        "answer, code", [(" ", "reason_is_needed"), ("No.", "nothing_reported")]
    )
    def test_it_needs_a_word_and_a_report(self, db, cast, comment, answer, code):
        with pytest.raises(Refused) as refused:
            dismiss_reports(db, cast.definition, comment, by=cast.ana, answer=answer)
        assert refused.value.refusal.code == code


class TestPages:
    def test_a_stranger_reports_and_a_chair_lets_it_stand(
        self, browser, open_browser, cast, comment
    ):
        browser.sign_in(cast.sam).get("/d/open-source-ai/c/4")
        page = browser.click("Report", within="#comment-1")
        assert "You are a fool." in page.text
        page = browser.submit("Report it", ground="attack", words="It is about me.")
        assert "Your report is with the chairs." in page.text
        assert "You reported this" in page.one("#comment-1").text()

        chair = open_browser().sign_in(cast.ana)
        page = chair.get(QUEUE)
        assert "You are a fool." in page.text
        assert "It attacks somebody Sam Okoro" in page.text
        assert "It is about me." in page.text
        page = chair.submit("Dismiss the reports", answer="Rough, no more.")
        assert "Nothing is reported." in page.text
        assert "Report" in browser.get("/d/open-source-ai/c/4").links()

    def test_the_queue_shows_what_was_answered(self, browser, cast, say, db):
        first = say("eli", "Why so?")
        answer = say("dara", "Because you are a fool.", parent=first)
        report_comment(db, cast.definition, answer, by=cast.eli, ground="attack")
        page = browser.sign_in(cast.ana).get(QUEUE)
        assert "In answer to comment 1 Eli Novak Why so?" in page.text
        assert "on clause 1.2.1" in page.text

    def test_without_a_word_the_form_comes_back(self, browser, cast, report):
        report()
        browser.sign_in(cast.ana).get(QUEUE)
        page = browser.submit("Dismiss the reports", answer="  ")
        assert page.status == 422
        assert page.css("details[open] textarea[name=answer]")
        assert browser.submit("Dismiss the reports", answer="No.").status == 200

    def test_what_was_typed_comes_back_where_words_are_needed(self, browser, cast, comment):
        browser.sign_in(cast.sam).get(f"{COMMENTS}/1/report")
        page = browser.submit("Report it", ground="other")
        assert page.status == 422
        assert "Say in a few words what is wrong with it" in page.text
        assert page.css("input[value=other][checked]")

    @pytest.mark.parametrize("who", ["chloe", "eli", "sam", None])
    def test_nobody_else_reads_the_queue(self, browser, cast, report, who):
        report("farah", words="Between us.")
        if who:
            browser.sign_in(getattr(cast, who))
        page = browser.get(QUEUE)
        assert page.status == 200
        assert "You are a fool." not in page.text
        assert "Farah" not in page.text
        assert "Between us." not in page.text

    def test_the_public_signs_in_first(self, browser, comment):
        assert browser.get(f"{COMMENTS}/1/report").path.startswith("/sign-in?next=")
        assert browser.post(f"{COMMENTS}/1/report", ground="spam").status == 401

    @pytest.mark.parametrize("who", ["ana", "sam", None])
    def test_the_record_tells_of_it_and_holds_the_words_back(self, browser, api, cast, report, who):
        report("farah", words="Between us.")
        program = api.as_(getattr(cast, who)) if who else api
        if who:
            browser.sign_in(getattr(cast, who))
        page = browser.get("/d/open-source-ai/record")
        assert "Somebody reported comment 1 to the chairs." in page.text
        assert "The words are for the chairs only; their hash stands here." in page.text
        assert "Between us." not in page.html
        answer = program.get(f"{API}/record?verb=comment.reported")
        assert "Between us." not in answer.text
        [one] = answer.json()["items"]
        assert (one["said"], one["held_back"]) == ({"words": None}, "chairs")
        assert "words" in one["entry"]["words"]


class TestApi:
    def test_report_look_and_dismiss(self, api, cast, comment):
        answer = api.as_(cast.sam).post(f"{API}/comments/1/reports", json={"ground": "spam"})
        assert (answer.status_code, answer.json()["by"]["name"]) == (201, "Sam Okoro")
        program = api.as_(cast.ana)
        [one] = program.get(f"{API}/reports").json()["items"]
        assert one["comment"]["body"] == "You are a fool."
        assert one["reports"] == [answer.json()]
        dismissed = program.post(f"{API}/comments/1/reports/dismissal", json={"answer": "No."})
        assert dismissed.json() == {"dismissed": [answer.json()["report"]]}
        assert program.get(f"{API}/reports").json()["items"] == []

    @pytest.mark.parametrize(
        "who, path, body, status, code",
        [
            (None, "comments/1/reports", {"ground": "spam"}, 401, "sign_in_first"),
            ("dara", "comments/1/reports", {"ground": "spam"}, 403, "report_of_ones_own"),
            ("sam", "comments/1/reports", {"ground": "dull"}, 422, "invalid"),
            ("sam", "comments/1/reports", {"ground": "other"}, 422, "report_needs_words"),
            ("sam", "comments/9/reports", {"ground": "spam"}, 404, "not_found"),
            ("eli", "comments/1/reports/dismissal", {"answer": "No."}, 403, "chairs_only"),
            ("ana", "comments/1/reports/dismissal", {"answer": "No."}, 409, "nothing_reported"),
        ],
    )
    def test_refusals(self, api, cast, comment, who, path, body, status, code):
        program = api.as_(getattr(cast, who)) if who else api
        answer = program.post(f"{API}/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    @pytest.mark.parametrize("who, status", [("eli", 403), ("sam", 403), (None, 401)])
    def test_the_queue_is_for_chairs(self, api, cast, report, who, status):
        report("farah")
        program = api.as_(getattr(cast, who)) if who else api
        assert program.get(f"{API}/reports").status_code == status


class TestVerification:
    def test_reports_agree_with_the_record(self, db, cast, comment, report):
        report("sam", words="It is about me.")
        dismiss_reports(db, cast.definition, comment, by=cast.ana, answer="No.")
        report("eli")
        assert not [str(one) for one in verify(db) if one.where.startswith("reports")]

    @pytest.mark.parametrize(
        "change, told",
        [
            ({"words": "Other."}, "its words is not what the record tells"),
            ({"ground": "spam"}, "its ground is not what the record tells"),
            ({"ended_at": NOON, "ended_by_id": "ana"}, "its end is not what the record tells"),
        ],
    )
    def test_one_that_was_touched_is_found(self, db, cast, report, change, told):
        made = report("sam", words="It is about me.")
        for name, value in change.items():
            setattr(made, name, cast.ana.id if value == "ana" else value)
        db.flush()
        assert told in [one.what for one in verify(db) if one.where.startswith("reports")]
