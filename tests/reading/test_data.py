"""All that is held about somebody is what they can take away, and nothing of it is forgotten."""

import json

import pytest
from sqlalchemy import Column
from sqlalchemy.sql import visitors

import app.main  # noqa: F401  (all models)
from app.kit.db import Base
from app.people.models import Person
from app.reading.queries_data import PARTS, data_of
from tests.ballots.staging import make_ballot, vote
from tests.signing import token_of

# Columns that name a person and have no part, and why.
NO_PART = {
    "erasures.person_id": "who was erased has no account any more to ask with",
}
# Columns of what is one's own that are left out, and why.
LEFT_OUT = {
    "persons": set(),
    "identities": {"id", "person_id"},
    "passkeys": {"id", "person_id"},
    "sign_ins": {"id", "person_id", "token_hash", "id_token", "passkey_id"},
    "tokens": {"id", "person_id", "token_hash", "passkey_id"},
    "sign_in_links": {"token_hash"},
    "joining_links": {"person_id", "token_hash"},
    "mails": {"id", "text", "sent_at"},
    "answers": {"actor", "fingerprint", "etag"},
    "administrations": {"id", "person_id"},
    "memberships": {"id", "person_id", "group_id", "category_id"},
    "invitations": {"id", "group_id", "category_id", "token_hash", "by_id", "ended_by_id"},
    "join_requests": {"id", "group_id", "person_id", "category_id", "decided_by_id"},
    "join_links": {"id", "group_id", "token_hash", "by_id"},
    "join_link_uses": {"link_id", "person_id"},
    "interests": {"id", "group_id", "person_id"},
    "suspensions": {"id", "group_id", "person_id", "by_id", "lifted_by_id"},
    "looks": {"person_id"},
    "votes": {"ballot_id", "person_id"},
    "recusals": {"id", "ballot_id", "person_id"},
    "roll_entries": {"ballot_id", "person_id"},
}


def people_columns():
    """Every column that leads to a person, by whatever keys; and the record's, which has no key."""
    persons = Base.metadata.tables["persons"].c.id
    found = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(leads_to(key.column, persons) for key in column.foreign_keys):
                found.add(f"{table.name}.{column.name}")
    return found | {"record_entries.person_id", "answers.actor"}


def leads_to(column: Column, persons: Column) -> bool:
    return column is persons or any(
        leads_to(key.column, persons) for key in column.foreign_keys if key.column is not column
    )


def named_in(clause):
    """The columns that a part of a statement names."""
    columns = (one for one in visitors.iterate(clause) if isinstance(one, Column))
    return {f"{one.table.name}.{one.name}" for one in columns}


def test_every_column_that_names_a_person_is_asked():
    somebody = Person(id="p_0", email="x@example.org")
    asked = set()
    for part in PARTS.values():
        where = part(somebody).whereclause
        assert where is not None
        asked |= named_in(where)
    assert people_columns() - asked == set(NO_PART)


@pytest.mark.parametrize("table", LEFT_OUT)
def test_every_column_of_what_is_ones_own_is_told_or_named_here(table):
    somebody = Person(id="p_0", email="x@example.org")
    told = set()
    for part in PARTS.values():
        for column in part(somebody).selected_columns:
            told |= named_in(column)
    columns = {column.name for column in Base.metadata.tables[table].columns}
    assert {name for name in columns if f"{table}.{name}" not in told} == LEFT_OUT[table]


def test_it_is_theirs_and_nobody_elses(db, cast, clock):
    ballot = make_ballot(db, cast)
    vote(db, ballot, cast.dara, "yes", reason="It is better so.")
    token_of(db, cast.dara)
    db.flush()
    mine, hers = data_of(db, cast.dara), data_of(db, cast.chloe)
    assert [(one["ballot"], one["choice"], one["reason"]) for one in mine["votes"]] == [
        (1, "yes", "It is better so.")
    ]
    assert (len(mine["tokens"]), mine["revisions"]) == (1, [])
    assert (hers["votes"], len(hers["revisions"])) == ([], 1)
    assert hers["person"][0]["name"] == "Chloé Marchand"
    assert hers["proposed_changes"][0]["clause"] == 4


class TestThePageAndTheFile:
    def test_they_have_the_same_parts(self, browser, db, cast, clock):
        vote(db, make_ballot(db, cast), cast.chloe, "yes", reason="It is mine.")
        page = browser.sign_in(cast.chloe).get("/me/data")
        assert page.html.count('<h2 id="data-') == len(PARTS)
        assert "It is mine." in page.html
        answer = browser.client.get("/me/data.json")
        told = json.loads(answer.text)
        assert told["format"] == "clausewise person 1"
        assert list(told) == ["format", "at", *PARTS]
        assert told["votes"][0]["at"] == "2024-06-03T12:00:00Z"
        assert "attachment" in answer.headers["content-disposition"]

    @pytest.mark.parametrize("path", ["/me/data", "/me/data.json"])
    def test_no_cache_keeps_them(self, browser, cast, path):
        browser.sign_in(cast.dara)
        assert browser.client.get(path).headers["cache-control"] == "private, no-store"

    @pytest.mark.parametrize("path", ["/me/data", "/me/data.json"])
    def test_the_public_signs_in_first(self, browser, cast, path):
        assert "Sign in" in browser.get(path).title


def test_every_part_and_column_has_its_words(templates):
    words = templates.get_template("people/_data_words.html").make_module({"_": str})
    somebody = Person(id="p_0", email="x@example.org")
    for key, part in PARTS.items():
        assert words.part_names[key]
        for column in part(somebody).selected_columns:
            assert words.column_names[column.name], f"{key}: {column.name}"
