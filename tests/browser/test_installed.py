"""The site as an application of its own (H4 to H6): what is kept on the device, the next version, the hint."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kosme_web.home import installed
from kosme_web.web.assets import asset, manifest
from tests.browser.test_languages import turn
from tests.conftest import Membership, Server
from tests.people import IDENTITY, MEMBER

pytestmark = pytest.mark.browser

READY = "async () => { await navigator.serviceWorker.ready; }"
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      kept[new URL(url).pathname] = await (await caches.match(url, { ignoreVary: true })).text();
  return kept;
}"""
CACHES = "() => caches.keys()"
LOOK_FOR_NEXT = "async () => { await (await navigator.serviceWorker.ready).update(); }"
IS_NEXT_WAITING = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
INSTALL_WORKER = """async () => {
  const { installing } = await navigator.serviceWorker.register("/service-worker.js");
  while (installing?.state === "installing") await new Promise(setTimeout);
  return installing?.state ?? "none";
}"""
FILL = "([name, value]) => { document.getElementById('page').elements.namedItem(name).value = value; }"
OFFER_TO_INSTALL = """() => dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
  prompt() { window.isPrompted = true; },
}))"""
ALLOWED = {"/offline"} | {
    asset(name) for name in manifest() if name.endswith((".css", ".js", ".svg")) and name != "service-worker.js"
}
TITLE = "생산관리"
PERSONAL = (TITLE, IDENTITY["name"], "VAN ANH", MEMBER["email"], MEMBER["login_id"], "2345", MEMBER["road_address"])


@pytest.fixture
def javascript() -> bool:
    return True


@pytest.fixture
def has_worker() -> bool:
    return True


def type_and_save(page: Page) -> None:
    page.locator("#title").fill(TITLE)
    page.locator(".bar button").click()
    expect(page.locator("#status")).to_contain_text("저장됨")


def test_only_built_files_are_kept_and_after_log_out_nothing_personal_comes_back(resume_page: Page) -> None:
    """H4."""
    page = resume_page
    type_and_save(page)
    page.evaluate(READY)
    page.goto("/resume")
    page.locator(".sheet a").first.click()
    page.locator("#title").wait_for()

    kept = page.evaluate(KEPT)
    page.locator(".menu-open").click()
    page.locator(".menu__button").click()
    page.wait_for_url(re.compile("/$"))
    page.evaluate(READY)
    page.context.set_offline(offline=True)
    page.go_back()

    assert kept.keys() == ALLOWED
    assert [text for text in PERSONAL if text in "".join(kept.values())] == []
    expect(page.get_by_role("heading", level=1)).to_contain_text("인터넷에 연결되어 있지 않습니다")
    assert [text for text in PERSONAL if text in page.content()] == []


