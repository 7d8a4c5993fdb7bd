"""The address that somebody signs in by and gets mail at: theirs once a link to it came back."""

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.kit.i18n import _
from app.kit.mail import queue_mail
from app.kit.refusals import refuse_unless
from app.people import queries, queries_identity, rules, rules_identity
from app.people.models import JoiningLink, Person
from app.people.secrets import hashed, new_secret
from app.record.actions import INSTANCE, record
from app.settings import Settings


def send_address_link(db: Session, *, email: str, settings: Settings, by: Person) -> None:
    """Mails a link to an address that somebody says is theirs.

    The same work and the same answer whether the address is known or not.
    """
    now = clock.now()
    email = email.strip().lower()
    sent = queries_identity.joining_links_sent_since(db, email, now - rules.LINK_LIFETIME)
    refuse_unless(rules.may_send_link(sent), status=429)
    secret = new_secret()
    db.add(
        JoiningLink(
            token_hash=hashed(secret),
            person_id=by.id,
            email=email,
            made_at=now,
            expires_at=now + rules.LINK_LIFETIME,
        )
    )
    text = _(
        "Somebody who is signed in to Clausewise says that this address is theirs.\n\n"
        "If that was you, open this address in the browser that you are signed in with. It works "
        "once, until %(time)s UTC:\n\n"
        "%(address)s\n\n"
        "If it was not you, do nothing."
    ) % {
        "time": (now + rules.LINK_LIFETIME).strftime("%H:%M"),
        "address": f"{settings.base_url}/me/address?token={secret}",
    }
    queue_mail(db, to=email, subject=_("Your address at Clausewise"), text=text)
    record(db, INSTANCE, "address_link.sent", by=by.id, at=now)


def take_address(db: Session, *, secret: str, by: Person) -> None:
    """Spends a link: the address it went to is this person's from now on.

    The address until then is told, so that nobody loses it without knowing.
    """
    lock(db, by)
    link = queries_identity.joining_link_by_secret(db, secret)
    if link is not None:
        lock(db, link)
    now = clock.now()
    owner = queries.person_by_email(db, link.email) if link is not None else None
    refuse_unless(rules_identity.may_take_address(link, by, owner, now), 409)
    assert link is not None
    link.used_at = now
    before, by.email = by.email, link.email
    if before is not None:
        text = _(
            "Your account at Clausewise has another address from now on, and no mail comes here "
            "any more. If that was not you, tell the people who run it at once."
        )
        queue_mail(db, to=before, subject=_("Your address at Clausewise has changed"), text=text)
    record(db, INSTANCE, "address.taken", by=by.id, at=now)
