"""What is documented is there, and what is there is documented."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from app.cli import commands
from app.main import ROUTERS
from app.settings import Settings
from tests.house.plan import ROOT, TEMPLATES, calls, python_files, tree
from tests.house.refusals import sentences

DOCS = ROOT / "docs"
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
VERBS = (DOCS / "verbs.md").read_text()
OPERATORS = (DOCS / "operators.md").read_text()
SETTINGS = (DOCS / "settings.md").read_text()


def verb_files() -> list[Path]:
    rooms = [path for path in python_files("app") if path.parent.name not in {"kit", "record"}]
    return [path for path in rooms if path.stem.startswith("actions") or path.stem == "importing"]


@cache
def verbs() -> set[str]:
    """Public functions that a person does (``by``), or that leave an entry in the record."""
    found = set()
    for path in verb_files():
        own = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
        for name, function in own.items():
            does = "by" in [one.arg for one in function.args.kwonlyargs]
            if not name.startswith("_") and (does or leaves_an_entry(function, own)):
                found.add(name)
    return found


def leaves_an_entry(function: ast.FunctionDef, own: dict[str, ast.FunctionDef]) -> bool:
    names = {name for name, _ in calls(function)}
    private = [own[name] for name in names if name in own and name.startswith("_")]
    return "record" in names or any(leaves_an_entry(one, own) for one in private)


def entries() -> set[str]:
    """The names of entries, as the code writes them."""
    return {
        str(call.args[2].value)
        for path in python_files("app")
        for name, call in calls(tree(path))
        if name == "record" and len(call.args) > 2 and isinstance(call.args[2], ast.Constant)
    }


@cache
def raised() -> set[str]:
    """Codes with a sentence that stand somewhere in the code."""
    constants = {
        node.value
        for path in python_files("app")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return set(sentences()) & constants


def chapters() -> dict[str, str]:
    """The chapters of verbs.md, by verb."""
    parts = re.split(r"^### `(\w+)`$", VERBS, flags=re.MULTILINE)[1:]
    return {
        name: re.split(r"^## ", body, flags=re.MULTILINE)[0]
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def table() -> dict[str, str]:
    """The refusals of verbs.md: their sentences by code."""
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", VERBS, flags=re.MULTILINE))


@cache
def routes() -> set[str]:
    return {
        f"{method} {re.sub(':[a-z]+', '', route.path)}"
        for router in ROUTERS
        for route in router.routes
        for method in route.methods  # type: ignore[attr-defined]
    }


def test_every_verb_has_its_chapter():
    assert set(chapters()) == verbs()


def test_every_entry_is_named_by_a_verb():
    told = {name for body in chapters().values() for name in re.findall(r"`(\w+\.\w+)`", body)}
    assert told == entries()


def test_every_refusal_is_told_with_its_sentence():
    assert table() == {code: sentences()[code] for code in raised()}


@pytest.mark.parametrize("verb", sorted(chapters()))
def test_a_chapter_names_refusals_and_addresses_that_exist(verb):
    body = chapters()[verb]
    refusals = body.partition("**Refusals:**")[2]
    assert set(re.findall(r"`([a-z_]+)`", refusals)) <= raised() | verbs()
    page, _, api = body.partition("**Page:**")[2].partition("**API:**")
    for address in re.findall(r"`([A-Z]+ /[^` ]*)`", page):
        assert address in routes(), address
    for method, path in re.findall(r"`([A-Z]+) (/[^` ]*)`", api.partition("**Command:**")[0]):
        assert f"{method} /api/v1{path}" in routes(), path


def test_every_address_that_writes_belongs_to_a_verb():
    """Each POST, PUT, PATCH and DELETE stands in a chapter, or with what is not a verb."""
    told = re.findall(r"`([A-Z]+ /[^` ]*)`", VERBS)
    known = {re.sub(r"{\w+}", "{}", one) for one in told}
    missing = []
    for route in sorted(routes()):
        method, path = route.split(" ", 1)
        short = re.sub(r"{\w+}", "{}", f"{method} {path.removeprefix('/api/v1')}")
        if method != "GET" and short not in known:
            missing.append(route)
    assert not missing


def test_every_paper_is_in_the_list_of_papers():
    listed = re.findall(r"\]\(([^)]+\.md)\)", (DOCS / "README.md").read_text())
    assert {one.name for one in DOCS.glob("*.md")} - {"README.md"} <= set(listed)


def test_every_command_is_documented_with_its_options():
    group = get_command(commands)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"### `clausewise {name}`" in OPERATORS
        chapter = OPERATORS.partition(f"### `clausewise {name}`")[2].partition("\n### ")[0]
        for one in command.imported().params:
            for option in [*one.opts, *one.secondary_opts]:
                shown = option if option.startswith("-") else option.upper()
                assert option == "--help" or f"`{shown}`" in chapter, f"{name} {option}"
    told = re.findall(r"^### `clausewise ([\w-]+)`", OPERATORS, flags=re.MULTILINE)
    assert set(told) == set(group.commands)  # type: ignore[attr-defined]


def test_every_setting_is_documented_as_it_is():
    """The row of each: its name in the environment, its default, its line of meaning."""
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", SETTINGS, flags=re.MULTILINE))
    assert rows == {variable(name): row(name) for name in Settings.model_fields}


def variable(name: str) -> str:
    return "DATABASE_URL" if name == "database_url" else f"CLAUSEWISE_{name.upper()}"


def row(name: str) -> str:
    field = Settings.model_fields[name]
    default = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"{f'`{default}`' if default else 'empty'} | {field.description}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda one: str(one.relative_to(ROOT)))
def test_links_between_papers_lead_somewhere(paper):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text()):
        path, _, anchor = target.partition("#")
        if ":" in target:
            continue
        there = (paper.parent / path).resolve() if path else paper
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert not broken


def anchors(paper: Path) -> set[str]:
    """The addresses that headings get where Markdown is shown."""
    headings = re.findall(r"^#+ (.*)$", paper.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_papers_name_files_that_exist():
    """What stands in backquotes and looks like one of our paths."""
    broken = []
    for paper in PAPERS:
        for path in re.findall(
            r"`((?:app|docs|tests|templates|static|seed|bench)/[\w./-]+)`", paper.read_text()
        ):
            if not (ROOT / path).exists():
                broken.append(f"{paper.relative_to(ROOT)}: {path}")
    assert not broken


QUOTED = ("README.md", "docs/members.md", "docs/chairs.md", "docs/api.md", "docs/accessibility.md")
NOT_OURS = {"Open Source AI", "may I?"}  # in quotes, but on no button


@pytest.mark.parametrize("paper", QUOTED)
def test_what_papers_quote_stands_on_a_page(paper):
    """Words in “quotes” are those of a button, a link or a heading; labels of versions are filled in."""
    pages = " ".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    quoted = set(re.findall("“([^”]+)”", (ROOT / paper).read_text())) - NOT_OURS
    filled = {re.sub(r"\b\d+\.\d+[\w.-]*", "{{ label }}", one): one for one in quoted}
    assert not {one for words, one in filled.items() if words.rstrip(",.") not in pages}
