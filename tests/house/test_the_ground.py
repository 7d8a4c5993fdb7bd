"""What the other tests stand on: databases given back as they were, on both kinds."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.people.models import Person
from tests.cast import person


def test_what_a_test_writes_is_seen_by_the_application(database, db, cast):
    with database.reading() as reader:
        assert reader.get(Person, cast.ana.id).name == "Ana Ferreira"


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_with_it(database, db, turn):
    assert db.scalars(select(Person)).all() == []
    with database.writing() as writer:
        person(writer, "Ida Lund")
    assert db.scalars(select(Person.name)).all() == ["Ida Lund"]


def test_a_test_sees_what_the_application_wrote(database, db, cast):
    with database.writing() as writer:
        writer.get(Person, cast.ana.id).name = "Ana F."
    assert cast.ana.name == "Ana F."


def test_what_the_application_gives_up_is_gone(database, db, cast):
    def fail():
        with database.writing() as writer:
            writer.get(Person, cast.ana.id).name = "Nobody"
            writer.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert cast.ana.name == "Ana Ferreira"


def test_a_reading_session_cannot_write(database, db, cast):
    with database.reading() as reader, pytest.raises(DBAPIError):
        reader.execute(text("UPDATE persons SET name = 'Nobody'"))
    cast.ana.name = "Ana F."
    db.flush()  # the test's own session still can
