"""Importing a draft from the command line."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions import actions
from app.definitions.importing import Drafted, import_draft, plan_import, plan_of
from app.definitions.models import Definition
from app.definitions.plan import PlanRow, Verdict
from app.definitions.redline import redline
from app.groups.queries import group_for
from app.kit.db import Database
from app.kit.refusals import NotFound, Refusal, Refused
from app.people.queries import person_by_email
from app.settings import Settings

say = Console(highlight=False, soft_wrap=False)

STYLES = {
    Verdict.same: "dim",
    Verdict.reworded: "cyan",
    Verdict.renamed: "cyan",
    Verdict.split_off: "green",
    Verdict.added: "green",
}
WORDS = {Verdict.split_off: "split off"}
EXCERPT = 60


def import_command(
    draft: Annotated[
        Path,
        typer.Argument(
            help="A draft in Markdown; - for standard input.",
            exists=True,
            dir_okay=False,
            allow_dash=True,
        ),
    ],
    definition: Annotated[str, typer.Option(help="Its short name: open-source-ai.")],
    version: Annotated[str, typer.Option(help="The label that it gets: 0.0.6.")],
    by: Annotated[str, typer.Option(help="The address of the editor who imports it.")],
    note: Annotated[str, typer.Option(help="What is new in it.")] = "",
    group: Annotated[str, typer.Option(help="For a new definition: the group that owns it.")] = "",
    name: Annotated[str, typer.Option(help="For a new definition: what it is called.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after showing the plan.")] = False,
) -> None:
    """Import a draft: show which clause is which, then make it a version."""
    markdown = _read(draft)
    database = Database(Settings().database_url)
    with database.reading() as db:
        found = _found(db, definition)
        if found is None and not group:
            raise NotFound
        drafted = (
            plan_import(db, found, markdown) if found else Drafted("", [], plan_of([], markdown))
        )
    say.print(table_of(drafted, f"{name or definition} {version}"))
    if not yes and not typer.confirm("Import it?"):
        raise typer.Exit(1)
    with database.writing() as db:
        found = _found(db, definition)
        person = person_by_email(db, by)
        if person is None:
            raise NotFound
        if found is None:
            owner = group_for(db, group, None)
            found = actions.create_definition(
                db, owner, by=person, slug=definition, name=name or definition
            )
        import_draft(
            db,
            found,
            by=person,
            markdown=markdown,
            label=version,
            note=note,
            take=drafted.plan.take,
            base=drafted.base or None,
        )
    told = ", ".join(f"{count} {what}" for what, count in drafted.plan.counts.items() if count)
    say.print(f"Version {version} is at /d/{definition}/v/{version}: {told}.", markup=False)


def table_of(drafted: Drafted, title: str) -> Table:
    """The plan: each block of the draft, what it is taken for, and the clauses that go."""
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column("clause", justify="right", no_wrap=True)
    table.add_column("what", no_wrap=True)
    table.add_column("sure", justify="right", no_wrap=True)
    table.add_column("words", ratio=1, overflow="fold")
    clauses = drafted.clauses
    for row in drafted.plan.rows:
        source = row.clause if row.clause is not None else row.split_from
        place = clauses[source].place if source is not None else ""
        old = clauses[row.clause].markdown if row.clause is not None else None
        table.add_row(
            place if row.clause is not None else f"({place})" if place else "new",
            Text(_what(row), style=STYLES[row.verdict]),
            f"{row.confidence:.0%}",
            _words(row, old),
        )
    for clause in drafted.gone:
        gone = Text(_short(clause.markdown), style="red strike")
        table.add_row(clause.place, Text("goes", style="red"), "", gone)
    return table


def _what(row: PlanRow) -> str:
    word = WORDS.get(row.verdict, str(row.verdict))
    if not row.moved:
        return word
    return "moved" if row.verdict is Verdict.same else f"moved, {word}"


def _words(row: PlanRow, old: str | None) -> Text:
    indent = "  " * row.block.depth
    if old is None or row.verdict is Verdict.same:
        style = "green" if old is None else "dim"
        return Text(indent + _short(row.block.markdown), style=style)
    text = Text(indent)
    styles = {"equal": "", "delete": "red strike", "insert": "green underline"}
    last = ""
    for run in redline(old, row.block.markdown):
        if last == "delete" and run.op == "insert":
            text.append(" ")
        last = run.op
        words = run.text if run.op != "equal" else _middle(run.text)
        text.append(words.replace("\n", " "), style=styles[run.op])
    return text


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _middle(words: str) -> str:
    return words if len(words) <= EXCERPT else f"{words[:24].rstrip()} … {words[-24:].lstrip()}"


def _read(draft: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(draft) == "-" else draft.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Refusal("draft_not_text"), 422) from error


def _found(db: Session, slug: str) -> Definition | None:
    return db.scalar(select(Definition).where(Definition.slug == slug))
