"""Working groups and who is in them.

Words: working group, membership, role, stakeholder category, affiliation, suspension; rule of
conduct, block (who is blocked does not speak, who is suspended does nothing at all).
Verbs: create_group, add_member, change_membership, end_membership; change_affiliation;
declare_interest, end_interest;
leave_group, suspend_member, lift_suspension; make_conduct_rule, block_person, lift_block;
set_passkey_condition, lift_passkey_condition.
A membership is a period of time: a change of role or category ends one and begins the next, so that
who was what at any moment can always be said (a roll is frozen from it).
"""
