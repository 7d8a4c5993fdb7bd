"""Bad input to every form: a clear answer, what was typed is kept, nothing is written, no 500."""

import html
import re
from urllib.parse import quote, urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.case import Size, tell
from tests import hostile
from tests.addresses import addresses
from tests.house.attempts import Attempts
from tests.pages import pages, path_of

pytestmark = pytest.mark.slow

SIZE = Size(clauses=12, comments=6, proposals=4, ballots=2, votes=8)
FREE = {"text", "textarea", "search", "email"}
PLAIN = {"email": "a@example.org", "number": "3", "datetime-local": "2099-01-01T12:00"}
UNSHOWABLE = {"nothing", "blank", "zero byte", "control", "header", "noncharacter"}
WRITTEN_IN = {"textarea", "text", "search", "email"}
LEADING = {"href", "src", "action", "formaction", "srcset", "xlink:href"}
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}


@pytest.fixture
def case(db):
    return tell(db, SIZE, slug="case")


def forms_of(browser, paths):
    """Every POST form that the pages hold, once for each set of fields and place it goes to."""
    seen = {}
    for path in paths:
        page = browser.get(path)
        for form in page.forms():
            if (form.node.attributes.get("method") or "").lower() != "post":
                continue
            action = form.node.attributes["action"]
            if action == "#":
                continue  # a sample, on the page of patterns
            kinds = {
                str(one.attributes["name"]): "textarea"
                if one.tag == "textarea"
                else one.attributes.get("type") or ("select" if one.tag == "select" else "text")
                for one in form.fields()
            }
            values = {
                name: (form.values().get(name) or [""])[0] or PLAIN.get(kind, "Some words")
                for name, kind in kinds.items()
                if kind != "file"
            }
            by_kind = tuple(sorted(kinds.items()))
            for button in form.buttons():
                if button.attributes.get("name"):
                    values.setdefault(
                        str(button.attributes["name"]), button.attributes.get("value") or ""
                    )
            seen.setdefault((place_of(action), by_kind), (path, action, kinds, values))
    return list(seen.values())


def place_of(action):
    """An address, whatever the numbers in it are."""
    return re.sub(r"p_[0-9a-f]+|[0-9]+", "#", action)


@pytest.fixture
def attempt(database, db, browser, case):
    browser.sign_in(case.chair)
    return Attempts(database, db, browser)


def what_is_wrong(answer, changed, name, typed, kind):
    """Why this answer to hostile input is not good enough, or None."""
    if isinstance(answer, str):
        return answer
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code == 401:
        return "the person is signed out, so nothing was tried"
    if answer.status_code >= 400 and changed:
        return f"{answer.status_code}, but something was written: {changed}"
    if kind in WRITTEN_IN and answer.request.method == "POST":
        if answer.status_code == 404:
            return "404 to somebody who used a form that is there"
        # A draft may be longer, and of a list each row is judged.
        fits = answer.request.url.path.endswith(("/import", "/list"))
        if name == "too long" and answer.status_code < 400 and not fits:
            return f"{answer.status_code}: it was cut off, left out or taken"
    if runs(answer.text):
        return "it would run"
    if answer.status_code in {409, 422} and kind in {"textarea", "text"} and name not in UNSHOWABLE:
        shown = html.unescape(answer.text)
        if typed.strip()[:200] not in shown:
            return f"{answer.status_code}, but what was typed is gone"
    return None


def runs(page):
    """Whether the browser would run what was typed."""
    if hostile.MARK not in html.unescape(page).lower():
        return False
    tree = LexborHTMLParser(page)
    for node in tree.css("*"):
        for attribute, value in node.attributes.items():
            held = (value or "").strip().lower()
            leads = attribute in LEADING and held.startswith(("javascript:", "data:", "vbscript:"))
            if (attribute.startswith("on") or leads) and hostile.MARK in held:
                return True
        if node.tag == "script" and hostile.MARK in node.text():
            return True
    return False


