"""Reasons why not, which can always be said to the person.

A rule returns ``Refusal | None``; a verb raises it as ``Refused``. The sentence of each code stands
once, in ``templates/layout/_refusals.html``: what is so, and what the person can do.
"""

from typing import Any


class Refusal:
    """One reason, by its code, with the facts that its sentence needs."""

    __slots__ = ("code", "facts")

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts

    def __repr__(self) -> str:
        return f"Refusal({self.code!r}, {self.facts!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refusal) and (self.code, self.facts) == (other.code, other.facts)

    def __hash__(self) -> int:
        return hash(self.code)


class Refused(Exception):
    """A verb said no. ``status`` is 403 for who, 409 for when or what, 422 for a bad value."""

    def __init__(self, refusal: Refusal, status: int = 403) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.status = status


class Stale(Refused):
    """The words changed since the person loaded them; carries base, current and yours."""

    def __init__(self, base: str = "", current: str = "", yours: str = "", **facts: Any) -> None:
        super().__init__(Refusal("stale", **facts), status=409)
        self.base = base
        self.current = current
        self.yours = yours


class Failed(Exception):
    """A command could not do what it was asked; the message is its one sentence, for operators."""


class NotFound(Exception):
    """There is no such thing, or the viewer may not see it: the two are never told apart."""


class SignInFirst(Exception):
    """Only somebody who is signed in can do this."""


def refuse_unless(refusal: Refusal | None, status: int = 403) -> None:
    """Passes when a rule had nothing against it; raises its refusal otherwise."""
    if refusal is not None:
        raise Refused(refusal, status)
