"""Everybody goes everywhere, and gets what the table says: no more, and no less.

What people do and read is tried on one database: who may is asked of rules that know none. That
nothing of a group, or of another group, is there for anybody else is tried on both.
"""

import pytest

from app.groups.actions_block import block_person
from app.groups.actions_standing import suspend_member
from app.groups.models_passkey import PasskeyCondition
from app.kit import clock
from tests.permissions.asking import Ask, asks
from tests.permissions.crawl import address_of, everything, going_about, got, links
from tests.permissions.people import (
    ANOTHER_CHAIR,
    CHAIRS,
    EDITORS,
    GROUP,
    INSIDE,
    KINDS,
    NOT_THERE,
    ON_THE_ROLL,
    ON_THE_ROLL_TO_COME,
    OUTSIDE,
    SIGN_IN,
    VOTERS,
    WHO_IT_IS_ABOUT,
    WHO_IT_WAS_DECIDED_ABOUT,
    WHO_RECUSED,
    YES,
    of_the_group,
)
from tests.permissions.scene import tell
from tests.permissions.table import HELD, by_address
from tests.permissions.words import A_DAY, INNER, OTHER_DEFINITION, OTHER_GROUP, WORDS

pytestmark = pytest.mark.slow

TABLE = by_address()
READ = [address for address in TABLE if address.startswith("GET ")]
DONE = [address for address in TABLE if not address.startswith("GET ")]
# One address to do each thing at: that its others say the same, the first test finds out.
DOORS = list(
    {
        TABLE[address].what: address for address in DONE if address in TABLE[address].addresses
    }.values()
)
OF_DEFINITIONS = [address for address in TABLE if "/d/{slug}" in address]
EACH = 1  # links that lead to one address, which somebody follows
ASK_FOR_A_ROLE = (
    GROUP,
    VOTERS,
    EDITORS,
    CHAIRS,
    ON_THE_ROLL,
    ON_THE_ROLL_TO_COME,
    WHO_RECUSED,
    WHO_IT_IS_ABOUT,
    WHO_IT_WAS_DECIDED_ABOUT,
    ANOTHER_CHAIR,
)
# All mails of all people, to read while one develops: not a page of what people may.
MAILS = "GET /dev/mail"
OF_ONESELF = ("GET /me/data", "GET /me/data.json")  # what one wrote oneself, as a chair, too


@pytest.fixture
def crawl(app, db, cast, clock, settings, database):
    scene = tell(db, cast, settings)
    db.flush()
    with going_about(app, scene, database.connection) as crawl:
        yield crawl


def expected(kind, address, ask):
    """What the table says: ``yes``, or a code."""
    who = TABLE[address].who_at(address)[kind]
    return ask.answer if who == YES else who


def differences(crawl, kind, addresses=DONE, instead=None):
    """Where somebody is told something else than the table says. instead: the code that they are
    told as things are now, by row; none where the table still holds."""
    ask_at = asks(crawl.scene)
    for address in addresses:
        ask = ask_at.get(address, Ask())
        said = (instead and instead(TABLE[address])) or expected(kind, address, ask)
        if (found := got(crawl.ask(kind, address, ask), said)) != said:
            yield f"{address} as {kind}: {found}; it should be {said}"


