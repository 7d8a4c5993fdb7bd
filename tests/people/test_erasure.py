"""Erasing somebody: who may be, what goes, what stays, and that all hashes still agree."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from app.ballots.actions_close import close_ballot
from app.ballots.models import Closing, RollEntry, Vote
from app.ballots.queries_erasure import rolls_of
from app.ballots.queries_verb import votes_in_order
from app.ballots.receipts import inclusion
from app.definitions.queries import clause_of
from app.discussions.actions import post_comment
from app.groups.actions import add_member, change_membership
from app.groups.actions_standing import suspend_member
from app.groups.models import Membership
from app.groups.models_coming import Invitation
from app.kit.mail import queue_mail
from app.kit.models import Answer, Mail
from app.people import rules_erasure as rules
from app.people.actions import add_person, change_profile, send_sign_in_link
from app.people.actions_administrator import grant_administrator
from app.people.actions_erasure import erase_person
from app.people.models import (
    Administration,
    Identity,
    JoiningLink,
    SignIn,
    SignInLink,
    Token,
)
from app.people.models_erasure import Erasure
from app.reading.actions import mark_as_seen
from app.reading.actions_erasure import ELSEWHERE
from app.reading.models import Look
from app.record.models import Entry, EntryWords
from app.verification import verify
from tests.ballots.staging import (
    all_vote,
    make_ballot,
    make_candidate_version,
    make_proposal,
    refused,
    vote,
    voters,
)
from tests.record.tampering import tamper
from tests.signing import session_of, token_of


def code(refusal):
    return getattr(refusal, "code", None)


def erase(db, person, **more):
    db.flush()
    if person not in db:  # a verification lets go of everybody
        db.add(person)
    return erase_person(db, person, by=None, elsewhere=ELSEWHERE, **more)


def count(db, kind):
    return db.scalar(select(func.count()).select_from(kind))


@pytest.fixture
def nadia(db, cast, clock, settings):
    """Nadia Quill: in the group, with every way in; she voted in a ballot that is over, and in one
    that is open."""
    person = add_person(db, name="nadia.quill", email="nadia.quill@example.org")
    add_member(db, cast.group, by=cast.ana, person=person, role="member", affiliation="Quillworks")
    change_profile(
        db, person, name="Nadia Quill", pronouns="xe/xem", time_zone="Asia/Tokyo",
        locale="en", theme="dark",
    )  # fmt: skip
    send_sign_in_link(db, email="nadia.quill@example.org", next_path="/", settings=settings)
    session_of(db, person)
    token_of(db, person)
    db.add(Identity(person_id=person.id, provider="x", subject="quill", address=person.email,
                    made_at=clock.now))  # fmt: skip
    db.add(JoiningLink(token_hash="h", person_id=person.id, email="quill@example.net",
                       made_at=clock.now, expires_at=clock.now))  # fmt: skip
    db.add(Answer(actor=cast.ana.id, key="k", fingerprint="f", status=201,
                  body=f'{{"id": "{person.id}", "name": "Nadia Quill"}}', at=clock.now))  # fmt: skip
    queue_mail(db, to="quill@example.net", subject="Words", text="words")
    invite = partial(Invitation, group_id=cast.group.id, role="member", at=clock.now,
                     expires_at=clock.now.replace(year=2025))  # fmt: skip
    db.add(invite(email=person.email, name="N. Quill", token_hash="a", by_id=cast.ana.id))
    db.add(invite(email="x@example.org", token_hash="b", by_id=person.id))
    queue_mail(db, to="x@example.org", subject="Nadia Quill asks you", text="Nadia Quill, quill.")
    mark_as_seen(db, by=person, until=clock.now)
    over = make_ballot(db, cast)
    all_vote(db, over, [*voters(cast), person])
    clock.forward(hours=1)
    close_ballot(db, over, by=cast.ana)
    other = make_proposal(db, cast, clause=5, words="Where each came from")
    vote(db, make_ballot(db, cast, proposal=other), person, "no", reason="Not yet.")
    db.flush()
    return person


def test_who_is_erased_already_or_keeps_the_instance_is_not():
    assert rules.may_be_erased(None, None) is None
    assert code(rules.may_be_erased(Erasure(), None)) == "erased_already"
    assert code(rules.may_be_erased(None, Administration())) == "administrator_stays"


@pytest.mark.parametrize("typed", ["Nadia Quill", " Nadia Quill ", None])
def test_the_name_is_typed_but_by_operators(typed):
    assert rules.must_be_typed(typed, "Nadia Quill") is None


@pytest.mark.parametrize("typed", ["", "nadia quill", "Nadia"])
def test_another_name_does_not_do(typed):
    assert code(rules.must_be_typed(typed, "Nadia Quill")) == "name_not_typed"


def test_what_says_who_they_are_goes(db, cast, nadia):
    erase(db, nadia)
    assert (nadia.name, nadia.pronouns, nadia.email) == ("Somebody who left", "", None)
    assert (nadia.time_zone, nadia.theme) == ("UTC", "auto")
    for kind in (Identity, JoiningLink, SignIn, SignInLink, Token, Answer, Look):
        assert count(db, kind) == 0, kind
    theirs = select(Membership).where(Membership.person_id == nadia.id)
    assert [(one.affiliation, one.until is None) for one in db.scalars(theirs)] == [("", False)]
    rolls = select(RollEntry.affiliation).where(RollEntry.person_id == nadia.id)
    assert db.scalars(rolls).all() == ["", ""]


def test_invitations_and_waiting_mails_name_them_no_more(db, cast, nadia):
    erase(db, nadia)
    to_them, by_them = db.scalars(select(Invitation).order_by(Invitation.id))
    assert (to_them.email, to_them.name, to_them.outcome) == ("", "", "declined")
    assert (by_them.email, by_them.outcome) == ("x@example.org", None)
    mail = db.scalars(select(Mail)).one()
    assert (mail.subject, mail.text) == (
        "Somebody who left asks you",
        "Somebody who left, quill.",
    )


def test_a_name_changed_on_the_way_in_leaves_the_pronouns(db, cast, clock):
    cast.dara.pronouns = "they/them"
    db.flush()
    change_profile(db, cast.dara, name="Dara S.", time_zone="UTC", locale="en", theme="auto")
    assert cast.dara.pronouns == "they/them"


def test_one_entry_tells_of_it_and_names_nobody(db, cast, nadia, clock):
    before = count(db, Entry)
    erase_person(db, nadia, by=nadia, elsewhere=ELSEWHERE, typed="Nadia Quill")
    assert count(db, Entry) == before + 1
    entry = db.scalars(select(Entry).where(Entry.verb == "person.erased")).one()
    assert (entry.person_id, entry.about["person"], entry.words) == (nadia.id, nadia.id, {})
    assert [path for path, _ in entry.about["rolls"]] == [
        "/d/open-source-ai/b/1",
        "/d/open-source-ai/b/2",
    ]


def test_no_name_is_left_in_the_record_and_no_salt_to_guess_it_by(db, cast, nadia):
    erase(db, nadia)
    left = db.scalars(select(EntryWords.text).where(EntryWords.text.is_not(None))).all()
    assert not [one for one in left if "uill" in one]
    gone = db.scalars(select(EntryWords.salt).where(EntryWords.text.is_(None))).all()
    assert gone == [""] * 4  # came, changed name and pronouns, and where they work


def test_everything_still_agrees_and_the_votes_stay(db, cast, nadia):
    assert list(verify(db)) == []
    erase(db, nadia)
    assert list(verify(db)) == []
    votes = db.scalars(select(Vote).where(Vote.person_id == nadia.id)).all()
    assert [one.choice for one in sorted(votes, key=lambda v: v.ballot_id)] == ["yes", "no"]


def test_everything_agrees_after_the_next_one_too(db, cast, nadia, clock):
    change_membership(db, cast.group, by=cast.ana, person=cast.dara, role="member",
                      category=None, affiliation="Dara and Daughters")  # fmt: skip
    make_ballot(db, cast, version=make_candidate_version(db, cast))
    erase(db, nadia)
    clock.forward(days=1)
    assert erase(db, cast.dara).name == "Somebody who left (2)"
    assert list(verify(db)) == []


def test_a_roll_that_was_wrong_before_is_found_afterwards(db, cast, nadia):
    tamper(db, "UPDATE roll_entries SET category = 'x' WHERE person_id = :id", id=cast.dara.id)
    before = [str(one) for one in verify(db)]
    erase(db, nadia)
    assert len(before) == 2
    assert [str(one) for one in verify(db)] == before


UNDOING = [
    "DELETE FROM erasures",
    "UPDATE erasures SET at = '2024-01-01 00:00:00'",
    "UPDATE persons SET name = 'Nadia' WHERE name = 'Somebody who left'",
    "UPDATE record_words SET text = 'Nadia' WHERE text IS NULL AND field = 'name'",
]


def test_an_erasure_that_was_undone_is_found(db, cast, nadia):
    erase(db, nadia)
    for deed in UNDOING:
        with db.begin_nested() as undone:
            tamper(db, deed)
            assert list(verify(db)), deed
            undone.rollback()


def test_the_leaf_of_a_receipt_stays_under_its_seal(db, cast, nadia):
    erase(db, nadia)
    ballot = next(one for one in rolls_of(db, nadia) if db.get(Closing, one.id))
    leaves = [ballot.leaf_of(one) for one in votes_in_order(db, ballot)]
    found = inclusion(leaves, nadia.id)
    assert found is not None
    assert found.root.hex() == db.get_one(Closing, ballot.id).votes_root


def test_the_last_chair_stays_until_there_is_another(db, cast, clock):
    assert refused(erase, db, cast.ana) == "last_chair_of"
    change_membership(db, cast.group, by=cast.ana, person=cast.bruno, role="chair",
                      category=None, affiliation="")  # fmt: skip
    erase(db, cast.ana)
    assert refused(erase, db, cast.bruno) == "last_chair_of"


def test_a_chair_who_is_suspended_is_not_another(db, cast, clock, settings):
    change_membership(db, cast.group, by=cast.ana, person=cast.bruno, role="chair",
                      category=None, affiliation="")  # fmt: skip
    until = clock.now + timedelta(days=7)
    suspend_member(db, cast.group, by=cast.ana, person=cast.bruno, until=until, reason="Rude.",
                   settings=settings)  # fmt: skip
    assert refused(erase, db, cast.ana) == "last_chair_of"
    clock.set_to(until)
    erase(db, cast.ana)


def test_who_keeps_the_instance_stays_until_that_is_over(db, cast, clock):
    grant_administrator(db, cast.sam)
    assert refused(erase, db, cast.sam) == "administrator_stays"


def test_nobody_is_erased_twice(db, cast, nadia):
    erase(db, nadia)
    assert refused(erase, db, nadia) == "erased_already"


def test_their_address_is_free_for_somebody_new(db, cast, nadia):
    erase(db, nadia)
    assert add_person(db, name="Somebody else", email="nadia.quill@example.org").id != nadia.id


def test_links_of_anybody_go_once_they_are_long_over(db, cast, clock, settings):
    send_sign_in_link(db, email="before@example.org", next_path="/", settings=settings)
    clock.forward(hours=25)
    send_sign_in_link(db, email="now@example.org", next_path="/", settings=settings)
    erase(db, cast.sam)
    assert db.scalars(select(SignInLink.email)).all() == ["now@example.org"]


class TestTheDatabaseAllowsThisAndNoMore:
    """Past the verb, straight at the rows; the ballot is closed."""

    DEEDS = (
        "UPDATE roll_entries SET affiliation = 'Elsewhere' WHERE person_id = :id",
        "UPDATE roll_entries SET affiliation = '', category = 'x' WHERE person_id = :id",
        "UPDATE record_words SET salt = 'x', text = NULL WHERE text IS NOT NULL",
        "UPDATE record_words SET salt = ''  WHERE text IS NOT NULL",
        "UPDATE record_words SET text = 'x' WHERE text IS NOT NULL",
    )

    def test_nothing_else_changes(self, db, cast, nadia):
        values = {"id": nadia.id}
        for deed in self.DEEDS:
            assert self.is_refused(db, deed, values if ":id" in deed else {}), deed

    def is_refused(self, db, deed, values):
        try:
            with db.begin_nested():
                db.execute(text(deed), values)
        except DBAPIError:
            return True
        return False

    def test_an_affiliation_goes_from_a_sealed_roll(self, db, cast, nadia):
        db.execute(update(RollEntry).values(affiliation=""))


class TestThePage:
    def test_it_says_what_goes_and_what_stays_and_does_it(self, browser, db, cast, nadia, clock):
        browser.sign_in(nadia).get("/me")
        page = browser.click("Erase me")
        assert "What goes" in page.html
        assert "What stays" in page.html
        page = browser.submit("Erase me for good", name="Nadia")
        assert page.status == 422
        assert "Type your name as it stands here, Nadia Quill" in page.html
        page = browser.submit("Erase me for good", name="Nadia Quill")
        assert "You are erased." in page.html
        assert db.get(Erasure, nadia.id) is not None
        assert "Sign in" in browser.get("/me").title

    def test_the_last_chair_reads_why_not(self, browser, db, cast, clock):
        page = browser.sign_in(cast.ana).get("/me/erasure")
        assert "there is no other in: Open Definitions Group" in page.html
        assert "Erase me for good" not in page.html
        assert browser.post("/me/erasure", name="Ana Ferreira").status == 409

    def test_it_is_for_people_who_are_signed_in(self, browser, cast):
        assert "Sign in" in browser.get("/me/erasure").title


def test_pronouns_are_optional_and_forty_characters(browser, db, cast):
    browser.sign_in(cast.dara).get("/me")
    browser.submit("Save", pronouns="they/them")
    db.refresh(cast.dara)
    assert cast.dara.pronouns == "they/them"
    assert browser.submit("Save", pronouns="x" * 41).status == 422


def test_they_stand_beside_the_name_in_the_group_and_on_comments(browser, db, cast, clock):
    cast.chloe.pronouns = "she/her"
    clause = clause_of(db, cast.definition, 2)
    said = post_comment(db, cast.definition, by=cast.chloe, clause=clause, body="Why?")
    shown = '<bdi class="person__pronouns">she/her</bdi>'
    for path in ("/g/open-definitions", f"/d/open-source-ai/comments/{said.number}"):
        assert browser.get(path).html.count(shown) == 1, path
