"""The cookie of a session: its name, and how a browser is given it and made to forget it.

Behind TLS its name begins with ``__Host-`` (RFC 6265bis, 4.1.3): a browser then takes it only from
this very host, over TLS and for every path, so that nothing beside us can put another in its place.
"""

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


def _is_secure(settings: Settings) -> bool:
    return settings.base_url.startswith("https://") or not settings.development
