"""The page about the API: how to begin, and every operation, as the API's own document has it."""

import re

import pytest

from app.reading.operations import operations_by_tag

DOCUMENT = {
    "paths": {
        "/api/v1/d/{slug}/notes": {
            "get": {
                "tags": ["notes"],
                "summary": "Notes, newest first",
                "security": [{"token": ["read"]}],
                "description": "`next` is *not* <b>yours</b>.",
                "parameters": [
                    {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}},
                    {
                        "name": "limit",
                        "in": "query",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
                        "description": "rows a page",
                    },
                    {
                        "name": "clause",
                        "in": "query",
                        "schema": {
                            "anyOf": [
                                {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
                                {"type": "null"},
                            ]
                        },
                    },
                    {"name": "idempotency-key", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"example": {"items": ["ä"]}}}},
                    "404": {"content": {"application/problem+json": {"example": {"status": 404}}}},
                },
            },
            "post": {
                "tags": ["notes"],
                "summary": "Write one",
                "security": [{"token": ["write"]}],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/NoteBody"}}
                    }
                },
                "responses": {"201": {"description": "made"}},
            },
        },
        "/api/v1/me": {
            "get": {
                "tags": ["people"],
                "summary": "You",
                "security": [{"token": ["read"]}],
                "responses": {},
            }
        },
    },
    "components": {
        "schemas": {
            "NoteBody": {
                "required": ["words"],
                "examples": [{"words": "So."}],
                "properties": {
                    "words": {"type": "string", "minLength": 1, "maxLength": 90},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "on": {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}},
                },
            },
            "Kind": {"type": "string", "enum": ["", "plain", "odd"]},
        }
    },
}


class TestReadingTheDocument:
    @pytest.fixture
    def read(self):
        notes, people = operations_by_tag(DOCUMENT).values()
        assert [one.path for one in people] == ["/me"]
        return notes[0], notes[1]

    def test_an_operation_is_known_by_method_and_path(self, read):
        assert [(one.method, one.path, one.id) for one in read] == [
            ("GET", "/d/{slug}/notes", "get-d-slug-notes"),
            ("POST", "/d/{slug}/notes", "post-d-slug-notes"),
        ]

    def test_an_operation_says_what_a_token_must_be_made_for(self, read):
        assert [one.scope for one in read] == ["read", "write"]

    def test_values_have_their_place_their_kind_and_their_bounds(self, read):
        listed, written = read
        assert [(v.name, v.place, v.kind, v.default) for v in listed.values] == [
            ("slug", "path", "string", ""),
            ("limit", "query", "integer 1…200", "50"),
            ("clause", "query", "integer 1…", ""),
        ]
        assert [(v.name, v.kind, v.needed, list(v.choices)) for v in written.values] == [
            ("words", "string 1…90", True, []),
            ("kind", "string", False, ["plain", "odd"]),
            ("on", "array of string", False, []),
        ]

    def test_examples_are_of_what_is_sent_and_of_what_is_answered_when_all_is_well(self, read):
        assert [(one.sent, one.answered) for one in read] == [
            ("", '{\n  "items": [\n    "ä"\n  ]\n}'),
            ('{\n  "words": "So."\n}', ""),
        ]

    def test_descriptions_are_markdown_and_no_more(self, read):
        assert read[0].about == "<code>next</code> is <em>not</em> &lt;b&gt;yours&lt;/b&gt;."


class TestThePage:
    def test_the_footer_leads_to_it_and_it_to_the_document(self, browser, cast):
        browser.get("/")
        page = browser.click("API", within=".footer")
        assert (page.path, page.status) == ("/api", 200)
        assert page.one("h1").text() == "The API"
        assert "/api/v1/openapi.json" in {node.attributes["href"] for node in page.css("main a")}

    def test_it_says_how_to_begin_at_this_very_instance(self, browser, settings):
        begin = browser.get("/api").one("#begin")
        assert f"API={settings.base_url}/api/v1" in begin.text()
        assert "Authorization: Bearer $TOKEN" in begin.text()
        assert begin.css_first("a").attributes["href"] == "/me#tokens"

    def test_it_lists_every_operation_of_the_document_once(self, browser, api):
        document = api.get("/api/v1/openapi.json").json()["paths"]
        page = browser.get("/api")
        listed = [
            (
                node.css_first(".operation__method").text(),
                "/api/v1" + node.css_first(".operation__path").text(),
                node.css_first(".operation__summary").text(),
            )
            for node in page.css("details.operation")
        ]
        assert sorted(listed) == sorted(
            (method.upper(), path, told["summary"])
            for path, methods in document.items()
            for method, told in methods.items()
        )
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))

    def test_what_an_operation_takes_is_folded_beneath_it(self, browser):
        folded = browser.get("/api").one("#post-d-slug-comments")
        assert "open" not in folded.attributes
        names = [node.text() for node in folded.css("dt code")]
        assert names[0] == "slug"
        assert {"clause", "parent", "kind", "body"} <= set(names)
        assert [
            node.parent.css_first("code").text() for node in folded.css(".operation__needed")
        ] == ["body"]
        assert "Whose law is meant?" in folded.css_first("pre").text()

    def test_each_line_of_the_side_leads_to_a_part_of_it(self, browser):
        page = browser.get("/api")
        for node in page.css(".side a"):
            assert page.one(node.attributes["href"]).css_first("h2").text()

    def test_no_group_of_operations_goes_by_its_tag_alone(self, browser):
        """A new tag in the document needs its words in templates/reading/_tag.html."""
        titles = [node.text().strip() for node in browser.get("/api").css(".operations h2")]
        assert not [one for one in titles if re.fullmatch("[a-z-]+", one)]

    def test_somebody_who_is_signed_in_reads_the_same(self, browser, cast):
        public = browser.get("/api").one(".body").html
        assert browser.sign_in(cast.dara).get("/api").one(".body").html == public
