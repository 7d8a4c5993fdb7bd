"""Ballots: a question put to a roll of people until a time, under a rule card.

Words: ballot, rule card, roll, vote, recusal, receipt, closing, ratification.
Verbs: open_ballot, cast_vote, declare_recusal, withdraw_recusal, extend_ballot, close_ballot (which
adopts a carried proposal or ratifies a carried version in the same transaction).
"""
