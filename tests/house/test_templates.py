"""Every template compiles, has a title, can be translated, and holds no code."""

import ast
import re

import pytest

from tests.house.plan import (
    APP,
    HOLE,
    TEMPLATES,
    calls,
    python_files,
    tags_of,
    template_names,
    tree,
)

NAMES = template_names()
PAGES = [
    name
    for name in NAMES
    if not name.rsplit("/", 1)[-1].startswith("_") and not name.startswith(("layout/", "mail/"))
]
# A file that is downloaded stands alone, so it brings its own style.
STANDALONE = {name for name in NAMES if "<!doctype" in (TEMPLATES / name).read_text().lower()} - {
    "layout/base.html"
}
READ_ALOUD = {
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "aria-description",
    "aria-roledescription",
}
# Written the same in every language.
NOT_WORDS = {"Clausewise", "JSON", "PDF", "HTML", "Markdown", "BibTeX", "CSL-JSON", "UTC", "API"}
NOT_FOR_PEOPLE = {"patterns.html"}  # every component in every state, shown in development only
SILENT_TAGS = {"code", "pre", "script", "kbd", "samp"}


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name, templates):
    templates.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title(name):
    source = (TEMPLATES / name).read_text()
    assert "{% block title %}" in source or (name in STANDALONE and "<title>" in source)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_says_where_it_goes_and_how(name):
    for line, tag, attributes in tags_of(name).tags:
        if tag == "form" and attributes.get("method") != "dialog":
            assert attributes.get("action"), f"{name}:{line} has no action"
            assert attributes.get("method", "").lower() in {"get", "post", HOLE}, f"{name}:{line}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in STANDALONE])
def test_it_holds_no_code_and_no_style(name):
    for line, tag, attributes in tags_of(name).tags:
        where = f"{name}:{line}"
        assert tag != "style", where
        assert tag != "script" or attributes.get("src"), where
        assert "style" not in attributes, where
        assert not [one for one in attributes if re.match(r"on[a-z]|hx-on", one)], where
        assert not attributes.get("href", "").lstrip().lower().startswith("javascript:"), where


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_FOR_PEOPLE])
def test_every_word_of_it_can_be_translated(name):
    tags = tags_of(name)
    found = [
        f"{name}:{line} {text.strip()!r}"
        for line, tag, text in tags.texts
        if tag not in SILENT_TAGS and _has_words(text)
    ]
    found += [
        f"{name}:{line} {attribute}={value!r}"
        for line, _, attributes in tags.tags
        for attribute, value in attributes.items()
        if attribute in READ_ALOUD and _has_words(value)
    ]
    assert not found


def _has_words(text: str) -> bool:
    text = re.sub(r"[\w-]+=\"[^\"]*\"", " ", text)  # a macro that writes attributes
    words = re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*", text.replace(HOLE, " "))
    return bool(set(words) - NOT_WORDS)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_is_trusted_but_what_was_rendered_once(name):
    """``|safe`` only on columns that hold rendered, sanitised HTML."""
    source = (TEMPLATES / name).read_text()
    for match in re.finditer(r"([\w.\[\]]+)\s*\|\s*safe\b", source):
        assert match[1].endswith("html"), f"{name}: {match[0]}"


@pytest.mark.parametrize("name", NAMES)
def test_it_assumes_no_direction_of_writing(name):
    for line, _, attributes in tags_of(name).tags:
        assert "align" not in attributes, f"{name}:{line}"


def codes(call_name: str) -> set[str]:
    return {
        str(call.args[0].value)
        for path in python_files("app")
        for name, call in calls(tree(path))
        if name == call_name and call.args and isinstance(call.args[0], ast.Constant)
    }


def sentences(template: str) -> set[str]:
    path = TEMPLATES / "layout" / template
    if not path.exists():
        pytest.skip(f"{template} is not written yet")
    return set(re.findall(r"(?:code|said) == [\"']([\w.]+)[\"']", path.read_text()))


def test_every_refusal_has_a_sentence():
    assert codes("Refusal") - sentences("_refusals.html") == set()


def test_every_sentence_of_refusal_is_said_somewhere():
    spoken = codes("Refusal")
    texts = [path.read_text() for path in python_files("app")]
    unused = {
        code
        for code in sentences("_refusals.html") - spoken
        if not any(f'"{code}"' in text for text in texts)
    }
    assert unused == set()


def test_everything_said_after_a_verb_has_a_sentence():
    said = {
        keyword.value.value
        for path in python_files("app")
        for name, call in calls(tree(path))
        if name == "see_other"
        for keyword in call.keywords
        if keyword.arg == "said" and isinstance(keyword.value, ast.Constant)
    } - {None, ""}
    assert said - sentences("_said.html") == set()


def test_no_sentence_shouts():
    shouting = [
        f"{path.relative_to(TEMPLATES)}: {text}"
        for path in TEMPLATES.rglob("*.html")
        for text in re.findall(r"_\([\"'][^\"']*!\s*[\"']\)", path.read_text())
    ]
    assert not shouting


def test_stylesheets_use_logical_sides_and_no_force():
    physical = re.compile(r"(?:margin|padding|border)-(?:left|right)\b|\b(?:left|right):|float:")
    offenders = [
        f"{path.name}:{number} {line.strip()}"
        for path in (APP.parent / "static").rglob("*.css")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "!important" in line or physical.search(line)
    ]
    assert not offenders
