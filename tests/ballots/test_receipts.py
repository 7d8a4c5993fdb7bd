"""Receipts: signed, readable, and provable under the root of a closing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from app.ballots.receipts import (
    Leaf,
    Signer,
    inclusion,
    is_signed_by,
    read_receipt,
    votes_root,
)
from app.record import merkle

SIGNER = Signer("a secret for tests")
AT = datetime(2026, 11, 24, 9, 30, 0, 250, tzinfo=UTC)


def leaf(person: str = "p_1", choice: str = "yes") -> Leaf:
    return Leaf("/d/open-source-ai/b/17", person, choice, "ab" * 32, AT, "0f" * 16)


def test_a_receipt_comes_back_from_the_text_that_was_kept() -> None:
    receipt = SIGNER.receipt(leaf())
    kept = read_receipt("\r\n".join(receipt.text().splitlines()) + "\n\n")
    assert kept == receipt
    assert kept is not None
    assert SIGNER.has_signed(kept)
    assert kept.facts()["choice"] == "yes"
    assert kept.facts()["at"] == "2026-11-24T09:30:00.000250Z"


def test_anybody_can_check_it_with_the_public_key() -> None:
    receipt = SIGNER.receipt(leaf())
    assert is_signed_by(receipt, SIGNER.public_key)
    assert not is_signed_by(receipt, Signer("another instance").public_key)


def test_a_receipt_is_found_among_the_words_that_were_copied_with_it() -> None:
    receipt = SIGNER.receipt(leaf())
    kept = read_receipt(f"Your receipt\n\nYou voted Yes.\n\n{receipt.text()}\nCheck a receipt\n")
    assert kept == receipt


def test_a_receipt_with_another_choice_is_not_signed() -> None:
    forged = read_receipt(SIGNER.receipt(leaf()).text().replace('"yes"', '"no"'))
    assert forged is not None
    assert not SIGNER.has_signed(forged)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thank you for voting",
        "clausewise vote receipt 1\n[]\nkey 1\nsignature AA==",
        "clausewise vote receipt 1\n{]\nkey 1\nsignature AA==",
        'clausewise vote receipt 1\n{"b": 1, "a": 2}\nkey 1\nsignature AA==',
        'clausewise vote receipt 1\n{"a":1}\nkey 1\nsignature not base 64',
        'clausewise vote receipt 1\n{"a":1}\nkey\nsignature AA==',
        "clausewise vote receipt 1\n" + "[" * 3000 + "\nkey 1\nsignature AA==",
        "x" * 5000,
    ],
)
def test_what_is_no_receipt_is_not_read_as_one(text: str) -> None:
    receipt = read_receipt(text)
    assert receipt is None or not SIGNER.has_signed(receipt)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    receipt = read_receipt("clausewise vote receipt 1\n" + text)
    assert receipt is None or not SIGNER.has_signed(receipt)


@given(st.integers(1, 20), st.data())
def test_every_vote_is_provably_under_the_root(size: int, data: st.DataObject) -> None:
    leaves = [leaf(f"p_{i:02}", data.draw(st.sampled_from(["yes", "no"]))) for i in range(size)]
    for one in leaves:
        found = inclusion(leaves, one.person)
        assert found is not None
        assert found.root == votes_root(leaves)
        assert merkle.is_included(one.hash(), found.index, found.size, found.proof, found.root)


def test_one_flipped_vote_gives_another_root() -> None:
    honest = [leaf(f"p_{i}") for i in range(5)]
    altered = [*honest[:3], leaf("p_3", "no"), honest[4]]
    assert votes_root(honest) != votes_root(altered)
    assert inclusion(honest, "p_9") is None


def test_an_instance_without_a_secret_signs_nothing() -> None:
    with pytest.raises(ValueError, match="secret"):
        Signer("")
