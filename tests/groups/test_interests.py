"""Interests that members declare: by whom, who reads them where, and that none is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.ballots.actions_recusal import declare_recusal
from app.discussions.actions import post_comment
from app.groups.actions_interest import declare_interest, end_interest
from app.groups.actions_standing import leave_group
from app.groups.checks_interest import check
from app.groups.models import Membership, Suspension
from app.groups.models_interest import Interest
from app.groups.rules_interest import may_declare_interest, may_end_interest
from app.kit.refusals import Refused
from app.people.actions_erasure import erase_person
from app.reading.actions_erasure import ELSEWHERE
from app.record.models import Entry, EntryWords
from app.verification import verify
from tests.ballots.staging import make_ballot, make_proposal, vote
from tests.record.tampering import tamper

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
GROUP = "/g/open-definitions"
PUBLIC, PRIVATE = "Acme, which sells such systems.", "A grant of a fund that I may not name."


def code_of(refusal):
    return refusal.code if refusal else None


def member(role="member", suspended=False):
    one = Membership(role=role, person_id="p_1")
    if suspended:
        one.suspensions.append(Suspension(since=NOON, until=NOON + timedelta(7), reason="Rude."))
    return one


class TestRules:
    @pytest.mark.parametrize(
        ("mine", "standing", "kind", "words", "code"),
        [
            (None, 0, "other", "x", "not_in_group"),
            (member(suspended=True), 0, "other", "x", "suspended"),
            (member(), 30, "other", "x", "too_many_interests"),
            (member(), 29, "hobby", "x", "unknown_interest"),
            (member(), 0, "other", " ", "interest_needs_words"),
            (member(), 0, "other", "x" * 501, "words_too_long"),
            (member("observer"), 0, "funding", "x", None),
            (member("chair"), 0, None, None, None),
        ],
    )
    def test_who_may_declare_what(self, mine, standing, kind, words, code):
        refusal = may_declare_interest(mine, standing=standing, kind=kind, words=words)
        assert code_of(refusal) == code

    @pytest.mark.parametrize(
        ("mine", "whose", "until", "code"),
        [
            (member("chair"), "p_2", None, "interest_of_somebody_else"),
            (member(suspended=True), "p_1", None, "suspended"),
            (member(), "p_1", NOON, "interest_is_over"),
            (member(), "p_1", None, None),
            (None, "p_1", None, None),
        ],
    )
    def test_who_may_end_one(self, mine, whose, until, code):
        interest = Interest(person_id=whose, until=until)
        assert code_of(may_end_interest(mine, interest, person_id="p_1")) == code


@pytest.fixture
def declared(db, cast, clock):
    """Dara's employer, for everybody; her funding, for the group."""
    kinds = {"employer": (PUBLIC, "everybody"), "funding": (PRIVATE, "group")}
    return {
        kind: declare_interest(
            db, cast.group, by=cast.dara, kind=kind, words=words, shown_to=shown_to
        )
        for kind, (words, shown_to) in kinds.items()
    }


class TestTheVerbs:
    def test_it_is_declared_and_the_entry_tells_nobody_what(self, db, cast, declared):
        entry = db.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
        assert (entry.verb, set(entry.words)) == ("interest.declared", {"kind", "words"})
        assert entry.about == {
            "person": cast.dara.id, "interest": declared["funding"].id, "shown_to": "group",
        }  # fmt: skip
        assert list(check(db)) == []

    def test_it_is_ended_and_stays(self, db, cast, clock, declared):
        now = clock.forward(days=1)
        end_interest(db, declared["funding"], by=cast.dara)
        assert (declared["funding"].until, declared["funding"].words) == (now, PRIVATE)
        assert list(check(db)) == []
        with pytest.raises(Refused, match="interest_is_over"):
            end_interest(db, declared["funding"], by=cast.dara)
        with pytest.raises(Refused, match="interest_of_somebody_else"):
            end_interest(db, declared["employer"], by=cast.ana)

    def test_who_was_never_in_the_group_declares_nothing(self, db, cast, clock):
        with pytest.raises(Refused, match="not_in_group"):
            declare_interest(db, cast.group, by=cast.sam, kind="other", words="x", shown_to="group")

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE interests SET words = 'Nothing at all.' WHERE kind = 'employer'",
            "UPDATE interests SET kind = 'other'",
            "UPDATE interests SET shown_to = 'everybody'",
            "UPDATE interests SET until = since",
            "DELETE FROM interests",
        ],
    )
    def test_one_that_was_altered_is_found(self, db, cast, declared, deed):
        tamper(db, deed)
        assert list(check(db))

    def test_with_who_is_erased_the_words_go_and_all_agrees(self, db, cast, declared):
        end_interest(db, declared["employer"], by=cast.dara)
        erase_person(db, cast.dara, by=None, elsewhere=ELSEWHERE)
        db.expire_all()
        rows = db.scalars(select(Interest)).all()
        assert [(one.words, one.until is not None) for one in rows] == [("", True)] * 2
        kept = set(db.scalars(select(EntryWords.text)))
        assert not kept & {PUBLIC, PRIVATE}
        assert [str(one) for one in verify(db)] == []


