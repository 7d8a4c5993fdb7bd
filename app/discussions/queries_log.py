"""The log of moderation of a group: what chairs decided, as the records tell it, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from app.definitions.models import Definition
from app.definitions.queries import visible_to
from app.discussions.models import Hiding
from app.discussions.moderation_log import (
    ABOUT_SOMEBODY,
    APPEALED,
    KIND_OF,
    VERBS,
    Kind,
    is_about,
    reason_is_read,
    verbs_of,
)
from app.groups.models import Group, Membership
from app.groups.models_conduct import Block, ConductRule
from app.groups.queries import membership_of
from app.groups.queries_conduct import conduct_rules_of
from app.groups.rules_conduct import is_named_to
from app.kit.i18n import _
from app.kit.paging import Page
from app.people.models import Person
from app.people.queries import names_of
from app.record.models import Entry
from app.record.queries import Happening, happenings_in


@dataclass(frozen=True)
class Moderated:
    """One entry of the log, as a viewer reads it.

    definition: where it happened, if not in the whole group. rule: the rule of conduct on which it
    rests. people: names by opaque id, with "somebody" for whom the viewer does not read. by,
    person: the opaque ids of who did it and of whom it is about, where the viewer reads that; they
    are the same where somebody appeals. reason: none where it is gone,
    or there is none; is_held: it is there and not for this viewer.
    """

    happening: Happening
    kind: Kind
    definition: Definition | None
    rule: ConductRule | None
    people: Mapping[str, str]
    by: str | None
    person: str | None
    reason: str | None
    is_held: bool


def moderation_log(
    db: Session,
    group: Group,
    viewer: Person | None,
    *,
    kind: Kind | None = None,
    after: str | None = None,
    limit: int = 30,
) -> Page[Moderated]:
    """What was decided in a group and in each of its definitions that the viewer may read; the
    number of queries does not depend on how much that is."""
    viewer_id = viewer.id if viewer else None
    membership = membership_of(db, group.id, viewer)
    readable = select(Definition).where(Definition.group_id == group.id, visible_to(viewer_id))
    definitions = {one.log_id: one for one in db.scalars(readable)}
    logs = [group.log_id, *definitions]
    found = happenings_in(db, logs, _of_kind(kind), after=after, limit=limit)
    names = names_of(db, {id for one in found.items for id in one.people})
    rested_on = _rules(db, group, found.items)
    items = [
        _as_read(
            one,
            definitions.get(one.entry.log_id),
            rested_on.get((one.entry.log_id, one.entry.sequence)),
            names,
            viewer_id,
            membership,
        )
        for one in found.items
    ]
    return Page(items, found.next)


def _of_kind(kind: Kind | None) -> ColumnElement[bool]:
    """The entries of a kind; appeals against what is of it are among them."""
    of_it = Entry.verb.in_(verbs_of(kind))
    if kind not in APPEALED:
        return of_it
    against_it = Entry.about[kind].as_integer().is_not(None)
    return or_(of_it, and_(Entry.verb.in_(VERBS["appeal"]), against_it))


def _as_read(
    one: Happening,
    definition: Definition | None,
    rule: ConductRule | None,
    names: Mapping[str, str],
    viewer_id: str | None,
    membership: Membership | None,
) -> Moderated:
    """What of an entry this viewer reads."""
    kind, about = KIND_OF[one.entry.verb], is_about(one.entry.verb, one.entry.about)
    person = one.entry.about["person"] if about in ABOUT_SOMEBODY else None
    people, by = names, one.entry.person_id
    if person is not None and not is_named_to(person, viewer_id, membership):
        people = {**names, person: _("somebody")}
        by, person = None if by == person else by, None
    is_read = reason_is_read(
        about,
        in_group=membership is not None,
        is_about_viewer=person is not None and person == viewer_id,
    )
    reason = one.said("reason") if is_read else None
    is_held = not is_read and "reason" in one.words
    return Moderated(one, kind, definition, rule, people, by, person, reason, is_held)


def _rules(
    db: Session, group: Group, found: Sequence[Happening]
) -> dict[tuple[int, int], ConductRule]:
    """The rule that each rests on, by log and sequence: of what was lifted, that of what it was."""
    by_number = {one.number: one for one in conduct_rules_of(db, group.id)}
    hidings, blocks = _rows_of(db, group, found)
    rules: dict[tuple[int, int], ConductRule] = {}
    for one in found:
        about, key = one.entry.about, (one.entry.log_id, one.entry.sequence)
        if about.get("rule") in by_number:
            rules[key] = by_number[about["rule"]]
        elif about.get("hiding") in hidings:
            rules[key] = hidings[about["hiding"]].rule
        elif about.get("block") in blocks:
            rules[key] = blocks[about["block"]].rule
    return rules


def _rows_of(
    db: Session, group: Group, found: Sequence[Happening]
) -> tuple[dict[int, Hiding], dict[int, Block]]:
    """The hidings by id and the blocks by number that these entries name."""
    named = [one.entry.about for one in found]
    hidings = select(Hiding).where(
        Hiding.id.in_({one["hiding"] for one in named if "hiding" in one})
    )
    blocks = select(Block).where(
        Block.group_id == group.id,
        Block.number.in_({one["block"] for one in named if "block" in one}),
    )
    return (
        {one.id: one for one in db.scalars(hidings.options(joinedload(Hiding.rule)))},
        {one.number: one for one in db.scalars(blocks.options(joinedload(Block.rule)))},
    )
