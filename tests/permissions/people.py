"""The eight kinds of people, and what sets of them may do: with the reason that all others get."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

# kind: the head of its column, and whom that means
KINDS = {
    "nobody": ("signed out", "who is not signed in"),
    "stranger": ("signed in", "who is signed in, and in no group"),
    "observer": ("observer", "an observer of the group"),
    "member": ("member", "a member of the group"),
    "editor": ("editor", "an editor of the group"),
    "chair": ("chair", "a chair of the group"),
    "other chair": ("chair elsewhere", "a chair of another group"),
    "administrator": ("administrator", "who keeps the instance, and is not in the group"),
}
INSIDE = ("observer", "member", "editor", "chair")
OUTSIDE = ("stranger", "other chair", "administrator")

YES = "yes"
OWN = "own"
SIGN_IN = "sign_in_first"
NOT_THERE = "not_found"


@dataclass(frozen=True, eq=False)
class Who:
    """For each kind of people ``yes``, or the code of the refusal.

    own: who may, of what is their own. In the scene that is the member's; on the page of
    permissions all of them are told so.
    """

    outcomes: Mapping[str, str]
    own: Collection[str] = field(default=())

    def __getitem__(self, kind: str) -> str:
        return self.outcomes[kind]

    @property
    def codes(self) -> set[str]:
        """Why not, of everybody who may not."""
        return set(self.outcomes.values()) - {YES}


def only(
    *may: str, outside: str, inside: str = "", own: Collection[str] = (), **others: str
) -> Who:
    """Those may. outside, inside: why others may not; others: why not, of a kind by its name."""
    given = {
        kind: YES if kind in may else outside if kind in OUTSIDE else inside or outside
        for kind in KINDS
    }
    if "nobody" not in may:
        given["nobody"] = SIGN_IN
    return Who(given | {kind.replace("_", " "): code for kind, code in others.items()}, own)


ALL = (*INSIDE, *OUTSIDE)
EVERYBODY = only(*KINDS, outside="")
SIGNED_IN = only(*ALL, outside="")
GROUP = only(*INSIDE, outside="not_in_group")
VOTERS = only("member", "editor", "chair", outside="not_in_group", observer="observers_do_not")
EDITORS = only("editor", "chair", outside="editors_only")
CHAIRS = only("chair", outside="chairs_only")
OUTSIDERS = only(*OUTSIDE, outside="", inside="you_are_in_group")
ON_THE_ROLL = only("member", "editor", "chair", outside="not_on_roll")
ON_THE_ROLL_TO_COME = only("member", "editor", "chair", outside="recusal_not_on_roll")
NOBODY = only(outside=NOT_THERE, nobody=NOT_THERE)
NO_ADMINISTRATOR = only(
    "stranger", *INSIDE, "other chair", outside="", administrator="administrator_stays"
)

# Of what is somebody's own.
ITS_OWNER = only("member", outside=NOT_THERE, own=ALL)
COMMENTER = only("member", outside="comment_of_somebody_else", own=ALL)
COMMENTER_INSIDE = only("member", outside="comment_of_somebody_else", own=INSIDE)
NOT_THE_COMMENTER = only(*ALL, outside="", member="report_of_ones_own", own=())
PROPOSER = only("member", outside="proposal_of_somebody_else", own=ALL)
PROPOSER_INSIDE = only(
    "member", outside="proposal_of_somebody_else", own=("member", "editor", "chair")
)
SECONDER = only("member", outside="not_seconded", own=ALL)
WHO_RECUSED = only("member", outside="not_recused", own=("member", "editor", "chair"))
WHO_DECLARED = only("member", outside="interest_of_somebody_else", own=ALL)
WHO_VOTED = only("member", outside="no_vote_yet", own=ALL)
WHO_ASKED = only(*OUTSIDE, outside="", inside="request_is_over", own=OUTSIDE)
WHO_IT_IS_ABOUT = only(
    "member", "chair", outside="chairs_only", own=("observer", "member", "editor")
)
WHO_IT_WAS_DECIDED_ABOUT = only(
    "member", outside=NOT_THERE, own=ALL, chair="appeal_of_somebody_else"
)
THEY_OR_A_CHAIR = only("member", "chair", outside=NOT_THERE, own=ALL)
ANOTHER_CHAIR = only("chair", outside=NOT_THERE)
WHO_IS_INVITED = only("stranger", outside=NOT_THERE, own=OUTSIDE)


def of_the_group(who: Who) -> Who:
    """The same, of a definition that only its group may read: for others it is not there."""
    return Who(dict.fromkeys(("nobody", *OUTSIDE), NOT_THERE) | {one: who[one] for one in INSIDE})
