"""Appealing against a hiding, a block or a suspension; another chair decides, once, with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.discussions.queries_appeal import appeals_to_decide, appeals_waiting
from app.groups.actions import change_membership, end_membership
from app.groups.actions_standing import lift_suspension, suspend_member
from app.groups.queries import membership_of
from app.groups.rules import must_be_in_group
from app.kit.models import Mail
from app.kit.refusals import NotFound, Refused
from app.people.actions_administrator import grant_administrator
from app.people.actions_erasure import erase_person
from app.reading.actions_erasure import ELSEWHERE
from app.reading.queries_data import data_of
from app.record.models import Entry
from app.record.queries import told
from app.verification import verify
from tests.conftest import NOON
from tests.signing import token_of

pytestmark = pytest.mark.usefixtures("clock")

WEEK = timedelta(days=7)
ROOT = "/g/open-definitions/moderation"
WORDS = "It was a zwiebelfisch, and not mine."
KINDS = ("hiding", "block", "suspension")


def told_about(db, cast, kind):
    """The last entry that tells of it."""
    log = cast.definition.log_id if kind == "hiding" else cast.group.log_id
    return db.scalars(
        select(Entry).where(Entry.log_id == log).order_by(Entry.sequence.desc()).limit(1)
    ).one()


class TestAppealing:
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_says_what_it_is_against(self, db, cast, appeal, measures, kind):
        made = appeal(kind, words=f" {WORDS} ")
        assert (made.words, made.by_id, made.at, made.outcome) == (
            WORDS, cast.chloe.id, NOON, None,
        )  # fmt: skip
        entry = told_about(db, cast, kind)
        assert (entry.verb, entry.person_id) == ("appeal.made", cast.chloe.id)
        named = {"comment": 1} if kind == "hiding" else {"person": cast.chloe.id}
        assert entry.about == {"appeal": made.id, kind: measures[kind], **named}
        assert not [str(one) for one in verify(db)]

    def test_who_left_the_group_can_still_appeal(self, db, cast, appeal):
        end_membership(db, cast.group, by=cast.ana, person=cast.chloe)
        assert appeal("block").by_id == cast.chloe.id

    def test_once(self, appeal):
        appeal("block")
        with pytest.raises(Refused) as refused:
            appeal("block")
        assert (refused.value.refusal.code, refused.value.status) == ("appealed_already", 409)

    def test_refusals(self, db, cast, appeal, against, measures):
        with pytest.raises(Refused) as refused:
            appeal("block", words=" ")
        assert (refused.value.refusal.code, refused.value.status) == ("appeal_needs_words", 422)
        with pytest.raises(Refused) as refused:
            appeal("block", who="dara")
        assert (refused.value.refusal.code, refused.value.status) == (
            "appeal_of_somebody_else", 403,
        )  # fmt: skip
        with pytest.raises(NotFound):
            against("block", "eli")
        lift_suspension(db, against("suspension").row, by=cast.ana)
        with pytest.raises(Refused) as refused:
            appeal("suspension")
        assert (refused.value.refusal.code, refused.value.status) == ("measure_is_over", 409)


class TestDeciding:
    @pytest.mark.parametrize("kind", KINDS)
    def test_lifting_ends_it_with_the_same_entry(self, db, cast, appeal, decide, against, kind):
        appeal(kind)
        before = told_about(db, cast, kind).sequence
        made = decide(kind)
        assert (made.outcome, made.decided_by_id, made.decided_at) == ("lifted", cast.dara.id, NOON)
        row = against(kind).row
        assert (row.lifted_at, row.lifted_by_id) == (NOON, cast.dara.id)
        entry = told_about(db, cast, kind)
        assert (entry.verb, entry.sequence) == ("appeal.decided", before + 1)
        assert entry.about["outcome"] == "lifted"
        assert not [str(one) for one in verify(db)]

    def test_what_was_lifted_is_over(self, db, cast, appeal, decide, against, say):
        for kind in KINDS:
            appeal(kind)
            decide(kind)
        comment = against("hiding").comment
        assert comment is not None
        db.refresh(comment, ["hiding"])
        assert comment.hiding is None
        assert must_be_in_group(membership_of(db, cast.group.id, cast.chloe)) is None
        assert say("chloe", "Thank you.").number == 2

    @pytest.mark.parametrize("kind", KINDS)
    def test_what_is_upheld_goes_on_and_is_not_appealed_against_again(
        self, db, appeal, decide, against, kind
    ):
        appeal(kind)
        decide(kind, outcome="upheld", reason="It is about a person.")
        assert against(kind).holds_at(NOON)
        with pytest.raises(Refused) as refused:
            appeal(kind)
        assert refused.value.refusal.code == "appealed_already"
        assert not [str(one) for one in verify(db)]

    @pytest.mark.parametrize("outcome", ["upheld", "lifted"])
    def test_who_appealed_is_told_by_mail(self, db, appeal, decide, outcome, measures):
        for kind in KINDS:
            appeal(kind)
            decide(kind, outcome=outcome, reason="So be it.")
        mails = db.scalars(select(Mail).order_by(Mail.id.desc()).limit(3)).all()
        for mail, kind in zip(mails, reversed(KINDS), strict=True):
            assert mail.to == "chloe.marchand@example.org"
            assert "So be it." in mail.text
            assert f"{ROOT}/{kind}s/{measures[kind]}/appeal" in mail.text

    def test_every_measure_tells_by_mail_how_to_appeal(self, db, measures):
        told_by = "\n".join(mail.text for mail in db.scalars(select(Mail)))
        for kind, number in measures.items():
            assert f"{ROOT}/{kind}s/{number}/appeal" in told_by

    def test_refusals(self, appeal, decide, against):
        appeal("block")
        for given, expected in (
            ({"who": "ana"}, ("appeal_against_oneself", 403)),
            ({"who": "chloe"}, ("appeal_of_ones_own", 403)),
            ({"reason": " "}, ("reason_is_needed", 422)),
            ({"kind": "suspension"}, ("not_appealed", 409)),
        ):
            with pytest.raises(Refused) as refused:
                decide(**({"kind": "block"} | given))
            assert (refused.value.refusal.code, refused.value.status) == expected
        decide("block")
        with pytest.raises(Refused) as refused:
            decide("block")
        assert (refused.value.refusal.code, refused.value.status) == ("appeal_decided", 409)

    def test_where_there_is_no_other_chair_an_administrator_decides(
        self, db, cast, appeal, decide, against
    ):
        grant_administrator(db, cast.sam)
        appeal("block")
        with pytest.raises(NotFound):
            against("block", "sam")
        change_membership(
            db, cast.group, by=cast.ana, person=cast.dara, role="editor", category=None,
            affiliation="",
        )  # fmt: skip
        assert decide("block", who="sam").decided_by_id == cast.sam.id
        assert not [str(one) for one in verify(db)]

    def test_verification_holds_the_decision_against_the_record(self, db, appeal, decide):
        made = appeal("block")
        decide("block")
        made.outcome = "upheld"
        db.flush()
        assert [one.what for one in verify(db)] == ["its decision is not what the record tells"]


class TestWaiting:
    def test_it_waits_for_other_chairs_until_it_is_decided_or_over(
        self, db, cast, appeal, decide, clock
    ):
        def waits_for(person):
            return [it.kind for _, it in appeals_to_decide(db, person, clock.now)]

        for kind in KINDS:
            appeal(kind)
        assert waits_for(cast.dara) == list(KINDS)
        assert waits_for(cast.ana) == waits_for(cast.chloe) == waits_for(cast.eli) == []
        decide("block")
        assert waits_for(cast.dara) == ["hiding", "suspension"]
        clock.set_to(NOON + WEEK)
        assert waits_for(cast.dara) == ["hiding"]
        assert [it.kind for it in appeals_waiting(db, cast.group.id, clock.now)] == ["hiding"]

    def test_it_waits_for_administrators_only_where_there_is_no_other_chair(
        self, db, cast, appeal, clock, settings
    ):
        grant_administrator(db, cast.sam)
        appeal("block")
        assert not appeals_to_decide(db, cast.sam, clock.now)
        suspend_member(
            db, cast.group, by=cast.ana, person=cast.dara, until=NOON + WEEK, reason="Away.",
            settings=settings,
        )  # fmt: skip
        assert [it.kind for _, it in appeals_to_decide(db, cast.sam, clock.now)] == ["block"]


class TestWhoReads:
    def test_its_words_are_for_who_decides_wherever_they_could_go_out(
        self, db, browser, api, cast, appeal, decide
    ):
        for kind in KINDS:
            appeal(kind)
        decide("block", reason="Understood.")
        pages = ["/d/open-source-ai/record", f"{ROOT}/log", "/d/open-source-ai/moderation", "/"]
        pages += ["/api/v1/d/open-source-ai/record", f"/api/v1{ROOT}/log"]
        for person in (None, cast.sam, cast.eli, cast.ana):
            browser.client.cookies.clear()
            headers = {"authorization": f"Bearer {token_of(db, person)}"} if person else {}
            if person:
                browser.sign_in(person)
            for path in pages:
                sent = headers if path.startswith("/api/") else {}
                assert "zwiebelfisch" not in browser.client.get(path, headers=sent).text

    def test_whoever_decided_takes_no_words_of_somebody_else_away(self, db, cast, appeal, decide):
        appeal()
        decide()
        mine, theirs = (data_of(db, one)["appeals_decided"] for one in (cast.dara, cast.chloe))
        assert "zwiebelfisch" not in str(mine) and mine[0]["reason"] == "A quotation."
        assert not theirs and "zwiebelfisch" in str(data_of(db, cast.chloe)["appeals"])

    def test_the_log_tells_of_it_without_them(self, browser, open_browser, cast, appeal, decide):
        for kind in KINDS:
            appeal(kind)
            decide(kind, outcome="upheld", reason=f"So be the {kind}.")
        public = open_browser().get(f"{ROOT}/log").text
        assert "Dara Singh upheld the block of somebody, upon an appeal." in public
        assert "An appeal was made against the suspension of somebody." in public
        assert "Chloé Marchand appealed against the hiding of comment 1." in public
        assert "So be the block." in public and "So be the suspension." not in public
        assert "So be the suspension." in browser.sign_in(cast.eli).get(f"{ROOT}/log").text
        for kind, count in (("appeal", 6), ("block", 3), ("hiding", 3), ("slow_mode", 0)):
            page = browser.get(f"{ROOT}/log?kind={kind}")
            assert len(page.css(".rows > li")) == count

    def test_who_appeals_is_named_to_no_program_that_does_not_read_who_is_blocked(
        self, api, browser, cast, appeal
    ):
        for kind in ("block", "suspension"):
            appeal(kind)
        assert cast.chloe.id not in browser.get(f"{ROOT}/log?kind=appeal").html
        log = f"/api/v1{ROOT}/log?kind=appeal"
        outside, inside = (
            [one["by"] for one in reader.get(log).json()["items"]]
            for reader in (api, api.as_(cast.eli))
        )
        assert outside == [None, None]
        assert [one["id"] for one in inside] == [cast.chloe.id] * 2

    def test_it_is_forgotten_with_whoever_is_erased(self, db, cast, appeal, decide, clock):
        made = [appeal(kind) for kind in KINDS]
        decide("block")
        erase_person(db, cast.chloe, by=cast.chloe, elsewhere=ELSEWHERE)
        assert not appeals_waiting(db, cast.group.id, clock.now)
        assert not appeals_to_decide(db, cast.dara, clock.now)
        assert [one.words for one in made] == ["", "", ""]
        assert made[1].reason == ""
        for log in (cast.group.log_id, cast.definition.log_id):
            assert {one.said("words") for one in told(db, log, "appeal.made")} == {None}
        assert not [str(one) for one in verify(db)]