class TestWhoReadsIt:
    def test_what_is_for_the_group_is_shown_to_nobody_else_anywhere(
        self, db, cast, clock, declared, browser, api
    ):
        ballot = make_ballot(db, cast, names_shown="open")
        vote(db, ballot, cast.dara, "yes")
        pages = [f"{GROUP}/people/{cast.dara.id}", f"{GROUP}/interests", "/d/open-source-ai/b/1"]
        answers = [f"/api/v1{GROUP}/interests", "/api/v1/d/open-source-ai/ballots/1/votes"]
        for person in (None, cast.sam, cast.eli, cast.dara):
            browser.sign_out() if person is None else browser.sign_in(person)
            program = api.as_(person) if person else api
            inside = person in (cast.eli, cast.dara)
            for page in (browser.get(path) for path in pages[:2]):
                assert PUBLIC in page.text
                assert (PRIVATE in page.html, "for the group only" in page.text) == (inside,) * 2
            beside = browser.get(pages[2]).css("#votes .tag")[0].text()
            assert ("Employer" in beside, "Funding" in beside) == (True, inside)
            items = [program.get(path).json()["items"] for path in answers]
            assert [one["kind"] for one in items[0]] == ["employer", "funding"][: 1 + inside]
            assert items[1][0]["interests"] == ["employer", "funding"][: 1 + inside]
        assert browser.client.get("/me/data.json").text.count(PRIVATE) >= 1

    def test_people_in_the_group_read_who_declared_nothing(
        self, db, cast, clock, declared, browser
    ):
        page = browser.sign_in(cast.eli).get(f"{GROUP}/interests")
        silent = [one.text() for one in page.css("#silent + ul li")]
        assert silent == [
            "Ana Ferreira", "Bruno Keller", "Chloé Marchand", "Eli Novak", "Farah Haddad",
        ]  # fmt: skip
        browser.sign_out()
        assert "declared nothing" not in browser.get(f"{GROUP}/interests").text

    @pytest.mark.parametrize(
        ("kind", "shown"),
        [("employer", [True, False]), ("funding", [False, True]), ("other", [False, False])],
    )
    def test_a_kind_is_chosen_in_the_address(self, cast, declared, browser, kind, shown):
        page = browser.sign_in(cast.eli).get(f"{GROUP}/interests?kind={kind}")
        assert [words in page.text for words in (PUBLIC, PRIVATE)] == shown

    def test_a_ballot_says_what_was_declared_by_its_close(self, db, cast, clock, browser):
        ballot = make_ballot(db, cast, names_shown="open")
        vote(db, ballot, cast.dara, "yes")
        declare_recusal(db, ballot, by=cast.farah, reason="See there.")
        for person, kind in ((cast.dara, "employer"), (cast.farah, "other")):
            declare_interest(db, cast.group, by=person, kind=kind, words="x", shown_to="everybody")
        clock.set_to(ballot.closes_at + timedelta(seconds=1))
        declare_interest(
            db, cast.group, by=cast.dara, kind="funding", words="y", shown_to="everybody"
        )
        page = browser.get("/d/open-source-ai/b/1")
        tags = [page.one(f"#{part} a.tag").text() for part in ("votes", "recusals")]
        assert [tag.split(":")[1].strip() for tag in tags] == ["Employer", "Other"]

    def test_who_has_left_is_not_listed_and_may_end_it(self, db, cast, declared, browser):
        leave_group(db, cast.group, by=cast.dara)
        assert PUBLIC not in browser.sign_in(cast.dara).get(f"{GROUP}/interests").text
        browser.get(f"{GROUP}/people/{cast.dara.id}")
        page = browser.submit("It is over")
        assert "It is ended" in page.text


def test_a_member_declares_an_interest_on_their_page_and_ends_it(cast, clock, browser):
    path = f"{GROUP}/people/{cast.dara.id}"
    browser.sign_in(cast.dara).get(path)
    page = browser.submit("Declare it", kind="employer", words="")
    assert page.status == 422 and page.css("#declare[open]")
    page = browser.submit("Declare it", kind="employer", words=PUBLIC, shown_to="everybody")
    assert page.path == path and PUBLIC in page.text
    page = browser.submit("It is over")
    assert "It is ended" in page.text and PUBLIC in page.text
    assert "It is over" not in page.buttons()
    assert "Declare it" not in browser.sign_in(cast.ana).get(path).buttons()


def test_names_lead_to_where_it_stands(db, cast, clock, browser):
    proposal = make_proposal(db, cast)
    vote(db, make_ballot(db, cast, proposal=proposal, names_shown="open"), cast.chloe, "yes")
    post_comment(db, cast.definition, by=cast.dara, body="Hello", proposal=proposal)
    root, people = "/d/open-source-ai", f"{GROUP}/people"
    chloe, dara = (f'href="{people}/{one.id}"' for one in (cast.chloe, cast.dara))
    for path in ("p/1", "proposals", "b/1"):
        assert chloe in browser.get(f"{root}/{path}").html, path
    for path in ("p/1", "comments"):
        assert dara in browser.get(f"{root}/{path}").html, path


def test_the_api_does_the_same(cast, api, clock):
    path = f"/api/v1{GROUP}/interests"
    dara = api.as_(cast.dara)
    given = {"kind": "other", "words": "I wrote the first draft.", "shown_to": "group"}
    made = dara.post(path, json=given)
    assert made.status_code == 201 and made.json()["person"] == cast.dara.id
    ending = f"{path}/{made.json()['number']}/end"
    assert api.as_(cast.sam).post(ending).status_code == 404
    assert api.as_(cast.ana).post(ending).json()["code"] == "interest_of_somebody_else"
    assert dara.post(ending).status_code == 204
    assert dara.post(ending).json()["code"] == "interest_is_over"
    assert dara.get(path, params={"kind": "other"}).json()["items"] == []
    assert api.as_(cast.sam).post(path, json=given).json()["code"] == "not_in_group"
