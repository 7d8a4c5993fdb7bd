"""Definitions: the texts being agreed, clause by clause.

Words: definition, clause, wording, text, change, version, stage, redline, draft.
Verbs: create_definition, change_text, make_version, make_candidate, withdraw_version,
import_draft. Other rooms take steps through `actions.take_step` (a proposal adopted) and
`actions.advance_stage` (a version ratified), inside verbs of their own.

Pure, without a database: `tree` (what a text is), `changes` (from one text to the next), `draft`
with `reader` and `writer` (Markdown to blocks and back), `matching` (which clause of an older text
a new block is), `redline` and `pieces` (the difference of two wordings), `comparison` (of two
texts), `outline` (the numbers that people cite).
"""