def sendings(forms, backend):
    """What is sent in place of each value: form, field, and the text by its name.

    A field of free text gets everything, once by its name and kind: of the many reasons, the first.
    All other fields get the few, and all on PostgreSQL what that may take amiss.
    """
    had_everything = set()
    for form in forms:
        _, _, kinds, _ = form
        for field, kind in kinds.items():
            thorough = kind in FREE and backend == "sqlite" and (field, kind) not in had_everything
            had_everything.add((field, kind))
            few = hostile.few(words=kind in FREE, backend=backend)
            if kind != "file":
                for name, typed in (hostile.TEXTS if thorough else few).items():
                    yield form, field, name, typed


def test_every_form_stands_hostile_input(app, backend, browser, case, attempt):
    forms = forms_of(browser, [one.path for one in pages(app, "case", "case-group")])
    wrong, sent = [], 0
    for form, field, name, typed in sendings(forms, backend):
        path, action, kinds, values = form
        body = urlencode({**values, field: typed})

        def send(action=action, body=body):
            return browser.client.post(action, content=body, headers=FORM)

        answer, changed = attempt(send)
        sent += 1
        if found := what_is_wrong(answer, changed, name, typed, kinds[field]):
            wrong.append(f"{action} (from {path}) {field} = {name}: {found}")
    assert sent > 200
    assert not wrong, f"{len(wrong)} of {sent}\n" + "\n".join(wrong[:40])


@pytest.mark.alike
def test_every_form_stands_what_is_missing_and_what_is_no_text(app, browser, case, attempt):
    wrong = []
    for one in addresses(app):
        if one.method != "POST" or one.is_api:
            continue
        action = path_of(one, "case", "case-group").split("?")[0]
        bodies = [
            (b"", FORM),
            (b"=&&=;%", FORM),
            (f"body={hostile.NOT_UTF_8}&token={hostile.LONE_SURROGATE}".encode(), FORM),
            (b"x=1&" * 5000, FORM),
            (b"not a form", {**FORM, "content-type": "text/plain"}),
            (b'{"a": 1}', {**FORM, "content-type": "application/json"}),
            (b"--x\r\n", {**FORM, "content-type": "multipart/form-data; boundary=x"}),
            (b"x", {**FORM, "content-type": "multipart/form-data"}),
        ]
        for body, headers in bodies:

            def send(action=action, body=body, headers=headers):
                return browser.client.post(action, content=body, headers=headers)

            answer, changed = attempt(send)
            if found := what_is_wrong(answer, changed, "nothing", "", "hidden"):
                wrong.append(f"{action} {body[:40]!r}: {found}")
    assert not wrong, "\n".join(wrong)


QUERY = "after page kind by next clause view only from to q state sort".split()


def hostile_paths(app, backend):
    """Every page with parts of its address that are none, and with queries that are none.

    Pages whose parts have the same names find what they are about in the same way: the first of
    them gets all that a part may be, the others get the few.
    """
    had_everything = set()
    for one in addresses(app):
        if one.method != "GET" or one.is_api:
            continue
        names = tuple(re.findall(r"{(\w+)", one.path))
        parts = hostile.FEW_PARTS if names in had_everything else hostile.PARTS
        had_everything.add(names)
        for p in (parts if backend == "sqlite" else hostile.PARTS_AMISS) if names else ():
            yield one.with_values(
                slug="case",
                group="case-group",
                number=p,
                label=p,
                a=p,
                b=p,
                token_id=p,
                person_id=p,
            )
            yield one.with_values(slug=p, group=p)
        good = path_of(one, "case", "case-group").split("?")[0]
        for text_name, typed in hostile.queries(backend).items():
            if text_name != "too long":
                yield good + "?" + "&".join(f"{n}={quote(typed, safe='')}" for n in QUERY)


def test_every_address_stands_hostile_parts_and_queries(app, backend, browser, case, attempt):
    wrong = []
    for path in dict.fromkeys(hostile_paths(app, backend)):  # without numbers, all are the same

        def send(path=path):
            return browser.client.get(path)

        answer, changed = attempt(send)
        found = what_is_wrong(answer, changed, "nothing", "", "hidden")
        if changed:
            found = f"a GET wrote: {changed}"
        if not found and answer.status_code == 303 and answer.headers["location"].startswith("//"):
            found = "it leads elsewhere"
        if found:
            wrong.append(f"{path[:150]}: {found}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:40])
