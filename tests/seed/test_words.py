"""What is written in the seed, before anything is loaded: the people, the versions, the fates."""

import csv
import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.definitions import draft
from app.definitions.tree import Block
from seed import telling
from seed.telling import Balloted, Proposed, Said, moment
from seed.texts import blocks_of
from tests.databases import ROOT

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
FACTS = Path(os.environ.get("CLAUSEWISE_FACTS", ROOT.parent / "shared" / "data" / "facts"))
DRAFTS = Path(os.environ.get("CLAUSEWISE_DRAFTS", ROOT.parent / "shared" / "data" / "osaid"))
GONE = ("removed", "dropped from text", "inside HOW")
LABELS = [version.label for version in telling.versions()]
TEXTS = {version.label: blocks_of(version) for version in telling.versions()}


def facts(name: str) -> list[dict[str, str]]:
    if not (FACTS / name).exists():
        pytest.skip(f"no facts at {FACTS / name}: set CLAUSEWISE_FACTS to where they are")
    with (FACTS / name).open() as file:
        return list(csv.DictReader(file))


def test_the_group_has_seventy_people_in_eight_categories():
    members = [one for one in telling.people() if one.role]
    assert len(members) == 70
    assert Counter(one.role for one in members) == {
        "chair": 2, "editor": 3, "member": 52, "observer": 13,
    }  # fmt: skip
    assert {one.category for one in members} == set(telling.categories())
    assert min(Counter(one.category for one in members).values()) >= 8


def test_nobody_is_called_as_somebody_else_is():
    people = telling.people()
    assert len({one.name for one in people}) == len({one.address for one in people}) == 71


def test_some_names_are_long_and_some_run_from_right_to_left():
    names = [one.name for one in telling.people()]
    assert max(map(len, names)) > 40
    assert sum(bool(re.search(r"[\u0590-\u06ff]", name)) for name in names) >= 4


@pytest.mark.parametrize("version", telling.versions(), ids=LABELS)
def test_a_version_has_a_key_for_each_of_its_blocks(version):
    blocks = draft.parse(version.markdown)
    assert len(blocks) == len(version.keys) == len(set(version.keys))
    assert 24 <= len(blocks) <= 65
    assert draft.words(draft.render(blocks)) == draft.words(version.markdown)


@pytest.mark.parametrize("label", LABELS)
def test_clauses_come_stay_change_and_go_as_they_truly_did(label):
    wrong = []
    for row in facts("draft-clauses.csv"):
        fate, key = row[label], row["clause"]
        if (key in TEXTS[label]) is not stands(row, label):
            wrong.append(f"{key}: {fate!r}")
        elif key not in TEXTS[label]:
            continue
        elif fate == "=" and words(label, key) != words(before(label), key):
            wrong.append(f"{key} was reworded")
        elif changed(fate) and place(label, key) == place(before(label), key):
            wrong.append(f"{key} stayed as it was: {fate!r}")
    assert not wrong


def test_a_version_is_made_on_the_day_that_the_facts_know():
    days = {row["version"]: row["date"] for row in facts("drafts.csv")}
    for version in telling.versions():
        told, known = version.at[:10], re.findall(r"\d{4}-\d\d-\d\d", days[version.label])
        if version.label != "1.0" and known:  # put forward then, ratified on the day
            assert known[0] <= told <= known[-1], version.label


@pytest.mark.parametrize("label", ["0.0.5", "0.0.6", "0.0.7", "0.0.8", "0.0.9"])
def test_the_checklist_has_the_components_of_the_facts(label):
    rows = [row for row in facts("checklists.csv") if row["version"] == label]
    known = Counter(row["component"] for row in rows)
    assert Counter(component_rows(label)) == known


def test_no_sentence_is_taken_over_from_the_drafts_of_the_facts():
    if not DRAFTS.exists():
        pytest.skip(f"no drafts at {DRAFTS}: set CLAUSEWISE_DRAFTS to where they are")
    theirs = set().union(*(runs(path.read_text()) for path in DRAFTS.glob("*.md")))
    ours = set().union(*(runs(version.markdown) for version in telling.versions()))
    shared = ours & theirs
    assert not shared, sorted(shared)[:5]


def test_everybody_who_speaks_was_there_and_observers_only_speak():
    wrong, people = [], {one.handle: one for one in telling.people()}
    for when, by, votes in speakers():
        if people[by].comes_at > when or (votes and people[by].role == "observer"):
            wrong.append((by, when))
    assert not wrong


def test_enough_is_said_in_every_way():
    kinds = Counter(said.kind for said in all_said())
    assert kinds.total() >= 250
    assert set(kinds) == {"question", "editorial", "technical", "general", "support", "objection"}
    assert {said.on[:2] for said in all_said() if ":" in said.on} == {"p:", "v:", "b:"}


def stands(row: dict[str, str], label: str) -> bool:
    """Whether a clause stands in a version, by all its fates up to then."""
    standing = False
    for one in LABELS[: LABELS.index(label) + 1]:
        if row[one] and row[one] != "=":
            standing = not row[one].startswith(GONE)
    return standing


def changed(fate: str) -> bool:
    return fate not in ("", "=", "todo") and not fate.startswith((*GONE, "added"))


def before(label: str) -> str:
    return LABELS[LABELS.index(label) - 1]


def words(label: str, key: str) -> str:
    return TEXTS[label][key].markdown


def place(label: str, key: str) -> tuple[Block, list[str]]:
    """A clause with its kind, and what stands before it and under it."""
    keys = list(TEXTS[label])
    own = keys.index(key)
    deeper = [k for k in keys[own + 1 :] if TEXTS[label][k].depth > TEXTS[label][key].depth]
    return TEXTS[label][key], [*keys[:own], *deeper]


def component_rows(label: str) -> list[str]:
    keys = [key for key in TEXTS[label] if key.startswith("chk-")]
    rows = [key for key in keys if TEXTS[label][key].kind == "row"]
    return [words(label, key).split(" | ")[0] for key in rows if key not in ("chk-req", "chk-opt")]


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of eight words."""
    found = draft.words(text.lower())
    return {tuple(found[i : i + 8]) for i in range(len(found) - 7)}


def all_said() -> list[Said]:
    begun = [told for told in telling.chapters() if isinstance(told, Said)]
    return begun + [reply for said in begun for reply in said.replies]


def speakers() -> list[tuple[datetime, str, bool]]:
    """When, who, and whether it takes more than being an observer."""
    found = []
    for told in telling.chapters():
        if isinstance(told, Said):
            at = moment(told.at, after=NOW, now=NOW)
            found.append((at, told.by, False))
            found += [(moment(one.at, after=at, now=NOW), one.by, False) for one in told.replies]
        elif isinstance(told, Proposed):
            at = moment(told.at, after=NOW, now=NOW)
            found.append((at, told.by, True))
            found += [(moment(when, after=at, now=NOW), by, True) for when, by in told.seconds]
        elif isinstance(told, Balloted):
            at = moment(told.opens, after=NOW, now=NOW)
            found += [(at, by, True) for by, _, _ in told.votes]
    return found
