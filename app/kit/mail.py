"""Mail: written in the transaction that causes it, delivered by the worker over SMTP."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import Database
from app.kit.models import Mail
from app.settings import Settings

log = logging.getLogger("clausewise.mail")

TRIES_MAX = 8


def queue_mail(db: Session, *, to: str, subject: str, text: str) -> Mail:
    """Puts one mail on its way; it leaves only if this transaction commits."""
    now = clock.now()
    mail = Mail(to=to, subject=subject[:200], text=text, made_at=now, next_try_at=now, tries=0)
    db.add(mail)
    return mail


def deliver_due_mail(database: Database, settings: Settings) -> int:
    """Sends what waits, and returns how many left.

    A mail is claimed in one transaction and marked in another, so that a slow mail server holds up
    no writer. A claim puts the next try off, longer each time; after a crash in between, the mail
    is sent again rather than never. Once sent, its text is emptied, since it may hold a link that
    signs in, and so is what names people, who may be erased later.
    """
    sent = 0
    while settings.smtp_url and (mail := _claim(database)) is not None:
        try:
            _send(mail, settings)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("mail %d is tried again later: %s", mail.id, type(error).__name__)
            continue
        except Exception:  # what no server would take; it keeps no other from being sent
            log.exception("mail %d can't be sent", mail.id)
            continue
        with database.writing() as db:
            row = db.get_one(Mail, mail.id)
            row.sent_at, row.to, row.subject, row.text = clock.now(), "", "", ""
        sent += 1
    return sent


def _claim(database: Database) -> Mail | None:
    """The first mail that is due, its next try put off; rows that another worker holds are left."""
    now = clock.now()
    due = (
        select(Mail)
        .where(Mail.sent_at.is_(None), Mail.next_try_at <= now, Mail.tries < TRIES_MAX)
        .order_by(Mail.id)
        .limit(1)
    )
    with database.reading() as db:
        if db.scalar(due) is None:
            return None
    with database.writing() as db:
        mail = db.scalar(due.with_for_update(skip_locked=True))
        if mail is not None:
            mail.tries += 1
            mail.next_try_at = now + timedelta(seconds=15 * 2**mail.tries)
    return mail


def _send(mail: Mail, settings: Settings) -> None:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = Address(addr_spec=mail.to)  # one address, whatever stands in it
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = make_msgid(f"mail-{mail.id}", domain="clausewise")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    with reached(settings) as server:
        server.send_message(message)


@contextmanager
def reached(settings: Settings) -> Iterator[smtplib.SMTP]:
    """The mail server, greeted, encrypted where it can be, and signed in to where that is set."""
    address = urlsplit(settings.smtp_url)
    host, secure = address.hostname or "localhost", address.scheme == "smtps"
    if secure:
        context = ssl.create_default_context()
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            host, address.port or 465, timeout=15, context=context
        )
    else:
        client = smtplib.SMTP(host, address.port or 25, timeout=15)
    with client:
        client.ehlo_or_helo_if_needed()
        if not secure and client.has_extn("starttls"):
            client.starttls(context=ssl.create_default_context())
        if address.username:
            client.login(unquote(address.username), unquote(address.password or ""))
        yield client
