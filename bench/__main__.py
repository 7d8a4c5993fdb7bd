"""Loads the case, serves it with two workers, measures, and prints a table for each database.

Exits with 1 where a page or a vote is slower, or asks more, than it may.
"""

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from app.ballots.queries_verb import votes_in_order
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
    """Votes by sixty people in turn; each sends theirs again, since none may be replaced unseen."""
    ballot = at.large.ballots[1]
    people = list(at.large.people[1:61])
    with at.database.reading() as db:
        said = {one.person_id: one for one in votes_in_order(db, ballot)}
    bodies = [
        urlencode(
            {
                "choice": said[one.id].choice if one.id in said else "yes",
                "reason": said[one.id].reason if one.id in said else "",
                "words": ballot.words_hash,
            }
        )
        for one in people
    ]
    return post(f"/d/large/b/{ballot.number}/vote", bodies, at.cookies_of(people))


@dataclass
class Limit:
    """What a page may take at the most: a share of the constant page's requests per second,
    milliseconds at p50 with one client, questions to the database."""

    of_constant: float | None = None
    ms: float | None = None
    queries: int | None = None


# By page and reader. The first three and VOTE_OF_INSERTS are promised; ms of the others is the
# budget of a page on the large case, with room for a machine on which other things run.
LIMITS = {
    ("definition, 500 clauses", "public"): Limit(ms=150, queries=10),
    ("definition, 500 clauses", "member"): Limit(ms=150, queries=10),
    ("definition, 40 clauses", "public"): Limit(of_constant=1 / 5),
    ("definition, 40 clauses", "member"): Limit(of_constant=1 / 15),
    ("home", "member"): Limit(ms=150),
    ("clause", "member"): Limit(ms=150),
    ("proposal", "member"): Limit(ms=150),
    ("ballot, 1,000 votes", "public"): Limit(ms=150),
    ("ballot, 1,000 votes", "member"): Limit(ms=150),
    ("compare", "member"): Limit(ms=250),
}
VOTE_OF_INSERTS = 1 / 10


def broken(line: Line, busy: Measured, alone: Measured, queries: int, constant: float) -> list[str]:
    """What of a line's limit was not kept, in a sentence each."""
    limit = LIMITS.get((line.name, line.who), Limit())
    found = []
    if limit.of_constant and busy.per_second < limit.of_constant * constant:
        found.append(f"1/{constant / max(busy.per_second, 0.001):.1f} of the constant page")
    if limit.ms and alone.percentile(0.5) > limit.ms:
        found.append(f"{alone.percentile(0.5):.0f} ms at p50, {limit.ms:.0f} are allowed")
    if limit.queries and queries > limit.queries:
        found.append(f"{queries} queries, {limit.queries} are allowed")
    return [f"{line.name}, {line.who}: {words}" for words in found]


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


def run(
    backend: str, size: Size, seconds: float, workers: int, say: Console
) -> tuple[list[list[str]], list[str]]:
    """All rows of one database's table, and which limits were not kept."""
    say.print(f"[dim]{backend}: telling the case[/dim]")
    rows: list[list[str]] = []
    faults: list[str] = []
    with place(backend, size) as at, server(at, workers) as port:
        constant = 0.0
        for line in lines(at):
            say.print(f"[dim]{backend}: {line.name} {line.who}[/dim]")
            busy = measure(port, line.request, clients=CLIENTS, seconds=seconds)
            alone = measure(port, line.request, clients=1, seconds=seconds / 2)
            constant = constant or busy.per_second
            asked = 0 if line.path == CONSTANT else queries_of(at, line.path, line.cookie)
            rows.append(row(line, busy, alone, str(asked), constant))
            faults += broken(line, busy, alone, asked, constant)
        before = inserts_per_second(at, seconds / 4)
        busy = measure(port, votes(at), clients=CLIENTS, seconds=seconds)
        alone = measure(port, votes(at), clients=1, seconds=seconds / 2)
        plain = (before + inserts_per_second(at, seconds / 4)) / 2
        if busy.per_second < VOTE_OF_INSERTS * plain:
            faults.append(f"votes: {busy.per_second:.0f}/s to {plain:.0f} plain inserts")
        rows.append(row(Line("vote POST", "member", "", votes(at)), busy, alone, "", constant))
        ratio = f"1/{plain / busy.per_second:.1f} of inserts" if busy.per_second else "none"
        rows.append(["plain inserts", "", f"{plain:.0f}", "", "", "", "", "", f"vote POST {ratio}"])
    return rows, [f"{backend}: {one}" for one in faults]


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
    faults: list[str] = []
    for backend in ["sqlite", "postgresql"] if given.db == "both" else [given.db]:
        rows, found = run(backend, size, given.seconds, given.workers, say)
        shown(backend, rows, markdown=given.markdown, say=say)
        faults += found
    for one in faults:
        say.print(f"[red]{one}[/red]")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
