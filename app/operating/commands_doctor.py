"""Looking at an instance, from the command line."""

import logging

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.kit.refusals import Failed
from app.operating.doctor import Level, look
from app.operating.doctor_services import QUESTIONS
from app.settings import Settings

COLOURS = {Level.fine: "green", Level.note: "yellow", Level.fault: "red"}


def doctor() -> None:
    """Look at settings, files, database, mail and providers, and say what to do."""
    logging.getLogger("clausewise").addHandler(logging.NullHandler())  # the table says it all
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    found = list(look(Settings(), QUESTIONS))
    for one in found:
        table.add_row(Text(one.level, COLOURS[one.level]), one.subject, Text(one.sentence))
    Console(highlight=False).print(table)
    faults = sum(one.level is Level.fault for one in found)
    if faults:
        raise Failed("There is one fault." if faults == 1 else f"There are {faults} faults.")
