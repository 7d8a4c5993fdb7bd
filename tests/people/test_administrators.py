"""Administrators: granted and revoked by the operators, in the record, and worth little in groups."""

import pytest
from sqlalchemy import select

from app.kit.refusals import Refused
from app.people import actions_administrator as actions, checks, queries, rules
from app.people.models import Administration
from app.record.models import Entry


def code(refusal):
    return getattr(refusal, "code", None)


def test_who_administers_is_let_and_nobody_else():
    assert rules.must_be_administrator(Administration()) is None
    assert code(rules.must_be_administrator(None)) == "administrators_only"


def test_it_is_a_period_with_two_entries(db, cast, clock):
    actions.grant_administrator(db, cast.ana)
    granted = queries.administration_of(db, cast.ana)
    assert granted and granted.since == clock.now
    assert queries.administration_of(db, cast.bruno) is None
    assert queries.administration_of(db, None) is None
    later = clock.forward(days=3)
    actions.revoke_administrator(db, cast.ana)
    assert queries.administration_of(db, cast.ana) is None
    assert db.scalars(select(Administration.until)).all() == [later]
    of_it = select(Entry).where(Entry.verb.startswith("administrator.")).order_by(Entry.sequence)
    entries = db.scalars(of_it).all()
    assert [one.verb for one in entries] == ["administrator.made", "administrator.ended"]
    assert {one.about["person"] for one in entries} == {cast.ana.id}
    assert {one.person_id for one in entries} == {None}


def test_it_can_be_granted_again(db, cast, clock):
    actions.grant_administrator(db, cast.ana)
    clock.forward(days=1)
    actions.revoke_administrator(db, cast.ana)
    actions.grant_administrator(db, cast.ana)
    assert queries.administration_of(db, cast.ana) is not None


def test_it_is_granted_once_at_a_time(db, cast, clock):
    actions.grant_administrator(db, cast.ana)
    with pytest.raises(Refused, match="already_administrator"):
        actions.grant_administrator(db, cast.ana)


def test_what_was_not_granted_is_not_revoked(db, cast, clock):
    with pytest.raises(Refused, match="not_an_administrator"):
        actions.revoke_administrator(db, cast.ana)


def test_it_opens_nothing_in_a_group(browser, db, cast, clock):
    """A group that hides its definition hides it from administrators, too."""
    cast.definition.visibility = "group"
    actions.grant_administrator(db, cast.sam)
    browser.sign_in(cast.sam)
    assert browser.get("/d/open-source-ai").status == 404
    answer = browser.post(f"/g/open-definitions/members/{cast.eli.id}/end")
    assert answer.status in {403, 404}


def test_an_administration_that_the_record_does_not_know_is_found(db, cast, clock):
    actions.grant_administrator(db, cast.ana)
    assert list(checks.check(db)) == []
    db.add(Administration(person_id=cast.sam.id, since=clock.now))
    db.flush()
    (found,) = checks.check(db)
    assert str(found).startswith(f"administrations {cast.sam.id}")


def test_one_that_was_taken_away_silently_is_found(db, cast, clock):
    actions.grant_administrator(db, cast.ana)
    db.query(Administration).delete()
    assert len(list(checks.check(db))) == 1
