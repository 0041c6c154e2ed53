"""Identity verification by the PASS app, pushed or scanned, in a real browser (R-022); the journeys go by SMS."""

import pytest
from playwright.sync_api import Page, expect

from kosme_web.domain.names import same_name
from tests.browser.applicant import Applicant
from tests.conftest import Server
from tests.people import IDENTITY

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("method", ["PASS_APP", "PASS_QR"])
def test_the_pass_app_verifies_and_the_member_form_knows_who_it_is(
    page: Page, sandbox: Server, method: str, lang: str, *, javascript: bool
) -> None:
    applicant = Applicant(page, sandbox.url, lang, has_script=javascript)

    applicant.verify_identity(method)

    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert same_name(page.locator(".note--good bdi").first.inner_text(), IDENTITY["name"])
