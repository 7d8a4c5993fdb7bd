import hashlib

import pytest
from hypothesis import given, strategies as st

from app.record.canonical import node_hash
from app.record.merkle import (
    EMPTY,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root,
)

# The inputs and roots that implementations of Certificate Transparency test themselves with.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(data)).digest() for data in INPUTS]

sizes = st.integers(min_value=1, max_value=70)


def leaves_of(size: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + str(i).encode()).digest() for i in range(size)]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]) == EMPTY == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_agree_with_the_published_ones(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_proofs_are_those_of_the_example_in_the_rfc() -> None:
    # RFC 9162, section 2.1.5: seven leaves d0..d6, and the nodes of its drawing.
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, m = node_hash(g, h), node_hash(i, j)
    assert inclusion_proof(LEAVES[:7], 0) == [b, h, m]
    assert inclusion_proof(LEAVES[:7], 3) == [c, g, m]
    assert inclusion_proof(LEAVES[:7], 4) == [f, j, k]
    assert inclusion_proof(LEAVES[:7], 6) == [i, k]
    assert consistency_proof(LEAVES[:7], 3) == [c, d, g, m]
    assert consistency_proof(LEAVES[:7], 4) == [m]
    assert consistency_proof(LEAVES[:7], 6) == [i, j, k]


@given(st.data())
def test_every_leaf_is_shown_to_be_included(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    leaves = leaves_of(size)
    proof = inclusion_proof(leaves, index)
    assert is_included(leaves[index], index, size, proof, root(leaves))


@given(st.data())
def test_no_proof_holds_for_another_leaf_place_or_tree(data: st.DataObject) -> None:
    size = data.draw(st.integers(min_value=2, max_value=70))
    index, other = data.draw(
        st.lists(st.integers(min_value=0, max_value=size - 1), min_size=2, max_size=2, unique=True)
    )
    leaves = leaves_of(size)
    proof = inclusion_proof(leaves, index)
    assert not is_included(leaves[other], index, size, proof, root(leaves))
    assert not is_included(leaves[index], other, size, proof, root(leaves))
    assert not is_included(leaves[index], index, size, proof, root(leaves[:-1]))
    assert not is_included(leaves[index], index, size, proof[:-1], root(leaves))
    assert not is_included(leaves[index], index, size, [*proof, EMPTY], root(leaves))


@given(st.data())
def test_every_tree_is_shown_to_grow_out_of_every_earlier_one(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(min_value=1, max_value=new))
    leaves = leaves_of(new)
    proof = consistency_proof(leaves, old)
    assert is_consistent(old, root(leaves[:old]), new, root(leaves), proof)


@given(st.data())
def test_a_rewritten_past_has_no_consistency_proof(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(min_value=1, max_value=new))
    changed = data.draw(st.integers(min_value=0, max_value=old - 1))
    leaves = leaves_of(new)
    rewritten = [*leaves]
    rewritten[changed] = EMPTY
    proof = consistency_proof(rewritten, old)
    assert not is_consistent(old, root(leaves[:old]), new, root(rewritten), proof)


def test_places_outside_the_tree_are_refused() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, 8)
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, 0)
    assert not is_included(LEAVES[0], 8, 8, [], root(LEAVES))
    assert not is_consistent(0, EMPTY, 8, root(LEAVES), [])
    assert not is_consistent(9, EMPTY, 8, root(LEAVES), [])
