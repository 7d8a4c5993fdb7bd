"""The one cast of people, the same in tests, seed, screenshots and documentation. All invented."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions import tree
from app.definitions.models import Clause, Definition, Text, TextNode, Wording, WorkingText
from app.groups.models import Category, Group, Membership
from app.kit.markup import render_markdown
from app.people.models import Person
from app.record.actions import open_log

SINCE = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)

# name, role, whom they speak for
PEOPLE = {
    "ana": ("Ana Ferreira", "chair", "creators"),
    "bruno": ("Bruno Keller", "editor", "licence authors"),
    "chloe": ("Chloé Marchand", "member", "deployers"),
    "dara": ("Dara Singh", "member", "creators"),
    "eli": ("Eli Novak", "observer", "subjects"),
    "farah": ("Farah Haddad", "member", "regulators"),
}
CATEGORIES = ["creators", "deployers", "end users", "licence authors", "regulators", "subjects"]

# kind, depth, level, words
CLAUSES = [
    (tree.Kind.heading, 0, 1, "Open Source AI"),
    (tree.Kind.paragraph, 1, None, "An open source system may be used for **any purpose**."),
    (tree.Kind.heading, 1, 2, "Data information"),
    (tree.Kind.paragraph, 2, None, "Enough is said about the data to build the system again."),
    (tree.Kind.item, 2, None, "Where each data set came from"),
    (tree.Kind.item, 2, None, "How it was labelled and filtered"),
]


@dataclass
class Cast:
    """Who is there, in which group, and the definition they work on."""

    ana: Person
    bruno: Person
    chloe: Person
    dara: Person
    eli: Person
    farah: Person
    sam: Person
    group: Group
    definition: Definition

    @property
    def members(self) -> list[Person]:
        """All of the working group."""
        return [self.ana, self.bruno, self.chloe, self.dara, self.eli, self.farah]


def email_of(name: str) -> str:
    """ana.ferreira@example.org"""
    return name.lower().replace("é", "e").replace(" ", ".") + "@example.org"


def person(db: Session, name: str) -> Person:
    """Somebody more, of no group."""
    somebody = Person(name=name, email=email_of(name), invented=True, since=SINCE)
    db.add(somebody)
    return somebody


def enter(db: Session) -> Cast:
    """Everybody comes in; the definition has six clauses and no version yet."""
    group = Group(
        slug="open-definitions",
        name="Open Definitions Group",
        summary="We agree on what open means.",
        log_id=open_log(db, "g/open-definitions").id,
        since=SINCE,
    )
    db.add(group)
    db.flush()
    categories = {
        name: Category(group_id=group.id, name=name, position=position)
        for position, name in enumerate(CATEGORIES)
    }
    db.add_all(categories.values())
    people = {key: person(db, name) for key, (name, _, _) in PEOPLE.items()}
    sam = person(db, "Sam Okoro")
    db.flush()
    db.add_all(
        Membership(
            group_id=group.id,
            person_id=people[key].id,
            role=role,
            category_id=categories[category].id,
            since=SINCE,
        )
        for key, (_, role, category) in PEOPLE.items()
    )
    return Cast(**people, sam=sam, group=group, definition=_definition(db, group))


def met(db: Session) -> Cast:
    """Those who came in before, as this session finds them."""
    by_name = {one.name: one for one in db.scalars(select(Person))}
    return Cast(
        **{key: by_name[name] for key, (name, _, _) in PEOPLE.items()},
        sam=by_name["Sam Okoro"],
        group=db.scalars(select(Group)).one(),
        definition=db.scalars(select(Definition)).one(),
    )


def _definition(db: Session, group: Group) -> Definition:
    definition = Definition(
        group_id=group.id,
        slug="open-source-ai",
        name="Open Source AI",
        summary="When may an AI system be called open source?",
        log_id=open_log(db, "d/open-source-ai").id,
        since=SINCE,
    )
    db.add(definition)
    db.flush()
    clauses = [
        Clause(definition_id=definition.id, number=number, since=SINCE)
        for number in range(1, len(CLAUSES) + 1)
    ]
    db.add_all(clauses)
    nodes = [
        tree.Node(number, kind, depth, tree.wording_hash(words), level)
        for number, (kind, depth, level, words) in enumerate(CLAUSES, 1)
    ]
    for _, _, _, words in CLAUSES:
        name = tree.wording_hash(words)
        db.add(Wording(hash=name, markdown=words, html=render_markdown(words)))
    text = Text(definition_id=definition.id, hash=tree.text_hash(nodes))
    db.add(text)
    db.flush()
    db.add_all(
        TextNode(
            text_id=text.id,
            position=position,
            clause_id=clause.id,
            wording_hash=node.wording,
            kind=node.kind,
            depth=node.depth,
            level=node.level,
        )
        for position, (clause, node) in enumerate(zip(clauses, nodes, strict=True))
    )
    db.add(WorkingText(definition_id=definition.id, text_id=text.id, since=SINCE))
    db.flush()
    return definition
