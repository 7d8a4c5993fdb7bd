"""What programs read about the API, and what they are told when they send something else."""

import pytest
from fastapi.routing import iter_route_contexts

from bench.case import Size, tell
from tests.addresses import addresses
from tests.pages import path_of
from tests.signing import token_of

SIZE = Size(clauses=12, comments=12, proposals=4, ballots=4, votes=8)
METHODS = {"get", "post", "put", "patch", "delete"}
FILES = {"text/html", "application/pdf"}  # which are too long for an example
SOMETIMES = {"redline"}  # of clauses that were reworded
VARIOUS = {"about", "words", "said"}  # of entries in the record: each verb has its own
OF_ANYBODY = (  # under a group
    "/definitions",
    "/requests",
    "/requests/mine/withdrawal",
    "/leaving",
    "/interests",
    "/interests/{number}/end",
    "/appeal",
)
WITHOUT_EXAMPLE = {"GET /api/v1/me"}


@pytest.fixture
def document(api):
    return api.get("/api/v1/openapi.json").json()


@pytest.fixture
def operations(document):
    """Every operation, by its address."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def answers(operation):
    """What it says when all is well: status, kind of content, the content as described."""
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            for kind, content in answer.get("content", {}).items():
                yield status, kind, content


def test_the_document_describes_the_api_and_no_page(document):
    paths = document["paths"]
    assert paths
    assert [path for path in paths if not path.startswith("/api/v1/")] == []


def test_every_operation_says_in_one_line_what_it_does(operations):
    said = [operation["summary"] for operation in operations.values()]
    assert not [one for one in said if not one or len(one) > 90]


def test_every_operation_names_one_scope(operations, document):
    """Reading is read, a vote is vote, what becomes of a group and its people is admin, and all else
    is write; but what keeps nothing is read, though it takes a body."""
    wrong = []
    for name, operation in operations.items():
        method, path = name.split(" ", 1)
        if method == "GET" or path.endswith(("/imports/plan", "/receipt-checks")):
            scope = "read"
        elif path.endswith(("/vote", "/recusal", "/recusal/withdrawal")):
            scope = "vote"
        elif "/g/{group}/" in path and not path.endswith(OF_ANYBODY):
            scope = "admin"
        else:
            scope = "write"
        if operation.get("security") != [{"token": [scope]}]:
            wrong.append(f"{name}: {operation.get('security')}, not {scope}")
    assert not wrong
    scheme = document["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def test_every_answer_has_an_example(operations):
    without = {
        name
        for name, operation in operations.items()
        for _, kind, content in answers(operation)
        if kind not in FILES and "example" not in content
    }
    assert without == WITHOUT_EXAMPLE


def test_every_body_has_an_example(operations, document):
    without = []
    for name, operation in operations.items():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            schema = document["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]]
            if not schema.get("examples"):
                without.append(name)
    assert not without


def test_every_refusal_is_described(operations):
    poor = []
    for name, operation in operations.items():
        told = operation["responses"]
        wanted = {"401", "403", "404", "409", "422"}
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
            wanted.add("412")
        for status in wanted:
            answer = told.get(status, {"description": ""})
            if not answer["description"] or "application/problem+json" not in answer["content"]:
                poor.append(f"{name} {status}")
        if ("412" in told) != ("412" in wanted):
            poor.append(f"{name} 412")
    assert not poor


def test_what_is_edited_as_it_was_read_says_so(operations):
    """Where ``docs/api.md`` says that ``If-Match`` counts, and nowhere else."""
    takes = {
        name.replace("/api/v1", "")
        for name, operation in operations.items()
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
    }
    assert takes == {
        "POST /d/{slug}/changes",
        "POST /d/{slug}/imports",
        "POST /d/{slug}/versions",
        "PATCH /d/{slug}/comments/{number}",
        "POST /d/{slug}/proposals/{number}/revisions",
        "PUT /g/{group}/members/{person_id}",
        "DELETE /g/{group}/members/{person_id}",
    }


@pytest.mark.alike
def test_examples_have_the_shape_of_what_is_answered(app, api, db):
    case = tell(db, SIZE, slug="case")
    headers = {"authorization": f"Bearer {token_of(db, case.chair)}"}
    person = case.people[0].id
    shown, wrong, looked_at = examples(app), [], 0
    for one in addresses(app):
        if one.method != "GET" or str(one) not in shown:
            continue
        answer = api.get(path_of(one, "case", "case-group", person_id=person), headers=headers)
        if answer.status_code == 200:
            looked_at += 1
            wrong += [f"{one} {place}" for place in differences(shown[str(one)], answer.json())]
    assert looked_at > 20
    assert not wrong, "\n".join(wrong)


def examples(app):
    """The examples as they were given: the document leaves out what is null in them."""
    found = {}
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        told = getattr(context.original_route, "responses", {}).get(200, {}).get("content", {})
        if "example" in told.get("application/json", {}) and not path.endswith(".json"):
            found[f"GET {path}"] = told["application/json"]["example"]
    return found


def differences(example, answer, place=""):
    """Where the keys of two values differ. Null may stand for anything, an empty list for any other;
    keys that are numbers are names of clauses, which differ always."""
    if isinstance(example, dict) and isinstance(answer, dict):
        if not all(key.isdigit() for key in {*example, *answer}):
            for key in sorted((example.keys() ^ answer.keys()) - SOMETIMES):
                yield f"{place}.{key}"
        for key in (example.keys() & answer.keys()) - VARIOUS:
            yield from differences(example[key], answer[key], f"{place}.{key}")
    elif isinstance(example, list) and isinstance(answer, list):
        if example and answer:
            yield from differences(example[0], answer[0], f"{place}[0]")
    elif example is not None and answer is not None and type(example) is not type(answer):
        yield f"{place}: {type(example).__name__}, but {type(answer).__name__}"


def test_a_body_that_is_no_json_is_told_so(api, cast):
    answer = api.as_(cast.ana).post(
        f"/api/v1/d/{cast.definition.slug}/comments",
        content="{no",
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"body": "This is not JSON."}
