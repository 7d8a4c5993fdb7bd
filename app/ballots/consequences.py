"""What yes and no will do, in words: a question must not be able to invert its own answer."""

from dataclasses import dataclass

from app.ballots.models import Ballot
from app.kit.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Consequences:
    """A sentence for each choice, and one for the ballot as a whole."""

    yes: str
    no: str
    carried: str


def consequences(ballot: Ballot, *, clashes: bool = False) -> Consequences:
    """What the votes lead to. The ballot comes with its proposal's changes, or its version.

    clashes: the text has changed so that the proposal could not be put into it today.
    """
    if ballot.version is not None:
        label = {"label": ballot.version.label}
        return Consequences(
            _("Version %(label)s becomes final, word for word as it stands.") % label,
            _("Version %(label)s stays a candidate.") % label,
            _("Binding: if carried, version %(label)s is ratified at once.") % label,
        )
    if clashes:
        return Consequences(
            _("The proposal is carried, and its author is asked to fit it to the text of now."),
            _("The words stay as they are, and the proposal is rejected."),
            _("If carried, the words do not change before its author has revised the proposal."),
        )
    changes = ballot.revision.changes if ballot.revision is not None else []
    return Consequences(
        ngettext(
            "The change shown above is made.",
            "The %(count)s changes shown above are made, all together.",
            len(changes),
        )
        % {"count": len(changes)},
        _("The words stay as they are, and the proposal is rejected."),
        _("Binding: if carried, the words change at once."),
    )
