"""A case of any size, told by the verbs: the same for measuring, and for counting queries."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.ballots.actions import open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_recusal import declare_recusal
from app.ballots.counting import two_thirds
from app.ballots.models import Ballot, Vote
from app.definitions.actions import (
    change_text,
    create_definition,
    make_candidate,
    make_version,
)
from app.definitions.changes import Add, Change, Form, Reword
from app.definitions.models import Clause, Definition
from app.definitions.tree import Kind, wording_hash
from app.discussions.actions import post_comment
from app.discussions.actions_appeal import make_appeal
from app.discussions.actions_hiding import hide_comment
from app.discussions.actions_report import report_comment
from app.discussions.models import Comment
from app.discussions.queries_appeal import measure_for
from app.groups.actions import change_membership, create_group
from app.groups.actions_block import block_person
from app.groups.actions_conduct import make_conduct_rule
from app.groups.actions_interest import declare_interest
from app.groups.models import Category, Group, Membership
from app.kit import clock
from app.people.actions import add_person
from app.people.models import Person
from app.proposals.actions import propose
from app.proposals.models import Proposal
from app.proposals.steps import Step
from app.settings import Settings

BEGAN = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
CATEGORIES = ["creators", "deployers", "end users", "licence authors", "regulators", "subjects"]
SECTION = 10  # clauses under one heading
WORDS = (
    "system model data weights code licence terms use study modify share parameters training "
    "information enough skilled person build again released under freely available any purpose "
    "without permission component source form preferred including described provided where"
).split()
REPORTED = 12  # comments to one that somebody reports
HIDDEN = 2  # the one that a chair hides, from 0
KINDS = ("question", "editorial", "technical", "general", "support", "objection")


@dataclass(frozen=True)
class Size:
    """How much of everything. ``votes`` is how many people vote in each ballot."""

    clauses: int = 500
    comments: int = 5000
    proposals: int = 300
    ballots: int = 20
    votes: int = 1000


@dataclass
class Case:
    """What was told."""

    definition: Definition
    chair: Person
    people: Sequence[Person]
    proposals: list[Proposal] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)


def tell(db: Session, size: Size, *, slug: str = "large", seed: int = 7) -> Case:
    """Puts a case into a migrated database: half of its ballots are closed, half are open.

    The clock is set meanwhile; the open ballots close a year from now.
    """
    chance = random.Random(seed)
    now = clock.now()
    with clock.at(BEGAN):
        group, chair, people = _group(db, slug, max(size.votes, 8))
        make_conduct_rule(db, group, by=chair, words="Speak about the words.")
        definition = create_definition(
            db, group, by=chair, slug=slug, name=f"The {slug} definition"
        )
        case = Case(definition, chair, people)
        _text(db, case, size.clauses, chance)
        make_version(db, definition, by=chair, label="0.1")
        _rewording(db, case, size.clauses, chance)
        candidate = make_version(db, definition, by=chair, label="0.2")
        make_candidate(db, candidate, by=chair)
        clauses = db.scalars(
            select(Clause).where(Clause.definition_id == definition.id).order_by(Clause.number)
        ).all()
        for number in range(size.proposals):
            case.proposals.append(_proposal(db, case, clauses, number, chance))
    for number in range(size.ballots):
        is_over = number % 2 == 0
        begin = now - timedelta(days=30 if is_over else 2)
        with clock.at(begin):
            end = begin + timedelta(days=7 if is_over else 365)
            case.ballots.append(_ballot(db, case, size, number, end, chance))
    _comments(db, case, clauses, size.comments, now, chance)
    with clock.at(now - timedelta(days=1)):
        _block(db, case)
        _declare(db, case, size.votes // 4)
    return case


def sentence(chance: random.Random, words: int) -> str:
    """Words of no meaning, in the length of real ones."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _group(db: Session, slug: str, size: int) -> tuple[Group, Person, list[Person]]:
    chair = add_person(db, name="Ana Ferreira", email=f"ana@{slug}.example", invented=True)
    group = create_group(
        db, by=chair, slug=f"{slug}-group", name="Large group", categories=CATEGORIES
    )
    categories = db.scalars(select(Category).where(Category.group_id == group.id)).all()
    people = [
        Person(name=f"Member {number}", email=f"m{number}@{slug}.example", since=BEGAN)
        for number in range(1, size)
    ]
    db.add_all(people)
    db.flush()
    db.add_all(
        Membership(
            group_id=group.id,
            person_id=person.id,
            role="member",
            category_id=categories[number % len(categories)].id,
            since=BEGAN,
        )
        for number, person in enumerate(people)
    )
    db.flush()
    return group, chair, [chair, *people]


