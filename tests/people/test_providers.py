"""What an operator sets of providers: short where all is known, and one sentence where it is wrong."""

import json

import pytest

from app.main import create_app
from app.people.providers import READY, WrongSetting, read_providers
from app.settings import Settings

MINE = {"client_id": "clausewise", "client_secret": "a secret"}


def read(development=False, **entries):
    return read_providers(json.dumps(entries), development=development)


def test_nothing_set_is_no_provider():
    assert read_providers("", development=False) == {}


@pytest.mark.parametrize("kind", ["github", "gitlab", "google", "microsoft", "orcid"])
def test_a_ready_entry_needs_an_id_and_a_secret_alone(kind):
    provider = read(**{kind: MINE})[kind]
    assert (provider.kind, provider.name) == (kind, READY[kind].name)
    assert provider.issuer.startswith("https://")
    assert provider.speaks_openid == ("openid" in provider.scopes)


def test_a_provider_of_ones_own_says_where_it_is():
    issuer = "https://id.example.org/realms/work"
    provider = read(work={**MINE, "kind": "keycloak", "issuer": issuer, "name": "Work"})["work"]
    assert (provider.issuer, provider.name) == (issuer, "Work")
    assert provider.scopes == ("openid", "profile", "email")


def test_a_key_that_is_no_kind_speaks_openid_connect():
    assert read(work={**MINE, "issuer": "https://id.example.org"})["work"].kind == "oidc"


def test_github_on_a_machine_of_ones_own_has_its_api_there():
    assert read(github=MINE)["github"].github_api == "https://api.github.com"
    here = read(github={**MINE, "issuer": "https://git.example.org"})["github"]
    assert here.github_api == "https://git.example.org/api/v3"


def test_they_stand_in_the_operators_order():
    assert list(read(orcid=MINE, github=MINE, google=MINE)) == ["orcid", "github", "google"]


WRONG = {
    "not JSON": "{",
    "must be an object": '["github"]',
    "small letters": json.dumps({"Git Hub": MINE}),
    "small letters, digits": json.dumps({"demo": MINE}),
    "each value in it text": json.dumps({"github": {**MINE, "scopes": ["openid"]}}),
    "there is no “client”": json.dumps({"github": {**MINE, "client": "x"}}),
    "client_secret is missing": json.dumps({"github": {"client_id": "x"}}),
    "there is no kind “gitea”": json.dumps({"github": {**MINE, "kind": "gitea"}}),
    "issuer is missing": json.dumps({"keycloak": MINE}),
    "must begin with https": json.dumps({"oidc": {**MINE, "issuer": "http://id.example.org"}}),
    "not an address": json.dumps({"oidc": {**MINE, "issuer": "https://[id"}}),
    "plain address": json.dumps({"oidc": {**MINE, "issuer": "https://id.example.org?a=b"}}),
    "must have openid": json.dumps({"google": {**MINE, "scopes": "email"}}),
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_setting_is_one_sentence(words):
    with pytest.raises(WrongSetting) as wrong:
        read_providers(WRONG[words], development=False)
    assert words in str(wrong.value)
    assert str(wrong.value).startswith("CLAUSEWISE_PROVIDERS")
    assert "\n" not in str(wrong.value) and str(wrong.value).endswith(".")
    assert "a secret" not in str(wrong.value)


def test_plain_http_is_for_development():
    entry = {**MINE, "issuer": "http://localhost:9400"}
    assert read(development=True, oidc=entry)["oidc"].issuer == "http://localhost:9400"


def test_the_application_does_not_start_with_a_wrong_setting(tmp_path):
    wrong = Settings(
        providers="{", secret_key="a key for tests", database_url=f"sqlite:///{tmp_path}/unused.db"
    )
    with pytest.raises(WrongSetting):
        create_app(wrong)
