"""SNS sign-up and log-in in a real browser, under the content policy: to the provider and back, script or not."""

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy.orm import Session

from tests.browser.applicant import Applicant
from tests.conftest import Server
from tests.social import linked

pytestmark = pytest.mark.browser
CONTINUE = {
    "naver": ("네이버로 계속하기", "Continue with Naver"),
    "kakao": ("카카오로 계속하기", "Continue with Kakao"),
    "facebook": ("페이스북으로 계속하기", "Continue with Facebook"),
}


def go_by(applicant: Applicant, provider: str, answer: str = "agree") -> None:
    """Press the provider's button and answer on its consent page."""
    page = applicant.page
    page.get_by_role("button", name=CONTINUE[provider][applicant.lang == "en"], exact=True).click()
    page.wait_for_url(f"**/{provider}/**oauth**")
    page.locator(f"button[value={answer}]").click()


@pytest.mark.parametrize(("provider", "lang"), [("naver", "ko"), ("kakao", "en"), ("facebook", "ko")])
def test_a_newcomer_joins_by_an_sns_account_and_logs_in_with_it_again(  # noqa: PLR0913  a journey needs a whole world
    page: Page, sandbox: Server, session: Session, provider: str, lang: str, *, javascript: bool
) -> None:
    applicant = Applicant(page, sandbox.url, lang, has_script=javascript)
    page.goto("/sign-up")
    applicant.turn()
    go_by(applicant, provider)
    page.wait_for_url("**/sign-up/identity")
    assert page.locator("html").get_attribute("lang") == lang  # the language came along
    applicant.verify_identity()
    applicant.join_by_sns()
    assert linked(session) == [provider]

    page.context.clear_cookies(name="session")
    page.goto("/log-in")
    applicant.turn()
    go_by(applicant, provider)

    page.wait_for_url("**/resume")


def test_who_cancels_at_the_provider_is_back_at_the_log_in(page: Page, sandbox: Server, *, javascript: bool) -> None:
    applicant = Applicant(page, sandbox.url, "ko", has_script=javascript)
    page.goto("/log-in")
    go_by(applicant, "naver", "cancel")

    page.wait_for_url("**/log-in")

    assert "로그인을 취소했습니다" in page.locator("main").inner_text()


def test_going_back_from_the_provider_leads_to_the_log_in_and_not_to_a_dead_page(
    page: Page, context: BrowserContext, sandbox: Server
) -> None:
    applicant = Applicant(page, sandbox.url, "ko", has_script=True)
    page.goto("/log-in")
    page.get_by_role("button", name=CONTINUE["kakao"][0], exact=True).click()
    page.wait_for_url("**/kakao/oauth/**")

    page.go_back()

    assert page.url.endswith("/log-in")
    assert applicant.page.locator("#login_id").is_visible()
    assert context.pages == [page]
