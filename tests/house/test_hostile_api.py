"""Bad input to every call of the API: a problem document, nothing written, no 500."""

import json
import re
from urllib.parse import quote

import pytest

from bench.case import Size, tell
from tests import hostile
from tests.addresses import addresses
from tests.house.attempts import Attempts
from tests.pages import path_of
from tests.signing import token_of

pytestmark = pytest.mark.slow

SIZE = Size(clauses=12, comments=6, proposals=4, ballots=2, votes=8)
AS_TEXT = ("nothing", "not UTF-8", "a name twice")  # which nobody reads: the type is wrong already
PLAUSIBLE = {
    "string": "Some words",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
    "object": {},
}


@pytest.fixture
def case(db):
    return tell(db, SIZE, slug="case")


@pytest.fixture
def send(api, db, case):
    """Sends bytes or JSON with the chair's token."""
    headers = {"authorization": f"Bearer {token_of(db, case.chair)}"}

    def sender(method, path, body=None, **more):
        content = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            more = {"content-type": "application/json", **more}
        return api.client.request(method, path, content=content, headers={**headers, **more})

    return sender


@pytest.fixture
def attempt(database, db, send):
    return Attempts(database, db)


def resolved(schema, document):
    """A schema without references, and without the choice of null."""
    while "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        schema = document["components"]["schemas"][name]
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            real = [one for one in schema[choice] if one.get("type") != "null"]
            return resolved(real[0], document)
    return schema


def plausible(schema, document):
    """A value that the schema would take, as far as a schema can say."""
    for given in ("example", "default"):
        if given in schema:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    schema = resolved(schema, document)
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date-time":
        return "2099-01-01T12:00:00Z"
    if schema.get("type") == "object" and "properties" in schema:
        return {
            name: plausible(one, document)
            for name, one in schema["properties"].items()
            if name in schema.get("required", schema["properties"])
        }
    return PLAUSIBLE.get(schema.get("type", "string"), "Some words")


def operations(app):
    """Every unsafe call: address, schema of its body, the whole document."""
    document = app.openapi()
    for one in addresses(app):
        if not one.is_api or one.is_safe:
            continue
        operation = document["paths"][one.path][one.method.lower()]
        content = operation.get("requestBody", {}).get("content", {})
        yield one, content.get("application/json", {}).get("schema"), document


def what_is_wrong(answer, changed):
    if isinstance(answer, str):
        return answer
    if answer.status_code >= 500:
        return f"{answer.status_code}: {answer.text[:200]}"
    if answer.status_code >= 400:
        if changed:
            return f"{answer.status_code}, but something was written: {changed}"
        if not answer.headers["content-type"].startswith("application/problem+json"):
            return f"{answer.status_code} as {answer.headers['content-type']}"
        problem = answer.json()
        if not problem.get("title") or problem.get("status") != answer.status_code:
            return f"a poor problem document: {problem}"
        if answer.status_code in {403, 409, 422} and not (
            problem.get("detail") or problem.get("errors")
        ):
            return f"{answer.status_code} without a reason: {problem}"
    return None


def corpora(document, schema, backend, had_everything):
    """What is sent in place of each field of a body: (field, name, value).

    Everything goes once to each field by its name and type (of the many reasons, to the first),
    and of the texts only the few to a field of no free text. All others get the few, too long
    ones among them, and all on PostgreSQL what that may take amiss.
    """
    for field, given in resolved(schema, document).get("properties", {}).items():
        shape = resolved(given, document)
        is_text = shape.get("type") == "string"
        is_free = is_text and not {"enum", "format", "const"} & set(shape)
        key = (field, shape.get("type"), shape.get("pattern"), is_free)
        thorough = backend == "sqlite" and key not in had_everything
        had_everything.add(key)
        texts = hostile.few(words=is_free, backend=backend)
        values = hostile.few_values(words=is_text, backend=backend)
        if thorough:
            texts, values = hostile.TEXTS if is_free else texts, hostile.VALUES
        for name, value in {**texts, **values}.items():
            yield field, name, value


