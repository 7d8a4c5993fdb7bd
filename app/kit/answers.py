"""What an exception says: a page to a person, a problem document to a program.

An answer to htmx is another page than the one it cut a fragment for, so it always says to put the
whole of ``#main`` in place; without that the clause would vanish from the screen.
"""

import logging
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.kit import clock
from app.kit.api import PREFIX, Replayed, problem, replay
from app.kit.db import SAFE_METHODS
from app.kit.forms import sentence_for
from app.kit.i18n import _
from app.kit.logs import reason_of
from app.kit.refusals import NotFound, Refusal, Refused, SignInFirst, Stale
from app.kit.web import page, sentence_of, url

log = logging.getLogger("clausewise")

WHOLE_PAGE = {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"}


def answer_exceptions(app: FastAPI) -> None:
    """Hands every exception that a request can end in to its answer."""
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(SignInFirst, sign_in_first)
    app.add_exception_handler(Replayed, replayed)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, plain_http)
    app.add_exception_handler(IntegrityError, collided)
    app.add_exception_handler(OperationalError, busy)
    app.add_exception_handler(DataError, not_found)
    app.add_exception_handler(OverflowError, not_found)  # a number that SQLite cannot even ask for


async def refused(request: Request, error: Any) -> Response:
    sentence = sentence_of(request, error.refusal)
    if _is_api(request):
        title = _("Not possible") if error.status != 403 else _("Not allowed")
        more = {}
        if isinstance(error, Stale):
            more = {"base": error.base, "current": error.current, "yours": error.yours}
        answer: Response = problem(
            error.status, title, detail=sentence, code=error.refusal.code, **more
        )
    else:
        answer = _page(
            request,
            "layout/refusal.html",
            error.status,
            refusal=error.refusal,
            stale=error if isinstance(error, Stale) else None,
            typed=await _typed(request),
            here=_came_from(request),
        )
    return say_when(answer, error.refusal)


def say_when(answer: Response, refusal: Refusal) -> Response:
    """Tells a program, too, when what was refused can be done again (RFC 9110, 10.2.3)."""
    again_at = refusal.facts.get("again_at")
    if again_at is not None:
        seconds = ceil((again_at - clock.now()).total_seconds())
        answer.headers["Retry-After"] = str(max(1, seconds))
    return answer


async def not_found(request: Request, error: Any) -> Response:
    if _is_api(request):
        return problem(404, _("Not found"), code="not_found")
    return _page(request, "layout/not_found.html", 404)


async def sign_in_first(request: Request, error: Any) -> Response:
    if _is_api(request):
        answer: Response = problem(
            401,
            _("Sign in first"),
            detail=_("Send a token as “Authorization: Bearer …”; tokens are made at /me."),
            code="sign_in_first",
        )
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if request.method in SAFE_METHODS:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(url("/sign-in", next=here), status_code=303)
    return await refused(request, Refused(Refusal("sign_in_first"), 401))


async def replayed(request: Request, error: Any) -> Response:
    return replay(error.answer)


async def malformed(request: Request, error: Any) -> Response:
    """A path, query or body that does not fit its declaration."""
    if not _is_api(request):
        return await not_found(request, error)
    errors = {
        "body" if fault["type"] == "json_invalid" else _place_of(fault): sentence_for(fault)
        for fault in error.errors()
    }
    return problem(
        422, _("Some values can't be taken"), code="invalid", errors=errors, detail=_first(errors)
    )


def _place_of(fault: Any) -> str:
    return ".".join(str(part) for part in fault["loc"][1:]) or "body"


async def plain_http(request: Request, error: Any) -> Response:
    if error.status_code == 404:
        return await not_found(request, error)
    if error.status_code == 413:
        return too_large_answer(request)
    code = "method_not_taken" if error.status_code == 405 else "unreadable"
    return await refused(request, Refused(Refusal(code), error.status_code))


def too_large_answer(request: Request) -> Response:
    """For a body that is not even read."""
    refusal = Refusal("too_large")
    if _is_api(request):
        words = sentence_of(request, refusal)
        return problem(413, _("Too large"), detail=words, code=refusal.code)
    return _page(
        request, "layout/refusal.html", 413, refusal=refusal, stale=None, typed={}, here="/"
    )


async def collided(request: Request, error: Any) -> Response:
    """Two people did the same at once, and the database let only one of them through."""
    log.warning("collided: %s", reason_of(error))
    return await refused(request, Refused(Refusal("collided"), 409))


async def busy(request: Request, error: Any) -> Response:
    log.error("busy: %s", reason_of(error))
    answer = await refused(request, Refused(Refusal("busy"), 503))
    answer.headers["Retry-After"] = "5"
    return answer


async def broken(request: Request, error: Any) -> Response:
    """Our mistake. The page carries the request's id, never what went wrong inside.

    Called by ``Guards``, and not by Starlette, which would send it without our headers.
    """
    log.error("broken", exc_info=error)
    if _is_api(request):
        return problem(
            500,
            _("Something went wrong here"),
            detail=_("Nothing was changed. Tell the operators this number: %(id)s.")
            % {"id": request.state.request_id},
        )
    return _page(request, "layout/error.html", 500)


def _page(request: Request, template: str, status: int, **names: Any) -> Response:
    answer = page(request, template, status, **names)
    answer.headers.update(WHOLE_PAGE)
    return answer


# The fields in which people write sentences, whatever form they stand in.
WRITTEN = frozenset(
    {"body", "markdown", "note", "question", "rationale", "reason", "summary", "title"}
)


async def _typed(request: Request) -> dict[str, str]:
    """What the person had written in the form, so that a refusal can give it back."""
    if request.method in SAFE_METHODS:
        return {}
    try:
        form = await request.form()
    except Exception:  # a body that could not be read holds nothing to give back
        return {}
    return {
        name: value
        for name, value in form.items()
        if isinstance(value, str) and value.strip() and name.split("-")[0] in WRITTEN
    }


def _came_from(request: Request) -> str:
    """The page of ours that a form stood on; the start where the browser does not say."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.netloc != request.headers.get("host") or not page.path:
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(PREFIX)


def _first(errors: dict[str, str]) -> str:
    return next((f"{field}: {words}" for field, words in errors.items()), "")
