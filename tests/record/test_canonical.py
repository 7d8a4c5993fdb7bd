import hashlib
import json
from datetime import datetime

import pytest
import rfc8785
from hypothesis import given, strategies as st

from app.record.canonical import (
    canonical,
    canonical_time,
    content_hash,
    leaf_hash,
    node_hash,
)

text = st.text(st.characters(exclude_categories=["Cs"]))
whole = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=12,
)


def test_keys_stand_in_the_order_of_their_utf_16_units() -> None:
    # The example of RFC 8785, section 3.2.3.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(value))) == [
        "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip


def test_a_moment_is_spelled_in_utc_wherever_it_was_said() -> None:
    there = datetime.fromisoformat("2026-11-23T17:30:00+05:30")
    assert canonical_time(there) == "2026-11-23T12:00:00.000000Z"


def test_literals_and_numbers_are_spelled_as_the_rfc_says() -> None:
    # The example of RFC 8785, section 3.2.2.
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(value) == (
        b'{"literals":[null,true,false],'
        b'"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(values)
def test_it_reads_back_as_what_was_written(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(text, whole))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize("value", [2**53, "\ud800", {1: "one"}, float("nan"), b"bytes"])
def test_what_json_cannot_carry_exactly_is_refused(value: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)


def test_a_content_hash_is_plain_sha_256_of_the_canonical_form() -> None:
    assert content_hash({"markdown": "x"}) == hashlib.sha256(b'{"markdown":"x"}').hexdigest()


def test_leaves_and_nodes_are_hashed_with_different_prefixes() -> None:
    assert leaf_hash({"a": 1}) == hashlib.sha256(b'\x00{"a":1}').digest()
    assert (
        node_hash(b"l" * 32, b"r" * 32) == hashlib.sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()
    )
