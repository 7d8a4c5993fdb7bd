"""The verbs of groups: who may, and what is kept of what was."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.groups import actions, queries
from app.groups.models import Membership
from app.kit.refusals import Refused
from app.people.models import Person
from app.record.models import Entry
from tests.cast import Cast
from tests.conftest import Clock


def add(db: Session, cast: Cast, *, by: Person, person: Person, role: str = "member") -> Membership:
    return actions.add_member(db, cast.group, by=by, person=person, role=role)


def change(
    db: Session, cast: Cast, *, by: Person, person: Person, role: str, seen: int | None = None
) -> Membership:
    return actions.change_membership(
        db, cast.group, by=by, person=person, role=role, category=None, affiliation="", seen=seen
    )


class TestCreateGroup:
    def test_who_makes_a_group_is_its_chair(self, db: Session, cast: Cast) -> None:
        group = actions.create_group(
            db, by=cast.sam, slug="another", name="Another", categories=["makers", "users"]
        )
        mine = queries.membership_of(db, group.id, cast.sam)
        assert mine is not None and mine.role == "chair"
        assert [c.name for c in queries.group_for(db, "another", None).categories] == [
            "makers",
            "users",
        ]


class TestAddMember:
    def test_a_chair_brings_somebody_in(self, db: Session, cast: Cast, clock: Clock) -> None:
        membership = add(db, cast, by=cast.ana, person=cast.sam)
        assert membership.since == clock.now and membership.until is None
        last = db.scalars(
            select(Entry).where(Entry.log_id == cast.group.log_id).order_by(Entry.sequence.desc())
        ).first()
        assert last is not None and last.verb == "member.added"
        assert last.about["person"] == cast.sam.id and last.person_id == cast.ana.id

    @pytest.mark.parametrize("who", ["bruno", "chloe", "eli", "sam"])
    def test_it_refuses_everybody_but_chairs(self, db: Session, cast: Cast, who: str) -> None:
        with pytest.raises(Refused, match="chairs_only"):
            add(db, cast, by=getattr(cast, who), person=cast.sam)

    def test_it_refuses_who_is_in_the_group(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="already_in_group"):
            add(db, cast, by=cast.ana, person=cast.chloe)

    def test_it_refuses_a_role_that_does_not_exist(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="unknown_role"):
            add(db, cast, by=cast.ana, person=cast.sam, role="owner")

    def test_the_database_knows_one_current_membership(self, db: Session, cast: Cast) -> None:
        db.add(
            Membership(
                group_id=cast.group.id,
                person_id=cast.chloe.id,
                role="member",
                since=cast.group.since,
            )
        )
        with pytest.raises(IntegrityError), db.begin_nested():
            db.flush()


class TestChangeMembership:
    def test_what_somebody_was_before_stays_known(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        before = clock.now
        later = clock.forward(days=1)
        change(db, cast, by=cast.ana, person=cast.chloe, role="editor")
        db.flush()
        then = {m.person_id: m.role for m in queries.members_at(db, cast.group.id, before)}
        now = {m.person_id: m.role for m in queries.members_at(db, cast.group.id, later)}
        assert (then[cast.chloe.id], now[cast.chloe.id]) == ("member", "editor")

    def test_it_refuses_to_take_the_last_chair_away(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="last_chair"):
            change(db, cast, by=cast.ana, person=cast.ana, role="member")

    def test_a_second_chair_frees_the_first(self, db: Session, cast: Cast, clock: Clock) -> None:
        change(db, cast, by=cast.ana, person=cast.bruno, role="chair")
        clock.forward(seconds=1)
        change(db, cast, by=cast.bruno, person=cast.ana, role="member")
        mine = queries.membership_of(db, cast.group.id, cast.ana)
        assert mine is not None and mine.role == "member"

    def test_it_refuses_others_than_chairs_before_it_says_who_is_in_the_group(
        self, db: Session, cast: Cast
    ) -> None:
        with pytest.raises(Refused, match="chairs_only"):
            change(db, cast, by=cast.bruno, person=cast.sam, role="member")
        with pytest.raises(Refused, match="chairs_only"):
            actions.end_membership(db, cast.group, by=cast.sam, person=cast.sam)

    def test_it_refuses_who_is_not_in_the_group(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="not_a_member_now"):
            change(db, cast, by=cast.ana, person=cast.sam, role="member")

    def test_it_refuses_who_began_from_a_membership_that_is_over(
        self, db: Session, cast: Cast
    ) -> None:
        seen = queries.member_of(db, cast.group.id, cast.dara.id).id
        after = change(db, cast, by=cast.ana, person=cast.dara, role="editor", seen=seen)
        with pytest.raises(Refused, match="precondition_failed"):
            change(db, cast, by=cast.ana, person=cast.dara, role="observer", seen=seen)
        assert queries.member_of(db, cast.group.id, cast.dara.id).id == after.id


class TestEndMembership:
    def test_it_refuses_who_began_from_a_membership_that_is_over(
        self, db: Session, cast: Cast
    ) -> None:
        seen = queries.member_of(db, cast.group.id, cast.dara.id).id
        change(db, cast, by=cast.ana, person=cast.dara, role="editor")
        with pytest.raises(Refused, match="precondition_failed"):
            actions.end_membership(db, cast.group, by=cast.ana, person=cast.dara, seen=seen)
        assert queries.membership_of(db, cast.group.id, cast.dara) is not None

    def test_who_left_is_not_in_the_group_and_was(
        self, db: Session, cast: Cast, clock: Clock
    ) -> None:
        before = clock.now
        now = clock.forward(days=1)
        actions.end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        db.flush()
        assert queries.membership_of(db, cast.group.id, cast.dara) is None
        assert cast.dara.id in {m.person_id for m in queries.members_at(db, cast.group.id, before)}
        assert cast.dara.id not in {m.person_id for m in queries.members_at(db, cast.group.id, now)}

    def test_it_refuses_the_last_chair(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="last_chair"):
            actions.end_membership(db, cast.group, by=cast.ana, person=cast.ana)

    def test_it_refuses_a_member(self, db: Session, cast: Cast) -> None:
        with pytest.raises(Refused, match="chairs_only"):
            actions.end_membership(db, cast.group, by=cast.chloe, person=cast.dara)
