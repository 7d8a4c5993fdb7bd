"""Mails of a working group to one person each, in the language of whoever causes them."""

from sqlalchemy.orm import Session

from app.groups.models import Group, Suspension
from app.groups.models_coming import Invitation, JoinRequest
from app.kit.i18n import _, date_words, utc_words
from app.kit.mail import queue_mail
from app.people.models import Person
from app.settings import Settings


def invitation_mail(
    db: Session,
    invitation: Invitation,
    group: Group,
    *,
    by: Person,
    secret: str,
    settings: Settings,
) -> None:
    """Who invites into what and as what; the link, until when; and that nothing has to be done."""
    names = {"who": by.name, "group": group.name}
    greeting = _("Hello %(name)s,") % {"name": invitation.name} if invitation.name else _("Hello,")
    text = _(
        "%(greeting)s\n\n"
        "%(who)s invites you into the working group “%(group)s” %(role)s.\n"
        "\nTo accept or to decline, open this address. It works until %(until)s:\n\n"
        "%(address)s\n\n"
        "What the group does is here: %(page)s\n\n"
        "If you do nothing, nothing happens."
    ) % {
        **names,
        "greeting": greeting,
        "role": {
            "chair": _("as a chair, who runs the process"),
            "editor": _("as an editor, who keeps the text"),
            "member": _("as a member, who proposes, comments and votes"),
            "observer": _("as an observer, who comments"),
        }[invitation.role],
        "page": f"{settings.base_url}/g/{group.slug}",
        "until": date_words(invitation.expires_at),
        "address": f"{settings.base_url}/invitation?token={secret}",
    }
    subject = _("%(who)s invites you into “%(group)s”") % names
    queue_mail(db, to=invitation.email, subject=" ".join(subject.split()), text=text)


def request_mail(
    db: Session, request: JoinRequest, group: Group, person: Person, *, settings: Settings
) -> None:
    """What became of somebody's wish to join: they are in, or why not. Nobody without an address
    is written to."""
    if person.email is None:
        return
    names = {"group": group.name, "page": f"{settings.base_url}/g/{group.slug}"}
    if request.decision == "accepted":
        subject = _("You are in “%(group)s”") % names
        text = (
            _("You asked to join the working group “%(group)s”, and you are in it now:\n%(page)s")
            % names
        )
    else:
        subject = _("Your request to join “%(group)s”") % names
        text = _(
            "You asked to join the working group “%(group)s”. A chair has declined, for this "
            "reason:\n\n%(reason)s\n\n"
            "You can read what the group does meanwhile, as before:\n%(page)s"
        ) % {**names, "reason": request.reason}
    queue_mail(db, to=person.email, subject=" ".join(subject.split()), text=text)


def suspension_mail(
    db: Session, suspension: Suspension, group: Group, person: Person, *, settings: Settings
) -> None:
    """Until when somebody only reads in a group, and why. Nobody without an address is written
    to."""
    if person.email is None:
        return
    names = {"group": group.name, "until": utc_words(suspension.until)}
    subject = _("You are suspended in “%(group)s” until %(until)s") % names
    text = _(
        "A chair of the working group “%(group)s” has suspended you until %(until)s, for this "
        "reason:\n\n%(reason)s\n\n"
        "Until then you can read everything there, and do nothing else. It stands on your page of "
        "the group:\n%(page)s\n\n"
        "If you think that this is wrong, you can appeal, once. Another chair decides:\n%(appeal)s"
    ) % {
        **names,
        "reason": suspension.reason,
        "page": f"{settings.base_url}/g/{group.slug}/people/{person.id}",
        "appeal": f"{settings.base_url}/g/{group.slug}/"
        f"moderation/suspensions/{suspension.id}/appeal",
    }
    queue_mail(db, to=person.email, subject=" ".join(subject.split()), text=text)
