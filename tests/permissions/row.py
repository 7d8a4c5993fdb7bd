"""One row of the table."""

from dataclasses import dataclass

from tests.permissions.people import SIGNED_IN, Who


@dataclass(frozen=True)
class Row:
    """What somebody does, who may, where.

    verb: its chapter in ``docs/verbs.md``; none for what is only read. forms: pages that everybody
    may open who is signed in (and may read the definition): they show the form, or say why not,
    and keep nothing.
    note: what the columns can't say.
    """

    what: str
    who: Who
    addresses: tuple[str, ...]
    verb: str = ""
    forms: tuple[str, ...] = ()
    note: str = ""

    def who_at(self, address: str) -> Who:
        """Who gets something at one of its addresses."""
        return SIGNED_IN if address in self.forms else self.who