def _text(db: Session, case: Case, clauses: int, chance: random.Random) -> None:
    changes: list[Change] = []
    words: dict[str, str] = {}
    heading, before = None, None
    for number in range(1, clauses + 1):
        is_heading = number % SECTION == 1
        markdown = sentence(chance, 4).rstrip(".") if is_heading else sentence(chance, 40)
        name = wording_hash(markdown)
        words[name] = markdown
        if is_heading:
            changes.append(Add(number, name, Form(Kind.heading, level=2), None, heading))
            heading, before = number, None
        else:
            kind = Kind.item if number % 3 == 0 else Kind.paragraph
            changes.append(Add(number, name, Form(kind), heading, before))
            before = number
    change_text(db, case.definition, by=case.chair, changes=changes, words=words, reason="Begun")


def _rewording(db: Session, case: Case, clauses: int, chance: random.Random) -> None:
    words = {}
    changes: list[Change] = []
    for number in range(2, clauses + 1, SECTION):
        markdown = sentence(chance, 40)
        words[wording_hash(markdown)] = markdown
        changes.append(Reword(number, wording_hash(markdown)))
    change_text(db, case.definition, by=case.chair, changes=changes, words=words, reason="Clearer")


def _proposal(
    db: Session, case: Case, clauses: Sequence[Clause], number: int, chance: random.Random
) -> Proposal:
    bodies = [one.number for one in clauses if one.number % SECTION != 1]
    step = Step("reword", clause=bodies[number % len(bodies)], markdown=sentence(chance, 42))
    return propose(
        db,
        case.definition,
        by=case.people[number % len(case.people)],
        title=sentence(chance, 6),
        rationale=sentence(chance, 60),
        steps=[step],
    )


def _ballot(
    db: Session, case: Case, size: Size, number: int, end: datetime, chance: random.Random
) -> Ballot:
    ballot = open_ballot(
        db,
        case.definition,
        by=case.chair,
        card=two_thirds(),
        closes_at=end,
        proposal=case.proposals[number],
        names_shown="open",
    )
    voters = [one for one in case.people[: size.votes] if one is not case.chair]
    rows = [
        {
            "ballot_id": ballot.id,
            "person_id": person.id,
            "choice": chance.choice(("yes", "no", "no", "abstain")),
            "reason": "",
            "words_hash": ballot.words_hash,
            "nonce": secrets.token_hex(16),
            "at": clock.now(),
        }
        for person in voters
    ]
    db.execute(insert(Vote), rows)
    if number % 2 == 0:
        for person in voters[: size.ballots // 4]:
            declare_recusal(db, ballot, by=person, reason="I have a part in it.")
        with clock.at(end):
            close_ballot(db, ballot, by=None)
    return ballot


def _comments(
    db: Session,
    case: Case,
    clauses: Sequence[Clause],
    count: int,
    now: datetime,
    chance: random.Random,
) -> None:
    """Three of four on clauses; the rest on proposals and ballots. Every third is an answer."""
    parent = None
    for number in range(count):
        with clock.at(now - timedelta(days=20) + timedelta(minutes=number)):
            answers = parent is not None and number % 3 == 2
            clause = clauses[chance.randrange(len(clauses))]
            on_proposal = number % 4 == 3 and case.proposals
            comment = post_comment(
                db,
                case.definition,
                by=case.people[number % len(case.people)],
                body=sentence(chance, 30),
                kind=KINDS[number % len(KINDS)],
                clause=None if answers or on_proposal else clause,
                proposal=case.proposals[number % len(case.proposals)]
                if on_proposal and not answers
                else None,
                parent=parent if answers else None,
            )
            parent = comment
            if number % REPORTED == 0:
                reader = case.people[(number + 1) % len(case.people)]
                report_comment(db, case.definition, comment, by=reader, ground="attack")
            if number == HIDDEN:
                _hide(db, case, comment)


def _declare(db: Session, case: Case, count: int) -> None:
    """So many people say what may weigh with them, every second one to the group only."""
    group = db.get_one(Group, case.definition.group_id)
    for number, person in enumerate(case.people[:count]):
        declare_interest(
            db,
            group,
            by=person,
            kind=("employer", "funding", "other")[number % 3],
            words="Somebody pays for what I do.",
            shown_to=("everybody", "group")[number % 2],
        )


def _block(db: Session, case: Case) -> None:
    """The last of all people may not speak for some months, once all is said: so says the one
    before them, a chair by now. Their appeal waits for the other chair."""
    group, other, blocked = db.get_one(Group, case.definition.group_id), *case.people[-2:]
    change_membership(
        db, group, by=case.chair, person=other, role="chair", category=None, affiliation=""
    )
    block_person(
        db,
        group,
        by=other,
        person=blocked,
        rule=1,
        until=clock.now() + timedelta(days=300),
        reason="Three comments about persons.",
        settings=Settings(),
    )
    against = measure_for(db, group, "block", 1, blocked, clock.now())
    make_appeal(db, group, against, by=blocked, words="They were about the clause.")


def _hide(db: Session, case: Case, comment: Comment) -> None:
    hide_comment(
        db,
        case.definition,
        comment,
        by=case.chair,
        rule=1,
        reason="It is about the person.",
        settings=Settings(),
    )
