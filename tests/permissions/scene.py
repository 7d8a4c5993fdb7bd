"""One scene in which there is something of every kind, and the eight kinds of people who come to it.

What may be read by few carries a word that stands nowhere else (``words.py``), so that it can be looked
for in every answer.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.models import Ballot
from app.definitions.actions import change_text, create_definition
from app.definitions.changes import Add, Form
from app.definitions.models import Definition
from app.definitions.tree import Kind, wording_hash
from app.discussions.actions_appeal import make_appeal
from app.discussions.models import Comment, Hiding
from app.discussions.queries_appeal import measure_for
from app.groups.actions import add_member, create_group
from app.groups.actions_block import block_person
from app.groups.actions_interest import declare_interest
from app.groups.actions_invitation import send_invitations
from app.groups.actions_joining import ask_to_join, make_join_link
from app.groups.actions_standing import suspend_member
from app.groups.member_list import Row
from app.groups.models import Category, Suspension
from app.groups.models_coming import Invitation, JoinLink, JoinRequest
from app.groups.models_interest import Interest
from app.kit import clock
from app.kit.models import Mail
from app.people.actions_administrator import grant_administrator
from app.people.models import Identity, Passkey, Person, SignIn, Token
from app.settings import Settings
from tests import cast as the_cast
from tests.cast import Cast
from tests.permissions.scene_definition import tell_definition
from tests.permissions.words import A_DAY, INNER, OTHER_DEFINITION, OTHER_GROUP, WORDS
from tests.signing import session_of, token_of


@dataclass
class Scene:
    """Who comes, what is there, and the secrets that only its makers know."""

    db: Session
    cast: Cast
    people: dict[str, Person | None]
    cookies: dict[str, str]
    tokens: dict[str, str]
    values: dict[str, object]  # what stands in addresses, by name
    secrets: dict[str, str]
    second_chair: Person

    def comes(self, kind: str, person: Person) -> None:
        """From now on this one comes as somebody of this kind."""
        self.people[kind] = person
        self.cookies[kind] = session_of(self.db, person)
        self.tokens[kind] = token_of(self.db, person)


def tell(db: Session, cast: Cast, settings: Settings) -> Scene:
    """Everything that the table asks about, told by the verbs."""
    others = {one: the_cast.person(db, name) for one, name in OTHERS.items()}
    others["blocked"].invented = False  # so that the demo does not offer to be them
    db.flush()
    grant_administrator(db, others["administrator"])
    other = create_group(
        db, by=others["other chair"], slug=OTHER_GROUP, name="Harbour Group", categories=["pilots"]
    )
    add_member(db, other, by=others["other chair"], person=others["asker"], role="chair")
    add_member(db, cast.group, by=cast.ana, person=others["second chair"], role="chair")
    create_definition(
        db, other, by=others["other chair"], slug=OTHER_DEFINITION, name="Open Harbour"
    )
    tell_definition(db, cast, cast.definition, settings)
    inner = _inner(db, cast)
    tell_definition(db, cast, inner, settings)
    secrets = _coming(db, cast, others["asker"], settings)
    until = clock.now() + A_DAY
    suspend_member(
        db,
        cast.group,
        by=cast.ana,
        person=cast.farah,
        until=until,
        reason=f"It is about {WORDS['suspension']}.",
        settings=settings,
    )
    for words, shown_to in (("I sell herbs.", "everybody"), (WORDS["interest"], "group")):
        declare_interest(
            db, cast.group, by=cast.chloe, kind="other", words=words, shown_to=shown_to
        )
    block_person(
        db,
        cast.group,
        by=others["second chair"],
        person=others["blocked"],
        rule=1,
        until=until,
        reason="Four comments about persons.",
        settings=settings,
    )
    against = measure_for(db, cast.group, "block", 1, others["blocked"], clock.now())
    words = f"They were about {WORDS['appeal']}."
    make_appeal(db, cast.group, against, by=others["blocked"], words=words)
    people = {
        "nobody": None,
        "stranger": cast.sam,
        "observer": cast.eli,
        "member": cast.chloe,
        "editor": cast.bruno,
        "chair": cast.ana,
        "other chair": others["other chair"],
        "administrator": others["administrator"],
    }
    known = {kind: person for kind, person in people.items() if person is not None}
    return Scene(
        db,
        cast,
        people,
        {kind: session_of(db, person) for kind, person in known.items()},
        {kind: token_of(db, person) for kind, person in known.items()},
        _own(db, cast)
        | _numbers(db, cast)
        | {"person_id": cast.dara.id, "blocked": others["blocked"].id},
        secrets,
        others["second chair"],
    )


OTHERS = {
    "other chair": "Noor Haidari",
    "administrator": "Greta Lindholm",
    "asker": "Ines Duarte",
    "second chair": "Teo Varga",
    "blocked": WORDS["block"],
}


def _inner(db: Session, cast: Cast) -> Definition:
    """A definition that only its group may read."""
    inner = create_definition(
        db, cast.group, by=cast.bruno, slug=INNER, name="Inner Matters", visibility="group"
    )
    words = {}
    changes = []
    for number in range(1, 7):
        markdown = f"The {WORDS['definition of the group']} number {number} is shared."
        words[wording_hash(markdown)] = markdown
        before = number - 1 or None
        changes.append(Add(number, wording_hash(markdown), Form(Kind.paragraph), None, before))
    change_text(db, inner, by=cast.bruno, changes=changes, words=words, reason="Begun")
    return inner


def _coming(db: Session, cast: Cast, asker: Person, settings: Settings) -> dict[str, str]:
    """An invitation to somebody new and one to Sam, a link, and a request that nobody answered."""
    rows = [
        Row(1, email=WORDS["invitation"], category="creators"),
        Row(2, email=str(cast.sam.email), category="creators"),
    ]
    send_invitations(db, cast.group, by=cast.ana, rows=rows, settings=settings)
    _, link = make_join_link(
        db, cast.group, by=cast.ana, label=WORDS["label of a link"], role="observer",
        uses_max=50, days=14,
    )  # fmt: skip
    ask_to_join(db, cast.group, by=asker, words=f"I grow {WORDS['request to join']}.")
    mail = db.scalars(select(Mail).where(Mail.to == WORDS["invitation"])).one()
    found = re.search(r"token=([\w-]+)", mail.text)
    assert found is not None
    return {"invitation": found[1], "link": link}


def _own(db: Session, cast: Cast) -> dict[str, object]:
    """What is Chloé's alone: a token, a passkey, an account elsewhere, another session."""
    token_of(db, cast.chloe)
    session_of(db, cast.chloe)
    token, session = (
        db.scalars(
            select(one).where(one.person_id == cast.chloe.id).order_by(one.id.desc())
        ).first()
        for one in (Token, SignIn)
    )
    assert token is not None and session is not None
    token.name = WORDS["name of a token"]
    passkey = Passkey(
        person_id=cast.chloe.id, name=WORDS["name of a passkey"], credential_id="of-chloe",
        public_key="none", sign_count=0, made_at=clock.now(),
    )  # fmt: skip
    identity = Identity(
        person_id=cast.chloe.id, provider="harbour", subject="chloe",
        address=WORDS["account elsewhere"], made_at=clock.now(),
    )  # fmt: skip
    db.add_all([passkey, identity])
    db.flush()
    return {
        "token_id": token.id,
        "session_id": session.id,
        "passkey_id": passkey.id,
        "identity_id": identity.id,
    }


def _numbers(db: Session, cast: Cast) -> dict[str, object]:
    """What has no number of its own, by the part of the address that stands before it."""
    invited = {
        one.email: one.id
        for one in db.scalars(select(Invitation).where(Invitation.group_id == cast.group.id))
    }
    first = {
        name: db.scalars(
            select(one.id).where(one.group_id == cast.group.id).order_by(one.id)
        ).first()
        for name, one in (
            ("categories", Category),
            ("links", JoinLink),
            ("requests", JoinRequest),
            ("suspensions", Suspension),
            ("interests", Interest),
        )
    }
    secret = select(Ballot.words_hash).where(
        Ballot.definition_id == cast.definition.id, Ballot.number == 2
    )
    of_it = Comment.definition_id == cast.definition.id
    return {
        **first,
        "hidings": db.scalars(select(Hiding.id).join(Hiding.comment).where(of_it)).one(),
        "invitations": invited[WORDS["invitation"]],
        "invitation of the stranger": invited[str(cast.sam.email)],
        "words of ballot": db.scalars(secret).one(),
    }
