"""What somebody is told by mail when their word is taken for a time."""

from sqlalchemy.orm import Session

from app.groups.models import Group
from app.groups.models_conduct import Block, ConductRule
from app.kit.i18n import _, utc_words
from app.kit.mail import queue_mail
from app.people.models import Person
from app.settings import Settings


def block_mail(
    db: Session,
    block: Block,
    group: Group,
    rule: ConductRule,
    person: Person,
    *,
    settings: Settings,
) -> None:
    """Until when, under which rule and why; what they can still do. Nobody without an address is
    written to."""
    if person.email is None:
        return
    subject = _("You can't comment or propose in %(group)s for a time") % {"group": group.name}
    text = _(
        "A chair of the working group “%(group)s” blocked you from commenting and proposing in it "
        "until %(until)s.\n\n"
        "It rests on rule %(rule)s of the group's rules of conduct:\n\n%(words)s\n\n"
        "The reason: %(reason)s\n\n"
        "You can read and vote as before.\n\n"
        "If you think that this is wrong, you can appeal, once. Another chair decides:\n\n"
        "%(appeal)s"
    ) % {
        "group": group.name,
        "until": utc_words(block.until),
        "rule": rule.number,
        "words": rule.words,
        "reason": block.reason,
        "appeal": f"{settings.base_url}/g/{group.slug}/moderation/blocks/{block.number}/appeal",
    }
    queue_mail(db, to=person.email, subject=" ".join(subject.split()), text=text)
