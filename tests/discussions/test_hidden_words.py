"""What a chair has hidden is read by its author and the chairs, and by nobody else, anywhere."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.definitions.models import Clause
from app.discussions.actions import edit_comment, post_comment, retract_comment
from app.discussions.actions_hiding import hide_comment, lift_hiding
from app.discussions.queries import comment_of
from app.groups.actions import add_member
from app.groups.actions_conduct import make_conduct_rule
from app.groups.models import Group
from app.verification import verify
from bench.case import Size, tell
from tests.pages import visits
from tests.signing import session_of, token_of

SIZE = Size(clauses=12, comments=6, proposals=4, ballots=4, votes=8)
# One of each kind of words that an author leaves: none of them may be read.
WORDS = (
    "zwiebelfisch",
    "schusterjunge",
    "hurenkind",
    "spiess",
    "fliegenkopf",
    "leiche",
    "jungfrau",
)
BODY, QUOTE, BEFORE, AFTER, TAKEN_BACK, WHY, OBJECTION = WORDS


@pytest.fixture
def case(db, cast, clock):
    case = tell(db, SIZE, slug="case")
    group = db.get_one(Group, case.definition.group_id)
    add_member(db, group, by=case.chair, person=cast.eli, role="observer")
    return case


@pytest.fixture
def comments(db, case):
    """A comment with a quote, one that was edited, one that was taken back, one on a ballot."""
    definition, author = case.definition, case.people[1]
    clause = db.scalars(
        select(Clause).where(Clause.definition_id == definition.id, Clause.number == 2)
    ).one()
    first = post_comment(
        db, definition, by=case.people[2], body="Why?", kind="objection", clause=clause
    )
    whole = post_comment(
        db, definition, by=author, body=f"The *{BODY}*.", quote=f"any {QUOTE}", parent=first
    )
    edited = post_comment(db, definition, by=author, body=f"The {BEFORE}.", clause=clause)
    edit_comment(db, definition, edited, by=author, body=f"The {AFTER}.")
    gone = post_comment(db, definition, by=author, body=f"The {TAKEN_BACK}.", clause=clause)
    retract_comment(db, definition, gone, by=author, reason=f"The {WHY}.")
    objection = post_comment(
        db, definition, by=author, body=f"The {OBJECTION}.", kind="objection",
        proposal=case.proposals[0],
    )  # fmt: skip
    return [whole, edited, gone, objection]


@pytest.fixture
def addresses(app, case, comments):
    """Everything that can be read, and what is about these comments."""
    root, api = "/d/case", "/api/v1/d/case"
    found = [one.path for one in visits(app, "case", "case-group")]
    for comment in comments:
        found += [
            f"{root}/comments/{comment.number}/reply",
            f"{root}/comments/{comment.number}/report",
            f"{root}/record?comment={comment.number}",
            f"{api}/comments/{comment.number}",
            f"{api}/record?comment={comment.number}",
        ]
    for word in WORDS:
        found += [f"{root}/comments?words={word}", f"{api}/comments?words={word}"]
    return [*found, f"{root}/b/1", f"{root}/b/2", "/search", "/feed"]


@pytest.fixture
def where(browser, db, cast, case, addresses):
    """By word, the addresses at which somebody reads it: ``where(person)``; none: the public."""

    def read(person):
        browser.client.cookies.clear()
        headers = {}
        if person is not None:
            browser.sign_in(person)
            headers = {"authorization": f"Bearer {token_of(db, person)}"}
        seen = {word: set() for word in WORDS}
        for path in addresses:
            if person is not None and path.endswith(".pdf"):
                continue  # typesetting takes its time, and files are the same for everybody
            sent = headers if path.startswith("/api/") else {}
            answer = browser.client.get(path, headers=sent)
            assert answer.status_code < 500, path
            text = _text(answer).replace(path.partition("=")[2] or "\0", "")
            for word in WORDS:
                if word in text:
                    seen[word].add(path.split("?")[0])
        return seen

    return read


def _text(answer):
    if answer.headers.get("content-type") != "application/pdf":
        return answer.text
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.fixture
def hide(db, case, comments, settings):
    group = db.get_one(Group, case.definition.group_id)
    rule = make_conduct_rule(db, group, by=case.chair, words="Speak about the words.")

    def hidden():
        for comment in comments:
            hide_comment(
                db, case.definition, comment, by=case.chair, rule=rule.number,
                reason="It is about the person.", settings=settings,
            )  # fmt: skip

    return hidden


@pytest.mark.slow
@pytest.mark.alike
def test_hidden_words_are_nowhere_until_they_are_shown_again(
    db, cast, case, comments, where, hide, clock
):
    others = {
        "nobody": None,
        "stranger": cast.sam,
        "observer": cast.eli,
        "member": case.people[2],
    }
    before = {who: where(others[who]) for who in ("nobody", "member")}
    for who, seen in before.items():
        assert all(seen.values()), f"{who} does not come to see what is to be hidden"
    assert len(before["nobody"][BODY]) >= 6
    assert "/" in before["member"][BODY]  # in answer to them

    clock.forward(minutes=1)
    hide()
    for who, person in others.items():
        assert where(person) == {word: set() for word in WORDS}, who
    for person in (case.people[1], case.chair):
        seen = where(person)
        own = {"/me/data", "/me/data.json"} if person is case.people[1] else set()
        assert (
            seen[BODY]
            == {"/d/case/c/2", f"/api/v1/d/case/comments/{comments[0].number}"}
            | {f"/d/case/comments/{one.number}/reply" for one in comments[:3]}
            | {"/d/case/comments/new"}
            | own
        )
        assert all(seen.values())
        assert not [path for paths in seen.values() for path in paths if "record" in path]
    numbers = [comment.number for comment in comments]
    assert not [str(one) for one in verify(db)]

    clock.forward(minutes=1)
    for comment in [comment_of(db, case.definition, number) for number in numbers]:
        lift_hiding(db, case.definition, comment, by=case.chair, reason="It was a quotation.")
    assert where(others["member"]) == before["member"]


def test_a_program_is_told_that_it_is_hidden_and_why(api, case, comments, hide):
    hide()
    told = api.get(f"/api/v1/d/case/comments/{comments[0].number}").json()
    assert (told["body"], told["html"], told["quote"]) == (None, None, None)
    assert told["hidden"]["reason"] == "It is about the person."


def test_a_kept_page_does_not_keep_the_words(browser, case, comments, hide):
    assert BODY in browser.get("/d/case/c/2").html
    assert BODY in browser.get("/d/case/c/2").html
    hide()
    assert BODY not in browser.get("/d/case/c/2").html


def test_counts_leave_it_out(browser, api, case, hide, db):
    def counts():
        page = browser.sign_in(case.people[3]).get("/d/case/comments")
        return (
            page.one(".sections__count").text(),
            api.get("/api/v1/d/case/comments/counts").json()["2"],
        )

    (told, on_clause) = counts()
    hide()
    assert counts() == (str(int(told) - 3), on_clause - 2)  # the retracted one counted no more


def test_whose_session_has_ended_is_the_public(browser, db, case, comments, hide):
    hide()
    secret = session_of(db, case.chair)
    browser.client.cookies.set("clausewise", secret + "x")
    assert BODY not in browser.get("/d/case/c/2").html
