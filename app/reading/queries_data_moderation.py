"""What a person told chairs, did as a chair about words of others, and what was done about theirs.
Parts of ``queries_data``."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import or_, select

from app.discussions.models import Comment, Hiding
from app.discussions.models_appeal import Appeal
from app.discussions.models_moderation import Report, SlowMode
from app.groups.models import Group
from app.groups.models_conduct import Block, ConductRule
from app.groups.models_passkey import PasskeyCondition
from app.people.models import Person
from app.reading.queries_data_work import COMMENT, Rows, of_definition


def _reports(one: Person) -> Rows:
    columns = (COMMENT, Report.ground, Report.words, Report.at, Report.ended_at, Report.answer)
    return (
        of_definition(Comment, *columns)
        .join(Report, Report.comment_id == Comment.id)
        .where(Report.by_id == one.id)
    )


def _answered_reports(one: Person) -> Rows:
    return (
        of_definition(Comment, COMMENT, Report.answer, Report.ended_at)
        .join(Report, Report.comment_id == Comment.id)
        .where(Report.ended_by_id == one.id)
    )


def _hidden(one: Person) -> Rows:
    """Comments of theirs, hidden by chairs."""
    return _hidings().where(Comment.by_id == one.id)


def _hidings_made(one: Person) -> Rows:
    return _hidings().where(Hiding.by_id == one.id)


def _hidings_lifted(one: Person) -> Rows:
    return _hidings().where(Hiding.lifted_by_id == one.id)


def _hidings() -> Rows:
    columns = (
        COMMENT,
        ConductRule.number.label("rule"),
        Hiding.reason,
        Hiding.at,
        Hiding.lifted_at,
        Hiding.lifted_reason,
    )
    return (
        of_definition(Comment, *columns)
        .join(Hiding, Hiding.comment_id == Comment.id)
        .join(ConductRule, ConductRule.id == Hiding.rule_id)
    )


def _rules(one: Person) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            ConductRule.number.label("rule"),
            ConductRule.words,
            ConductRule.since,
        )
        .join(Group, Group.id == ConductRule.group_id)
        .where(ConductRule.by_id == one.id)
        .order_by(ConductRule.id)
    )


def _slow_modes(one: Person) -> Rows:
    columns = (
        SlowMode.minutes,
        SlowMode.reason,
        SlowMode.since,
        SlowMode.until,
        SlowMode.ended_at,
    )
    return of_definition(SlowMode, *columns).where(
        or_(SlowMode.by_id == one.id, SlowMode.ended_by_id == one.id)
    )


def _blocks(one: Person) -> Rows:
    """Times in which they may not speak."""
    return _all_blocks().where(Block.person_id == one.id)


def _blocks_set(one: Person) -> Rows:
    return _all_blocks().where(or_(Block.by_id == one.id, Block.lifted_by_id == one.id))


def _all_blocks() -> Rows:
    return (
        select(
            Group.slug.label("group"),
            ConductRule.number.label("rule"),
            Block.reason,
            Block.since,
            Block.until,
            Block.lifted_at,
            Block.lifted_reason,
        )
        .join(Group, Group.id == Block.group_id)
        .join(ConductRule, ConductRule.id == Block.rule_id)
        .order_by(Block.id)
    )


def _appeals(one: Person) -> Rows:
    return _all_appeals(Appeal.words, Appeal.at).where(Appeal.by_id == one.id)


def _appeals_decided(one: Person) -> Rows:
    """What somebody else wrote is theirs."""
    return _all_appeals(Appeal.at).where(Appeal.decided_by_id == one.id)


def _all_appeals(*columns: Any) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            *columns,
            Appeal.outcome,
            Appeal.reason,
            Appeal.decided_at,
        )
        .join(Group, Group.id == Appeal.group_id)
        .order_by(Appeal.id)
    )


def _passkey_conditions(one: Person) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            PasskeyCondition.since,
            PasskeyCondition.until,
        )
        .join(Group, Group.id == PasskeyCondition.group_id)
        .where(or_(PasskeyCondition.set_by_id == one.id, PasskeyCondition.lifted_by_id == one.id))
        .order_by(PasskeyCondition.id)
    )


MODERATION: Mapping[str, Callable[[Person], Rows]] = {
    "reports": _reports,
    "reports_answered": _answered_reports,
    "comments_hidden": _hidden,
    "hidings": _hidings_made,
    "hidings_lifted": _hidings_lifted,
    "conduct_rules": _rules,
    "slow_modes": _slow_modes,
    "passkey_conditions": _passkey_conditions,
    "blocks": _blocks,
    "blocks_set": _blocks_set,
    "appeals": _appeals,
    "appeals_decided": _appeals_decided,
}
