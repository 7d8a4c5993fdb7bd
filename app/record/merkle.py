"""Merkle trees as in RFC 9162, section 2.1: root, proofs and how to check them.

Everything here takes and gives leaf hashes (`canonical.leaf_hash`), not entries.
"""

import hashlib
from collections.abc import Sequence

from app.record.canonical import node_hash

EMPTY = hashlib.sha256(b"").digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of the leaves, in their order (2.1.1)."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return node_hash(root(leaves[:k]), root(leaves[k:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The nodes that lead from the leaf at `index` (from 0) to the root (2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root(leaves[:k])]


def is_included(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes
) -> bool:
    """Whether the proof leads from the leaf at `index` to the root of `size` leaves (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, at = index, size - 1, leaf
    for node in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            at = node_hash(node, at)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            at = node_hash(at, node)
        place, last = place >> 1, last >> 1
    return last == 0 and at == tree_root


def consistency_proof(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """The nodes that show that the first `size` leaves are a prefix of all (2.1.4.1)."""
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _subproof(leaves, size, whole=True)


def is_consistent(
    size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the older tree is a prefix of the newer one (2.1.4.2)."""
    if not 0 < size <= new_size:
        return False
    if size == new_size:
        return not proof and old_root == new_root
    if not proof:
        return False
    # An older tree that is a whole subtree of the newer one is its own first node.
    path = [old_root, *proof] if size & (size - 1) == 0 else list(proof)
    place, last = size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old, new = path[0], path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _subproof(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of the RFC: `whole` while the subtree is the older tree itself, known to all."""
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if size <= k:
        return [*_subproof(leaves[:k], size, whole=whole), root(leaves[k:])]
    return [*_subproof(leaves[k:], size - k, whole=False), root(leaves[:k])]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
