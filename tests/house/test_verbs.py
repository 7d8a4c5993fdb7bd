"""Every verb leaves exactly one entry in the record, in the past tense."""

import ast
from pathlib import Path

import pytest

from tests.house.plan import calls, furniture, named, tree

# Verbs that leave none, and why.
SILENT = {
    "record.open_log": "makes the record itself",
    "ballots.cast_vote": "votes are sealed by the closing, and each voter holds a receipt",
    "reading.mark_as_seen": "what somebody reads, and when, is nobody else's business",
}

VERBS = [
    (path, node)
    for path in furniture("actions")
    if path.parent.name not in {"record", "kit"}
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]


def name_of(path: Path, verb: ast.FunctionDef) -> str:
    return f"{path.parent.name}.{verb.name}"


@pytest.mark.parametrize("path, verb", VERBS, ids=[name_of(*one) for one in VERBS])
def test_a_verb_leaves_exactly_one_entry(path, verb):
    counted = Paths(path).of(verb)
    if name_of(path, verb) in SILENT:
        assert counted == {0}, "no longer silent: take it off the list"
    elif not is_somebodys(verb) or calls_another_verb(path, verb):
        assert max(counted) <= 1, f"entries on its paths: {sorted(counted)}"
    else:
        assert max(counted) == 1, f"entries on its paths: {sorted(counted)}"


def test_entries_are_named_subject_dot_past_participle():
    irregular = {
        "came",
        "frozen",
        "sent",
        "made",
        "begun",
        "put",
        "set",
        "hidden",
        "left",
        "given",
        "taken",
        "withdrawn",
        "told",
    }
    wrong = []
    for path in furniture("actions"):
        for name, call in calls(tree(path)):
            if name != "record" or len(call.args) < 3 or not isinstance(call.args[2], ast.Constant):
                continue
            subject, _, verb = str(call.args[2].value).partition(".")
            last = verb.replace("-", "_").split("_")[0]
            if not subject or not (last.endswith("ed") or last in irregular):
                wrong.append(f"{named(path)}:{call.lineno} {call.args[2].value}")
    assert not wrong


def test_silent_verbs_still_exist():
    there = {name_of(*one) for one in VERBS} | {"record.open_log"}
    assert set(SILENT) <= there or not furniture("actions")


def is_somebodys(verb: ast.FunctionDef) -> bool:
    """Whether a person does it; what has no ``by`` is a part that verbs share, or the clock's."""
    return "by" in [one.arg for one in verb.args.kwonlyargs]


def calls_another_verb(path: Path, verb: ast.FunctionDef) -> bool:
    """Whether it hands on to a verb, of this room or another, which leaves the entry."""
    verbs = {node.name for _, node in VERBS}
    own = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
    seen: set[str] = set()
    waiting = [verb]
    while waiting:
        for name, _ in calls(waiting.pop()):
            if name in verbs and name != verb.name:
                return True
            if name.startswith("_") and name in own and name not in seen:
                seen.add(name)
                waiting.append(own[name])
    return False


class Paths:
    """How many entries the paths through a function leave; paths that raise do not count.

    Follows the module's own private functions. A loop counts once, for its body may be entered
    once; an entry inside a loop counts twice, for it may be entered again.
    """

    def __init__(self, path: Path) -> None:
        self.own = {
            node.name: node
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_")
        }

    def of(self, function: ast.FunctionDef) -> set[int]:
        falls, returns = self._through(function.body)
        return falls | returns or {0}

    def _through(self, body: list[ast.stmt]) -> tuple[set[int], set[int]]:
        """Entries on the paths that fall out of the end, and on those that return."""
        falls, returns = {0}, set[int]()
        for statement in body:
            here, gone = self._step(statement)
            returns |= {before + count for before in falls for count in gone}
            falls = {before + count for before in falls for count in here}
        return falls, returns

    def _step(self, statement: ast.stmt) -> tuple[set[int], set[int]]:
        match statement:
            case ast.Return(value=value):
                return set(), self._in(value)
            case ast.Raise():
                return set(), set()
            case ast.If(test=test, body=body, orelse=orelse):
                one, other = self._through(body), self._through(orelse)
                return self._after(self._in(test), (one[0] | other[0], one[1] | other[1]))
            case ast.For(body=body) | ast.While(body=body):
                falls, returns = self._through(body)
                return {0} | falls | {2 * count for count in falls}, returns
            case ast.With(body=body):
                return self._through(body)
            case ast.Try(body=body, handlers=handlers, finalbody=final):
                ways = [self._through([*body, *final])]
                ways += [self._through([*one.body, *final]) for one in handlers]
                return set().union(*(w[0] for w in ways)), set().union(*(w[1] for w in ways))
            case ast.Match(cases=cases):
                ways = [self._through(case.body) for case in cases]
                return {0}.union(*(w[0] for w in ways)), set().union(*(w[1] for w in ways))
            case ast.FunctionDef() | ast.ClassDef():
                return {0}, set()
        return self._in(statement), set()

    def _after(self, first: set[int], ways: tuple[set[int], set[int]]) -> tuple[set[int], set[int]]:
        falls = {a + b for a in first for b in ways[0]}
        return falls, {a + b for a in first for b in ways[1]}

    def _in(self, node: ast.AST | None) -> set[int]:
        """Entries left by the calls in one expression or plain statement."""
        counts = {0}
        for name, _ in calls(node) if node is not None else ():
            if name == "record":
                counts = {count + 1 for count in counts}
            elif name in self.own:
                inner = self.of(self.own[name])
                counts = {count + more for count in counts for more in inner}
        return counts
