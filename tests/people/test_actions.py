"""The verbs of people, on both databases, and their mail over a real SMTP server."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kit.mail import deliver_due_mail, queue_mail
from app.kit.models import Mail
from app.kit.refusals import NotFound, Refused
from app.people import actions, queries
from app.people.models import Person, SignIn, SignInLink
from app.record.models import Entry
from app.settings import Settings
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import OneTransaction

IDLE, NEVER = timedelta(days=14), timedelta(days=36_500)


def ask_for_link(db: Session, settings: Settings, email: str = "ana.ferreira@example.org") -> str:
    actions.send_sign_in_link(db, email=email, next_path="/d/open-source-ai", settings=settings)
    mail = db.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert mail is not None
    found = re.search(r"token=(\S+)", mail.text)
    assert found
    return found[1]


def sign_in(db: Session, settings: Settings, secret: str) -> tuple[str, str]:
    return actions.sign_in_by_link(db, secret=secret, device="a browser", settings=settings)


def entries(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Entry)) or 0


class TestSignInByLink:
    def test_a_link_signs_in_and_goes_on(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        secret, next_path = sign_in(db, settings, ask_for_link(db, settings))
        session = queries.sign_in_by_secret(db, secret, clock.now, idle=IDLE)
        assert session is not None and session.person.name == "Ana Ferreira"
        assert next_path == "/d/open-source-ai"

    def test_nothing_that_opens_a_door_is_kept_readable(
        self, db: Session, cast: Cast, settings: Settings
    ) -> None:
        token = ask_for_link(db, settings)
        secret, _ = sign_in(db, settings, token)
        kept = db.scalars(select(SignInLink.token_hash)).all()
        assert token not in kept and len(kept[0]) == 64
        assert queries.link_by_secret(db, secret) is None

    def test_it_refuses_a_second_use(self, db: Session, cast: Cast, settings: Settings) -> None:
        token = ask_for_link(db, settings)
        sign_in(db, settings, token)
        with pytest.raises(Refused, match="link_used"):
            sign_in(db, settings, token)

    def test_it_refuses_after_fifteen_minutes(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        token = ask_for_link(db, settings)
        clock.forward(minutes=15)
        with pytest.raises(Refused, match="link_expired"):
            sign_in(db, settings, token)

    def test_a_new_address_becomes_a_person(self, db: Session, settings: Settings) -> None:
        sign_in(db, settings, ask_for_link(db, settings, "New.Person@Example.org"))
        person = queries.person_by_email(db, "new.person@example.org")
        assert person is not None and person.name == "new.person"

    def test_the_sixth_link_in_a_quarter_of_an_hour_is_refused(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        for _ in range(5):
            ask_for_link(db, settings)
        with pytest.raises(Refused, match="too_many_links"):
            ask_for_link(db, settings)
        clock.forward(minutes=15)
        ask_for_link(db, settings)

    def test_each_verb_leaves_one_entry_and_no_address(
        self, db: Session, cast: Cast, settings: Settings
    ) -> None:
        before = entries(db)
        token = ask_for_link(db, settings)
        assert entries(db) == before + 1
        sign_in(db, settings, token)
        assert entries(db) == before + 2
        said = [str(e.about) + str(e.words) for e in db.scalars(select(Entry))]
        assert not any("@" in words for words in said)


class TestSessions:
    def test_a_session_ends_when_its_owner_ends_it(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        secret, _ = sign_in(db, settings, ask_for_link(db, settings))
        session = queries.sign_in_by_secret(db, secret, clock.now, idle=IDLE)
        assert session is not None
        actions.sign_out(db, session, by=cast.ana)
        db.flush()
        assert queries.sign_in_by_secret(db, secret, clock.now, idle=IDLE) is None

    def test_it_refuses_to_end_somebody_elses(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        secret, _ = sign_in(db, settings, ask_for_link(db, settings))
        session = queries.sign_in_by_secret(db, secret, clock.now, idle=IDLE)
        assert session is not None
        with pytest.raises(NotFound):
            actions.sign_out(db, session, by=cast.bruno)

    def test_a_session_ends_by_itself(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        secret, _ = sign_in(db, settings, ask_for_link(db, settings))
        end = clock.forward(days=settings.session_days)
        assert queries.sign_in_by_secret(db, secret, end, idle=NEVER) is None


class TestDemo:
    def test_a_seeded_person_can_be_chosen(
        self, db: Session, cast: Cast, settings: Settings
    ) -> None:
        cast.ana.invented = True
        db.flush()
        assert actions.sign_in_as_demo_person(
            db, person_id=cast.ana.id, device="", settings=settings
        )

    def test_it_refuses_outside_demo_mode(
        self, db: Session, cast: Cast, settings: Settings
    ) -> None:
        cast.ana.invented = True
        plain = settings.model_copy(update={"demo": False})
        with pytest.raises(Refused, match="not_a_demo_person"):
            actions.sign_in_as_demo_person(db, person_id=cast.ana.id, device="", settings=plain)

    def test_it_refuses_people_who_were_not_invented(self, db: Session, settings: Settings) -> None:
        real = actions.add_person(db, name="Somebody Else", email="somebody@example.org")
        with pytest.raises(Refused, match="not_a_demo_person"):
            actions.sign_in_as_demo_person(db, person_id=real.id, device="", settings=settings)


@dataclass
class Inbox(MessageHandler):
    """What a real SMTP server on loopback was handed."""

    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def smtp(settings: Settings) -> Iterator[tuple[Inbox, Settings]]:
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, settings.model_copy(update={"smtp_url": f"smtp://127.0.0.1:{port}"})
    controller.stop()


class TestMail:
    def test_a_link_arrives_over_smtp_and_works(
        self,
        db: Session,
        database: OneTransaction,
        cast: Cast,
        smtp: tuple[Inbox, Settings],
        clock: Clock,
    ) -> None:
        inbox, settings = smtp
        ask_for_link(db, settings)
        db.flush()
        assert deliver_due_mail(database, settings) == 1
        (message,) = inbox.messages
        assert message["To"] == "ana.ferreira@example.org"
        body = message.get_payload(decode=True)
        assert isinstance(body, bytes)
        found = re.search(r"token=(\S+)", body.decode())
        assert found
        assert sign_in(db, settings, found[1])[1] == "/d/open-source-ai"

    def test_a_sent_mail_keeps_no_secret_and_is_sent_once(
        self,
        db: Session,
        database: OneTransaction,
        cast: Cast,
        smtp: tuple[Inbox, Settings],
        clock: Clock,
    ) -> None:
        inbox, settings = smtp
        ask_for_link(db, settings)
        db.flush()
        deliver_due_mail(database, settings)
        db.flush()
        assert deliver_due_mail(database, settings) == 0
        assert db.scalars(select(Mail.text)).all() == [""]
        assert len(inbox.messages) == 1

    def test_a_server_that_is_down_is_tried_again_later(
        self,
        db: Session,
        database: OneTransaction,
        cast: Cast,
        settings: Settings,
        clock: Clock,
    ) -> None:
        down = settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"})
        ask_for_link(db, down)
        db.flush()
        assert deliver_due_mail(database, down) == 0
        waiting = db.scalars(select(Mail)).one()
        assert waiting.tries == 1 and waiting.next_try_at > clock.now and waiting.text

    def test_a_mail_that_no_server_would_take_holds_up_no_other(
        self,
        db: Session,
        database: OneTransaction,
        cast: Cast,
        smtp: tuple[Inbox, Settings],
        clock: Clock,
    ) -> None:
        inbox, settings = smtp
        queue_mail(db, to="a:b;c@example.org", subject="x", text="x")
        ask_for_link(db, settings)
        db.flush()
        assert deliver_due_mail(database, settings) == 1
        (message,) = inbox.messages
        assert message["To"] == "ana.ferreira@example.org"


def test_people_are_named_by_an_opaque_id(db: Session) -> None:
    person = actions.add_person(db, name="Ana Ferreira", email="ana@example.org")
    assert re.fullmatch(r"p_[0-9a-f]{16}", person.id)
    assert db.scalar(select(func.count()).select_from(Person)) == 1


class TestASessionBegins:
    def test_with_a_secret_of_its_own_and_the_way_it_began(
        self, db: Session, cast: Cast, settings: Settings
    ) -> None:
        secrets = {
            actions.open_session(db, cast.ana, way="mail", device="", settings=settings)[1]
            for _ in range(3)
        }
        assert len(secrets) == 3
        assert db.scalars(select(SignIn.way)).all() == ["mail"] * 3

    def test_and_the_one_before_in_that_browser_ends(
        self, db: Session, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        before, _ = actions.open_session(
            db, cast.ana, way="work", device="", settings=settings, id_token="signed"
        )
        link = ask_for_link(db, settings)
        actions.sign_in_by_link(db, secret=link, device="", settings=settings, instead_of=before)
        assert before.ended_at == clock.now
        assert before.id_token is None

    def test_what_a_provider_signed_goes_with_it(
        self, db: Session, database: OneTransaction, cast: Cast, settings: Settings, clock: Clock
    ) -> None:
        def begin() -> SignIn:
            return actions.open_session(
                db, cast.ana, way="work", device="", settings=settings, id_token="signed"
            )[0]

        first, second = begin(), begin()
        actions.sign_out(db, first, by=cast.ana)
        assert first.id_token is None
        assert actions.forget_id_tokens(database) == 0
        clock.forward(days=settings.session_days)
        assert actions.forget_id_tokens(database) == 1
        db.refresh(second)
        assert second.id_token is None
