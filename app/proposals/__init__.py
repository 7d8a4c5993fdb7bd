"""Proposals: changes put forward against a text, with a rationale.

Words: proposal, revision, step, place, second, alternatives, rebase, conflict, stake.
Verbs: propose, revise_proposal, second_proposal, take_back_second, withdraw_proposal; and, called
by ballots, put_at_stake when a ballot opens, adopt_proposal or reject_proposal when it closes.

A proposal puts forward steps (reword, add, strike, move) against the working text its author saw.
What the text has become since is met by ``rebase``, word by word with ``merge``: cleanly, or the
clauses that clash are marked and the author is asked.
"""
