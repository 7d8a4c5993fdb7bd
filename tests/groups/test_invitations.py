"""Invitations from the mail to the membership: who answers with which link, once, until when."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.groups import actions_invitation as actions, queries
from app.groups.actions import add_member, create_group
from app.groups.api_json import membership_json
from app.groups.member_list import Row
from app.groups.models_coming import Invitation
from app.groups.queries_invitation import invitation_by_secret, invitations_for
from app.groups.rules_invitation import INVITATION_LIFETIME
from app.kit.models import Mail
from app.kit.refusals import Refused
from app.people.queries import person_by_email
from app.record.models import Entry


@pytest.fixture
def invite(db, cast, clock, settings):
    """Invites an address; gives the invitation and the secret of its mail."""

    def one(email="sam.okoro@example.org", by=None, **cells):
        row = Row(1, email=email, **cells)
        sent = actions.send_invitations(
            db, cast.group, by=by or cast.ana, rows=[row], settings=settings
        )
        return sent[0], secret_of(db, email)

    return one


def secret_of(db, email):
    """What stands in the newest mail to an address."""
    mail = db.scalars(select(Mail).where(Mail.to == email).order_by(Mail.id.desc())).first()
    found = re.search(r"token=([\w-]+)", mail.text if mail else "")
    assert found is not None
    return found[1]


def last_entry(db, cast):
    return db.scalars(
        select(Entry).where(Entry.log_id == cast.group.log_id).order_by(Entry.sequence.desc())
    ).first()


class TestSending:
    def test_the_mail_says_who_invites_into_what_until_when(self, db, cast, invite):
        invitation, secret = invite(name="Sam Okoro", role="observer")
        mail = db.scalars(select(Mail)).one()
        assert mail.to == "sam.okoro@example.org"
        assert mail.subject == "Ana Ferreira invites you into “Open Definitions Group”"
        for words in ("Hello Sam Okoro,", "as an observer", "17 June 2024", "If you do nothing"):
            assert words in mail.text
        assert invitation_by_secret(db, secret) is invitation

    def test_no_secret_and_no_address_stands_in_the_tables_or_the_record(self, db, cast, invite):
        invitation, secret = invite()
        assert secret not in repr(vars(invitation))
        entry = last_entry(db, cast)
        assert entry.verb == "invitation.sent" and entry.words == {}
        assert entry.about == {"invitations": [invitation.id], "categories": []}

    def test_a_list_brings_the_categories_it_needs(self, db, cast, clock, settings):
        rows = [Row(1, email="a@x.org", category="Funders"), Row(2, email="b@x.org")]
        sent = actions.send_invitations(
            db, cast.group, by=cast.ana, rows=rows, adding=["Funders"], settings=settings
        )
        category = queries.categories_of(db, cast.group.id)[-1]
        assert (category.name, sent[0].category_id) == ("Funders", category.id)
        assert last_entry(db, cast).about["categories"] == ["Funders"]

    def test_one_bad_row_and_nobody_is_invited(self, db, cast, clock, settings):
        rows = [Row(1, email="a@x.org"), Row(2, email="b")]
        with pytest.raises(Refused, match="not_an_address"):
            actions.send_invitations(db, cast.group, by=cast.ana, rows=rows, settings=settings)
        assert db.scalars(select(Mail)).all() == []

    @pytest.mark.parametrize("who", ["bruno", "chloe", "eli", "sam"])
    def test_it_refuses_everybody_but_chairs(self, cast, invite, who):
        with pytest.raises(Refused, match="chairs_only"):
            invite(by=getattr(cast, who))

    def test_it_refuses_who_is_in_the_group_or_invited(self, cast, invite):
        with pytest.raises(Refused, match="already_in_group"):
            invite("eli.novak@example.org")
        invite()
        with pytest.raises(Refused, match="already_invited"):
            invite()

    def test_an_address_gets_three_a_day_from_anywhere(self, db, cast, clock, invite, settings):
        invitation, _ = invite()
        for _ in range(2):
            invitation = actions.send_invitation_again(
                db, invitation, by=cast.ana, settings=settings
            )
        with pytest.raises(Refused, match="asked_too_often"):
            actions.send_invitation_again(db, invitation, by=cast.ana, settings=settings)
        clock.forward(days=1)
        actions.send_invitation_again(db, invitation, by=cast.ana, settings=settings)

    def test_who_let_one_expire_can_be_invited_anew(self, db, cast, clock, invite):
        first, old = invite()
        clock.forward(days=14)
        second, _ = invite()
        assert (first.outcome, second.outcome) == ("replaced", None)
        found = invitation_by_secret(db, old)
        assert found is not None
        with pytest.raises(Refused, match="invitation_replaced"):
            actions.accept_invitation(db, found, by=cast.sam)


class TestAnswering:
    def test_who_accepts_is_in_the_group_as_invited(self, db, cast, invite):
        invitation, _ = invite(role="editor", category="deployers", affiliation="Rivermouth")
        actions.accept_invitation(db, invitation, by=cast.sam)
        mine = queries.member_of(db, cast.group.id, cast.sam.id)
        assert membership_json(mine)["category"] == "deployers"
        assert (mine.role, mine.affiliation) == ("editor", "Rivermouth")
        entry = last_entry(db, cast)
        assert (entry.verb, entry.person_id) == ("invitation.accepted", cast.sam.id)
        assert invitations_for(db, cast.sam, invitation.at) == []

    @pytest.mark.parametrize("deed", ["accept", "decline", "withdraw", "again"])
    def test_a_link_is_good_once(self, db, cast, invite, settings, deed):
        invitation, secret = invite()
        if deed == "accept":
            actions.accept_invitation(db, invitation, by=cast.sam)
        elif deed == "decline":
            actions.decline_invitation(db, invitation, by=None)
        elif deed == "withdraw":
            actions.withdraw_invitation(db, invitation, by=cast.ana)
        else:
            actions.send_invitation_again(db, invitation, by=cast.ana, settings=settings)
        found = invitation_by_secret(db, secret)
        assert found is not None
        with pytest.raises(Refused, match="invitation_"):
            actions.accept_invitation(db, found, by=cast.sam)
        with pytest.raises(Refused, match="invitation_"):
            actions.decline_invitation(db, found, by=None)

    def test_a_link_works_until_its_last_moment(self, db, cast, clock, invite):
        invitation, _ = invite()
        clock.set_to(invitation.expires_at)
        with pytest.raises(Refused, match="invitation_expired"):
            actions.accept_invitation(db, invitation, by=cast.sam)
        clock.forward(microseconds=-1)
        actions.accept_invitation(db, invitation, by=cast.sam)
        assert timedelta(days=14) == INVITATION_LIFETIME

    def test_who_is_in_the_group_by_another_way_needs_no_invitation(self, db, cast, invite):
        invitation, _ = invite()
        add_member(db, cast.group, by=cast.ana, person=cast.sam, role="member")
        assert invitation.outcome == "withdrawn"
        other, _ = invite("sam@elsewhere.example")
        with pytest.raises(Refused, match="you_are_in_group"):
            actions.accept_invitation(db, other, by=cast.sam)

    def test_it_opens_no_other_group(self, db, cast, invite):
        other = create_group(db, by=cast.farah, slug="other", name="Other", categories=[])
        invitation, _ = invite()
        actions.accept_invitation(db, invitation, by=cast.sam)
        assert queries.membership_of(db, other.id, cast.sam) is None


class TestThePage:
    def test_a_newcomer_joins_with_the_link_of_the_mail(self, db, cast, browser, invite):
        _, secret = invite("ida.lund@example.org", name="Ida Lund", category="deployers")
        page = browser.get(f"/invitation?token={secret}")
        assert "Ana Ferreira invites you into" in page.text and "deployers" in page.text
        page = browser.submit("Send me a link to sign in")
        assert page.path == "/sign-in/sent"
        browser.get(f"/sign-in/link?token={secret_of(db, 'ida.lund@example.org')}")
        page = browser.submit("Sign in")
        assert page.path.startswith("/invitation?number=")
        assert page.form_with("Join the group")[0].values()["name"] == ["Ida Lund"]
        page = browser.submit("Join the group")
        assert page.path == "/g/open-definitions"
        ida = person_by_email(db, "ida.lund@example.org")
        assert ida is not None and ida.name == "Ida Lund"
        mine = queries.member_of(db, cast.group.id, ida.id)
        assert membership_json(mine)["category"] == "deployers"

    def test_opening_it_changes_nothing(self, db, browser, invite):
        invitation, secret = invite()
        for _ in range(3):
            browser.get(f"/invitation?token={secret}")
        db.refresh(invitation)
        assert invitation.outcome is None

    def test_who_has_the_address_needs_no_link(self, db, cast, browser, invite):
        invitation, _ = invite()
        browser.sign_in(cast.sam).get("/")
        browser.click("Answer")
        assert browser.submit("Join the group").path == "/g/open-definitions"
        db.refresh(invitation)
        assert invitation.outcome == "accepted"

    def test_nobody_else_finds_it_by_its_number(self, cast, browser, invite):
        invitation, _ = invite()
        for person in (cast.dara, cast.ana):
            page = browser.sign_in(person).get(f"/invitation?number={invitation.id}")
            assert page.status == 404 and "sam.okoro" not in page.text
            page = browser.post("/invitation/acceptance", number=invitation.id)
            assert page.status == 404

    def test_who_is_signed_in_as_somebody_else_is_told_and_may_accept(
        self, db, cast, browser, invite
    ):
        _, secret = invite("sam@work.example")
        page = browser.sign_in(cast.sam).get(f"/invitation?token={secret}")
        assert "You are signed in as Sam Okoro, and the invitation was sent to" in page.text
        assert "Sign out" in page.buttons()
        browser.submit("Join as Sam Okoro")
        assert queries.membership_of(db, cast.group.id, cast.sam) is not None

    def test_whoever_holds_the_link_declines_without_an_account(self, db, browser, invite):
        invitation, secret = invite()
        browser.get(f"/invitation?token={secret}")
        page = browser.submit("No, thank you")
        assert page.path == "/g/open-definitions" and "You have declined" in page.text
        db.refresh(invitation)
        assert (invitation.outcome, invitation.ended_by_id) == ("declined", None)
        page = browser.get(f"/invitation?token={secret}")
        assert "This invitation was declined" in page.text and page.buttons() == []

    def test_without_a_category_one_chooses(self, db, cast, browser, invite):
        invite()
        browser.sign_in(cast.sam).get("/")
        browser.click("Answer")
        page = browser.post(
            "/invitation/acceptance", number=db.scalars(select(Invitation.id)).one(), category="x"
        )
        assert page.status == 422 and "not one of the choices" in page.text
        browser.submit("Join the group", category="regulators")
        mine = queries.member_of(db, cast.group.id, cast.sam.id)
        assert membership_json(mine)["category"] == "regulators"

    @pytest.mark.parametrize("query", ["", "?token=x", "?number=1", "?number=x", "?token=%00"])
    def test_there_is_no_such_invitation(self, cast, browser, query):
        page = browser.get(f"/invitation{query}")
        assert page.status == 404

    def test_a_link_to_sign_in_goes_to_the_address_only(self, db, cast, browser, invite):
        invitation, secret = invite()
        browser.get(f"/invitation?token={secret}")
        browser.submit("Send me a link to sign in")
        mails = db.scalars(select(Mail.to)).all()
        assert mails == ["sam.okoro@example.org"] * 2
        actions.withdraw_invitation(db, invitation, by=cast.ana)
        assert browser.post("/invitation/sign-in", token=secret).status == 409
