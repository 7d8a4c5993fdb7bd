"""The operations of the API as a page lists them, read out of the OpenAPI document."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.kit.api import PREFIX
from app.kit.markup import render_inline

METHODS = ("get", "post", "put", "patch", "delete")
INTEGER_MAX = 2**31 - 1
TOLD_ONCE = {"idempotency-key"}  # the page explains it once, for every POST

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a body. place: path, query, header or body. kind: in the words of
    JSON Schema, with its bounds ("integer 1…200")."""

    name: str
    place: str
    kind: str
    choices: Sequence[str]
    needed: bool
    default: str
    about: Markup


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address. scope: what a token must be made for. sent, answered: examples, as
    JSON text; empty where there are none."""

    id: str
    method: str
    path: str
    scope: str
    summary: str
    about: Markup
    values: Sequence[Value]
    sent: str
    answered: str


def operations_by_tag(document: Json) -> dict[str, list[Operation]]:
    """All operations, in the order of the document; paths as they stand behind the prefix."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                one = _operation(document, method, path.removeprefix(PREFIX), methods[method])
                found.setdefault(methods[method]["tags"][0], []).append(one)
    return found


def _operation(document: Json, method: str, path: str, told: Json) -> Operation:
    body = _body(document, told)
    return Operation(
        id=re.sub(r"[^a-z0-9]+", "-", f"{method}{path}".lower()).strip("-"),
        method=method.upper(),
        path=path,
        scope=told["security"][0]["token"][0],
        summary=told.get("summary", ""),
        about=Markup(render_inline(told.get("description", ""))),
        values=[*_parameters(document, told), *_fields(document, body)],
        sent=_shown(next(iter(body.get("examples", ())), None)),
        answered=_shown(_answer(told)),
    )


def _parameters(document: Json, told: Json) -> Iterator[Value]:
    for one in told.get("parameters", ()):
        if one["name"].lower() not in TOLD_ONCE:
            about = one.get("description", "")
            needed = one.get("required", False)
            yield _value(document, one["name"], one["in"], one["schema"], about, needed=needed)


def _fields(document: Json, body: Json) -> Iterator[Value]:
    for name, schema in body.get("properties", {}).items():
        needed = name in body.get("required", ())
        yield _value(document, name, "body", schema, schema.get("description", ""), needed=needed)


def _value(
    document: Json, name: str, place: str, schema: Json, about: str, *, needed: bool
) -> Value:
    plain = _plain(document, schema)
    default = schema.get("default")
    return Value(
        name=name,
        place=place,
        kind=_kind(document, plain),
        choices=[str(one) for one in plain.get("enum", ()) if one != ""],
        needed=needed,
        default=json.dumps(default) if default not in (None, "") else "",
        about=Markup(render_inline(about)),
    )


def _plain(document: Json, schema: Json) -> Json:
    """What a schema says of a value that is there: references followed, null left out."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _plain(document, document["components"]["schemas"][name])
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return _plain(document, choices[0]) if len(choices) == 1 else schema


def _kind(document: Json, schema: Json) -> str:
    """``string …60``, ``integer 1…200``, ``array of object``."""
    if schema.get("type") == "array":
        return f"array of {_kind(document, _plain(document, schema.get('items', {})))}"
    least = schema.get("minimum", schema.get("minLength"))
    most = schema.get("maximum", schema.get("maxLength"))
    most = None if most == INTEGER_MAX else most  # what a database can hold is no bound of ours
    bounds = f"{least if least is not None else ''}…{most if most is not None else ''}"
    parts = [schema.get("format") or schema.get("type", "object"), bounds if bounds != "…" else ""]
    return " ".join(part for part in parts if part)


def _body(document: Json, told: Json) -> Json:
    content = told.get("requestBody", {}).get("content", {}).get("application/json")
    return _plain(document, content["schema"]) if content else {}


def _answer(told: Json) -> Any:
    """The example of the answer when all is well."""
    for status, answer in told["responses"].items():
        if status.startswith("2"):
            for content in answer.get("content", {}).values():
                return content.get("example")
    return None


def _shown(example: Any) -> str:
    """An example as it is printed; text as it is, all else as JSON."""
    if example is None or isinstance(example, str):
        return example or ""
    return json.dumps(example, indent=2, ensure_ascii=False)
