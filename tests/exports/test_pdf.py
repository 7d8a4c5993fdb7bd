import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.definitions import draft
from app.exports.copies import Copy
from app.exports.markdown import write_markdown
from app.exports.pdf import write_pdf
from tests.exports.copies import DRAFT, RATIFIED, saying
from tests.exports.test_formats import HOSTILE


def read(copy: Copy) -> PdfReader:
    return PdfReader(io.BytesIO(write_pdf(copy)))


def root(reader: PdfReader, *path: str) -> Any:
    """What stands at a path of the document's catalogue."""
    found: Any = reader.root_object
    for name in path:
        found = found[name].get_object()
    return found


def is_pdf_ua(reader: PdfReader) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in root(reader, "/Metadata").get_data()


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader) -> list[str]:
    """The structure types of the tagged text, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(root(reader, "/StructTreeRoot"))
    return found


def test_it_says_what_it_is() -> None:
    reader = read(RATIFIED)
    assert reader.metadata is not None
    assert reader.metadata.title == "Open Source AI 1.0"
    assert reader.metadata.author == "Open Definitions Group"
    assert root(reader, "/Lang") == "en"
    assert root(reader, "/ViewerPreferences", "/DisplayDocTitle")
    assert is_pdf_ua(reader)
    assert root(reader, "/MarkInfo", "/Marked")


def test_it_says_its_own_words_in_a_language_that_it_has() -> None:
    reader = read(replace(RATIFIED, language="fr"))
    assert root(reader, "/Lang") == "fr"
    assert "Version 1.0, ratified on 28 October 2024" in words(reader)
    assert is_pdf_ua(reader)
    assert is_pdf_ua(read(replace(RATIFIED, language="ar")))


def test_what_was_ratified_can_be_signed_beside_its_hash() -> None:
    reader = read(RATIFIED)
    signed = next(page for page in reader.pages if "name and signature" in page.extract_text())
    assert RATIFIED.text in signed.extract_text()
    assert "signature" not in words(read(DRAFT))


def test_headings_are_bookmarks() -> None:
    def titles(outline: list[Any]) -> list[Any]:
        return [titles(o) if isinstance(o, list) else o.title for o in outline]

    assert titles(read(DRAFT).outline) == [
        "Freedoms",
        "What must be there",
        ["Parts of a learning system"],
        "About this text",
    ]


def test_tables_and_lists_are_real_ones() -> None:
    found = tags(read(DRAFT))
    assert found.count("/Table") == 1
    assert found.count("/TH") == 2
    assert found.count("/TD") == 4
    assert found.count("/LI") == 5
    assert found.count("/Link") >= 1


def test_it_has_the_words_of_the_markdown_in_their_order() -> None:
    links = re.compile(r"\]\([^)]*\)")
    source = re.sub(r"^\d\. ", "", write_markdown(DRAFT).decode(), flags=re.M)
    said = iter(re.findall(r"\w+", words(read(DRAFT))))
    missing = [word for word in draft.words(links.sub("]", source)) if word not in said]
    assert missing == []


def test_it_carries_the_ratification_and_the_hash() -> None:
    said = words(read(RATIFIED))
    assert "Ratified by Open Definitions Group on 28 October 2024, in ballot 7." in said
    assert "Carried: 52 of 60 votes" in said
    assert RATIFIED.text in said.replace(" ", "")
    assert "1 / 2" in said


def test_the_same_copy_gives_the_same_bytes() -> None:
    assert write_pdf(RATIFIED) == write_pdf(replace(RATIFIED))
    assert write_pdf(RATIFIED) != write_pdf(DRAFT)


@pytest.mark.parametrize("hostile", [*HOSTILE, "a\x00b\x07c"])
def test_hostile_words_are_set_as_words(hostile: str) -> None:
    reader = read(replace(saying(hostile, "# " + hostile), definition=hostile, group=hostile))
    plain = re.sub(r"\s", "", words(reader))
    assert "root:" not in plain
    first = re.findall(r"\w+", hostile)[0]
    assert first in plain


@pytest.mark.parametrize(
    "text",
    ["Ελληνικά", "кириллица", "עברית", "→ ≥ ✓ – “”"],
    ids=["greek", "cyrillic", "hebrew", "marks"],
)
def test_other_scripts_are_set(text: str) -> None:
    reader = read(saying(text))
    assert text in words(reader)
    assert is_pdf_ua(reader)


@pytest.mark.parametrize(
    "text", ["日本語の文章", "ไทย", "well done 😀"], ids=["cjk", "thai", "emoji"]
)
def test_characters_that_no_font_has_are_announced(text: str) -> None:
    reader = read(saying("Latin words remain.", text))
    said = words(reader)
    assert "Some characters of this text are missing here" in said
    assert "Latin words remain." in said
    assert root(reader, "/MarkInfo", "/Marked")
    assert not is_pdf_ua(reader)


def test_every_odd_block_is_set() -> None:
    odd = [
        "***",
        "```\ncode\n```",
        "> quoted\n>\n> - item",
        "3. three\n4. four",
        "<div>raw</div>",
        "line  \nline",
        "![alt](https://example.org/x.png)",
        "[ref]: https://example.org",
        "| a | b |\n| - | - |\n| c | d |",
        "",
    ]
    assert "quoted" in words(read(saying(*odd)))


def test_a_moment_between_two_seconds_is_a_moment() -> None:
    moment = RATIFIED.at.replace(microsecond=123456)
    assert write_pdf(replace(RATIFIED, at=moment)) == write_pdf(RATIFIED)
