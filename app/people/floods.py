"""Who does a thing too often is told when they may again: asked at the door, before the verb.

Of a person and of a network, each by its own count. The seed, the worker and the command line come
by no door, and have no limit.
"""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import Depends, Request
from sqlalchemy import Select

from app.kit import clock, limits
from app.kit.db import Db
from app.kit.refusals import refuse_unless
from app.people.current import Viewer
from app.settings import Settings

CODES = {
    "links": "too_many_links_asked",
    "comments": "too_many_comments",
    "proposals": "too_many_proposals",
    "searches": "too_many_searches",
}
# When a person did a thing: a statement that selects the moments.
MomentsOf = Callable[[str], Select[Any]]


def limited(kind: str, moments_of: MomentsOf | None = None) -> Any:
    """A dependency for a route that does something of a kind: links, comments or proposals.

    What came from a network is noted in the transaction that did it, if that did not refuse.
    """

    def stop_floods(request: Request, db: Db, person: Viewer) -> Iterator[None]:
        most, together = _most(request, kind)
        if not most:
            yield
            return
        now, network = clock.now(), network_here(request)
        if person is not None and moments_of is not None:
            again_at = limits.again_after(db, moments_of(person.id), most, now)
            refuse_unless(limits.may_again(again_at, CODES[kind]), 429)
        again_at = limits.again_after(db, limits.attempts_from(network, kind), together, now)
        refuse_unless(limits.may_again(again_at, "too_many_from_here"), 429)
        yield
        limits.note_attempt(db, kind=kind, network=network)

    return Depends(stop_floods, scope="function")


def _limit_search(request: Request, person: Viewer) -> None:
    most, together = _most(request, "searches")
    if not most or not (request.query_params.get("words") or request.query_params.get("q")):
        return
    now, buckets = clock.now(), _buckets(request.app)
    if person is not None:
        again_at = buckets.take(person.id, most, now)
        refuse_unless(limits.may_again(again_at, CODES["searches"]), 429)
    again_at = buckets.take(network_here(request), together, now)
    refuse_unless(limits.may_again(again_at, "too_many_from_here"), 429)


# A dependency for lists that can be searched. It counts in this process only: a search writes
# nothing, and what it protects is the process.
LIMITED_SEARCH = Depends(_limit_search)


def network_here(request: Request) -> str:
    """The network that a request comes from, by a name that tells nobody which it is."""
    settings: Settings = request.app.state.settings
    return limits.network_of(request.client.host if request.client else "", settings.secret_key)


def _most(request: Request, kind: str) -> tuple[int, int]:
    """How often in an hour: one person, and all in one network together."""
    settings: Settings = request.app.state.settings
    most = {
        "links": settings.links_an_hour,
        "comments": settings.comments_an_hour,
        "proposals": settings.proposals_an_hour,
        "searches": settings.searches_an_hour,
    }[kind]
    return most, most * settings.people_a_network


def _buckets(app: Any) -> limits.Buckets:
    if not hasattr(app.state, "buckets"):
        app.state.buckets = limits.Buckets()
    buckets: limits.Buckets = app.state.buckets
    return buckets
