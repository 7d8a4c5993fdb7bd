"""Discussion: comments in threads on a clause, a proposal, a version or a ballot.

Words: comment, kind, thread, permalink, retraction.
Verbs: post_comment, edit_comment (within ten minutes, the earlier text is kept), retract_comment.
"""
