"""Who may sign in with what, and when."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.kit.refusals import Refusal
from app.people.models import Administration, JoiningLink, SignInLink

LINK_LIFETIME = timedelta(minutes=15)
LINKS_A_QUARTER_HOUR = 5


def may_send_link(sent: Sequence[datetime]) -> Refusal | None:
    """At most five links to one address in fifteen minutes.

    sent: when links went there in the last fifteen, the oldest first.
    """
    if len(sent) < LINKS_A_QUARTER_HOUR:
        return None
    again_at = sent[-LINKS_A_QUARTER_HOUR] + LINK_LIFETIME
    return Refusal("too_many_links", again_at=again_at)


def may_use_link(link: SignInLink | JoiningLink | None, now: datetime) -> Refusal | None:
    """A link works once, and before it expires."""
    if link is None:
        return Refusal("link_unknown")
    if link.used_at is not None:
        return Refusal("link_used")
    if now >= link.expires_at:
        return Refusal("link_expired")
    return None


def may_sign_in_as_demo_person(*, demo: bool, invented: bool) -> Refusal | None:
    """Only in demo mode, and only as somebody who was invented for it."""
    return None if demo and invented else Refusal("not_a_demo_person")


def must_be_administrator(administration: Administration | None) -> Refusal | None:
    """Only who keeps this instance. It opens nothing inside groups of others."""
    return None if administration is not None else Refusal("administrators_only")


def may_grant_administration(current: Administration | None, *, name: str) -> Refusal | None:
    """Once at a time."""
    return Refusal("already_administrator", name=name) if current is not None else None


def may_revoke_administration(current: Administration | None, *, name: str) -> Refusal | None:
    """Only what was granted, and has not ended."""
    return Refusal("not_an_administrator", name=name) if current is None else None


def safe_next(path: str) -> str:
    """A path of ours to go on to; anything else becomes the home page."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 33 or c == "\\" for c in path) or len(path) > 500:
        return "/"
    return path
