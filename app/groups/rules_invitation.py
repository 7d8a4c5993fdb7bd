"""Who may be invited, how often, and who may answer an invitation until when. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.groups.member_list import Row
from app.groups.models import ROLES, Membership
from app.groups.models_coming import Invitation
from app.groups.rules import must_be_chair
from app.kit.forms import keepable
from app.kit.refusals import Refusal
from app.people.addresses import is_plain_address

INVITATION_LIFETIME = timedelta(days=14)
ROWS_MAX = 500
# How many invitations leave in a day: of a group, by a person, to an address from anywhere.
OF_A_GROUP_A_DAY = 1_000
BY_A_PERSON_A_DAY = 1_000
TO_AN_ADDRESS_A_DAY = 3
LENGTHS = {"name": 120, "email": 254, "role": 20, "category": 80, "affiliation": 160}


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who can be invited. category: its name; none of them is empty."""

    email: str
    name: str = ""
    role: str = "member"
    category: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when people are invited, all by address in small letters.

    categories: their names by the same in small letters. members: the name of who is in the group.
    invited: when somebody was, whose invitation is open. asked: how many invitations an address got
    in the last day, of any group.
    """

    categories: Mapping[str, str]
    members: Mapping[str, str]
    invited: Mapping[str, datetime]
    asked: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a list: what is wrong with it by column, or whom it invites."""

    row: Row
    refusals: Mapping[str, Refusal]
    invitee: Invitee | None

    @property
    def is_there_already(self) -> bool:
        """Nothing is to be mended: who it names is in the group, invited, or above in the list."""
        codes = {refusal.code for refusal in self.refusals.values()}
        return bool(codes) and codes <= {"already_in_group", "already_invited", "twice_in_the_list"}


def may_invite(membership: Membership | None) -> Refusal | None:
    """A chair."""
    return must_be_chair(membership)


def may_send(count: int, *, of_group: int, by_person: int) -> Refusal | None:
    """Somebody, a list's length at a time, within what a group and a person may send in a day.

    of_group, by_person: how many invitations left in the last day.
    """
    if not count:
        return Refusal("list_empty")
    if count > ROWS_MAX:
        return Refusal("list_too_long", most=ROWS_MAX)
    if of_group + count > OF_A_GROUP_A_DAY or by_person + count > BY_A_PERSON_A_DAY:
        return Refusal("too_many_invitations", most=OF_A_GROUP_A_DAY)
    return None


def judge(rows: Sequence[Row], known: Known, adding: Set[str] = frozenset()) -> list[Judged]:
    """Each row of a list on its own, and as one of the list.

    adding: categories that the group is to get, in small letters.
    """
    judged: list[Judged] = []
    first: dict[str, int] = {}
    for row in rows:
        email = row.email.strip().lower()
        refusals = dict(_wrong_cells(row, known, adding))
        if "email" not in refusals and (refusal := may_be_asked(email, known)):
            refusals["email"] = refusal
        if email in first:
            refusals.setdefault("email", Refusal("twice_in_the_list", row=first[email]))
        elif email:
            first[email] = row.number
        category = known.categories.get(row.category.casefold(), row.category)
        role = row.role.casefold() or "member"
        invitee = Invitee(email, row.name, role, category, row.affiliation)
        judged.append(Judged(row, refusals, None if refusals else invitee))
    return judged


def may_be_asked(email: str, known: Known) -> Refusal | None:
    """Not who is in the group or has an invitation; and nobody is asked again and again."""
    if email in known.members:
        return Refusal("already_in_group", name=known.members[email])
    if email in known.invited:
        return Refusal("already_invited", at=known.invited[email])
    return may_ask_again(known.asked.get(email, 0))


def may_ask_again(asked: int) -> Refusal | None:
    """A few times a day, whichever groups ask. asked: how often it was in the last day."""
    if asked >= TO_AN_ADDRESS_A_DAY:
        return Refusal("asked_too_often", most=TO_AN_ADDRESS_A_DAY)
    return None


def may_answer(invitation: Invitation | None, now: datetime) -> Refusal | None:
    """Once, before it expires, and while it stands."""
    if invitation is None:
        return Refusal("invitation_unknown")
    if invitation.outcome is not None:
        return Refusal(
            {
                "accepted": "invitation_accepted",
                "declined": "invitation_declined",
                "withdrawn": "invitation_withdrawn",
                "replaced": "invitation_replaced",
            }[invitation.outcome]
        )
    return Refusal("invitation_expired") if now >= invitation.expires_at else None


def may_withdraw_invitation(
    membership: Membership | None, invitation: Invitation
) -> Refusal | None:
    """A chair, what has no outcome yet; expired or not."""
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("invitation_is_over") if invitation.outcome is not None else None


def _wrong_cells(row: Row, known: Known, adding: Set[str]) -> Mapping[str, Refusal]:
    wrong: dict[str, Refusal] = {}
    for column, most in LENGTHS.items():
        cell: str = getattr(row, column)
        if len(cell) > most:
            wrong[column] = Refusal("cell_too_long", most=most, length=len(cell))
        elif not _is_keepable(cell):
            wrong[column] = Refusal("cell_not_text")
    if not row.email:
        wrong.setdefault("email", Refusal("address_is_needed"))
    elif not is_plain_address(row.email.strip()):
        wrong.setdefault("email", Refusal("not_an_address"))
    if row.role and row.role.casefold() not in ROLES:
        wrong.setdefault("role", Refusal("unknown_role", role=row.role))
    category = row.category.casefold()
    if category and category not in known.categories and category not in adding:
        wrong.setdefault("category", Refusal("unknown_category", name=row.category))
    return wrong


def _is_keepable(cell: str) -> bool:
    try:
        keepable(cell)
    except ValueError:
        return False
    return True
