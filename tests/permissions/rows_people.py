"""Rows about people: how they sign in, what is their own; and about the instance itself."""

from tests.permissions.people import EVERYBODY, ITS_OWNER, NO_ADMINISTRATOR, NOBODY, SIGNED_IN
from tests.permissions.row import Row

SIGNING_IN = [
    Row(
        "Have a link sent to an address",
        EVERYBODY,
        ("GET /sign-in", "GET /sign-in/sent", "POST /sign-in"),
        verb="send_sign_in_link",
    ),
    Row(
        "Sign in by a link",
        EVERYBODY,
        ("GET /sign-in/link", "POST /sign-in/link"),
        verb="sign_in_by_link",
        note="Whoever has it: once, within fifteen minutes.",
    ),
    Row(
        "Sign in with an account elsewhere, or add it to one's ways in",
        EVERYBODY,
        (
            "GET /sign-in/with/{key}",
            "GET /sign-in/with/{key}/back",
            "POST /sign-in/with/{key}",
        ),
        verb="sign_in_by_identity",
        note="With the providers that the operators have set up.",
    ),
    Row(
        "Join an account elsewhere to one's own by the link of the mail",
        EVERYBODY,
        ("GET /sign-in/join", "GET /sign-in/join/sent", "POST /sign-in/join"),
        verb="join_identity_by_link",
        note="Whoever has it: once, within fifteen minutes.",
    ),
    Row(
        "Sign in with a passkey",
        EVERYBODY,
        ("GET /sign-in/passkey.json", "POST /sign-in/passkey"),
        verb="sign_in_by_passkey",
        note="Whoever can unlock the device.",
    ),
    Row(
        "Sign in as somebody invented",
        EVERYBODY,
        ("GET /sign-in/demo", "POST /sign-in/demo"),
        verb="sign_in_as_demo_person",
        note="Only in demo mode.",
    ),
    Row(
        "Sign out",
        EVERYBODY,
        ("POST /sign-out",),
        verb="sign_out",
    ),
    Row(
        "Go on to sign out at the provider, too",
        EVERYBODY,
        ("GET /sign-out/at/{key}",),
        note="With the providers that the operators have set up.",
    ),
]

ACCOUNT = [
    Row(
        "See one's own page, ballots, and what is new",
        SIGNED_IN,
        (
            "GET /me",
            "GET /api/v1/me",
            "GET /api/v1/me/ballots",
            "GET /api/v1/me/news",
        ),
    ),
    Row(
        "Say that one has looked",
        SIGNED_IN,
        ("POST /me/look", "POST /api/v1/me/look"),
    ),
    Row(
        "Change one's name, pronouns, time zone, language and colours",
        SIGNED_IN,
        ("POST /me",),
        verb="change_profile",
    ),
    Row(
        "Take away all that is held about oneself",
        SIGNED_IN,
        ("GET /me/data", "GET /me/data.json"),
    ),
    Row(
        "Have oneself erased",
        NO_ADMINISTRATOR,
        ("POST /me/erasure",),
        verb="erase_person",
        forms=("GET /me/erasure",),
        note="Not the last chair of a group, and not an administrator; operators may, for anybody.",
    ),
    Row(
        "Have a link sent to an address that one wants to have here",
        SIGNED_IN,
        ("POST /me/address",),
        verb="send_address_link",
    ),
    Row(
        "Take an address by that link",
        SIGNED_IN,
        ("GET /me/address", "POST /me/address/confirmation"),
        verb="take_address",
        note="Who asked for it.",
    ),
    Row(
        "Take an account elsewhere away from one's ways in",
        ITS_OWNER,
        ("POST /me/identities/{identity_id}/removal",),
        verb="leave_identity",
    ),
    Row(
        "Add a passkey",
        SIGNED_IN,
        ("GET /me/passkeys.json", "POST /me/passkeys"),
        verb="add_passkey",
    ),
    Row(
        "Call a passkey otherwise",
        ITS_OWNER,
        ("POST /me/passkeys/{passkey_id}/name",),
        verb="rename_passkey",
    ),
    Row(
        "Take a passkey away",
        ITS_OWNER,
        ("POST /me/passkeys/{passkey_id}/removal",),
        verb="remove_passkey",
    ),
    Row(
        "End a session on another device",
        ITS_OWNER,
        ("POST /me/sessions/{session_id}/end",),
        verb="sign_out",
    ),
    Row(
        "End all one's sessions but this one",
        SIGNED_IN,
        ("POST /me/sessions/end",),
        verb="end_other_sessions",
    ),
    Row(
        "Make a token for programs",
        SIGNED_IN,
        ("POST /me/tokens",),
        verb="make_token",
        note="It may do what one may oneself, and no more than its scopes say.",
    ),
    Row(
        "Revoke a token",
        ITS_OWNER,
        ("POST /me/tokens/{token_id}/revocation",),
        verb="revoke_token",
    ),
]

INSTANCE = [
    Row(
        "Read how programs use it",
        EVERYBODY,
        ("GET /api", "GET /api/v1/openapi.json", "GET /schemas/definition-1.json"),
    ),
    Row(
        "Ask whether it lives and is ready",
        EVERYBODY,
        ("GET /healthz", "GET /readyz"),
    ),
    Row(
        "Read what is counted",
        NOBODY,
        ("GET /metrics",),
        note="Whoever has the operators' token; where none is set, it is not there.",
    ),
    Row(
        "See the mails and the patterns of the pages",
        EVERYBODY,
        ("GET /dev/mail", "GET /dev/patterns"),
        note="Only while the instance is being developed; elsewhere they are not there.",
    ),
]
