"""The people of the story, and the working group they make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.groups.actions import add_member, change_membership, create_group
from app.groups.models import Category, Group, Membership
from app.people.actions import add_person
from app.people.models import Person
from seed.telling import Persona, categories

GROUP = "open-definitions"
FOUNDER = "ana"


@dataclass
class Company:
    """Everybody by handle; the group stands as soon as its founder has come."""

    db: Session
    personas: Sequence[Persona]
    people: dict[str, Person] = field(default_factory=dict)
    group: Group | None = None
    categories: dict[str, Category] = field(default_factory=dict)

    def __getitem__(self, handle: str) -> Person:
        return self.people[handle]

    @property
    def founded(self) -> Group:
        assert self.group is not None, "nobody has founded it yet"
        return self.group

    def roll_at(self, when: datetime) -> list[str]:
        """Who is a chair, an editor or a member by then."""
        voters = ("chair", "editor", "member")
        return [one.handle for one in self.personas if one.role in voters and one.comes_at <= when]

    def enter(self, persona: Persona) -> None:
        """Somebody comes, and is brought into the group by its founder."""
        person = add_person(
            self.db,
            name=persona.name,
            email=f"{persona.address}@example.org",
            time_zone=persona.zone,
            invented=True,
        )
        self.people[persona.handle] = person
        if not persona.role:
            return
        if self.group is None:
            self.group = self._found(person)
            self.categories = {one.name: one for one in self.group.categories}
            verb: Callable[..., Membership] = change_membership
        else:
            verb = add_member
        verb(
            self.db,
            self.group,
            by=self[FOUNDER],
            person=person,
            role=persona.role,
            category=self.categories[persona.category],
            affiliation=persona.affiliation,
        )

    def _found(self, by: Person) -> Group:
        return create_group(
            self.db,
            by=by,
            slug=GROUP,
            name="Open Definitions Group",
            summary="Seventy invented people from eight walks of life who agree, clause by clause, "
            "on what “open” means.",
            categories=categories(),
        )
