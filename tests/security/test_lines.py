"""Each line has its tests, and each of them is there: none goes without this list being told."""

import ast

import pytest

from tests.house.plan import ROOT, tree
from tests.security.lines import LINES


def found(name):
    """The function that a test's name leads to, by way of its class."""
    path, *parts = name.split("::")
    if not (ROOT / path).exists():
        return None
    within: ast.AST | None = tree(ROOT / path)
    for part in parts:
        named = ast.iter_child_nodes(within) if within is not None else ()
        within = next((one for one in named if getattr(one, "name", None) == part), None)
    return within


@pytest.mark.parametrize("line", LINES)
def test_what_holds_it_off_is_there(line):
    assert LINES[line]
    for name in LINES[line]:
        test = found(name)
        assert isinstance(test, ast.FunctionDef), f"{name} is gone: what holds off that {line}?"
        marks = [ast.unparse(one) for one in test.decorator_list]
        assert not [one for one in marks if "skip(" in one or "xfail" in one], name
