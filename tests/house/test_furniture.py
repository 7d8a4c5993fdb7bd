"""Files stay where they belong, and small enough to be read."""

import ast
from pathlib import Path

import pytest

from tests.house.plan import (
    APP,
    ROOT,
    calls,
    functions,
    furniture,
    named,
    python_files,
    tree,
)

LINES_MAX = 400
FUNCTION_LINES_MAX = 60
DRAWERS = {"utils", "helpers", "common", "misc", "base", "manager", "service", "services", "util"}


@pytest.mark.parametrize(
    "path", python_files("app", "seed", "tests", "bench", "migrations"), ids=named
)
def test_no_file_is_longer_than_can_be_read(path):
    if "versions" in path.parts:
        pytest.skip("a migration is as long as its tables")
    assert len(path.read_text().splitlines()) <= LINES_MAX, "look for the missing noun"


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in python_files("app")
        for function in functions(tree(path))
        if _length(function) > FUNCTION_LINES_MAX
    ]
    assert not long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines, without the docstring."""
    first = function.body[1] if ast.get_docstring(function) and function.body[1:] else function
    return (function.end_lineno or 0) - first.lineno + 1


def test_every_drawer_has_a_name():
    assert not [named(path) for path in python_files("app", "seed") if path.stem in DRAWERS]


def test_a_room_begins_with_what_it_is_for():
    for path in furniture("__init__"):
        body = tree(path).body
        assert len(body) == 1, f"{named(path)} holds more than a docstring"
        assert ast.get_docstring(tree(path)), f"{named(path)} does not say what the room is for"


def test_nobody_commits_but_the_database():
    offenders = [
        f"{named(path)}:{call.lineno}"
        for path in python_files("app", "seed")
        for name, call in calls(tree(path))
        if name == "commit" and path != APP / "kit" / "db.py"
    ]
    assert not offenders
    in_kit = [name for name, _ in calls(tree(APP / "kit" / "db.py")) if name == "commit"]
    assert in_kit == ["commit"]


@pytest.mark.parametrize("kind", ["routes", "api"])
def test_pages_and_api_neither_ask_nor_write_themselves(kind):
    forbidden = {"select", "insert", "update", "delete", "scalars", "scalar", "add_all"}
    offenders = [
        f"{named(path)}:{call.lineno} {name}("
        for path in furniture(kind)
        for name, call in calls(tree(path))
        if name in forbidden and _is_of_the_session(name, call)
    ]
    assert not offenders


def _is_of_the_session(name: str, call: ast.Call) -> bool:
    """``select(`` itself, or a method of ``db``; ``router.delete("/…")`` is no write."""
    if isinstance(call.func, ast.Attribute):
        return isinstance(call.func.value, ast.Name) and call.func.value.id in {"db", "session"}
    return name in {"select", "insert", "update", "delete"}


# Who may not know whom. Which room may know which is import-linter's business (`make check`).
FORBIDDEN = {
    "rules": {"sqlalchemy", "fastapi", "starlette", "jinja2"},
    "models": {"fastapi", "starlette", "jinja2"},
    "actions": {"fastapi", "starlette", "jinja2"},
    "queries": {"fastapi", "starlette", "jinja2"},
    "routes": {"sqlalchemy"},
    "api": {"sqlalchemy"},
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_file_knows_only_what_its_kind_may_know(kind):
    offenders = [
        f"{named(path)}: {module}"
        for path in furniture(kind)
        for module in imported(path)
        if module.split(".")[0] in FORBIDDEN[kind] and path.parent.name != "kit"
    ]
    assert not offenders


def test_an_import_is_seen_wherever_it_stands(tmp_path):
    file = tmp_path / "actions_aside.py"
    file.write_text("import sqlalchemy\n\n\ndef ask():\n    from fastapi import Request\n")
    assert imported(file) == {"sqlalchemy", "fastapi"}


def imported(path: Path) -> set[str]:
    """Modules that a file imports, within a function too."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("kind", ["queries", "rules"])
def test_queries_and_rules_do_not_write(kind):
    writing = {"add", "add_all", "delete", "flush", "merge", "record"}
    offenders = [
        f"{named(path)}:{call.lineno} {name}("
        for path in furniture(kind)
        for name, call in calls(tree(path))
        if name in writing
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"db", "session"}
    ]
    assert not offenders


def test_rules_do_not_look_at_the_clock():
    offenders = [
        f"{named(path)}:{call.lineno}"
        for path in furniture("rules")
        for name, call in calls(tree(path))
        if name in {"now", "utcnow", "today"}
    ]
    assert not offenders


