"""What a copy says about itself, in sentences: what it is, who ratified it, how to check it.

In the language of the text where there is a catalogue for it, else in English; whoever reads: a
permanent address gives everybody the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale, UnknownLocaleError

from app.exports.copies import Copy
from app.kit.i18n import _, date_words, locale_now, negotiate, zone_now


def title(copy: Copy) -> str:
    """The definition and its version: "Open Source AI 1.0"."""
    return f"{copy.definition} {copy.label}" if copy.label else copy.definition


def standing(copy: Copy) -> str:
    """One line for the head of a copy."""
    with speaking(copy.language):
        date = date_words(copy.at)
        if copy.label is None:
            return _("Working text of %(date)s, which may still change") % {"date": date}
        if copy.ratification is not None and copy.stage == "ratified":
            date = date_words(copy.ratification.at)
            return _("Version %(label)s, ratified on %(date)s") % {
                "label": copy.label,
                "date": date,
            }
        sentence = {
            "draft": _("Version %(label)s, a draft of %(date)s"),
            "candidate": _("Version %(label)s, a candidate since %(date)s"),
            "superseded": _("Version %(label)s, superseded on %(date)s"),
            "withdrawn": _("Version %(label)s, withdrawn on %(date)s"),
        }.get(copy.stage or "", _("Version %(label)s of %(date)s"))
        return sentence % {"label": copy.label, "date": date}


def ratified(copy: Copy) -> list[str]:
    """Who ratified it, when and how; or that nobody has."""
    ratification = copy.ratification
    with speaking(copy.language):
        if ratification is None:
            return [_("This text is not ratified.")]
        facts = {
            "group": ratification.by,
            "date": date_words(ratification.at),
            "ballot": ratification.ballot,
        }
        return [
            _("Ratified by %(group)s on %(date)s, in ballot %(ballot)s.") % facts,
            ratification.outcome,
        ]


def facts(copy: Copy) -> list[tuple[str, str, str | None]]:
    """What to check and where: name, value and, where there is one, the address to open."""
    with speaking(copy.language):
        rows: list[tuple[str, str, str | None]] = [(_("Address"), copy.address, copy.address)]
        if copy.ratification is not None:
            where = copy.ratification.ballot_address
            rows.append((_("Ballot"), where, where))
        return [*rows, (_("SHA-256 of the text"), copy.text, None)]


def signing(copy: Copy) -> list[str]:
    """What stands under the lines on which a ratified copy is signed on paper."""
    with speaking(copy.language):
        lines = [_("Chair, name and signature"), _("Place and date")]
    return lines if copy.ratification is not None else []


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Says the interface's words and dates in the language of a text, and in UTC, for a block."""
    language_before = locale_now.set(spoken(language))
    zone_before = zone_now.set("UTC")
    try:
        yield
    finally:
        locale_now.reset(language_before)
        zone_now.reset(zone_before)


def spoken(language: str) -> str:
    """The language in which we speak of a text in that one."""
    return negotiate(None, language, "en")


def known(language: str) -> str:
    """The locale of a BCP 47 tag; English where there is none."""
    try:
        return str(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return "en"
