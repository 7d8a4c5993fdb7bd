"""What a browser is served besides pages."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.kit.assets import SHEET, STATIC, OwnFiles


def _client() -> tuple[OwnFiles, TestClient]:
    own, app = OwnFiles(fresh=False), FastAPI()
    app.mount("/static", own)
    return own, TestClient(app)


def test_the_style_sheets_are_one_answer_that_a_browser_keeps_for_a_year() -> None:
    own, client = _client()
    answer = client.get(own.address(SHEET))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert "@import" not in answer.text
    for path in (STATIC / "css").rglob("*.css"):
        if path != STATIC / SHEET:
            assert path.read_text() in answer.text, f"{path.name} is not imported by {SHEET}"


def test_every_sheet_but_the_typefaces_lives_in_a_layer() -> None:
    for path in (STATIC / "css").rglob("*.css"):
        if path.name not in ("app.css", "fonts.css"):
            assert "@layer" in path.read_text(), path.name
        assert "!important" not in path.read_text(), path.name


def test_a_file_is_served_without_the_digest_too_but_then_not_kept() -> None:
    own, client = _client()
    assert "immutable" in client.get(own.address("favicon.svg")).headers["cache-control"]
    assert "immutable" not in client.get("/static/favicon.svg").headers.get("cache-control", "")
    assert client.get(own.address("css/none.css")).status_code == 404
    assert client.get(own.address("..%2fpyproject.toml")).status_code == 404


def test_every_module_that_a_script_imports_is_there() -> None:
    for path in (STATIC / "js").glob("*.js"):
        for line in path.read_text().splitlines():
            if line.startswith("import "):
                assert (path.parent / line.split('"')[1]).exists(), f"{path.name}: {line}"