def test_only_the_clock_reads_the_clock():
    allowed = {APP / "kit" / "clock.py"}
    offenders = [
        f"{named(path)}:{call.lineno}"
        for path in python_files("app")
        for name, call in calls(tree(path))
        if path not in allowed
        and name in {"now", "utcnow", "today"}
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date"}
    ]
    assert not offenders


def test_the_person_of_a_verb_is_always_called_by():
    """``post_comment(db, thing, *, by=…)``: nobody else's word for it."""
    offenders = []
    for path in furniture("actions"):
        for function in tree(path).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                names = [one.arg for one in function.args.args + function.args.kwonlyargs]
                wrong = {"user", "actor", "person_by", "current_user", "author"} & set(names)
                if wrong or "by" in [one.arg for one in function.args.args]:
                    offenders.append(f"{named(path)}:{function.lineno} {function.name}")
    assert not offenders


def test_few_may_promise_that_markup_is_safe():
    """``Markup(…)`` is a promise: of words of ours, or of what was sanitised when it was written."""
    allowed = {
        "app/kit/web.py": "a template's own output",
        "app/definitions/pieces.py": "tags from a list of its own, around escaped words",
        "app/definitions/queries.py": "the html column of a wording",
    }
    offenders = [
        f"{named(path)}:{call.lineno}"
        for path in python_files("app")
        for name, call in calls(tree(path))
        if name == "Markup" and named(path) not in allowed
        if call.args and not _is_safe(call.args[0])
    ]
    assert not offenders


def _is_safe(argument: ast.expr) -> bool:
    match argument:
        case ast.Constant() | ast.Attribute(attr="html"):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in {"render_inline", "render_markdown", "render"}
        case ast.IfExp(body=one, orelse=other):
            return _is_safe(one) and _is_safe(other)
    return False


def test_no_test_sleeps_but_in_a_loop_that_waits_for_somebody_else():
    """Time is set. What is waited for is another process or thread."""
    offenders = []
    for path in python_files("tests"):
        words = path.read_text()
        if not path.name.startswith("test_") or not ("sleep" in words or "wait_for" in words):
            continue
        loops = [node for node in ast.walk(tree(path)) if isinstance(node, ast.While)]
        waits = {id(call) for loop in loops for name, call in calls(loop) if name == "sleep"}
        for name, call in calls(tree(path)):
            if name == "wait_for_timeout" or (name == "sleep" and id(call) not in waits):
                offenders.append(f"{named(path)}:{call.lineno}")
    assert not offenders


def test_no_test_stands_in_for_our_own_code():
    """The real database and the plain browser, never a mock of what is being tested."""
    offenders = []
    for path in python_files("tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [alias.name for alias in node.names]
                if isinstance(node, ast.ImportFrom):
                    modules.append(node.module or "")
                if any(module in {"mock", "unittest.mock"} for module in modules):
                    offenders.append(f"{named(path)}:{node.lineno}")
        for name, call in calls(tree(path)):
            is_monkeypatch = isinstance(call.func, ast.Attribute) and isinstance(
                call.func.value, ast.Name
            )
            is_ours = not (call.args and ast.unparse(call.args[0]) in {"sys", "os"})
            if (
                name == "setattr"
                and is_monkeypatch
                and call.func.value.id == "monkeypatch"
                and is_ours
            ):
                offenders.append(f"{named(path)}:{call.lineno}")
    assert not offenders


def test_the_repository_names_no_machine_and_no_registry():
    words = [str(ROOT.resolve())]
    locks = [ROOT / "requirements" / name for name in ("run.txt", "test.txt", "check.txt")]
    assert not [lock.name for lock in locks if "://" in lock.read_text()]
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    texts = [
        "*.md",
        "*.toml",
        "*.txt",
        "*.json",
        "*.py",
        "*.html",
        "*.css",
        "*.js",
        "Makefile",
        ".npmrc",
    ]
    folders = [
        "app",
        "templates",
        "static",
        "docs",
        "tests",
        "seed",
        "bench",
        "migrations",
        "requirements",
    ]
    paths = [path for pattern in texts for path in ROOT.glob(pattern)]
    paths += [
        path for folder in folders for pattern in texts for path in (ROOT / folder).rglob(pattern)
    ]
    offenders = [
        f"{named(path)}: {word}"
        for path in paths
        for word in words
        if word in path.read_text(errors="replace")
    ]
    assert not offenders