@pytest.mark.alike
def test_each_kind_of_people_does_what_the_table_says_and_nothing_else(crawl):
    wrong = [one for kind in KINDS for one in differences(crawl, kind)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_who_is_suspended_does_nothing_that_asks_for_a_role(crawl, settings):
    db, cast, teo = crawl.scene.db, crawl.scene.cast, crawl.scene.second_chair
    until = clock.now() + A_DAY
    suspend_member(
        db, cast.group, by=cast.ana, person=teo, until=until, reason="Rough.", settings=settings
    )
    crawl.scene.comes("chair", teo)

    def instead(row):
        return "suspended" if row.who in ASK_FOR_A_ROLE and row.verb != "leave_group" else None

    wrong = list(differences(crawl, "chair", DOORS, instead))
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_who_is_blocked_neither_comments_nor_proposes_and_does_all_else(crawl, settings):
    db, cast = crawl.scene.db, crawl.scene.cast
    block_person(
        db, cast.group, by=cast.ana, person=cast.chloe, rule=1,
        until=clock.now() + A_DAY, reason="Rough.", settings=settings,
    )  # fmt: skip

    def instead(row):
        speaks = ("post_comment", "edit_comment", "propose", "revise_proposal")
        return "blocked" if row.verb in speaks else None

    wrong = list(differences(crawl, "member", DOORS, instead))
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_a_chair_without_the_passkey_that_is_asked_for_does_what_members_do(crawl):
    db, cast = crawl.scene.db, crawl.scene.cast
    asked = PasskeyCondition(group_id=cast.group.id, since=clock.now(), set_by_id=cast.ana.id)
    db.add(asked)
    db.flush()

    def instead(row):
        return (
            "passkey_needed"
            if row.who
            in (CHAIRS, EDITORS, WHO_IT_IS_ABOUT, WHO_IT_WAS_DECIDED_ABOUT, ANOTHER_CHAIR)
            else None
        )

    wrong = list(differences(crawl, "chair", DOORS, instead))
    for address in READ:
        answer = crawl.ask("chair", address, asks(crawl.scene).get(address, Ask()))
        for held in HELD:
            theirs = held.readers == INSIDE or address in (MAILS, *OF_ONESELF, *held.anyway)
            if WORDS[held.word] in answer.text and not theirs:
                wrong.append(f"{address} shows them what is for {held.whose}: {held.what}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.alike
def test_each_kind_of_people_reads_what_the_table_says_and_follows_every_link(app, crawl):
    known = [one for one in everything(app) if one.startswith("GET ")]
    wrong, seen = [], {held.word: set() for held in HELD}
    for kind in KINDS:
        for address, answer, said, where in wander(crawl, kind, known, wrong):
            if (found := got(answer, said)) != said:
                wrong.append(f"{where} as {kind}: {found}; the table says {said} of {address}")
            for held in HELD:
                there = any(word in answer.text for word in words_of(held, crawl.scene))
                if there and address not in (MAILS, *held.anyway):
                    seen[held.word].add(kind)
    for held in HELD:
        if seen[held.word] != set(held.readers):
            wrong.append(f"{held.what}: read as {seen[held.word]}; the table says {held.readers}")
    assert not wrong, "\n".join(wrong)


def words_of(held, scene):
    """What gives it away: its word, and of somebody their id, too."""
    return {WORDS[held.word]} | ({scene.values["blocked"]} if held.word == "block" else set())


def wander(crawl, kind, known, wrong):
    """Every address that can be read, and then where its pages lead: address, answer, what the
    table says, where that was. A link that leads to no address of the table is wrong."""
    ask_at, been, leads = asks(crawl.scene), set(), {}
    for address in READ:
        ask = ask_at.get(address, Ask())
        answer = crawl.ask(kind, address, ask)
        path = answer.request.url.raw_path.decode()
        been.add(path)
        if address != MAILS:
            leads |= dict.fromkeys(links(answer), path)
        yield address, answer, expected(kind, address, ask), path
    comments = "GET /d/{slug}/comments"
    inside = of_the_group(TABLE[comments].who)
    yield comments, crawl.ask(kind, comments, Ask(), INNER), inside[kind], f"{comments} of {INNER}"
    followed = dict.fromkeys(TABLE, 0)
    for path, page in leads.items():
        there = address_of(path, known)
        if there not in TABLE:
            wrong.append(f"{page} leads {kind} to {path}, which is in no row")
        elif path not in been and followed[there] < EACH:
            followed[there] += 1
            said = expected(kind, there, Ask())
            if not said.endswith("of_ones_own"):  # which this one may not be
                yield there, crawl.get(kind, path), said, path


def test_what_is_for_the_group_only_is_not_there_for_anybody_else(crawl):
    """The table is of a public definition; of another, all of it is the same 404 for outsiders."""
    wrong, ask_at = [], asks(crawl.scene)
    for address in OF_DEFINITIONS:
        for kind in ("nobody", *OUTSIDE):
            answer = crawl.ask(kind, address, ask_at.get(address, Ask()), INNER)
            found = got(answer, NOT_THERE)
            if found != NOT_THERE and (kind, found) != ("nobody", SIGN_IN):
                wrong.append(f"{address} as {kind}: {found}")
    assert not wrong, "\n".join(wrong)


def test_a_chair_reaches_nothing_of_another_group_by_way_of_their_own(crawl):
    """What is of one group is not there under the addresses of another, whose chair they are."""
    wrong, ask_at = [], asks(crawl.scene)
    mine = {"slug": OTHER_DEFINITION, "group": OTHER_GROUP}
    for address in TABLE:
        ask = ask_at.get(address, Ask())
        path = address.partition(" ")[2]
        is_mine = path.startswith(
            ("/d/{slug}", "/api/v1/d/{slug}", "/g/{group}", "/api/v1/g/{group}")
        )
        if not is_mine or path.count("{") < 2:
            continue
        theirs = Ask(ask.body, {**ask.parts, **mine}, ask.query)
        answer = crawl.ask("other chair", address, theirs)
        found = got(answer, "not_a_member_now")
        if found not in (NOT_THERE, "not_a_member_now"):
            wrong.append(f"{address}: {found}")
    assert not wrong, "\n".join(wrong)
