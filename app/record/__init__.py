"""The append-only record of all that happened.

Words: record, entry, checkpoint. One log for the instance, one for every working group, one for
every definition. Each verb leaves one entry, in its own transaction; each entry is a leaf of the
Merkle tree of its log (RFC 9162 over canonical JSON, RFC 8785).

Verbs: record. People's words stand beside their entry under a salted hash, so that they can be
hidden or erased and every hash stays valid.
"""
