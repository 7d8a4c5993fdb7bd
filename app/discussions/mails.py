"""What moderation tells by mail to the person whom it concerns; never the hidden words."""

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.measures import Measure
from app.discussions.models import Comment, Hiding
from app.groups.models import Group
from app.groups.models_conduct import ConductRule
from app.kit.i18n import _
from app.kit.mail import queue_mail
from app.people.models import Person
from app.settings import Settings


def tell_of_hiding(
    db: Session,
    definition: Definition,
    comment: Comment,
    hiding: Hiding,
    rule: ConductRule,
    settings: Settings,
) -> None:
    """To its author: that it is hidden, under which rule, why, and who can still read it."""
    subject = _("Your comment on %(definition)s was hidden") % {"definition": definition.name}
    text = _(
        "A chair hid your comment %(number)s on %(definition)s:\n\n%(address)s\n\n"
        "It rests on rule %(rule)s of the group's rules of conduct:\n\n%(words)s\n\n"
        "The reason: %(reason)s\n\n"
        "It is not deleted. You and the chairs can open it at that address; nobody else reads it."
        "\n\n"
        "If you think that this is wrong, you can appeal, once. Another chair decides:\n\n"
        "%(appeal)s"
    ) % {
        "number": comment.number,
        "definition": definition.name,
        "address": f"{settings.base_url}/d/{definition.slug}/comments/{comment.number}",
        "rule": rule.number,
        "words": rule.words,
        "reason": hiding.reason,
        "appeal": f"{settings.base_url}/g/{db.get_one(Group, definition.group_id).slug}/"
        f"moderation/hidings/{hiding.id}/appeal",
    }
    _send(db, comment.by_id, subject, text)


def tell_of_decision(db: Session, group: Group, against: Measure, settings: Settings) -> None:
    """To who appealed: whether it stands or is lifted, and why."""
    appeal = against.appeal
    assert appeal is not None
    names = {
        "group": group.name,
        "reason": appeal.reason,
        "address": f"{settings.base_url}/g/{group.slug}/{against.path}",
    }
    subject = _("Your appeal in “%(group)s” is decided") % names
    said = {
        ("hiding", "lifted"): _("Your comment is shown again: its hiding is lifted."),
        ("block", "lifted"): _("Your block is lifted: you comment and propose again."),
        ("suspension", "lifted"): _("Your suspension is lifted: you do again what you did before."),
        ("hiding", "upheld"): _("The hiding of your comment stands."),
        ("block", "upheld"): _("Your block stands until its end."),
        ("suspension", "upheld"): _("Your suspension stands until its end."),
    }[against.kind, appeal.outcome or "upheld"]
    text = _(
        "You appealed in the working group “%(group)s”.\n\n%(said)s\n\n"
        "The reason: %(reason)s\n\nThe whole of it is here:\n\n%(address)s"
    ) % {**names, "said": said}
    _send(db, appeal.by_id, " ".join(subject.split()), text)


def _send(db: Session, person_id: str, subject: str, text: str) -> None:
    person = db.get_one(Person, person_id)
    if person.email is not None:
        queue_mail(db, to=person.email, subject=subject, text=text)
