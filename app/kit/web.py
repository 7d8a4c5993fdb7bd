"""Pages: rendering a template, and going on to another page."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Path as PathParameter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from app.kit import clock, i18n
from app.kit.assets import OwnFiles
from app.kit.markup import plain
from app.kit.refusals import Refusal
from app.settings import Settings

# A number in an address: what does not fit the database's integers is not found.
Number = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
FLASH = "said"


def make_templates(settings: Settings) -> Environment:
    """The Jinja environment, with what every template may use."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=settings.development,
    )
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(dom_id=dom_id, url=url, settings=settings, direction=i18n.direction)
    env.globals["static"] = OwnFiles(fresh=settings.development).address
    env.filters.update(
        when=when,
        date=date,
        ago=ago,
        number=i18n.number_words,
        percent=percent,
        plain=plain,
        utc=i18n.utc_words,
        moment=i18n.moment_words,
        span=i18n.span_words,
    )

    def sentence(refusal: Refusal) -> str:
        module: Any = env.get_template("layout/_refusals.html").module
        return Markup(str(module.sentence(refusal.code, refusal.facts)).strip())

    env.filters["sentence"] = sentence
    return env


def page(request: Request, template: str, status: int = 200, **names: Any) -> HTMLResponse:
    """A full page for a person, in their language and zone.

    With a status of 400 or more it is a refusal, and the transaction of the request is given up.
    """
    if status >= 400:
        request.state.refused = True
    viewer = getattr(request.state, "person", None)
    i18n.zone_now.set(viewer.time_zone if viewer else "UTC")
    if viewer is not None and viewer.locale in i18n.LOCALES:
        i18n.locale_now.set(viewer.locale)
    env: Environment = request.app.state.templates
    said = request.cookies.get(FLASH)
    html = env.get_template(template).render(
        request=request,
        viewer=viewer,
        now=clock.now(),
        locale=i18n.locale_now.get(),
        said=said,
        request_id=getattr(request.state, "request_id", ""),
        **names,
    )
    answer = HTMLResponse(html, status_code=status)
    if said:
        answer.delete_cookie(FLASH, path="/")
    return answer


def see_other(path: str, said: str | None = None) -> Response:
    """On to another page after a POST; ``said`` names a sentence of ``layout/_said.html``."""
    answer = RedirectResponse(path, status_code=303)
    if said:
        answer.set_cookie(FLASH, said, max_age=30, path="/", httponly=True, samesite="lax")
    return answer


def sentence_of(request: Request, refusal: Refusal) -> str:
    """What a refusal says to a person: what is so, and what they can do. Plain words, not HTML."""
    words: Markup = request.app.state.templates.filters["sentence"](refusal)
    return words.unescape()


def dom_id(thing: Any, part: str = "") -> str:
    """The one id of an element about a thing: ``clause-3``, ``clause-3-form``."""
    name = getattr(thing, "dom_name", type(thing).__name__.lower())
    key = getattr(thing, "number", None) or thing.id
    return f"{name}-{key}-{part}" if part else f"{name}-{key}"


def url(path: str, **query: Any) -> str:
    """A path with a query; empty values are left out, so filters give clean addresses."""
    pairs = [(k.rstrip("_"), v) for k, v in query.items() if v not in (None, "", False)]
    safe = quote(path, safe="/#%.:@~-")
    return f"{safe}?{urlencode(pairs)}" if pairs else safe


def when(moment: datetime) -> Markup:
    """A moment with its zone. Where that is another, UTC stands in the title, and in print beside
    it. ``static/js/times.js`` does the same for those whose zone only their browser knows."""
    title = Markup(' title="{}"').format(i18n.utc_words(moment))
    return Markup('<time datetime="{}"{} data-time>{}</time>').format(
        moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "" if i18n.zone_now.get() == "UTC" else title,
        i18n.moment_words(moment),
    )


def date(moment: datetime) -> Markup:
    """A day, as the viewer's zone has it."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        i18n.utc_words(moment),
        i18n.date_words(moment),
    )


def ago(moment: datetime) -> Markup:
    """How long ago, or how long until; the moment itself stands in the title, and in print."""
    return Markup('<time datetime="{}" title="{}" data-ago>{}</time>').format(
        moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        i18n.moment_words(moment),
        i18n.ago_words(moment, clock.now()),
    )


def percent(fraction: Fraction, places: int = 2) -> str:
    """A share for display."""
    return str(escape(i18n.percent_words(fraction, places)))
