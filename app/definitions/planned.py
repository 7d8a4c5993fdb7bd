"""The plan of an import as a page shows it: each block, what it is taken for, and the choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.definitions.importing import Drafted
from app.definitions.pieces import redline_html
from app.definitions.placed import Placed
from app.definitions.plan import PlanRow, Verdict
from app.kit.i18n import _
from app.kit.markup import plain

GONE_MAX = 30
ROWS_WITH_CHOICES_MAX = 300
EXCERPT = 40
AROUND = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the draft. place: of the clause it is taken for, or split off from; choices:
    (value, label), the first being what is planned."""

    row: PlanRow
    words: str
    place: str
    choices: Sequence[tuple[str, str]]

    @property
    def change(self) -> str:
        """What the row's colour says."""
        if self.row.moved and self.row.verdict is Verdict.same:
            return "moved"
        return "" if self.row.verdict is Verdict.same else str(self.row.verdict)

    @property
    def certainty(self) -> str:
        """How sure the plan is of this row: "sure", "likely" or "unsure"."""
        if self.row.confidence >= 0.85:
            return "sure"
        return "likely" if self.row.confidence >= 0.65 else "unsure"


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow one another, all of them unchanged or none."""

    unchanged: bool
    lines: Sequence[Line]


def lines_of(drafted: Drafted) -> list[Run]:
    """The plan in reading order, unchanged stretches together."""
    labels = {clause.number: _label(clause) for clause in drafted.standing}
    gone = drafted.plan.gone[:GONE_MAX]
    many = len(drafted.plan.rows) > ROWS_WITH_CHOICES_MAX
    lines = [_line(row, drafted, labels, gone, many) for row in drafted.plan.rows]
    return [
        Run(unchanged, list(run)) for unchanged, run in groupby(lines, lambda line: not line.change)
    ]


def _line(
    row: PlanRow,
    drafted: Drafted,
    labels: dict[int, str],
    gone: Sequence[int],
    many: bool,
) -> Line:
    clauses = drafted.clauses
    old = clauses[row.clause].markdown if row.clause is not None else ""
    source = row.clause if row.clause is not None else row.split_from
    same = row.verdict is Verdict.same
    around = None if same or row.clause is None else AROUND
    new = old if same else row.block.markdown
    return Line(
        row,
        redline_html(old, new, row.block.kind, around),
        clauses[source].place if source is not None else "",
        [] if many and same else _choices(row, labels, gone),
    )


def _choices(row: PlanRow, labels: dict[int, str], gone: Sequence[int]) -> list[tuple[str, str]]:
    clauses = [] if row.clause is None else [row.clause]
    clauses += [clause for clause in (*row.candidates, *gone) if clause not in clauses]
    taken = [(f"{row.position}:{clause}", labels[clause]) for clause in dict.fromkeys(clauses)]
    fresh = (f"{row.position}:new", _("A new clause"))
    return [fresh, *taken] if row.clause is None else [*taken, fresh]


def _label(clause: Placed) -> str:
    words = plain(clause.markdown)
    excerpt = words if len(words) <= EXCERPT else words[:EXCERPT].rstrip() + "…"
    return _("Clause %(place)s: %(words)s") % {"place": clause.place, "words": excerpt}
