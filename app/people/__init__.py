"""Persons, how they sign in, and what they are signed in with.

Words: person, sign-in link, provider, identity, passkey, session, token. Verbs: send_sign_in_link,
sign_in_by_link, sign_in_by_identity, join_identity, join_identity_by_link, leave_identity,
send_address_link, take_address, sign_in_as_demo_person, sign_out, end_other_sessions,
add_passkey, rename_passkey, remove_passkey, sign_in_by_passkey, change_profile, erase_person,
make_token, revoke_token, grant_administrator, revoke_administrator.
"""
