"""Links by mail, whatever order things happen in: asked for, opened, spent, an address changed, time.

A link is good once, for fifteen minutes, for its address and its purpose. What ought to happen is
said by a model of a few lines; hypothesis looks for an order in which something else does.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings as how, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from app.kit.models import Mail
from app.kit.refusals import Refused
from app.people import actions, actions_address
from app.people.models import JoiningLink, Person, SignIn, SignInLink
from app.record.models import Entry
from tests.conftest import NOON

ADDRESSES = ["ana@example.org", "bruno@example.org", "new@example.org", "other@example.org"]
QUARTER = timedelta(minutes=15)
OWNERS = st.sampled_from([0, 1])
WAITS = st.sampled_from([0.5, 4, 14.9, 15])  # minutes


@dataclass
class Link:
    """What the model knows of one: how it was made, and whether it was spent."""

    secret: str
    address: str
    made_at: datetime
    owner: int | None = None  # who wants the address; none: it signs in
    spent: bool = False

    def refusal(self, now: datetime) -> str | None:
        if self.spent:
            return "link_used"
        return "link_expired" if now >= self.made_at + QUARTER else None


class Links(RuleBasedStateMachine):
    links = Bundle("links")

    def __init__(self, db, clock, settings, browser):
        super().__init__()
        self.db, self.clock, self.settings, self.browser = db, clock, settings, browser
        self.clock.set_to(NOON)
        self.before = db.begin_nested()
        self.people = [
            actions.add_person(db, name=name, email=f"{name.lower()}@example.org")
            for name in ("Ana", "Bruno")
        ]
        self.sessions = 0
        self.made: list[Link] = []

    def teardown(self):
        self.before.rollback()
        self.db.expire_all()

    def tried(self, verb, *given, **named):
        """What a verb answers; or the code of its refusal, after which nothing is left of it."""
        try:
            with self.db.begin_nested():
                return verb(self.db, *given, **named)
        except Refused as refused:
            return refused.refusal.code

    def sent(self, address, owner=None):
        """The link that is in the newest mail."""
        mail = self.db.scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert mail.to == address
        link = Link(re.findall(r"token=(\S+)", mail.text)[0], address, self.clock.now, owner)
        self.made.append(link)
        return link

    def lately(self, address, *, signs_in):
        made = [one for one in self.made if (one.owner is None) == signs_in]
        since = self.clock.now - QUARTER
        return sum(one.address == address and one.made_at > since for one in made)

    @rule(target=links, address=st.sampled_from(ADDRESSES))
    def ask(self, address):
        enough = self.lately(address, signs_in=True) >= 5
        named = {"email": address.upper(), "next_path": "/me", "settings": self.settings}
        answer = self.tried(actions.send_sign_in_link, **named)
        assert answer == ("too_many_links" if enough else None)
        return multiple() if enough else self.sent(address)

    @rule(target=links, owner=OWNERS, address=st.sampled_from(ADDRESSES))
    def ask_for_an_address(self, owner, address):
        enough = self.lately(address, signs_in=False) >= 5
        named = {"email": address, "settings": self.settings, "by": self.people[owner]}
        answer = self.tried(actions_address.send_address_link, **named)
        assert answer == ("too_many_links" if enough else None)
        return multiple() if enough else self.sent(address, owner)

    @rule(link=links)
    def open(self, link):
        """Looking spends nothing."""
        page = self.browser.get(f"/sign-in/link?token={link.secret}")
        assert page.status == 200 and page.form_with("Sign in")

    @rule(link=links)
    def spend(self, link):
        expected = "link_unknown" if link.owner is not None else link.refusal(self.clock.now)
        named = {"secret": link.secret, "device": "", "settings": self.settings}
        answer = self.tried(actions.sign_in_by_link, **named)
        if expected is not None:
            assert answer == expected
            return
        link.spent = True
        self.sessions += 1
        newest = self.db.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
        whose = self.db.get_one(Person, newest.person_id)
        assert whose.email == link.address, "a session of somebody whose address this is not"
        assert answer[1] == "/me"

    @rule(link=links, by=OWNERS)
    def take_the_address(self, link, by):
        expected = "link_unknown" if link.owner != by else link.refusal(self.clock.now)
        taken = self.db.scalar(select(Person).where(Person.email == link.address))
        if expected is None and taken is not None:
            expected = "address_in_use"
        named = {"secret": link.secret, "by": self.people[by]}
        assert self.tried(actions_address.take_address, **named) == expected
        if expected is None:
            link.spent = True
            assert self.people[by].email == link.address

    @rule(link=consumes(links), place=st.integers(0, 42))
    def spend_with_a_slip(self, link, place):
        other = "A" if link.secret[place] != "A" else "B"
        wrong = link.secret[:place] + other + link.secret[place + 1 :]
        named = {"secret": wrong, "device": "", "settings": self.settings}
        assert self.tried(actions.sign_in_by_link, **named) == "link_unknown"

    @rule(minutes=WAITS)
    def wait(self, minutes):
        self.clock.forward(minutes=minutes)

    @invariant()
    def each_session_was_a_link_and_each_link_one_session(self):
        assert self.count(SignIn) == self.sessions
        assert self.count(SignInLink) == sum(one.owner is None for one in self.made)

    @invariant()
    def nothing_that_opens_a_door_is_kept_readable(self):
        kept = [*self.db.scalars(select(SignInLink.token_hash))]
        kept += [*self.db.scalars(select(JoiningLink.token_hash))]
        assert not {one.secret for one in self.made} & set(kept)
        assert all(len(one) == 64 for one in kept)

    @invariant()
    def the_record_names_no_address(self):
        newest = self.db.scalars(select(Entry).order_by(Entry.at.desc()).limit(3))
        assert not any("@" in str(one.about) + str(one.words) for one in newest)

    def count(self, model):
        return self.db.scalar(select(func.count()).select_from(model))


@pytest.mark.slow
def test_a_link_is_good_once_for_its_time_its_address_and_its_purpose(
    db, backend, clock, settings, browser
):
    machine: Any = partial(Links, db, clock, settings, browser)
    run_state_machine_as_test(
        machine,
        settings=how(
            max_examples=40 if backend == "sqlite" else 10,  # the verbs are the same on both
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
