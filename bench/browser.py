"""What a phone spends on the language switch of a long résumé page: P7, in Chromium slowed down six times."""

import shutil
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.site import Member, served
from bench.table import Figure

SLOWER, TIMES = 6, 12
# the task after the next frame's callbacks runs when that frame has been laid out and painted
SWITCH = """(lang) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  const radio = document.querySelector(`header [name=_lang][value=${lang}]`);
  const started = performance.now();
  port1.onmessage = () => done(performance.now() - started);
  requestAnimationFrame(() => port2.postMessage(null));
  radio.click();
})"""
OPEN_ALL = "document.querySelectorAll('details.entry').forEach((entry) => { entry.open = true })"


def measure(member: Member) -> Iterator[Figure]:
    page_path = member.write_resume(education=10, work=10).page
    with served(member.app) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(base_url=url, viewport={"width": 360, "height": 740}, locale="ko-KR")
        context.add_cookies([{"name": "session", "value": member.cookie, "url": url}])
        page = context.new_page()
        page.goto(page_path)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield Figure("P7", "language switch, 10 + 10 entries, CPU 6 times slower", switch(page), 200, "ms")
        page.evaluate(OPEN_ALL)
        yield Figure("P7", "the same with every entry unfolded", switch(page), 200, "ms")
        browser.close()


def switch(page: Page) -> float:
    """Give the median time from a press of the switch to the next frame, the first turn each way left out."""
    spent = [float(page.evaluate(SWITCH, lang)) for lang in ("en", "ko") * (TIMES // 2 + 1)]
    return median(spent[2:])
