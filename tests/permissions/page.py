"""``docs/permissions.md``, written from the table.

.venv/bin/python -m tests.permissions
"""

import re

from tests.house.plan import ROOT
from tests.house.refusals import sentences
from tests.permissions.people import (
    EVERYBODY,
    ITS_OWNER,
    KINDS,
    NOBODY,
    NOT_THERE,
    OWN,
    SIGN_IN,
    SIGNED_IN,
    YES,
)
from tests.permissions.row import Row
from tests.permissions.table import HELD, SECTIONS, Section

PAGE = ROOT / "docs" / "permissions.md"
NO = "no"
CELLS = {SIGN_IN: "sign in", NOT_THERE: "–", "request_is_over": "–"}

# Whom roles do not matter for stands in a list instead of in the columns.
ALIKE = {
    EVERYBODY: "Everybody, signed in or not:",
    SIGNED_IN: "Everybody who is signed in:",
    ITS_OWNER: "Everybody who is signed in, with what is their own; what is not is not there:",
    NOBODY: "None of these people:",
}

HEAD = """\
# Who may do what

What each role may do, what it may not, and what people are told who may not. It is what the
application does, not what it should do: the tests go to every address as each of these people and
hold the answers against the table that this page is written from (`tests/permissions/`).
Change the table, then write the page anew: `.venv/bin/python -m tests.permissions`.

## How to read it
{kinds}

**yes**: they may. **own**: of what is their own. **no**: they are told why not, in the words that
stand below the table. **sign in**: they are asked to sign in first, and come back to where they
were. **–**: for them there is no such thing.

- A page and a program get the same: what is refused at one door is refused at the other, for the
  same reason. A token may do what its owner may, and no more than its scopes say
  ([API](api.md)).
- A definition is for everybody to read, or **for the group only**. The tables are of one for
  everybody. Of one for the group only, nothing is there for people outside: not its pages, files,
  record or API, on no list and in no search, for administrators and other groups' chairs neither.
- A **chair** of one group is like anybody else in another. An **administrator** keeps the
  instance, and that opens nothing inside groups, but for an appeal that no chair of a group can
  decide.
- Who is **suspended** reads what members read and does nothing else in the group until that ends,
  whatever their role is; they can leave, and take back their own words.
- Who is **blocked** neither comments nor proposes until that ends, and puts nothing otherwise that
  they have said; they do all else as before.
- Where a group asks for **passkeys**, its chairs and editors who have come another way may do what
  members may, and read what members read, until they come with one.
- What somebody may, they may not at every moment: a ballot that is over takes no vote from anybody.
  [Verbs](verbs.md) says when each can be done, at which address, and what else is refused.
"""


def render() -> str:
    """The whole page."""
    kinds = "\n".join(f"- **{head}**: {whom}" for head, whom in KINDS.values())
    parts = [HEAD.format(kinds=kinds), *(_section(one) for one in SECTIONS), _held()]
    return "\n".join(parts)


def _section(section: Section) -> str:
    lines = [f"## {section.title}", section.about]
    for who, title in ALIKE.items():
        alike = [row for row in section.rows if row.who is who]
        if alike:
            lines += ["", title, "", *(f"- {_what(row)}" for row in alike)]
    rows = [row for row in section.rows if not any(row.who is one for one in ALIKE)]
    if rows:
        heads = " | ".join(head for head, _ in KINDS.values())
        lines += ["", f"| | {heads} |", "|" + " --- |" * (len(KINDS) + 1), *map(_row, rows)]
    codes = sorted({row.who[kind] for row in rows for kind in KINDS if _cell(row, kind) == NO})
    if codes:
        lines += ["", "Who may not is told:", "", *map(_told, codes)]
    return "\n".join(lines) + "\n"


def _row(row: Row) -> str:
    return f"| {_what(row)} | {' | '.join(_cell(row, kind) for kind in KINDS)} |"


def _what(row: Row) -> str:
    what = f"[{row.what}](verbs.md#{row.verb})" if row.verb else row.what
    return f"{what}. {row.note}".rstrip()


def _cell(row: Row, kind: str) -> str:
    outcome = row.who[kind]
    if kind in row.who.own:
        return OWN
    if outcome == YES or outcome.endswith("of_ones_own"):
        return YES
    return CELLS.get(outcome, NO)


def _told(code: str) -> str:
    """What the refusal says; where facts choose between sentences, the first. A fact is left open."""
    first = re.sub(r"{\w+}", "…", sentences()[code].split(" / ")[0])
    return f"- {first} (`{code}`)"


def _held() -> str:
    lines = [
        "## What few read",
        "What stands here is looked for in every page, every answer of the API and every file, as "
        "each of the people above, and found as none but these.",
        "",
        "| | who reads it |",
        "| --- | --- |",
        *(f"| {one.what} | {one.whose} |" for one in HELD),
    ]
    return "\n".join(lines) + "\n"
