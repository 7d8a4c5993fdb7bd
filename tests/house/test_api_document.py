"""What programs read about the API, and what they are told when they send something else."""


def test_the_document_describes_the_api_and_no_page(api):
    paths = api.get("/api/v1/openapi.json").json()["paths"]
    assert paths
    assert [path for path in paths if not path.startswith("/api/v1/")] == []


def test_a_body_that_is_no_json_is_told_so(api, cast):
    answer = api.as_(cast.ana).post(
        f"/api/v1/d/{cast.definition.slug}/comments",
        content="{no",
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"body": "This is not JSON."}
