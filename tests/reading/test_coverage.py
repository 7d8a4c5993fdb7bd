"""Whom a group speaks for, who of them is heard, and what is pointed out."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from app.ballots.actions_close import close_ballot
from app.definitions.models import Clause
from app.discussions.actions import post_comment
from app.groups.models import Category, Membership
from app.groups.queries import group_for, members_of
from app.reading.coverage import Heard, cover, what_stands_out
from app.reading.queries_coverage import coverage_of
from tests.ballots.staging import make_ballot, vote

GROUP = "/g/open-definitions"
NAMES = ["creators", "users", "funders"]
CATEGORIES = [Category(id=number, name=name) for number, name in enumerate(NAMES, 1)]


def members(*told):
    """Each is the name of a category or none, and an affiliation."""
    known = {one.name: one for one in CATEGORIES}
    return [
        Membership(
            person_id=f"p{number}",
            category=known.get(name),
            category_id=known[name].id if name else None,
            affiliation=affiliation,
        )
        for number, (name, affiliation) in enumerate(told)
    ]


def as_now(people, *ids):
    """They were heard with the affiliation that they have."""
    return {Heard(one.person_id, one.affiliation) for one in people if one.person_id in ids}


GONE = Heard("gone", "Acme")


class TestCounting:
    def test_members_are_counted_by_category_in_its_order_and_those_without_at_the_end(self):
        people = members(("users", ""), ("creators", ""), ("users", ""), (None, ""))
        it = cover(people, CATEGORIES, {*as_now(people, "p0", "p3"), GONE}, as_now(people, "p2"))
        assert [(one.name, one.members, one.commenters, one.voters) for one in it.categories] == [
            ("creators", 1, 0, 0),
            ("users", 2, 1, 1),
            ("funders", 0, 0, 0),
            (None, 1, 1, 0),
        ]
        assert (it.members, it.commenters, it.voters) == (4, 2, 1)

    def test_affiliations_of_one_stand_together_and_capitals_do_not_count(self):
        told = [("users", "Acme"), ("users", "ACME "), ("users", "B"), ("users", "C"), (None, "")]
        it = cover(members(*told), CATEGORIES, set(), set())
        found = [(one.name, one.members, one.alone) for one in it.affiliations]
        assert found == [("Acme", 2, None), ("", 2, 2), (None, 1, None)]

    def test_no_more_affiliations_are_shown_than_can_be_read(self):
        told = [("users", f"A{number // 2}") for number in range(40)]
        it = cover(members(*told), CATEGORIES, set(), set())
        assert len(it.affiliations) == 9 and it.affiliations[-1].alone == 12

    def test_who_was_heard_counts_for_the_affiliation_of_then(self):
        people = members(("users", "Acme"), ("users", "Acme"), ("users", ""), ("users", ""))
        voted = {Heard("p0", "Beta"), Heard("p0", "Acme"), Heard("p2", "Beta "), Heard("p3", "C")}
        it = cover(people, CATEGORIES, set(), voted)
        assert [(one.name, one.members, one.voters) for one in it.affiliations] == [
            ("Acme", 2, 1),
            ("Beta", 0, 2),
            ("", 0, 1),
            (None, 2, 0),
        ]
        assert it.voters == 3

    @given(st.lists(st.tuples(st.sampled_from([*NAMES, None]), st.sampled_from("abcd "))))
    def test_nobody_is_counted_twice_or_forgotten(self, told):
        people = members(*told)
        heard = as_now(people, *(one.person_id for one in people[::2]))
        it = cover(people, CATEGORIES, heard, heard)
        for parts in (it.categories, it.affiliations):
            assert sum(one.members for one in parts) == it.members == len(people)
            assert sum(one.voters for one in parts) == it.voters == len(heard)


class TestWhatStandsOut:
    def said(self, *told, commenters=(), voters=()):
        people = members(*told)
        heard = [as_now(people, *some) for some in (commenters, voters)]
        return what_stands_out(cover(people, CATEGORIES, *heard))

    def test_empty_categories_are_named(self):
        assert self.said(("users", "")) == ["Nobody speaks for creators, funders."]

    def test_more_than_a_third_is_pointed_out_and_a_third_is_not(self):
        told = [("creators", ""), ("users", ""), ("funders", "")] * 2
        assert self.said(*told) == []
        assert self.said(*told, ("users", "")) == [
            "More than a third of the members speak for users (3 of 7)."
        ]

    def test_of_a_few_people_no_share_is_told(self):
        assert self.said(("creators", ""), ("users", ""), ("funders", "")) == []

    def test_who_is_not_heard_is_named_where_others_are(self):
        told = [("creators", ""), ("users", ""), ("funders", "")] * 2
        said = self.said(*told, commenters={"p0"}, voters={"p1"})
        assert said == ["Nobody who speaks for funders commented or voted in this time."]

    def test_who_speaks_most_is_pointed_out_beside_who_are_most(self):
        told = [("creators", ""), ("users", ""), ("funders", "")] * 2
        said = self.said(*told, commenters={"p0", "p1", "p3", "p2"})
        assert said == ["More than a third of those who commented speak for creators (2 of 4)."]

    def test_an_affiliation_of_more_than_a_third_is_pointed_out(self):
        told = [("creators", "Acme"), ("users", "Acme"), ("funders", "B"), ("funders", "C")]
        assert "are with Acme (2 of 4)" in self.said(*told)[-1]


class TestThePage:
    def test_it_says_who_is_missing_and_who_was_heard(self, db, cast, browser, clock):
        post_comment(db, cast.definition, by=cast.dara, body="Hello", clause=first(db, cast))
        page = browser.get(GROUP)
        assert "Nobody speaks for end users." in page.text
        rows = [
            [cell.text() for cell in row.css("th, td")] for row in page.css(".coverage tbody tr")
        ]
        assert rows[0] == ["creators", "2", "1", "0"] and rows[2] == ["end users", "0", "0", "0"]

    def test_what_is_long_ago_is_not_counted(self, db, cast, clock):
        post_comment(db, cast.definition, by=cast.dara, body="Hello", clause=first(db, cast))
        counted = {period: heard(db, cast, clock, period) for period in ("30", "all")}
        assert counted == {"30": (1, 0), "all": (1, 0)}
        clock.forward(days=31)
        counted = {period: heard(db, cast, clock, period) for period in ("30", "90", "all")}
        assert counted == {"30": (0, 0), "90": (1, 0), "all": (1, 0)}

    @pytest.mark.parametrize(
        ("names", "closed", "voters"),
        [
            ("open", False, 1),
            ("closed", False, 0),
            ("closed", True, 1),
            ("never", True, 0),
        ],
    )
    def test_who_voted_is_counted_where_names_are_shown(
        self, db, cast, clock, names, closed, voters
    ):
        ballot = make_ballot(db, cast, names_shown=names)
        vote(db, ballot, cast.dara, "yes")
        if closed:
            clock.set_to(ballot.closes_at + timedelta(seconds=1))
            close_ballot(db, ballot, by=None)
            db.expire_all()
        assert heard(db, cast, clock, "all")[1] == voters

    def test_what_is_for_the_group_is_counted_for_the_group(self, db, cast, clock):
        post_comment(db, cast.definition, by=cast.dara, body="Hello", clause=first(db, cast))
        cast.definition.visibility = "group"
        db.flush()
        assert heard(db, cast, clock, "all", viewer=cast.sam) == (0, 0)
        assert heard(db, cast, clock, "all", viewer=cast.eli) == (1, 0)

    @pytest.mark.parametrize("period", ["30", "x", ""])
    def test_a_time_is_chosen_in_the_address(self, cast, browser, period):
        page = browser.get(f"{GROUP}?period={period}")
        chosen = page.one('.filter-links [aria-current="page"]').text()
        assert chosen == ("30 days" if period == "30" else "A year")

    def test_the_api_says_the_same(self, cast, api):
        told = api.get(f"/api/v1{GROUP}/coverage").json()
        assert told["members"] == 6 and told["stands_out"] == ["Nobody speaks for end users."]
        assert api.get(f"/api/v1{GROUP}/coverage", params={"period": "x"}).status_code == 422


def first(db, cast):
    one = select(Clause).where(Clause.definition_id == cast.definition.id, Clause.number == 2)
    return db.scalars(one).one()


def heard(db, cast, clock, period, viewer=None):
    group = group_for(db, "open-definitions", None)
    it = coverage_of(db, group, members_of(db, group.id), viewer, period=period, now=clock.now)
    return it.commenters, it.voters
