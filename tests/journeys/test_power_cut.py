"""The power goes in the middle of a hundred posts: what was answered is there, nothing is half."""

import re
import threading
import time

import httpx2
import pytest
from sqlalchemy import func, select

from app.discussions.models import Comment, CommentText
from app.record.models import Entry, Log
from app.verification import verify
from tests.serving import wire

POSTS = 100
WRITERS = 4
KILLED_AFTER = 30  # answers


class Writer(threading.Thread):
    """Somebody who comments again and again, and notes what was answered with success."""

    def __init__(self, url, cookie, name, stop):
        super().__init__(daemon=True)
        self.client = wire(base_url=url, cookies={"clausewise": cookie})
        self.who, self.stop = name, stop
        self.answered: list[str] = []
        self.unanswered: list[str] = []

    def run(self):
        for number in range(POSTS // WRITERS):
            if self.stop.is_set():
                return
            body = f"What {self.who} says, number {number}."
            try:
                answer = self.client.post(
                    "/d/open-source-ai/comments",
                    data={"clause": "2", "kind": "general", "body": body},
                    headers={"sec-fetch-site": "same-origin"},
                )
            except httpx2.TransportError:
                self.unanswered.append(body)
                return
            if answer.status_code == 303:
                self.answered.append(body)


def everything_of(live):
    with live.database.reading() as db:
        bodies = set(db.scalars(select(Comment.body)))
        counts = [
            db.scalar(select(func.count()).select_from(one)) for one in (Comment, CommentText)
        ]
        entries = db.scalar(
            select(func.count()).select_from(Entry).where(Entry.verb == "comment.posted")
        )
        gapless = all(
            log.size
            == (db.scalar(select(func.max(Entry.sequence)).where(Entry.log_id == log.id)) or 0)
            for log in db.scalars(select(Log))
        )
    return bodies, {*counts, entries}, gapless


@pytest.mark.slow
def test_what_was_answered_is_there_after_a_power_cut(live, served):
    served.start()
    stop = threading.Event()
    people = [live.cast.ana, live.cast.bruno, live.cast.chloe, live.cast.dara][:WRITERS]
    writers = [Writer(served.url, live.session_of(one), one.name, stop) for one in people]
    for one in writers:
        one.start()
    until = time.monotonic() + 60
    while sum(len(one.answered) for one in writers) < KILLED_AFTER and time.monotonic() < until:
        time.sleep(0.005)
    served.kill()
    stop.set()
    for one in writers:
        one.join(30)
    answered = {body for one in writers for body in one.answered}
    unanswered = {body for one in writers for body in one.unanswered}
    assert KILLED_AFTER <= len(answered) < POSTS, "the power went in the middle"

    served.start()  # on the same database, as after a power cut
    bodies, counts, gapless = everything_of(live)
    assert answered <= bodies, "something that was answered with success is gone"
    assert bodies <= answered | unanswered, "something is there that nobody sent"
    assert counts == {len(bodies)}, "a comment, its text and its entry come together or not at all"
    assert gapless

    with wire() as client:
        page = client.get(f"{served.url}/d/open-source-ai/c/2")
    assert page.status_code == 200
    assert len(set(re.findall(r"says, number \d+", page.text)))
    served.stop()
    with live.database.reading() as db:
        assert list(verify(db)) == []
