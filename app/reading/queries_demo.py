"""Whom demo mode offers, with what they are in their group."""

from typing import Any

from sqlalchemy.orm import Session

from app.groups.queries import members_everywhere
from app.people.queries import invented_people


def people_offered(db: Session) -> list[dict[str, Any]]:
    """Every invented person once, with the first of their memberships; who has none comes last."""
    known: dict[str, Any] = {}
    for membership in members_everywhere(db):
        known.setdefault(membership.person_id, membership)
    return [
        {
            "id": person.id,
            "name": person.name,
            "role": held.role if (held := known.get(person.id)) else "",
            "category": held.category.name if held and held.category else "",
            "affiliation": held.affiliation if held else "",
        }
        for person in invented_people(db)
    ]
