"""Persons, how they sign in, and what they are signed in with.

Words: person, sign-in link, session, token. Verbs: send_sign_in_link, sign_in_by_link,
sign_in_as_demo_person, sign_out, end_session, change_profile, make_token, revoke_token.
"""
