from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, StringConstraints

from app.kit.forms import Line, Prose, check


class Form(BaseModel):
    title: Annotated[Line, StringConstraints(min_length=1, max_length=10)]
    body: Prose = ""
    kind: Literal["question", "general"] = "general"
    number: int | None = None


def test_what_fits_becomes_a_value() -> None:
    form = check(Form, {"title": "  Two   words ", "body": " a\nb ", "kind": "", "number": "3"})
    assert form.errors == {}
    assert form.value.title == "Two words"
    assert form.value.body == "a\nb"
    assert form.value.number == 3


def test_what_does_not_fit_is_kept_beside_its_sentence() -> None:
    form = check(Form, {"title": "x" * 11, "kind": "shout", "number": "three"})
    assert form.typed["title"] == "x" * 11
    assert form.errors == {
        "title": "At most 10 characters fit here; this has 11.",
        "kind": "This is not one of the choices.",
        "number": "This must be a whole number.",
    }
    with pytest.raises(RuntimeError):
        _ = form.value


def test_an_empty_field_is_a_missing_one() -> None:
    assert check(Form, {"title": ""}).errors == {"title": "This is needed."}


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "\ud800"])
def test_characters_that_cannot_be_kept_are_refused(bad: str) -> None:
    form = check(Form, {"title": "fine", "body": bad})
    assert form.errors["body"].startswith("This holds a character that can't be kept")