def test_every_call_stands_hostile_values(app, backend, attempt, send):
    wrong, sent, had_everything = [], 0, set()
    for one, schema, document in operations(app):
        if schema is None:
            continue
        path = path_of(one, "case", "case-group").split("?")[0]
        good = plausible(schema, document)
        for field, name, value in corpora(document, schema, backend, had_everything):
            body = {**good, field: value} if isinstance(good, dict) else {field: value}
            answer, changed = attempt(lambda b=body, o=one, p=path: send(o.method, p, b))
            sent += 1
            if found := what_is_wrong(answer, changed):
                wrong.append(f"{one} {field} = {name}: {found}")
    assert sent > 50
    assert not wrong, f"{len(wrong)} of {sent}\n" + "\n".join(wrong[:40])


@pytest.mark.alike
def test_every_call_stands_bodies_that_are_no_body(app, attempt, send):
    wrong = []
    for one, _, _ in operations(app):
        path = path_of(one, "case", "case-group").split("?")[0]
        bodies = [(what, body, "application/json") for what, body in hostile.BODIES.items()]
        bodies += [(what, hostile.BODIES[what], "text/plain") for what in AS_TEXT]
        for what, body, kind in bodies:
            answer, changed = attempt(
                lambda b=body, o=one, p=path, k=kind: send(o.method, p, b, **{"content-type": k})
            )
            if found := what_is_wrong(answer, changed):
                wrong.append(f"{one} {what} as {kind}: {found}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:40])


@pytest.mark.alike  # numbers beyond the range go to both databases in the values
def test_every_call_stands_hostile_addresses_headers_and_queries(app, attempt, send):
    wrong = []
    had_everything = set()
    if_match = [{"if-match": "x"}, {"if-match": '"' + "x" * 5000 + '"'}]
    key = [{"idempotency-key": "k" * 5000}, {"idempotency-key": ""}]
    accept = [{"accept": "text/html"}, {"accept-language": "x" * 500}]
    none_match = {"if-none-match": "*"}
    # Of a verb, what it is tried under goes alone; what it answers with goes along.
    doing = [if_match[0] | accept[0], if_match[1] | accept[1], key[0] | none_match, key[1]]
    # Whoever only reads is told nothing by the headers of a verb: they come together.
    reading = [if_match[0] | key[0] | accept[0], if_match[1] | key[1] | accept[1], none_match]
    for one in addresses(app):
        if not one.is_api:
            continue
        good = path_of(one, "case", "case-group").split("?")[0]
        named = (one.is_safe, *re.findall(r"{(\w+)", one.path))
        parts = hostile.FEW_PARTS if named in had_everything else hostile.PARTS
        had_everything.add(named)
        addressed = dict.fromkeys(  # one without numbers is the same for each of them
            one.with_values(
                slug="case", group="case-group", number=p, label=p, a=p, b=p, person_id=p
            )
            for p in parts
        )
        sent = [(path, {}) for path in addressed]
        sent += [(good, header) for header in (reading if one.is_safe else doing)]
        if one.is_safe:
            names = ["after", "limit", "kind", "by", "since", "until", "verb", "state", "clause"]
            sent += [
                (good + "?" + "&".join(f"{n}={quote(typed[:2000], safe='')}" for n in names), {})
                for typed in hostile.queries().values()
            ]
        for path, header in sent:
            body = None if one.is_safe else {}
            answer, changed = attempt(
                lambda p=path, h=header, o=one, b=body: send(o.method, p, b, **h),
            )
            found = what_is_wrong(answer, changed)
            if one.is_safe and changed:
                found = f"a {one.method} wrote: {changed}"
            if found:
                wrong.append(f"{one.method} {path[:150]} {str(header)[:60]}: {found}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:40])


@pytest.mark.alike
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Basic", "Token", ""])
@pytest.mark.parametrize("secret", ["", "wrong", "x" * 5000, "é", "cw_", "null"])
def test_a_token_that_is_wrong_is_nobody_and_says_so(api, scheme, secret):
    headers = {"authorization": f"{scheme} {secret}".strip().encode()}
    answer = api.client.get("/api/v1/me", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_cookie_counts_for_nothing_under_the_api(api, browser, case):
    browser.sign_in(case.chair)
    assert browser.client.get("/me", headers={}).status_code == 200
    assert browser.client.get("/api/v1/me").status_code == 401
