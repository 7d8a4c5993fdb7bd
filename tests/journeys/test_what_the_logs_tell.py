"""A whole journey through the real server, and then its log: nothing in it that is somebody's.

Signing in by link, a token, a vote on the page and by the API, a mail server that is down, and all
that can go wrong on the way; as text in development, and as JSON in earnest.
"""

import json
import re
import time

import pytest
from sqlalchemy import select

from app.kit.models import Mail
from bench.case import Size, tell
from tests.serving import free_port, wire

SMALL = Size(clauses=12, comments=0, proposals=2, ballots=2, votes=8)
OURS = {"sec-fetch-site": "same-origin"}
SECRET_REASON = "Because of what Chloé told me"
WRONG_TOKEN = "cw_" + "wRong-tOken_" * 3


class Journey:
    """What somebody does, with what they hold in their hands."""

    def __init__(self, live, served):
        self.live, self.client = live, wire(base_url=served.url)
        with live.database.writing() as db:
            self.case = tell(db, SMALL, slug="small")
            self.person = self.case.people[3]
            self.ballot = self.case.ballots[1]
        self.secrets = {self.person.email, "ana@small.example", SECRET_REASON, WRONG_TOKEN}

    def post(self, path, cookie="", **form):
        cookies = {"cookie": f"clausewise={cookie}"} if cookie else {}
        self.client.cookies.clear()  # what is sent is said, each time
        return self.client.post(path, data=form, headers=OURS | cookies)

    def sign_in(self):
        assert self.post("/sign-in", email=self.person.email).status_code == 303
        with self.live.database.reading() as db:
            mail = db.scalars(select(Mail).order_by(Mail.id.desc())).first()
        link = re.findall(r"token=(\S+)", mail.text)[0]
        self.client.get("/sign-in/link", params={"token": link})
        answer = self.post("/sign-in/link", token=link)
        cookie = answer.cookies["clausewise"]
        assert self.post("/sign-in/link", token=link).status_code == 409
        self.secrets |= {link, cookie}
        return cookie

    def make_token(self, cookie):
        page = self.post("/me/tokens", cookie, name="my program", scopes=["read", "vote"])
        token = re.findall(r"cw_[\w-]{40,}", page.text)[0]
        self.secrets.add(token)
        return token

    def vote(self, cookie, token):
        place = f"/d/small/b/{self.ballot.number}"
        vote = {"choice": "abstain", "reason": SECRET_REASON}
        held = {"cookie": f"clausewise={cookie}"}
        page = self.client.get(place, headers=held)
        self.client.cookies.clear()
        fields = dict(re.findall(r'name="(words|replaces)" value="(\w*)"', page.text))
        assert self.post(f"{place}/vote", cookie, **vote, **fields).status_code == 303
        bearer = {"authorization": f"Bearer {token}"}
        self.client.cookies.clear()
        api = f"/api/v1/d/small/ballots/{self.ballot.number}"
        words = self.client.get(api, headers=bearer).json()["words"]
        body = vote | {"words": words}
        answer = self.client.put(f"{api}/vote", json=body, headers=bearer)
        assert answer.status_code == 200, answer.text

    def go_astray(self, cookie, token):
        """Secrets where they do not belong: in addresses, in bodies that can't be read."""
        held, bearer = {"cookie": f"clausewise={cookie}"}, {"authorization": f"Bearer {token}"}
        self.client.get("/api/v1/me", headers={"authorization": f"Bearer {WRONG_TOKEN}"})
        self.client.get(f"/{self.person.email}", headers=held)
        self.client.get(f"/d/{token}?session={cookie}", headers=held)
        self.client.get("/sign-in/link", params={"token": cookie})
        self.client.post("/api/v1/me/look", content=f'{{"{token}', headers=bearer)
        self.post("/sign-in", email=f"{self.person.email} and more")
        self.client.post(
            f"/sign-out?token={token}", headers={"origin": "https://elsewhere.example"}
        )
        self.client.request("BREW", f"/{token}")
        self.client.post("/sign-in", content=b"\xff" * 20, headers=OURS | {"content-length": "20"})


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_of_a_whole_journey_is_in_the_log(live, served, form):
    served.environment = {
        **served.environment,
        "CLAUSEWISE_DEVELOPMENT": "true" if form == "text" else "false",
        "CLAUSEWISE_DEMO": "false",
        "CLAUSEWISE_SMTP_URL": f"smtp://user:pass-word@127.0.0.1:{free_port()}",
    }
    served.start()
    journey = Journey(live, served)
    cookie = journey.sign_in()
    token = journey.make_token(cookie)
    journey.vote(cookie, token)
    journey.go_astray(cookie, token)
    journey.post("/sign-out", cookie)
    log = read_when(served.log, "tried again later")
    served.stop()
    for secret in {*journey.secrets, "pass-word", "abstain", "@", "example"}:
        assert secret not in log
    told = [one for one in log.splitlines() if "answered" in one]
    assert len(told) > 15
    assert any(journey.person.id in one for one in told)
    votes = [one for one in told if re.search(r"\{number\}/vote", one)]
    assert len(votes) == 2
    assert not any(journey.person.id in one for one in votes)
    if form == "json":
        lines = [json.loads(one) for one in log.splitlines()[1:]]  # after where it is to be found
        assert all({"event", "level", "timestamp", "logger"} <= one.keys() for one in lines)


def read_when(path, words):
    """The log, once the worker has written its line."""
    until = time.monotonic() + 20
    while words not in path.read_text() and time.monotonic() < until:
        time.sleep(0.1)
    assert words in path.read_text()
    return path.read_text()
