"""Whether all that is kept agrees with itself: `clausewise verify`.

Each room knows what must hold of its own rows, and says so in its `checks`; here they only stand
together, from the record upwards. See docs/decisions/0008-each-room-checks-its-own-rows.md.
"""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

import app.ballots.checks
import app.ballots.checks_recusal
import app.definitions.checks
import app.discussions.checks
import app.discussions.checks_appeal
import app.discussions.checks_moderation
import app.groups.checks_conduct
import app.groups.checks_interest
import app.groups.checks_passkey
import app.groups.checks_standing
import app.people.checks
import app.people.checks_erasure
import app.proposals.checks
import app.record.checks
from app.record.findings import Finding

Check = Callable[[Session], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    app.record.checks.check,
    app.people.checks.check,
    app.people.checks_erasure.check,
    app.groups.checks_conduct.check,
    app.groups.checks_standing.check,
    app.groups.checks_passkey.check,
    app.groups.checks_interest.check,
    app.definitions.checks.check,
    app.proposals.checks.check,
    app.discussions.checks.check,
    app.discussions.checks_moderation.check,
    app.discussions.checks_appeal.check,
    app.ballots.checks.check,
    app.ballots.checks_recusal.check,
)


def verify(db: Session, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Everything that is not as it must be, as it is found; nothing, where all is well.

    What was damaged so that it cannot even be read is a finding too, and keeps no other room from
    being checked.
    """
    for check in checks:
        try:
            yield from check(db)
        except Exception as error:
            yield Finding(
                check.__module__, f"the check broke off ({type(error).__name__}: {error})"
            )
