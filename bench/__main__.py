"""Loads the case, serves it with two workers, measures, and prints a table for each database."""

import argparse
import os
import platform
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.case import Size
from bench.load import Measured, Request, get, measure, post
from bench.place import Place, inserts_per_second, place, queries_of, server
from bench.served import CONSTANT

HEADINGS = [
    "page",
    "who",
    "req/s",
    "p50 ms",
    "p99 ms",
    "one client p50 ms",
    "queries",
    "kB",
    "of constant",
]
CLIENTS = 8


@dataclass
class Line:
    """One thing to measure."""

    name: str
    who: str
    path: str
    request: Request
    cookie: str = ""


def lines(at: Place) -> list[Line]:
    """The constant first, since all others are measured by it."""
    member = at.large.people[5]
    (cookie,) = at.cookies_of([member])
    (forty,) = at.cookies_of([at.forty.people[5]])
    paths = {
        "home": "/",
        "definition, 500 clauses": "/d/large",
        "clause": "/d/large/c/12",
        "proposal": "/d/large/p/30",
        "ballot, 1,000 votes": "/d/large/b/2",
        "compare": "/d/large/compare/0.1...0.2",
    }
    found = [Line("constant 30 kB", "", CONSTANT, get(CONSTANT))]
    for name, path in paths.items():
        found.append(Line(name, "public", path, get(path)))
        found.append(Line(name, "member", path, get(path, cookie), cookie))
    page = "/d/forty"
    found.append(Line("definition, 40 clauses", "public", page, get(page)))
    found.append(Line("definition, 40 clauses", "member", page, get(page, forty), forty))
    return found


def votes(at: Place) -> Request:
    """Votes by sixty people in turn, each changing theirs."""
    ballot = at.large.ballots[1]
    people = list(at.large.people[1:61])
    bodies = [f"choice={choice}&reason=&words={ballot.words_hash}" for choice in ("yes", "no")]
    path = f"/d/large/b/{ballot.number}/vote"
    return post(path, bodies, at.cookies_of(people))


def row(line: Line, busy: Measured, alone: Measured, queries: str, constant: float) -> list[str]:
    ok = all(status in {200, 303} for status in busy.statuses)
    return [
        line.name if ok else f"{line.name} (!{busy.statuses})",
        line.who,
        f"{busy.per_second:.0f}",
        f"{busy.percentile(0.5):.1f}",
        f"{busy.percentile(0.99):.1f}",
        f"{alone.percentile(0.5):.1f}",
        queries,
        f"{busy.bytes_each / 1000:.0f}",
        f"1/{constant / busy.per_second:.1f}" if busy.per_second else "none",
    ]


def run(backend: str, size: Size, seconds: float, workers: int, say: Console) -> list[list[str]]:
    """All rows of one database's table."""
    say.print(f"[dim]{backend}: telling the case[/dim]")
    rows: list[list[str]] = []
    with place(backend, size) as at, server(at, workers) as port:
        constant = 0.0
        for line in lines(at):
            say.print(f"[dim]{backend}: {line.name} {line.who}[/dim]")
            busy = measure(port, line.request, clients=CLIENTS, seconds=seconds)
            alone = measure(port, line.request, clients=1, seconds=seconds / 2)
            constant = constant or busy.per_second
            asked = "0" if line.path == CONSTANT else str(queries_of(at, line.path, line.cookie))
            rows.append(row(line, busy, alone, asked, constant))
        busy = measure(port, votes(at), clients=CLIENTS, seconds=seconds)
        alone = measure(port, votes(at), clients=1, seconds=seconds / 2)
        plain = inserts_per_second(at, seconds / 2)
        rows.append(row(Line("vote POST", "member", "", votes(at)), busy, alone, "", constant))
        ratio = f"1/{plain / busy.per_second:.1f} of inserts" if busy.per_second else "none"
        rows.append(["plain inserts", "", f"{plain:.0f}", "", "", "", "", "", f"vote POST {ratio}"])
    return rows


def shown(backend: str, rows: list[list[str]], *, markdown: bool, say: Console) -> None:
    if markdown:
        print(f"\n## {backend}\n")
        print("| " + " | ".join(HEADINGS) + " |")
        print("|" + " --- |" * len(HEADINGS))
        for one in rows:
            print("| " + " | ".join(one) + " |")
        return
    table = Table(*HEADINGS, title=backend)
    for one in rows:
        table.add_row(*one)
    say.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=5.0, help="for each measurement")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the case's size")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    given = parser.parse_args()
    whole = Size()
    size = Size(
        clauses=max(20, int(whole.clauses * given.scale)),
        comments=int(whole.comments * given.scale),
        proposals=max(30, int(whole.proposals * given.scale)),
        ballots=max(4, int(whole.ballots * given.scale)),
        votes=max(80, int(whole.votes * given.scale)),
    )
    say = Console(stderr=given.markdown, width=140)
    say.print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    say.print(f"{size}, {given.workers} workers, {CLIENTS} clients")
    for backend in ["sqlite", "postgresql"] if given.db == "both" else [given.db]:
        rows = run(backend, size, given.seconds, given.workers, say)
        shown(backend, rows, markdown=given.markdown, say=say)


if __name__ == "__main__":
    main()
