"""A list of seventy people as a new chair has it, with five rows that are wrong, each in its way."""

from app.groups.member_list import write_list
from seed.telling import Persona, categories, people

HEADER = ("Name", "E-mail", "Role", "Stakeholder category", "Organisation")
CATEGORIES = categories()
PEOPLE: list[Persona] = [one for one in people() if one.role][:70]

# Rows, counted from 1, and what is wrong with them.
MALFORMED, MISSPELT, NO_ROLE, TOO_LONG, TWICE = 4, 18, 30, 45, 61
WHO_IS_TWICE = 12


def address_of(number: int) -> str:
    """Whom a row of the right list invites."""
    return f"{PEOPLE[number - 1].address}@example.org"


def list_with_five_bad_rows() -> str:
    """As CSV with a header: 71 rows, since one person stands in it twice."""
    rows = [
        [one.name, f"{one.address}@example.org", one.role, one.category, one.affiliation]
        for one in PEOPLE
    ]
    rows[MALFORMED - 1][1] = address_of(MALFORMED).replace("@", " at ")
    rows[MISSPELT - 1][3] = "deployer"
    rows[NO_ROLE - 1][2] = "reviewer"
    rows[TOO_LONG - 1][4] = ", ".join([PEOPLE[TOO_LONG - 1].affiliation] * 9)
    rows.insert(TWICE - 1, list(rows[WHO_IS_TWICE - 1]))
    return write_list(rows, HEADER)


def mended() -> dict[tuple[int, str], str]:
    """What is typed or chosen in the page to put the four rows right, by row and column."""
    return {
        (MALFORMED, "email"): address_of(MALFORMED),
        (MISSPELT, "category"): PEOPLE[MISSPELT - 1].category,
        (NO_ROLE, "role"): "member",
        (TOO_LONG, "affiliation"): PEOPLE[TOO_LONG - 1].affiliation,
    }
