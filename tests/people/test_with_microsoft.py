"""Microsoft's many tenants: each account has the issuer of its own, and means something there only."""

import pytest

from app.people.models import Identity
from tests.people.conftest import MINE

pytestmark = pytest.mark.alike

TENANT, OTHER = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490", "82229342-1101-4ab6-817b-70c0747630f3"


@pytest.fixture
def microsoft(with_providers, elsewhere):
    """A provider whose document names an issuer with a hole in it."""
    elsewhere.issuer = "{url}/{tenantid}/v2.0"
    entry = {**MINE, "issuer": f"{elsewhere.url}/common/v2.0"}
    with with_providers(microsoft=entry) as one:
        yield one


def of(elsewhere, tenant, **claims):
    return {"sub": "1", "tid": tenant, "iss": f"{elsewhere.url}/{tenant}/v2.0", **claims}


def test_an_account_is_one_of_its_tenant(microsoft, elsewhere):
    for tenant in (TENANT, OTHER):
        elsewhere.claims = of(elsewhere, tenant, name="Noa New")
        microsoft.sign_in_with("Microsoft", microsoft.open_browser())
    assert [one.subject for one in microsoft.all_of(Identity)] == [f"{TENANT}/1", f"{OTHER}/1"]


def test_an_address_that_a_tenant_wrote_is_nobodys(microsoft, elsewhere):
    """Any tenant can write any address into an account of its own."""
    elsewhere.claims = of(
        elsewhere, OTHER, name="Not Dara", email="dara.singh@example.org", email_verified=True
    )
    assert "Not Dara" in microsoft.sign_in_with("Microsoft").text
    assert microsoft.person("Not Dara").email is None


@pytest.mark.parametrize("tenant", ["common", "..", "", None])
def test_a_tenant_that_is_none_is_refused(microsoft, elsewhere, tenant):
    elsewhere.claims = of(elsewhere, tenant)
    page = microsoft.sign_in_with("Microsoft")
    assert "What Microsoft said of you does not hold" in page.text


def test_the_issuer_of_another_tenant_is_refused(microsoft, elsewhere):
    elsewhere.claims = {**of(elsewhere, TENANT), "iss": f"{elsewhere.url}/{OTHER}/v2.0"}
    page = microsoft.sign_in_with("Microsoft")
    assert "What Microsoft said of you does not hold" in page.text
