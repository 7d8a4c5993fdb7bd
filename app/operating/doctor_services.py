"""What `clausewise doctor` asks of others: the database, its clock, the mail server, providers."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit import clock
from app.kit.db import Database
from app.kit.mail import TRIES_MAX, reached
from app.kit.refusals import Refused
from app.operating import queries, readiness
from app.operating.doctor import (
    Question,
    Seen,
    address,
    disk,
    fault,
    files,
    fine,
    mode,
    note,
    secrets,
    sqlite_path,
)
from app.people.provider_client import ProviderClient
from app.people.providers import WrongSetting, read_providers
from app.settings import Settings

POSTGRESQL_OLDEST = 15
CLOCK_OFF = timedelta(seconds=2)


def database(settings: Settings) -> Iterator[Seen]:
    """Whether it is there, of this release, and takes writes; and whether the worker keeps up."""
    if settings.database_url.startswith("sqlite") and not sqlite_path(settings).exists():
        yield fault("database", "There is none yet: run `clausewise migrate`.")
        return
    place = Database(settings.database_url, connections=2)
    try:
        yield from _kind(place)
        wrong = readiness.tables_wrong(place)
        yield fault("tables", wrong) if wrong else fine("tables", "They are those of this release.")
        wrong = readiness.writing_wrong(place)
        yield fault("writing", wrong) if wrong else fine("writing", "It takes writes.")
        yield from _clock(place)
        if readiness.tables_wrong(place) is None:
            yield from _worker(place, settings)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        yield fault("database", f"It does not answer ({reason}): is DATABASE_URL right, and it up?")
    finally:
        place.dispose()


def _kind(place: Database) -> Iterator[Seen]:
    with place.reading() as db:
        if place.is_sqlite:
            journal = db.scalar(text("PRAGMA journal_mode"))
            version = db.scalar(text("SELECT sqlite_version()"))
            if journal == "wal":
                yield fine("database", f"SQLite {version}, in WAL mode.")
            else:
                yield fault(
                    "database",
                    f"SQLite keeps its journal as {journal}, and not in WAL mode: is it on a local "
                    "disk that this user may write to?",
                )
            return
        number = int(db.scalar(text("SHOW server_version_num")) or 0) // 10_000
    if number < POSTGRESQL_OLDEST:
        yield fault("database", f"PostgreSQL {number} is too old: {POSTGRESQL_OLDEST} or newer.")
    else:
        yield fine("database", f"PostgreSQL {number}.")


def _clock(place: Database) -> Iterator[Seen]:
    """Ballots end by our clock, and the database's tells whether it can be trusted."""
    if place.is_sqlite:
        return  # it has no clock of its own
    with place.reading() as db:
        before = clock.now()
        theirs: datetime | None = db.scalar(text("SELECT clock_timestamp()"))
        ours = before + (clock.now() - before) / 2
    off = abs((theirs or ours).astimezone(UTC) - ours)
    sentence = f"The database's clock and ours differ by {off.total_seconds():.1f} s"
    if off > CLOCK_OFF:
        yield fault("clock", f"{sentence}: ballots end by ours, so set both right (NTP).")
    else:
        yield fine("clock", f"{sentence}.")


def _worker(place: Database, settings: Settings) -> Iterator[Seen]:
    now = clock.now()
    wrong = readiness.worker_wrong(place, sends_mail=bool(settings.smtp_url), now=now)
    with place.reading() as db:
        waiting = queries.queues(db, now)
    if wrong:
        yield fault("worker", wrong)
    else:
        yield fine("worker", "Nothing is late.")
    if waiting.mail_given_up:
        yield note(
            "mail",
            f"{waiting.mail_given_up} mails were given up after {TRIES_MAX} tries: the log of the "
            "worker tells why.",
        )


def mail(settings: Settings) -> Iterator[Seen]:
    """Whether the mail server can be reached and takes us; nothing is sent."""
    if not settings.smtp_url:
        if settings.development:
            yield fine("mail", "None is sent: it is shown at /dev/mail.")
        else:
            yield fault(
                "mail",
                "None can be sent, and people sign in by mail: set CLAUSEWISE_SMTP_URL.",
            )
        return
    try:
        with reached(settings) as server:
            encrypted = server.sock is not None and hasattr(server.sock, "cipher")
    except smtplib.SMTPAuthenticationError:
        yield fault("mail", "The mail server refuses name or password: see CLAUSEWISE_SMTP_URL.")
        return
    except (OSError, ValueError, smtplib.SMTPException) as error:
        yield fault(
            "mail",
            f"The mail server can't be reached ({type(error).__name__}): is CLAUSEWISE_SMTP_URL "
            "right, and it up? Mail waits meanwhile.",
        )
        return
    sentence = "The mail server answers" + (", encrypted." if encrypted else ", in the clear.")
    yield fine("mail", sentence)
    if settings.mail_from.rstrip(">").endswith("@localhost"):
        yield note(
            "mail",
            "Mails come from an address at localhost, which others refuse: set "
            "CLAUSEWISE_MAIL_FROM.",
        )


def providers(settings: Settings) -> Iterator[Seen]:
    """Whether each provider publishes what signing in needs."""
    try:
        found = read_providers(settings.providers, development=settings.development)
    except WrongSetting as error:
        yield fault("providers", str(error))
        return
    client = ProviderClient(found, base_url=settings.base_url, development=settings.development)
    for one in found.values():
        if not one.speaks_openid:
            yield fine(one.key, f"{one.name} publishes nothing to look at: try to sign in.")
            continue
        try:
            client.metadata(one)
            yield fine(one.key, f"{one.name} answers.")
        except Refused:
            yield fault(
                one.key,
                f"{one.name} does not answer as it should: is its issuer right, and it up?",
            )


QUESTIONS: tuple[Question, ...] = (
    address,
    mode,
    secrets,
    files,
    disk,
    database,
    mail,
    providers,
)
