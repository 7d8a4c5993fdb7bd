"""Working groups and who is in them.

Words: working group, membership, role, stakeholder category, affiliation; rule of conduct.
Verbs: create_group, add_member, change_membership, end_membership; change_affiliation;
make_conduct_rule; set_passkey_condition, lift_passkey_condition.
A membership is a period of time: a change of role or category ends one and begins the next, so that
who was what at any moment can always be said (a roll is frozen from it).
"""
