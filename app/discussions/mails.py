"""What moderation tells by mail to the person whom it concerns; never the hidden words."""

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.models import Comment, Hiding
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
    ) % {
        "number": comment.number,
        "definition": definition.name,
        "address": f"{settings.base_url}/d/{definition.slug}/comments/{comment.number}",
        "rule": rule.number,
        "words": rule.words,
        "reason": hiding.reason,
    }
    _send(db, comment.by_id, subject, text)


def _send(db: Session, person_id: str, subject: str, text: str) -> None:
    person = db.get_one(Person, person_id)
    if person.email is not None:
        queue_mail(db, to=person.email, subject=subject, text=text)
