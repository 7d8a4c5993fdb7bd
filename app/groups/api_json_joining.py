"""Links into a group and requests to join as JSON."""

from typing import Any

from app.groups.models import Category
from app.groups.models_coming import JoinLink, JoinRequest
from app.kit.api import time
from app.people.api import person_json
from app.people.models import Person


def link_json(link: JoinLink) -> dict[str, Any]:
    """A link as chairs see it, with its uses and by whom loaded. Its secret is not kept."""
    return {
        "number": link.id,
        "label": link.label,
        "role": link.role,
        "uses": len(link.uses),
        "uses_max": link.uses_max,
        "by": person_json(link.by),
        "at": time(link.at),
        "expires_at": time(link.expires_at),
        "revoked_at": time(link.revoked_at),
    }


def request_json(
    request: JoinRequest, *, person: Person | None = None, category: Category | None = None
) -> dict[str, Any]:
    """A request to join. person, category: where they are not loaded with it."""
    who = person or request.person
    category = category if person else request.category
    return {
        "number": request.id,
        "person": person_json(who),
        "words": request.words,
        "category": category.name if category else None,
        "affiliation": request.affiliation,
        "at": time(request.at),
    }


LINK = {
    "number": 3,
    "label": "The spring meeting",
    "role": "observer",
    "uses": 12,
    "uses_max": 40,
    "by": {"id": "p_803b9c63977089a6", "name": "Ana Ferreira"},
    "at": "2024-06-03T12:00:00.000Z",
    "expires_at": "2024-06-10T12:00:00.000Z",
    "revoked_at": None,
}
LINKS_EXAMPLE = {"items": [LINK], "next": None}
MADE_EXAMPLE = {"number": 3, "address": "https://clausewise.example.org/join?token=Yl0…"}
REQUEST = {
    "number": 5,
    "person": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
    "words": "I run the models of a hospital, and would speak for those who do.",
    "category": "deployers",
    "affiliation": "Rivermouth Hospital",
    "at": "2024-06-03T12:00:00.000Z",
}
REQUESTS_EXAMPLE = {"items": [REQUEST], "next": None}
