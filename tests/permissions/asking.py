"""What is asked at each address of the scene: with what in the path, and with which words.

Everything is well-formed, and such that who may gets it done: nobody is refused for a reason that
has to do with anything but who they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.kit import clock
from tests.permissions.people import NOT_THERE, YES
from tests.permissions.scene import Scene
from tests.permissions.words import SECRET_REASON


@dataclass(frozen=True)
class Ask:
    """One address as it is asked.

    parts: what stands in the path, where it is not as usual. body: fields of a form, or JSON under
    ``/api/``. query: what follows the path. answer: the code of what those get who may,
    where that is a refusal all the same, since in this scene nobody has what it takes.
    """

    body: Mapping[str, Any] | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    answer: str = YES


OWN_NAME = "the name of whoever asks"
SOON = timedelta(days=3)
REASON = {"reason": "So that all can read it."}
VOTE = {"choice": "no", "reason": SECRET_REASON}  # what the member has said already
COMMENT = {"clause": 2, "body": "What does any mean here?"}
STEP = {"verb": "reword", "clause": 6, "markdown": "How it was labelled"}
SHEET = {f"{name}-0": value for name, value in STEP.items()}
PROPOSAL = {"title": "Say less", "rationale": "It is enough."}
INVITEE = {"email": "somebody@example.org", "role": "member", "category": "creators"}
LINK = {"label": "Spring", "role": "observer", "uses_max": 5, "days": 5}
INTEREST = {"kind": "other", "words": "I wrote the first draft.", "shown_to": "group"}
WITH = {"affiliation": "Rivermouth Hospital"}
MEMBERSHIP = {"role": "observer"}
BLOCK = {"rule": 1, **REASON}
RULE = {"words": "Say it once."}
CREDENTIAL = {"credential": "{}"}


def asks(scene: Scene) -> dict[str, Ask]:
    """What is asked, by address; an address that is not here is asked as it is."""
    return {**_definitions(scene), **_groups(scene), **_people(scene)}


def _definitions(scene: Scene) -> dict[str, Ask]:
    soon = (clock.now() + SOON).isoformat()
    later = (clock.now() + timedelta(days=20)).isoformat()
    local_soon, local_later = soon[:16], later[:16]
    words = str(scene.values["words of ballot"])
    whom = {"person": scene.cast.chloe.id}
    page, api = "/d/{slug}", "/api/v1/d/{slug}"
    return {
        "POST /g/{group}/definitions": Ask({"name": "Open Weights", "slug": "open-weights"}),
        "POST /api/v1/g/{group}/definitions": Ask({"name": "Open Weights", "slug": "open-weights"}),
        f"POST {page}/import": Ask({"markdown": "# New\n\nwords\n", "label": "9"}),
        f"POST {api}/imports/plan": Ask({"markdown": "# New\n\nwords\n"}),
        f"POST {api}/imports": Ask({"markdown": "# New\n\nwords\n", "version": "9"}),
        f"POST {api}/changes": Ask(
            {"changes": [{"change": "reword", "clause": 4, "markdown": "Less."}], **REASON}
        ),
        f"POST {page}/c/{{number}}/edit": Ask({"markdown": "Less.", "deed": "change", **REASON}),
        f"POST {page}/c/{{number}}/addition": Ask({"markdown": "More.", **REASON}),
        f"POST {page}/c/{{number}}/move": Ask({"after": "2", **REASON}),
        f"POST {page}/c/{{number}}/strike": Ask(REASON),
        f"POST {page}/versions": Ask({"label": "0.4"}),
        f"POST {api}/versions": Ask({"label": "0.4"}),
        f"POST {page}/v/{{label}}/candidacy": Ask(REASON, {"label": "0.3"}),
        f"POST {api}/versions/{{label}}/candidacy": Ask(REASON, {"label": "0.3"}),
        f"POST {page}/v/{{label}}/withdrawal": Ask(REASON, {"label": "0.3"}),
        f"POST {api}/versions/{{label}}/withdrawal": Ask(REASON, {"label": "0.3"}),
        f"GET {page}/comments/new": Ask(query="?clause=2"),
        f"POST {page}/comments": Ask(COMMENT),
        f"POST {api}/comments": Ask(COMMENT),
        f"POST {page}/comments/{{number}}/edit": Ask({"body": "Which law?"}),
        f"PATCH {api}/comments/{{number}}": Ask({"body": "Which law?"}),
        f"POST {page}/comments/{{number}}/retraction": Ask(REASON),
        f"POST {api}/comments/{{number}}/retraction": Ask(REASON),
        f"POST {page}/comments/{{number}}/report": Ask({"ground": "attack"}),
        f"POST {api}/comments/{{number}}/reports": Ask({"ground": "attack"}),
        f"POST {page}/comments/{{number}}/report/dismissal": Ask(
            {"answer": "It may."}, {"number": 3}
        ),
        f"POST {api}/comments/{{number}}/reports/dismissal": Ask(
            {"answer": "It may."}, {"number": 3}
        ),
        f"POST {page}/comments/{{number}}/hiding": Ask({"rule": 1, **REASON}),
        f"POST {api}/comments/{{number}}/hiding": Ask({"rule": 1, **REASON}),
        f"GET {page}/comments/{{number}}/lift": Ask(parts={"number": 2}),
        f"POST {page}/comments/{{number}}/hiding/lifting": Ask(REASON, {"number": 2}),
        f"POST {api}/comments/{{number}}/hiding/lifting": Ask(REASON, {"number": 2}),
        f"POST {page}/moderation/rules": Ask(RULE),
        "POST /api/v1/g/{group}/conduct-rules": Ask(RULE),
        f"POST {page}/moderation/blocks": Ask({**BLOCK, **whom, "days": 3}),
        "POST /api/v1/g/{group}/blocks": Ask({**BLOCK, **whom, "until": soon}),
        f"POST {page}/moderation/blocks/{{number}}/lifting": Ask(REASON),
        "POST /api/v1/g/{group}/blocks/{number}/lifting": Ask(REASON),
        f"POST {page}/moderation/slow-mode": Ask({"minutes": 5, "hours": 5, **REASON}),
        f"POST {page}/moderation/slow-mode/end": Ask(answer="no_slow_mode"),
        f"DELETE {api}/slow-mode": Ask(answer="no_slow_mode"),
        f"PUT {api}/slow-mode": Ask({"minutes": 5, "until": soon, **REASON}),
        f"GET {page}/p/new": Ask(query="?clause=2"),
        f"POST {page}/p/preview": Ask({**PROPOSAL, **SHEET}),
        f"POST {page}/proposals": Ask({**PROPOSAL, **SHEET}),
        f"POST {api}/proposals": Ask({**PROPOSAL, "changes": [STEP]}),
        f"POST {page}/p/{{number}}/revisions": Ask({**PROPOSAL, **SHEET}),
        f"POST {api}/proposals/{{number}}/revisions": Ask({**PROPOSAL, "changes": [STEP]}),
        f"POST {page}/p/{{number}}/second": Ask(parts={"number": 5}),
        f"POST {api}/proposals/{{number}}/second": Ask(parts={"number": 5}),
        f"POST {page}/p/{{number}}/second/end": Ask(parts={"number": 4}),
        f"DELETE {api}/proposals/{{number}}/second": Ask(parts={"number": 4}),
        f"POST {page}/p/{{number}}/withdrawal": Ask(REASON),
        f"POST {api}/proposals/{{number}}/withdrawal": Ask(REASON),
        f"GET {page}/b/new": Ask(query="?proposal=6"),
        f"POST {page}/ballots": Ask({"proposal": 6, "closes_at": local_soon}),
        f"POST {api}/ballots": Ask(
            {"proposal": 6, "closes_at": soon, "card": {"preset": "two_thirds"}}
        ),
        f"POST {page}/b/{{number}}/vote": Ask({**VOTE, "words": words, "replaces": ""}),
        f"PUT {api}/ballots/{{number}}/vote": Ask({**VOTE, "words": words}),
        f"GET {api}/ballots/{{number}}": Ask(parts={"number": 3}),
        f"POST {page}/b/{{number}}/recusal": Ask(REASON),
        f"POST {api}/ballots/{{number}}/recusal": Ask(REASON),
        f"POST {page}/b/{{number}}/recusal/withdrawal": Ask(parts={"number": 3}),
        f"POST {api}/ballots/{{number}}/recusal/withdrawal": Ask(parts={"number": 3}),
        f"GET {api}/ballots/{{number}}/votes": Ask(parts={"number": 1}),
        f"POST {page}/b/{{number}}/receipt": Ask({"receipt": "none"}),
        f"POST {api}/ballots/{{number}}/receipt-checks": Ask({"receipt": "none"}),
        f"POST {page}/b/{{number}}/extensions": Ask({"closes_at": local_later, **REASON}),
        f"POST {api}/ballots/{{number}}/extensions": Ask({"closes_at": later, **REASON}),
        f"POST {page}/b/{{number}}/closing": Ask(answer="not_everybody_voted"),
        f"POST {api}/ballots/{{number}}/closing": Ask(answer="not_everybody_voted"),
    }


def _groups(scene: Scene) -> dict[str, Ask]:
    until = (clock.now() + SOON).isoformat()
    invitation, link = (f"?token={scene.secrets[one]}" for one in ("invitation", "link"))
    by_invitation = {"token": scene.secrets["invitation"]}
    by_link = {"token": scene.secrets["link"], "category": "creators"}
    themselves = {"person_id": scene.cast.chloe.id}
    mine = {"number": scene.values["invitation of the stranger"]}
    page, api = "/g/{group}", "/api/v1/g/{group}"
    of_a_hiding = {"kind": "hidings", "number": scene.values["hidings"]}
    of_a_block = {"kind": "blocks", "number": 1}
    appeal, lifted = "moderation/{kind}/{number}/appeal", {"outcome": "lifted", **REASON}
    return {
        f"GET {page}/{appeal}": Ask(parts=of_a_hiding),
        f"GET {api}/{appeal}": Ask(parts=of_a_hiding),
        f"POST {page}/{appeal}": Ask({"words": "They are not mine."}, of_a_hiding),
        f"POST {api}/{appeal}": Ask({"words": "They are not mine."}, of_a_hiding),
        f"POST {page}/{appeal}/decision": Ask(lifted, of_a_block),
        f"POST {api}/{appeal}/decision": Ask(lifted, of_a_block),
        f"GET {page}/people/{{person_id}}": Ask(parts={"person_id": scene.cast.farah.id}),
        "POST /groups": Ask({"name": "Open Weights Group"}),
        "POST /api/v1/g": Ask({"name": "Open Weights Group", "slug": "open-weights"}),
        f"POST {page}/members": Ask(INVITEE),
        f"POST {api}/members": Ask(INVITEE),
        f"POST {page}/members/{{person_id}}": Ask(MEMBERSHIP),
        f"PUT {api}/members/{{person_id}}": Ask(MEMBERSHIP),
        f"POST {page}/members/{{person_id}}/affiliation": Ask(WITH, themselves),
        f"PUT {api}/members/{{person_id}}/affiliation": Ask(WITH, themselves),
        f"POST {page}/interests": Ask(INTEREST),
        f"POST {api}/interests": Ask(INTEREST),
        f"POST {page}/members/{{person_id}}/suspensions": Ask({"days": 3, **REASON}),
        f"POST {api}/members/{{person_id}}/suspensions": Ask({"until": until, **REASON}),
        f"POST {page}/categories": Ask({"name": "archivists"}),
        f"POST {api}/categories": Ask({"name": "archivists"}),
        f"POST {page}/categories/{{number}}": Ask({"name": "makers"}),
        f"PUT {api}/categories/{{number}}/name": Ask({"name": "makers"}),
        f"POST {page}/categories/{{number}}/place": Ask({"place": 3}),
        f"PUT {api}/categories/{{number}}/place": Ask({"place": 3}),
        f"POST {page}/passkey-condition": Ask(answer="passkey_of_ones_own_first"),
        f"PUT {api}/passkey-condition": Ask(answer="passkey_of_ones_own_first"),
        f"POST {page}/passkey-condition/end": Ask(answer="passkeys_not_asked"),
        f"DELETE {api}/passkey-condition": Ask(answer="passkeys_not_asked"),
        f"POST {page}/people/list": Ask({"people": "email\nsomebody@example.org\n"}),
        f"POST {page}/invitations": Ask(INVITEE),
        f"POST {api}/invitations": Ask({"people": [INVITEE]}),
        "GET /invitation": Ask(query=invitation),
        "POST /invitation/refusal": Ask(by_invitation),
        "POST /invitation/sign-in": Ask(by_invitation),
        "POST /invitation/acceptance": Ask(by_invitation),
        "POST /api/v1/me/invitations/{number}/acceptance": Ask({}, mine),
        "POST /api/v1/me/invitations/{number}/refusal": Ask(parts=mine),
        f"POST {page}/links": Ask(LINK),
        f"POST {api}/links": Ask(LINK),
        "GET /join": Ask(query=link),
        "POST /join": Ask(by_link),
        "POST /api/v1/join": Ask(by_link),
        f"POST {page}/requests": Ask({"words": "I would like to."}),
        f"POST {api}/requests": Ask({"words": "I would like to."}),
        f"POST {page}/requests/{{number}}/acceptance": Ask({"role": "member"}),
        f"POST {api}/requests/{{number}}/acceptance": Ask({"role": "member"}),
        f"POST {page}/requests/{{number}}/refusal": Ask(REASON),
        f"POST {api}/requests/{{number}}/refusal": Ask(REASON),
    }


def _people(scene: Scene) -> dict[str, Ask]:
    return {
        "POST /sign-in": Ask({"email": "somebody@example.org"}),
        "POST /sign-in/link": Ask({"token": "none"}, answer="link_unknown"),
        "GET /sign-in/with/{key}": Ask(answer=NOT_THERE),
        "GET /sign-in/with/{key}/back": Ask(answer=NOT_THERE),
        "POST /sign-in/with/{key}": Ask(answer=NOT_THERE),
        "GET /sign-out/at/{key}": Ask(answer=NOT_THERE),
        "GET /sign-in/join": Ask(query="?token=none", answer="link_unknown"),
        "POST /sign-in/join": Ask({"token": "none"}, answer="link_unknown"),
        "POST /sign-in/passkey": Ask(CREDENTIAL, answer="passkey_too_late"),
        "POST /sign-in/demo": Ask({"person": scene.cast.dara.id}),
        "POST /me/look": Ask({"until": clock.now().isoformat()}),
        "POST /api/v1/me/look": Ask({"until": clock.now().isoformat()}),
        "POST /me": Ask({"name": "Another Name", "time_zone": "UTC"}),
        "POST /me/erasure": Ask({"name": OWN_NAME}),
        "POST /me/address": Ask({"email": "another@example.org"}),
        "GET /me/address": Ask(query="?token=none", answer="link_unknown"),
        "POST /me/address/confirmation": Ask({"token": "none"}, answer="link_unknown"),
        "POST /me/passkeys": Ask({"name": "phone", **CREDENTIAL}, answer="passkey_too_late"),
        "POST /me/passkeys/{passkey_id}/name": Ask({"name": "phone"}),
        "POST /me/tokens": Ask({"name": "mine", "scopes": "read"}),
    }
