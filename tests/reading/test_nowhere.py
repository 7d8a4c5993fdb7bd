"""Who was erased is named nowhere: on no page, in no answer, no file, no log, no row, no byte.

Quillon Zyxwvu came, changed their name, worked somewhere, was signed in, commented, proposed, and
voted in a ballot that is over and in one that is open.
"""

import io
import logging
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import MetaData, select

from app.ballots.actions import open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_vote import cast_vote
from app.ballots.counting import two_thirds
from app.discussions.actions import edit_comment, post_comment
from app.groups.actions import add_member, change_membership
from app.groups.models import Group
from app.kit.mail import queue_mail
from app.people.actions import add_person, change_profile, send_sign_in_link
from app.people.actions_token import make_token
from app.people.cookie import cookie_name
from app.people.models import Identity, Person, SignIn
from app.proposals.actions import propose, revise_proposal
from app.proposals.steps import Step
from app.reading import commands
from app.verification import verify
from bench.case import Case, Size, tell
from tests.pages import visits
from tests.signing import session_of, token_of
from tests.straight import straight

SMALL = Size(clauses=12, comments=6, proposals=3, ballots=2, votes=8)
TRACE = "zyxwvu"
KINDS = ["nobody", "stranger", "observer", "member", "chair"]


@dataclass
class Told:
    """The case, whom it is about, and those of its addresses that are about them."""

    case: Case
    person: Person
    paths: list[str]
    viewers: dict[str, Person | None]


@pytest.fixture
def told(live, settings, clock):
    with live.database.writing() as db:
        case = tell(db, SMALL, slug="small")
        group, chair = db.get_one(Group, case.definition.group_id), case.chair
        person = add_person(db, name=TRACE, email=f"q@{TRACE}.example")
        add_member(db, group, by=chair, person=person, role="member", affiliation=f"{TRACE} Works")
        observer = live.cast.eli
        add_member(db, group, by=chair, person=db.merge(observer), role="observer")
        send_sign_in_link(db, email=f"q@{TRACE}.example", next_path="/", settings=settings)
        change_profile(db, person, name="Quillon Zyxwvu", pronouns=TRACE, time_zone="Asia/Tokyo",
                       locale="en", theme="dark")  # fmt: skip
        session_of(db, person)
        db.scalars(select(SignIn).where(SignIn.person_id == person.id)).one().device = TRACE
        make_token(db, person, name=TRACE, scopes=["read"], days=30)
        db.add(Identity(person_id=person.id, provider="x", subject=TRACE,
                        address=f"q@{TRACE}.example", made_at=clock.now))  # fmt: skip
        queue_mail(db, to=f"q@{TRACE}.example", subject="Words", text="For Quillon Zyxwvu.")
        paths = _contribute(db, case, person, clock)
        change_membership(db, group, by=chair, person=person, role="editor", category=None,
                          affiliation=f"{TRACE} Limited")  # fmt: skip
        viewers = {"nobody": None, "stranger": live.cast.sam, "observer": observer,
                   "member": case.people[3], "chair": chair}  # fmt: skip
        return Told(case, person, paths, viewers)


def _contribute(db, case, person, clock):
    """What they said, proposed and voted; the addresses of it."""
    definition, chair = case.definition, case.chair
    paths = []
    for number in (3, 4):
        proposal = propose(
            db, definition, by=person, title="Say it shorter", rationale="It is long.",
            steps=[Step("reword", clause=number, markdown=f"Shorter words {number}.")],
        )  # fmt: skip
        comment = post_comment(db, definition, by=person, proposal=proposal, body="I mean it.")
        edit_comment(db, definition, comment, by=person, body="I mean it well.")
        revise_proposal(
            db, definition, proposal, by=person, title="Say it shorter", rationale="It is too long.",
            steps=[Step("reword", clause=number, markdown=f"Short words {number}.")],
        )  # fmt: skip
        ballot = open_ballot(
            db, definition, by=chair, card=two_thirds(), proposal=proposal,
            closes_at=clock.now.replace(year=2025), names_shown="open", counts_shown="open",
        )  # fmt: skip
        voters = [person, chair, *case.people] if number == 3 else [person]
        for voter in voters:
            cast_vote(db, ballot, by=voter, choice="yes", words_hash=ballot.words_hash,
                      reason="It is better so.")  # fmt: skip
        if number == 3:
            close_ballot(db, ballot, by=chair)
        root = f"/d/small/p/{proposal.number}"
        paths += [root, f"/d/small/b/{ballot.number}",
                  f"/api/v1/d/small/proposals/{proposal.number}", f"/api/v1/d/small/ballots/{ballot.number}",
                  f"/api/v1/d/small/ballots/{ballot.number}/votes",
                  f"/d/small/comments/{comment.number}/reply", f"/d/small/c/{number}"]  # fmt: skip
    return [*paths, f"/d/small/record?person={person.id}", f"/d/small/comments?person={person.id}",
            f"/api/v1/d/small/record?person={person.id}"]  # fmt: skip


def found(live, app, told, kind, *, files=False, everywhere=True):
    """Every address that an answer names them at. files: the typeset ones, too; everywhere: not
    only at what is about them."""
    named, answered = [], 0
    addresses = [(path, path.startswith("/api/")) for path in told.paths]
    if everywhere:
        addresses += [(one.path, one.is_api) for one in visits(app, "small", "small-group")]
    with straight(app) as client:
        viewer, headers = told.viewers[kind], {}
        if viewer is not None:
            with live.database.writing() as db:
                client.cookies.set(cookie_name(app.state.settings), session_of(db, viewer))
                headers["authorization"] = f"Bearer {token_of(db, viewer)}"
        for path, is_api in addresses:
            if ".pdf" in path and not files:
                continue
            answer = client.get(path, headers=headers if is_api else {})
            answered += answer.status_code == 200
            if TRACE in words_of(answer).lower():
                named.append(path)
    assert answered > (60 if everywhere else 10), "it looked at too little"
    return named


def words_of(answer):
    if "pdf" in answer.headers.get("content-type", ""):
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(page.extract_text() for page in pages)
    return f"{answer.text} {answer.headers}"


def rows_that_name_them(database):
    """Every column of every table, whatever its type."""
    with database.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return [
            f"{table.name}.{column}"
            for table in tables.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for column, value in row.items()
            if TRACE in str(value).lower()
        ]


@pytest.mark.slow
def test_nobody_finds_who_was_erased(live, live_app, told, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG, logger="clausewise")
    is_first = live.database.is_sqlite
    kinds = KINDS if is_first else KINDS[:1]  # pages are the same on both
    before = {  # by the public everywhere, so that pages are kept with the name in them
        kind: found(live, live_app, told, kind, everywhere=is_first and kind == "nobody")
        for kind in kinds[::4]
    }
    assert all(before.values()), "the crawl would see a name if there was one"
    assert len(rows_that_name_them(live.database)) > 10
    with live.database.reading() as db:
        assert list(verify(db)) == []

    monkeypatch.setenv("DATABASE_URL", live.url)
    commands.erase_person(told.person.id, yes=True)

    assert rows_that_name_them(live.database) == []
    for kind in kinds:
        assert found(live, live_app, told, kind, files=kind == "chair") == [], kind
    with live.database.reading() as db:
        assert list(verify(db)) == []
    assert TRACE not in caplog.text.lower()
    if is_first:
        assert bytes_that_name_them(live.database) == []


def bytes_that_name_them(database):
    """Of the file, and of those beside it."""
    path = Path(database.url.database)
    return [
        one.name
        for one in path.parent.glob(f"{path.name}*")
        if TRACE.encode() in one.read_bytes().lower()
    ]
