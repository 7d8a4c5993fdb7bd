"""The table is whole: every address stands in one row, every row is told on the page."""

import re
from collections import Counter

import pytest

from tests.house.test_docs import chapters, raised
from tests.permissions.crawl import everything
from tests.permissions.page import PAGE, render
from tests.permissions.people import KINDS, NOT_THERE, SIGN_IN, WHO_IS_INVITED, YES
from tests.permissions.table import HELD, by_address, rows

MISSING = """\
These addresses are in no row: say who may. Add each to the row of tests/permissions/rows_….py that
does the same by another door, or give it one of its own:

{rows}

What is asked there, where it is more than the address, stands in tests/permissions/asking.py.
Then write the page anew: .venv/bin/python -m tests.permissions"""
ROW = '    Row("What one does there", CHAIRS, ("{}",), verb="its_chapter_in_verbs_md"),'


def test_every_address_is_in_a_row(app):
    missing = sorted(set(everything(app)) - set(by_address()))
    assert not missing, MISSING.format(rows="\n".join(ROW.format(one) for one in missing))


def test_every_row_is_of_addresses_that_are_there(app):
    gone = set(by_address()) - set(everything(app))
    assert not gone, f"no such address any more; take it out of its row: {sorted(gone)}"


def test_no_address_is_in_two_rows():
    counted = Counter(one for row in rows() for one in (*row.addresses, *row.forms))
    assert not [address for address, count in counted.items() if count > 1]


def test_a_row_gives_each_kind_of_people_yes_or_a_reason_that_has_a_sentence():
    for row in rows():
        assert set(row.who.outcomes) == set(KINDS), row.what
        assert row.who.codes <= raised() | {NOT_THERE, SIGN_IN}, row.what


@pytest.mark.parametrize("row", [row for row in rows() if row.verb], ids=lambda row: row.verb)
def test_a_row_and_the_chapter_of_its_verb_say_the_same(row):
    """The chapter knows its addresses that write, and the codes that people get."""
    body = chapters()[row.verb]
    known = {re.sub(r"{\w+}", "{}", one) for one in re.findall(r"`([A-Z]+ /[^` ]*)`", body)}
    writing = [one.replace(" /api/v1", " ") for one in row.addresses if not one.startswith("GET ")]
    told = [re.sub(r"{\w+}", "{}", one) for one in writing]
    if "those of" not in body and "by the four verbs" not in body:
        assert set(told) & known or not told
        refusals = set(re.findall(r"`([a-z_]+)`", body.partition("**Refusals:**")[2]))
        assert row.who.codes - {NOT_THERE, SIGN_IN, *refusals} == set()


def test_the_chair_of_another_group_and_an_administrator_are_strangers_here():
    """But for the stranger of the scene, who is invited, and administrators, who can't be erased."""
    for row in rows():
        if row.who is not WHO_IS_INVITED:
            assert row.who["other chair"] == row.who["stranger"], row.what
            assert row.who["administrator"] in (row.who["stranger"], "administrator_stays"), (
                row.what
            )


def test_who_may_more_may_all_that_who_may_less_may():
    """A chair what an editor may, an editor what a member may, a member what an observer may; but
    for what is the member's own, and for coming in."""
    for row in rows():
        if not row.who.own and not any(code.endswith("of_ones_own") for code in row.who.codes):
            may = [row.who[kind] == YES for kind in ("observer", "member", "editor", "chair")]
            assert may == sorted(may), row.what


def test_words_that_few_read_are_of_nobody_who_is_signed_out():
    assert not [held.what for held in HELD if "nobody" in held.readers]


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text() == render(), "write it anew: .venv/bin/python -m tests.permissions"
