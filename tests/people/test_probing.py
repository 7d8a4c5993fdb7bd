"""Whether somebody has an account is told by no answer, no mail that comes late, and no clock."""

import random
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest
from sqlalchemy import event, func, select

from app.kit.models import Mail
from app.main import create_app
from app.people import actions
from app.people.models import Person, SignIn, SignInLink
from app.record.models import Entry
from tests.serving import free_port, serving, settled, wire

OURS = {"sec-fetch-site": "same-origin"}
CHANGING = {"date", "x-request-id"}
SAMPLES = 250
FAR = 4.0  # standard deviations; by chance it is passed once in some 16,000 runs


def rank_test(one: Sequence[float], other: Sequence[float]) -> float:
    """Mann and Whitney's U as a normal deviate: how far apart two samples are, in the order of their
    values alone. Far above 0: ``one`` has the greater ones. (Ann. Math. Statist. 18, 1947.)"""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, which) in enumerate(ordered, 1) if which == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    return (u - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5


class TestTheRankTest:
    def test_samples_of_one_kind_are_near(self):
        chance = random.Random(7)
        one, other = ([chance.expovariate(1) for _ in range(SAMPLES)] for _ in range(2))
        assert abs(rank_test(one, other)) < FAR

    def test_a_sample_that_is_greater_is_far(self):
        chance = random.Random(7)
        one, other = ([chance.expovariate(1) for _ in range(SAMPLES)] for _ in range(2))
        assert rank_test([value + 0.5 for value in one], other) > FAR
        assert rank_test(other, [value + 0.5 for value in one]) < -FAR

    def test_it_is_zero_where_nothing_is_greater(self):
        assert rank_test([1, 4], [2, 3]) == 0


@pytest.fixture
def asked(live, settings):
    """``asked(address)``: asks for a link over the wire; answers what came back, and in how long."""
    own = settings.model_copy(update={"links_an_hour": 0})
    with (
        serving(settled(create_app(own, live.database)), free_port()) as url,
        wire(base_url=url) as client,
    ):

        def ask(address):
            client.cookies.clear()
            began = time.perf_counter()
            answer = client.post("/sign-in", data={"email": address}, headers=OURS)
            return answer, time.perf_counter() - began

        yield ask


def told(answer):
    headers = {k: v for k, v in answer.headers.items() if k not in CHANGING}
    return answer.status_code, headers, answer.content


class TestByMessage:
    def test_the_answer_is_the_same_to_the_last_byte(self, asked, live):
        known, _ = asked("ana.ferreira@example.org")
        unknown, _ = asked("ana.ferraira@example.org")
        assert known.status_code == 303 and told(known) == told(unknown)

    def test_it_stays_the_same_when_there_were_enough(self, asked, live, clock):
        answers = {}
        for address in ("ana.ferreira@example.org", "ana.ferraira@example.org"):
            for _ in range(6):
                answer, _ = asked(address)
            answers[address] = answer
        known, unknown = answers.values()
        assert known.status_code == unknown.status_code == 429
        assert known.text.replace("ferreira", "ferraira") == unknown.text


class TestByWork:
    def test_as_much_is_written_and_mailed(self, browser, db, cast):
        def written():
            counted = (SignInLink, Mail, Entry, Person, SignIn)
            return [db.scalar(select(func.count()).select_from(one)) for one in counted]

        grown = []
        for address in (cast.ana.email, "nobody@example.org"):
            before = written()
            browser.post("/sign-in", email=address)
            grown.append([now - then for now, then in zip(written(), before, strict=True)])
        assert grown[0] == grown[1] == [1, 1, 1, 0, 0]
        known, unknown = (re.sub(r"token=\S+", "", text) for text in db.scalars(select(Mail.text)))
        assert known == unknown

    def test_persons_are_not_even_asked_for(self, browser, db, database, cast):
        asked = []
        event.listen(
            database.connection,
            "before_cursor_execute",
            lambda connection, cursor, statement, *rest: asked.append(statement),
        )
        browser.post("/sign-in", email=cast.ana.email)
        assert asked and not [one for one in asked if "persons" in one]


@pytest.mark.slow
class TestByTime:
    def test_known_and_unknown_addresses_take_as_long(self, asked, live):
        """In an order drawn by lot, so that what else the machine does falls on both alike."""
        if not live.database.is_sqlite:
            pytest.skip("what is measured is our own work; SQLite adds the least noise")
        chance = random.Random(2024)
        with live.database.writing() as db:
            for number in range(SAMPLES):
                actions.add_person(db, name="K", email=f"known{number:04}@example.org")
        turns = [("known", n) for n in range(SAMPLES)] + [("nobdy", n) for n in range(SAMPLES)]
        chance.shuffle(turns)
        for number in range(20):
            asked(f"first{number:04}@example.org")
        took: dict[str, list[float]] = {"known": [], "nobdy": []}
        for kind, number in turns:
            answer, seconds = asked(f"{kind}{number:04}@example.org")
            assert answer.status_code == 303
            took[kind].append(seconds)
        assert abs(rank_test(took["known"], took["nobdy"])) < FAR
        # In the same noise, half as much work more for one of them would have been seen.
        more = median(took["nobdy"]) / 2
        assert rank_test([one + more for one in took["known"]], took["nobdy"]) > FAR


def test_a_link_that_is_spent_many_times_at_once_opens_one_session(live, settings):
    """Whoever comes second waits for the first, and then sees what the first did."""
    with live.database.writing() as db:
        email = str(live.cast.ana.email)
        actions.send_sign_in_link(db, email=email, next_path="/", settings=settings)
        mail = db.scalars(select(Mail)).one()
        (secret,) = re.findall(r"token=(\S+)", mail.text)
    port = free_port()
    with serving(settled(create_app(settings, live.database)), port) as url:

        def spend(_):
            with wire(base_url=url, timeout=60) as client:
                form = {"token": secret}
                return client.post("/sign-in/link", data=form, headers=OURS).status_code

        with ThreadPoolExecutor(8) as threads:
            statuses = sorted(threads.map(spend, range(16)))
    assert statuses == [303] + [409] * 15
    with live.database.reading() as db:
        assert len(db.scalars(select(SignIn)).all()) == 1
