"""Forms of people: what was typed is kept together with what is wrong with it.

FastAPI's own ``Form()`` answers JSON and loses the person's text. Here a form is a Pydantic model;
``submitted(Model)`` reads the request and returns a ``Submitted`` that a page can show again.
"""

import re
import types
import typing
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Request
from pydantic import AfterValidator, AwareDatetime, BaseModel, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError
from starlette.datastructures import FormData, UploadFile

from app.kit.i18n import _, ngettext

T = TypeVar("T", bound=BaseModel)

_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")


def keepable(value: str) -> str:
    """Words that both databases and every export can keep: no control characters, no halves."""
    if _UNKEEPABLE.search(value):
        raise ValueError("unkeepable")
    return value


def _one_line(value: str) -> str:
    return " ".join(value.split())


# The kinds of text that people type. Lengths are in characters.
Line = Annotated[
    str, AfterValidator(keepable), AfterValidator(_one_line), StringConstraints(max_length=200)
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(keepable)
]


def _in_utc(moment: datetime) -> datetime:
    """As it is kept. What lies beyond the calendar there is no moment."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("datetime_overflow", "beyond the calendar") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Upload(BaseModel):
    """A file that came with a form: its name, and its bytes."""

    name: str
    data: bytes


class Submitted(Generic[T]):
    """A form as it came: ``typed`` (raw text by field), ``errors`` (a sentence by field).

    ``value`` is the model, and only there when ``errors`` is empty.
    """

    def __init__(self, typed: dict[str, Any], value: T | None, errors: dict[str, str]) -> None:
        self.typed = typed
        self.errors = errors
        self._value = value

    @classmethod
    def blank(cls, model: type[T], **initial: Any) -> "Submitted[T]":
        """A form that nobody has sent yet, with the values that it starts from."""
        return cls({"": "", **initial}, None, {})

    @property
    def value(self) -> T:
        """What was sent, checked. Asking for it while there are errors is a mistake of ours."""
        if self._value is None or self.errors:
            raise RuntimeError("a form with errors has no value")
        return self._value

    def refuse(self, field: str, sentence: str) -> None:
        """Adds what is wrong with a field; ``""`` is the form as a whole."""
        self.errors.setdefault(field, sentence)


def submitted(model: type[T]) -> Callable[[Request], Awaitable[Submitted[T]]]:
    """A dependency that reads a form of this model, and never answers by itself."""

    async def read(request: Request) -> Submitted[T]:
        data = await request.form()
        typed = {
            name: await _typed(data, field.alias or name, field.annotation)
            for name, field in model.model_fields.items()
        }
        return check(model, typed)

    return read


def check(model: type[T], typed: dict[str, Any]) -> Submitted[T]:
    """Holds what was typed against the model. Empty fields count as not given."""
    given = {
        model.model_fields[name].alias or name: value
        for name, value in typed.items()
        if value not in ("", None)
    }
    try:
        return Submitted(typed, model.model_validate(given), {})
    except ValidationError as error:
        errors: dict[str, str] = {}
        for problem in error.errors(include_url=False):
            field = str(problem["loc"][0]) if problem["loc"] else ""
            errors.setdefault(field, sentence_for(dict(problem)))
        return Submitted(typed, None, errors)


_TOO_SHORT = ("string_too_short", "too_short")


def sentence_for(problem: dict[str, Any]) -> str:
    """What a validation error says to a person."""
    kind, facts, given = problem["type"], problem.get("ctx") or {}, problem.get("input")
    given = given.strip() if isinstance(given, str) else given
    if kind == "missing" or (kind in _TOO_SHORT and not given):
        return _("This is needed.")
    if kind in ("string_too_long", "too_long"):
        most, length = facts["max_length"], len(str(given))
        return ngettext(
            "At most %(most)d character fits here; this has %(length)d.",
            "At most %(most)d characters fit here; this has %(length)d.",
            most,
        ) % {"most": most, "length": length}
    if kind in _TOO_SHORT:
        return _("At least %(least)d characters are needed.") % {"least": facts["min_length"]}
    if kind in ("literal_error", "enum"):
        return _("This is not one of the choices.")
    if kind in ("int_parsing", "int_type", "int_from_float", "int_parsing_size"):
        return _("This must be a whole number.")
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        limit = next(iter(facts.values()))
        return (
            _("This must be at least %(limit)s.")
            if kind.startswith("greater")
            else _("This must be at most %(limit)s.")
        ) % {"limit": limit}
    if kind.startswith(("datetime", "date", "time")):
        return _("This is not a date and time that exists.")
    if kind == "string_unicode" or "unkeepable" in str(problem.get("msg")):
        return _("This holds a character that can't be kept. Remove control characters.")
    if kind == "json_invalid":
        return _("This is not JSON.")
    if kind == "value_error":
        return str(facts.get("error", problem["msg"]))
    return _("This can't be taken as it is.")


async def _typed(data: FormData, name: str, annotation: Any) -> Any:
    if _is(annotation, list):
        return [_text(item) for item in data.getlist(name) if isinstance(item, str)]
    item = data.get(name)
    if isinstance(item, UploadFile):
        content = await item.read()
        return Upload(name=item.filename or "", data=content) if content else ""
    return _text(item) if isinstance(item, str) else ""


def _text(item: str) -> str:
    return item.replace("\r\n", "\n").replace("\r", "\n")


def _is(annotation: Any, kind: type) -> bool:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return any(_is(part, kind) for part in typing.get_args(annotation))
    return origin is kind or annotation is kind
