"""Cookies: that of a session, and those that a browser carries for a moment; their names, and how
a browser is given them and made to forget them.

Behind TLS its name begins with ``__Host-`` (RFC 6265bis, 4.1.3): a browser then takes it only from
this very host, over TLS and for every path, so that nothing beside us can put another in its place.
"""

from datetime import timedelta

from starlette.responses import Response

from app.settings import Settings

PLAIN = "clausewise"
HOST_ONLY = "__Host-clausewise"


def cookie_name(settings: Settings) -> str:
    """How the cookie is called where this instance is reached."""
    return HOST_ONLY if settings.base_url.startswith("https://") else PLAIN


def give_cookie(answer: Response, secret: str, settings: Settings) -> None:
    """The browser is in the session of this secret from now on."""
    answer.set_cookie(
        cookie_name(settings),
        secret,
        max_age=settings.session_days * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(settings),
    )


def take_cookie(answer: Response, settings: Settings) -> None:
    """The browser forgets it; said as it was given, or a browser would not listen."""
    answer.delete_cookie(
        cookie_name(settings), path="/", httponly=True, samesite="lax", secure=_is_secure(settings)
    )


def lent_name(name: str, settings: Settings) -> str:
    """How a cookie is called that is lent for a moment, bound to this host as that of a session."""
    return f"__Host-{name}" if settings.base_url.startswith("https://") else name


def lend_cookie(
    answer: Response, name: str, value: str, *, lifetime: timedelta, settings: Settings
) -> None:
    """The browser carries something for us, for a moment."""
    answer.set_cookie(
        lent_name(name, settings),
        value,
        max_age=int(lifetime.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(settings),
    )


def take_back_cookie(answer: Response, name: str, settings: Settings) -> None:
    """What it carried has arrived."""
    answer.delete_cookie(
        lent_name(name, settings),
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(settings),
    )


def _is_secure(settings: Settings) -> bool:
    return settings.base_url.startswith("https://") or not settings.development
