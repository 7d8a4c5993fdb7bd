"""Who may do what to a text, and when. Pure."""

import re

from app.definitions.draft import Unreadable, parse
from app.definitions.tree import Block, Kind, Unlawful
from app.groups.models import Membership
from app.groups.rules import ADDRESS, must_be_editor
from app.kit.refusals import Refusal

LABEL = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_+-]|\.(?!\.)){0,39}")
RESERVED = {"working", "new"}
FILE_ENDINGS = (".md", ".html", ".json", ".pdf")  # of the files of a version, at its address
WORDING_LENGTH_MAX = 20_000

# Where a version may go from each stage. A ballot ratifies; a later ratification supersedes.
NEXT = {
    "draft": {"candidate", "withdrawn"},
    "candidate": {"ratified", "withdrawn"},
    "ratified": {"superseded"},
    "superseded": set(),
    "withdrawn": set(),
}


def may_create_definition(membership: Membership | None) -> Refusal | None:
    """Editors and chairs of the group."""
    return must_be_editor(membership)


def must_be_address(slug: str) -> Refusal | None:
    """The slug becomes an address, for good."""
    if not ADDRESS.fullmatch(slug) or len(slug) > 60 or slug in RESERVED:
        return Refusal("slug_not_taken", slug=slug)
    return None


def may_change_text(membership: Membership | None) -> Refusal | None:
    """Editors and chairs make editorial changes and import drafts."""
    return must_be_editor(membership)


def must_have_read(base: str | None, current: str) -> Refusal | None:
    """Nobody changes, replaces or labels a text that is not the one they had before them.

    base: its hash; none where nothing was said of it.
    """
    if base not in (None, current):
        return Refusal("text_moved_on", base=base, current=current)
    return None


def may_make_version(membership: Membership | None) -> Refusal | None:
    """Editors and chairs."""
    return must_be_editor(membership)


def must_be_label(label: str, clauses: int) -> Refusal | None:
    """A label that fits an address, of a text that says something."""
    if not LABEL.fullmatch(label) or label in RESERVED or label.endswith(FILE_ENDINGS):
        return Refusal("label_not_taken", label=label)
    if not clauses:
        return Refusal("nothing_to_version")
    return None


def may_make_candidate(membership: Membership | None, stage: str) -> Refusal | None:
    """Editors and chairs put a draft before the group."""
    return must_be_editor(membership) or may_advance(stage, "candidate")


def may_withdraw_version(
    membership: Membership | None, stage: str, ballot: int | None
) -> Refusal | None:
    """Editors and chairs take back what was not ratified, and not while people vote on it.

    ballot: the number of the ballot at which the version is at stake.
    """
    if refusal := must_be_editor(membership) or may_advance(stage, "withdrawn"):
        return refusal
    return Refusal("version_is_at_stake", ballot=ballot) if ballot is not None else None


def may_advance(stage: str, to: str) -> Refusal | None:
    """Whether a version in this stage can come to that one."""
    if to not in NEXT.get(stage, set()):
        return Refusal("stage_not_next", stage=stage, to=to)
    return None


def must_fit(kind: str, markdown: str) -> Refusal | None:
    """Whether words can be a clause of this kind: one block, which comes back as it was written.

    Asked of every wording that people write, so that a text can always be exported and read again.
    """
    if len(markdown) > WORDING_LENGTH_MAX:
        return Refusal("wording_too_long", most=WORDING_LENGTH_MAX, length=len(markdown))
    if not markdown.strip():
        return Refusal("wording_empty")
    if "\n" in markdown and kind in (Kind.heading, Kind.row):
        return Refusal("wording_one_line", kind=kind)
    try:
        read = parse(written_as(kind, markdown))
    except Unreadable:
        return Refusal("wording_not_text")
    own = read[1:] if kind == Kind.row else read
    if len(own) != 1 or own[0].kind != kind:
        return Refusal("wording_more_than_one", kind=kind)
    return None


def settled_wording(kind: str, markdown: str) -> str:
    """The words as they are kept: what reading them back gives."""
    read = parse(written_as(kind, markdown))
    return read[-1].markdown


def written_as(kind: str, markdown: str) -> str:
    """The words as a draft of one clause."""
    words = markdown.strip("\n")
    match kind:
        case Kind.heading:
            return f"# {words.strip()}"
        case Kind.item:
            return "- " + words.strip().replace("\n", "\n  ")
        case Kind.note:
            return "\n".join(f"> {line}" for line in words.split("\n"))
        case Kind.row:
            columns = words.count("|") + 1
            header = "| " + " | ".join("x" * columns) + " |"
            return f"{header}\n|{' --- |' * columns}\n| {words.strip()} |"
        case _:
            return words


def of_unlawful(error: Unlawful) -> Refusal:
    """A tree that may not stand, as a reason."""
    return Refusal(error.code, clause=error.clause or 0)


def of_unreadable(error: Unreadable) -> Refusal:
    """A draft that is not taken, as a reason."""
    return Refusal(error.code, limit=error.limit)


def must_hold_words(blocks: list[Block]) -> Refusal | None:
    """A draft to import says something."""
    return None if blocks else Refusal("draft_empty")
