"""Limits against floods: how often somebody may do a thing in an hour, and when they may again.

What a person did stands in the rows of the verb, and is counted there. What came from a network is
counted in ``attempts``, whose rows the worker takes away after the hour; the network's address
stands in them as a keyed hash only. What writes nothing (a search) fills a bucket in memory.
"""

import hashlib
import hmac
import ipaddress
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import Database
from app.kit.models import Attempt
from app.kit.refusals import Refusal

HOUR = timedelta(hours=1)


def may_again(again_at: datetime | None, code: str) -> Refusal | None:
    """again_at: when it may be done again; none: now."""
    return None if again_at is None else Refusal(code, again_at=again_at)


def again_after(db: Session, moments: Select[Any], most: int, now: datetime) -> datetime | None:
    """When a thing may be done again that was done ``most`` times in the last hour; else none.

    moments: selects when it was done.
    """
    (at,) = moments.selected_columns
    lately = moments.where(at > now - HOUR, at <= now).order_by(at.desc())
    enough: datetime | None = db.scalar(lately.offset(most - 1).limit(1))
    return enough + HOUR if enough is not None else None


def attempts_from(network: str, kind: str) -> Select[Any]:
    """When something of a kind was done from a network."""
    return select(Attempt.at).where(Attempt.kind == kind, Attempt.network == network)


def note_attempt(db: Session, *, kind: str, network: str) -> None:
    """Somebody in this network did it now."""
    db.add(Attempt(kind=kind, network=network, at=clock.now()))


def forget_attempts(database: Database) -> int:
    """Takes away what is older than the hour; returns how much that was."""
    over = Attempt.at <= clock.now() - HOUR
    with database.reading() as db:
        if db.scalar(select(Attempt.id).where(over).limit(1)) is None:
            return 0
    with database.writing() as db:
        return len(db.execute(delete(Attempt).where(over).returning(Attempt.id)).all())


def network_of(address: str, secret_key: str) -> str:
    """A name for the network that an address is in, which nobody can turn back without the key.

    Of IPv6 the first 64 bits count: who has one address there has them all (RFC 6177).
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        place = address
    else:
        place = str(getattr(parsed, "ipv4_mapped", None) or parsed)
        if ":" in place:
            place = str(ipaddress.ip_network(f"{place}/64", strict=False))
    key = hashlib.sha256(b"clausewise network 1 " + secret_key.encode()).digest()
    return hmac.new(key, place.encode(), hashlib.sha256).hexdigest()[:32]


class Buckets:
    """For each key as much as it may do at once; what is taken out comes back within the hour."""

    def __init__(self, keys_max: int = 20_000) -> None:
        self._keys_max = keys_max
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, most: int, now: datetime) -> datetime | None:
        """Takes one out; if the bucket is empty, the moment at which there is one again."""
        each = HOUR / most
        with self._lock:
            left, since = self._left.get(key, (float(most), now))
            left = min(most, left + (now - since) / each)
            wait = (1 - left) * each  # to the microsecond, as it is told
            again_at = now + wait if wait > timedelta(0) else None
            self._left[key] = (left - 1 if again_at is None else left, now)
            self._left.move_to_end(key)
            if len(self._left) > self._keys_max:  # who asked longest ago begins with a full one
                self._left.popitem(last=False)
        return again_at
