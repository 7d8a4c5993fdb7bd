"""What counts of what a provider says: whose account it is, and which address was checked."""

import json

import pytest
from hypothesis import given, strategies as st

from app.people import vouched
from app.people.providers import read_providers
from app.people.vouched import Vouched

MINE = {"client_id": "clausewise", "client_secret": "a secret"}
PROVIDERS = read_providers(
    json.dumps(dict.fromkeys(("google", "microsoft", "orcid", "github"), MINE)),
    development=False,
)
GOOGLE, MICROSOFT, ORCID, GITHUB = (
    PROVIDERS[kind] for kind in ("google", "microsoft", "orcid", "github")
)


def of_claims(provider, claims) -> Vouched:
    """What is made of it, where somebody is meant."""
    said = vouched.of_claims(provider, claims)
    assert said is not None
    return said


def of_github(provider, user, addresses) -> Vouched:
    said = vouched.of_github(provider, user, addresses)
    assert said is not None
    return said


ANA = {"sub": "1", "name": "Ana Ferreira", "email": "Ana@Example.org", "email_verified": True}


def test_an_address_that_was_checked_is_vouched_for():
    ana = of_claims(GOOGLE, ANA)
    assert (ana.provider, ana.subject, ana.name) == ("google", "1", "Ana Ferreira")
    assert ana.vouched_address == "ana@example.org"


@pytest.mark.parametrize(
    ("said", "checked"),
    [(True, True), ("true", True), (1, True), (False, False), ("false", False), ("yes", False)],
)
def test_some_write_true_as_text(said, checked):
    assert of_claims(GOOGLE, {**ANA, "email_verified": said}).checked is checked


def test_who_does_not_say_that_it_was_checked_vouches_for_nothing():
    ana = of_claims(GOOGLE, {"sub": "1", "email": "ana@example.org"})
    assert ana.checked is None
    assert ana.vouched_address is None


def test_orcid_says_who_but_no_address():
    ana = of_claims(
        ORCID, {"sub": "0000-0002-1825-0097", "given_name": "Ana", "family_name": "Ferreira"}
    )
    assert (ana.subject, ana.name, ana.address) == ("0000-0002-1825-0097", "Ana Ferreira", None)


class TestMicrosoft:
    CLAIMS = {**ANA, "tid": "t1"}

    def test_a_subject_is_one_of_its_tenant(self):
        assert of_claims(MICROSOFT, self.CLAIMS).subject == "t1/1"
        assert vouched.of_claims(MICROSOFT, ANA) is None

    def test_an_address_counts_only_where_the_owner_of_its_domain_was_verified(self):
        """A tenant's administrator writes any address into an account, and nobody checks it."""
        assert of_claims(MICROSOFT, self.CLAIMS).vouched_address is None
        verified = of_claims(MICROSOFT, {**self.CLAIMS, "xms_edov": "1"})
        assert verified.vouched_address == "ana@example.org"


class TestGitHub:
    USER = {"id": 583231, "login": "ana-f", "name": None}

    def test_the_number_names_the_account_since_a_login_can_change_hands(self):
        ana = of_github(GITHUB, self.USER, [])
        assert (ana.subject, ana.name, ana.address) == ("583231", "ana-f", None)

    def test_the_primary_address_counts_if_it_was_verified(self):
        known = [
            {"email": "other@example.org", "primary": False, "verified": True},
            {"email": "ana@example.org", "primary": True, "verified": True},
        ]
        assert of_github(GITHUB, self.USER, known).vouched_address == "ana@example.org"
        known[1]["verified"] = False
        assert of_github(GITHUB, self.USER, known).checked is False

    @pytest.mark.parametrize("number", [None, True, "583231"])
    def test_without_a_number_it_is_nobody(self, number):
        assert vouched.of_github(GITHUB, {**self.USER, "id": number}, []) is None


@pytest.mark.parametrize("subject", [None, "", 7, "a" * 256, "a\x00b", "\ud800"])
def test_a_subject_that_cannot_be_kept_as_it_is_names_nobody(subject):
    assert vouched.of_claims(GOOGLE, {**ANA, "sub": subject}) is None


@pytest.mark.parametrize("address", ["ana", "a@b@c", "x,y@example.org", "a@" + "b" * 300, 7])
def test_what_is_no_plain_address_is_none(address):
    assert of_claims(GOOGLE, {**ANA, "email": address}).address is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*ANA, "tid", "xms_edov", "given_name", "preferred_username"])


@given(st.dictionaries(NAMES, JSON))
def test_whatever_a_provider_says_breaks_nothing(claims):
    for provider in (GOOGLE, MICROSOFT):
        said = vouched.of_claims(provider, {"sub": "1", "tid": "t", **claims})
        assert said is None or (len(said.name) <= 120 and "\n" not in said.name)


@given(st.dictionaries(st.sampled_from(["id", "login", "name"]), JSON), st.lists(JSON, max_size=3))
def test_whatever_github_says_breaks_nothing(user, addresses):
    said = vouched.of_github(GITHUB, user, addresses)
    assert said is None or said.subject
