"""Proposals: changes put forward against a text, with a rationale.

Words: proposal, revision, proposed change, second, alternatives, rebase, conflict.
Verbs: propose, revise_proposal, second_proposal, take_back_second, withdraw_proposal, adopt_proposal,
reject_proposal. Adoption is called by ballots when a closing carries the proposal.
"""
