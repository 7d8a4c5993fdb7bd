"""The table: what there is to do and to read, who may, and at which addresses.

A row is a sentence for people and a claim for the tests. An address stands in exactly one row. What
is asked there, where it is more than the address, stands in ``asking.py``.
"""

from dataclasses import dataclass, field

from tests.permissions import (
    rows_ballots,
    rows_coming,
    rows_discussion,
    rows_groups,
    rows_people,
    rows_text,
)
from tests.permissions.people import INSIDE
from tests.permissions.row import Row


@dataclass(frozen=True)
class Section:
    """What belongs together on the page of permissions."""

    title: str
    about: str
    rows: list[Row] = field(default_factory=list)


SECTIONS = [
    Section(
        "Reading",
        "What is public is for everybody, drafts and the record too: trust comes from what anybody "
        "can look up.",
        rows_text.READING,
    ),
    Section(
        "The text and its versions",
        "Editors keep the text. A chair may do what an editor may.",
        rows_text.EDITING,
    ),
    Section(
        "Discussion",
        "Everybody in the group has a voice, observers too.",
        rows_discussion.DISCUSSION,
    ),
    Section(
        "Moderation",
        "Chairs decide, and nobody in their own cause. What they decide is told to everybody.",
        rows_discussion.MODERATION,
    ),
    Section(
        "Proposals",
        "Members, editors and chairs put changes forward; what became of one's own is one's own.",
        rows_ballots.PROPOSALS,
    ),
    Section(
        "Ballots",
        "Chairs open and close ballots. Who votes is on the roll, which is frozen when the ballot "
        "opens: not who has a role today. Nobody adopts a proposal or ratifies a version by hand: "
        "the ballot that carries it does.",
        rows_ballots.BALLOTS,
    ),
    Section(
        "The group and its people",
        "Who is in a group, as what and for whom, is public. Chairs keep it.",
        rows_groups.PEOPLE,
    ),
    Section(
        "Coming in",
        "Nobody is in a group whom a chair did not bring in, invite, let in, or hand a link.",
        rows_coming.COMING_IN,
    ),
    Section(
        "Signing in",
        "Whoever has the link, the account or the device comes in; what is asked tells nobody "
        "whether an address is known.",
        rows_people.SIGNING_IN,
    ),
    Section(
        "One's own account",
        "What is somebody's own is nobody else's: not the chairs', not the administrators'.",
        rows_people.ACCOUNT,
    ),
    Section(
        "The instance",
        "What is here of itself.",
        rows_people.INSTANCE,
    ),
]


def rows() -> list[Row]:
    """All of them, in order."""
    return [row for section in SECTIONS for row in section.rows]


def by_address() -> dict[str, Row]:
    """The row of each address."""
    return {address: row for row in rows() for address in (*row.addresses, *row.forms)}


@dataclass(frozen=True)
class Held:
    """Words that few read, wherever they stand; ``word`` names them in ``words.WORDS``.

    readers: the kinds of people who read them in the scene, where what is somebody's own is the
    member's. anyway: where whoever comes reads them, since they hold a secret link.
    """

    what: str
    word: str
    whose: str
    readers: tuple[str, ...]
    anyway: tuple[str, ...] = ()


HELD = [
    Held(
        "A definition that was begun for the group only, and all that belongs to it",
        "definition of the group",
        "everybody in the group",
        INSIDE,
    ),
    Held("What is said there", "comment in the group", "everybody in the group", INSIDE),
    Held(
        "The words of a hidden comment",
        "hidden comment",
        "its author, and chairs",
        ("member", "chair"),
    ),
    Held("What was reported, why and by whom", "report", "chairs", ("chair",)),
    Held(
        "A reason in a ballot whose names are never shown",
        "reason of a secret vote",
        "whoever gave it",
        ("member",),
    ),
    Held("Why somebody recused themselves", "recusal", "everybody in the group", INSIDE),
    Held("Why somebody is suspended", "suspension", "everybody in the group", INSIDE),
    Held("An interest for the group only", "interest", "everybody in the group", INSIDE),
    Held("Who is blocked", "block", "everybody in the group", INSIDE),
    Held("What somebody wrote who appeals", "appeal", "themselves, and chairs", ("chair",)),
    Held(
        "Who is invited, by their address",
        "invitation",
        "chairs, and whoever holds the link of the mail",
        ("chair",),
        anyway=("GET /invitation",),
    ),
    Held("What a link into the group is for", "label of a link", "chairs", ("chair",)),
    Held("What somebody wrote who asks to join", "request to join", "chairs", ("chair",)),
    Held(
        "The address of somebody in the group",
        "address of a member",
        "themselves, and chairs",
        ("member", "chair"),
    ),
    Held("One's tokens", "name of a token", "oneself", ("member",)),
    Held("One's passkeys", "name of a passkey", "oneself", ("member",)),
    Held("One's accounts elsewhere", "account elsewhere", "oneself", ("member",)),
]