def test_a_worker_that_would_have_to_keep_a_personal_answer_is_not_installed(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = re.sub('const OFFLINE = ".*"', 'const OFFLINE = "/log-in"', _worker_of(page))
    monkeypatch.setattr(installed, "service_worker", lambda: worker)
    page.goto("/nowhere")

    assert page.evaluate(INSTALL_WORKER) == "redundant"


def _worker_of(page: Page) -> str:
    return page.request.get("/service-worker.js").text()


def test_without_a_network_the_offline_page_speaks_both_languages_and_goes_on_by_itself(page: Page) -> None:
    """H6: it begins in the language that was chosen before."""
    page.goto("/log-in")
    turn(page, "en")
    page.evaluate(READY)
    heading = page.get_by_role("heading", level=1)
    page.context.set_offline(offline=True)

    page.goto("/legal/terms")

    expect(heading).to_have_text("You are not connected to the internet", use_inner_text=True)
    expect(page).to_have_title(re.compile("No connection"))
    turn(page, "ko")
    expect(heading).to_have_text("인터넷에 연결되어 있지 않습니다", use_inner_text=True)
    page.get_by_role("link", name="다시 시도").click()
    expect(heading).to_have_text("인터넷에 연결되어 있지 않습니다", use_inner_text=True)
    page.context.set_offline(offline=False)
    expect(heading).to_have_text("이용약관", use_inner_text=True)


def deploy(monkeypatch: pytest.MonkeyPatch, page: Page, **files: str) -> None:
    """Serve another worker from now on; ``files`` are those of the pages of its version."""
    worker = _worker_of(page).replace("kosme-", "kosme-next-", 1)
    monkeypatch.setattr(installed, "service_worker", lambda: worker)
    monkeypatch.setattr(installed, "asset", lambda name: files.get(name) or asset(name))


NEXT = {"pwa.js": "/static/pwa-of-the-next-version.js"}


@pytest.mark.parametrize("is_first_visit", [True, False], ids=["on the first visit", "later"])
def test_a_new_version_waits_for_the_person_and_keeps_the_text(
    resume_page: Page, monkeypatch: pytest.MonkeyPatch, *, is_first_visit: bool
) -> None:
    """H5."""
    page = resume_page
    page.evaluate(READY)
    if not is_first_visit:
        page.reload()
        page.evaluate(READY)
    page.locator("#title").fill(TITLE)
    page.evaluate("window.isOld = true")
    deploy(monkeypatch, page, **NEXT)

    page.evaluate(LOOK_FOR_NEXT)
    notice = page.locator(".told--top")
    expect(notice).to_contain_text("새 버전이 준비되었습니다")
    assert page.evaluate("window.isOld")
    assert page.evaluate(IS_NEXT_WAITING) is not is_first_visit
    with page.expect_navigation(url=page.url):
        page.get_by_role("button", name="업데이트").click()

    expect(page.locator("#title")).to_have_value(TITLE)
    expect(notice).to_be_empty()
    assert [name[:11] for name in page.evaluate(CACHES)] == ["kosme-next-"]


def test_a_new_version_waits_as_long_as_something_typed_is_not_saved(
    newcomer_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = newcomer_page
    page.goto("/sign-up/member")
    page.evaluate(READY)
    page.reload()
    page.evaluate(READY)
    deploy(monkeypatch, page, **NEXT)
    page.evaluate(LOOK_FOR_NEXT)
    update, texts = page.get_by_role("button", name="업데이트"), page.locator(".told--top p")
    ready, waits = texts.first, texts.last
    expect(ready).to_be_visible()

    for name, value in {"login_id": "vananh97", "referral_route": "SCHOOL", "mkt_sns": "REFUSED"}.items():
        page.evaluate(FILL, [name, value])
        update.click()
        expect(waits).to_be_visible()
        expect(ready).to_be_hidden()
        assert page.evaluate(IS_NEXT_WAITING)
        page.locator("#page").evaluate("(form) => form.reset()")

    page.get_by_role("button", name="나중에").click()
    expect(page.locator(".told--top")).to_be_empty()


def test_a_page_that_is_as_new_as_the_worker_is_not_interrupted(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.goto("/log-in")
    page.evaluate(READY)
    deploy(monkeypatch, page)

    with page.expect_response(re.compile("/new-version")) as asked:
        page.evaluate(LOOK_FOR_NEXT)

    assert asked.value.status == 204
    expect(page.locator(".told:not(:empty)")).to_have_count(0)


@pytest.mark.parametrize(("button", "is_prompted"), [("설치", True), ("다시 보지 않기", None)])
def test_the_hint_to_install_is_shown_where_it_can_be_followed_until_it_is_answered(
    member_page: Page, button: str, *, is_prompted: bool | None
) -> None:
    page = member_page
    page.goto("/resume")
    page.evaluate(READY)
    hint = page.locator("#install")
    expect(hint).to_be_hidden()

    assert page.evaluate(OFFER_TO_INSTALL) is False  # the browser shows nothing by itself
    expect(hint).to_contain_text("앱처럼 바로 열 수 있습니다")
    page.get_by_role("button", name=button, exact=True).click()

    expect(hint).to_be_hidden()
    assert page.evaluate("window.isPrompted ?? null") is is_prompted
    page.reload()
    expect(hint).to_have_count(0)


def test_a_browser_finds_nothing_that_keeps_the_site_from_being_installed(
    browser: Browser, site: Server, membership: Membership, tmp_path: Path
) -> None:
    """H6, in a profile that lasts: in a private window nothing can be installed."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    context.add_cookies([{"name": "session", "value": membership.cookie, "url": site.url}])
    page = context.pages[0]
    page.goto(f"{site.url}/resume")
    tools = context.new_cdp_session(page)

    errors = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    told = tools.send("Page.getAppManifest")

    context.close()
    assert (errors, told["errors"]) == ([], [])
    assert told["manifest"]["name"] == "KOSME · 일자리매칭플랫폼 · Job matching platform"
