"""The house as it stands on disk: rooms, files, syntax trees, templates."""

import ast
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"
TESTS = ROOT / "tests"

HOLE = "\u2400"  # stands in a template's HTML where an expression was


def python_files(*folders: str) -> list[Path]:
    """Every Python file of the named folders, in a stable order."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def furniture(name: str) -> list[Path]:
    """One kind of file across all rooms: ``rules.py``, and ``rules_….py`` where there are more."""
    return sorted([*APP.glob(f"*/{name}.py"), *APP.glob(f"*/{name}_*.py")])


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def named(path: Path) -> str:
    """How a file is called in a failure."""
    return str(path.relative_to(ROOT))


def calls(module: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last word of what is called: ``db.commit()`` is ``commit``."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def template_names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def html_of(name: str) -> str:
    """A template's own HTML: expressions become holes, statements vanish, translated text too."""
    source = (TEMPLATES / name).read_text()
    environment = Environment(extensions=["jinja2.ext.i18n"])
    html: list[str] = []
    in_trans = False
    statement: list[str] = []
    for _, kind, value in environment.lex(source):
        if kind == "block_begin":
            statement = []
        elif kind == "block_end":
            word = next(iter(statement), "")
            in_trans = (in_trans or word == "trans") and word != "endtrans"
            html.append(HOLE if word == "endtrans" else "")
        elif kind == "name":
            statement.append(value)
        elif kind == "variable_begin":
            html.append("" if in_trans else HOLE)
        elif kind == "data" and not in_trans:
            html.append(value)
    return "".join(html).replace("<" + HOLE, "<x-hole").replace("</" + HOLE, "</x-hole")


class Tags(HTMLParser):
    """All start tags and all text of a template's HTML, with their lines."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[int, str, dict[str, str]]] = []
        self.texts: list[tuple[int, str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((self.getpos()[0], tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.getpos()[0], self._open[-1] if self._open else "", data))


def tags_of(name: str) -> Tags:
    return Tags(html_of(name))
