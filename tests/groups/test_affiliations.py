"""With whom members are, from when to when; what counted at a time keeps the one of then."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.ballots.models import RollEntry
from app.groups import queries
from app.groups.actions import change_membership
from app.groups.actions_affiliation import change_affiliation
from app.groups.affiliations import affiliations_of
from app.groups.models import Membership, Suspension
from app.groups.rules_standing import may_change_affiliation
from app.kit.refusals import Refused
from app.reading.queries_coverage import coverage_of
from app.record.models import Entry
from tests.ballots.staging import make_ballot, vote

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
GROUP = "/g/open-definitions"


def code_of(refusal):
    return refusal.code if refusal else None


def member(role="member", person="p_1", suspended=False):
    one = Membership(role=role, person_id=person, affiliation="Acme")
    if suspended:
        one.suspensions.append(Suspension(since=NOON, until=NOON + timedelta(7), reason="Rude."))
    return one


def period(since, until, affiliation, role="member"):
    """From one day to another."""
    return Membership(
        since=NOON + timedelta(since),
        until=None if until is None else NOON + timedelta(until),
        affiliation=affiliation,
        role=role,
    )


class TestRules:
    @pytest.mark.parametrize(
        ("mine", "theirs", "affiliation", "code"),
        [
            (None, member(), "Beta", "chairs_only"),
            (None, None, "Beta", "chairs_only"),
            (member("editor", "p_2"), member(), "Beta", "chairs_only"),
            (member("chair", "p_2", suspended=True), member(), "Beta", "suspended"),
            (member(suspended=True), member(), "Beta", "suspended"),
            (member("chair", "p_2"), None, "Beta", "not_a_member_now"),
            (member(), member(), "Acme", "affiliation_stands"),
            (member("observer"), member("observer"), "Beta", None),
            (member("chair", "p_2"), member(), "", None),
            (member(), member(), None, None),
        ],
    )
    def test_who_may_change_whose(self, mine, theirs, affiliation, code):
        refusal = may_change_affiliation(mine, theirs, name="Sam", affiliation=affiliation)
        assert code_of(refusal) == code

    @pytest.mark.parametrize(
        ("periods", "told"),
        [
            ([], []),
            ([(0, None, "")], []),
            ([(0, None, "Acme")], [("Acme", 0, None)]),
            ([(0, 1, "Acme", "editor"), (1, None, "Acme")], [("Acme", 0, None)]),
            ([(0, 1, "Acme"), (1, 2, "Beta"), (2, 3, "Beta", "chair")], ["Beta13", "Acme01"]),
            ([(0, 1, "Acme"), (1, 2, ""), (2, 3, "Acme")], ["Acme23", "Acme01"]),
            ([(0, 1, "Acme"), (2, 3, "Acme")], ["Acme23", "Acme01"]),
        ],
    )
    def test_a_change_of_role_interrupts_no_affiliation_and_leaving_does(self, periods, told):
        found = affiliations_of([period(*one) for one in reversed(periods)])
        wanted = [
            (one[:-2], int(one[-2]), int(one[-1])) if isinstance(one, str) else one for one in told
        ]
        days = [
            (one.name, (one.since - NOON).days, one.until and (one.until - NOON).days)
            for one in found
        ]
        assert days == wanted


class TestTheVerb:
    def test_it_begins_another_period_with_the_same_role_and_category(self, db, cast, clock):
        before = queries.member_of(db, cast.group.id, cast.bruno.id)
        after = change_affiliation(
            db, cast.group, by=cast.bruno, person=cast.bruno, affiliation=" Acme "
        )
        assert (after.role, after.category_id) == ("editor", before.category_id)
        assert (before.until, after.since, after.affiliation) == (clock.now, clock.now, "Acme")
        entry = db.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
        assert (entry.verb, entry.about) == ("affiliation.changed", {"person": cast.bruno.id})
        assert set(entry.words) == {"affiliation"}

    def test_what_counted_at_a_time_keeps_the_affiliation_of_then(self, db, cast, clock):
        for affiliation in ("Acme", "Beta"):
            clock.forward(days=1)
            for person in (cast.dara, cast.farah):
                change_affiliation(
                    db, cast.group, by=cast.ana, person=person, affiliation=affiliation
                )
            if affiliation == "Acme":
                ballot = make_ballot(db, cast, names_shown="open")
                vote(db, ballot, cast.dara, "yes")
        entry = db.get_one(RollEntry, (ballot.id, cast.dara.id))
        assert entry.affiliation == "Acme"
        group = queries.group_for(db, cast.group.slug, None)
        members = queries.members_of(db, group.id)
        it = coverage_of(db, group, members, None, period="all", now=clock.now)
        counted = [(one.name, one.members, one.voters) for one in it.affiliations]
        assert counted == [("Beta", 2, 0), ("", 0, 1), (None, 4, 0)]

    @pytest.mark.parametrize("who", ["bruno", "eli", "sam"])
    def test_nobody_else_changes_it(self, db, cast, clock, who):
        with pytest.raises(Refused, match="chairs_only"):
            change_affiliation(
                db, cast.group, by=getattr(cast, who), person=cast.dara, affiliation="Acme"
            )


def test_a_member_changes_it_on_their_page_and_the_page_shows_each_with_its_dates(
    db, cast, clock, browser
):
    path = f"{GROUP}/people/{cast.dara.id}"
    browser.sign_in(cast.dara).get(path)
    page = browser.submit("Change the affiliation", affiliation="Acme")
    assert page.path == path and "since 3 June 2024" in page.text
    clock.forward(days=2)
    given = {"by": cast.ana, "role": "editor", "category": None, "affiliation": "Acme"}
    change_membership(db, cast.group, person=cast.dara, **given)
    clock.forward(days=2)
    browser.get(path)
    page = browser.submit("Change the affiliation", affiliation="Acme")
    assert page.status == 409 and page.css("#affiliate[open]")
    page = browser.submit("Change the affiliation", affiliation="Beta")
    told = [one.text() for one in page.css("#affiliations + ol li")]
    assert [one.startswith(name) for one, name in zip(told, ["Beta", "Acme"], strict=True)]
    assert "3 June 2024 to 7 June 2024" in told[1]
    assert "Change the affiliation" not in browser.get(f"{GROUP}/people/{cast.eli.id}").buttons()


def test_the_api_does_the_same(cast, api, clock):
    path = f"/api/v1{GROUP}/members/{cast.dara.id}"
    for who, affiliation in ((cast.dara, "Acme"), (cast.ana, "Beta")):
        done = api.as_(who).put(f"{path}/affiliation", json={"affiliation": affiliation})
        assert done.status_code == 200 and done.json()["affiliation"] == affiliation
        clock.forward(days=1)
    refused = api.as_(cast.eli).put(f"{path}/affiliation", json={"affiliation": "C"})
    assert refused.json()["code"] == "chairs_only"
    told = api.get(f"{path}/history").json()["affiliations"]
    assert [one["affiliation"] for one in told] == ["Beta", "Acme"]
    assert told[1]["until"] == told[0]["since"]
