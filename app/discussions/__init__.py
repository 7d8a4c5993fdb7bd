"""Discussion: comments in threads on a clause, a proposal, a version or a ballot; moderation of it.

Words: comment, kind, thread, permalink, retraction; report, hiding, slow mode, measure, appeal.
Verbs: post_comment, edit_comment (within ten minutes, the earlier text is kept), retract_comment;
report_comment, dismiss_reports, hide_comment, lift_hiding, set_slow_mode, end_slow_mode;
make_appeal, decide_appeal (against a hiding, a block or a suspension).
"""
