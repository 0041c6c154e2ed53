"""``make network``: a hundred people write over a network that drops three of ten requests and takes two seconds.

Half of the dropped requests never arrive; of the other half the site does the work and the answer is lost. Counted is
how many of the typed characters the site does not have when the page says that all is saved.
"""

import random
import shutil
import socket
import sys
from collections.abc import Iterable
from time import sleep, time
from wsgiref.types import StartResponse, WSGIEnvironment

from playwright.sync_api import BrowserContext, Page, sync_playwright
from sqlalchemy import select

from bench.site import Member, new_site, served
from kosme_web.extensions import db
from kosme_web.models import DraftField

PEOPLE, AT_ONCE = 100, 20
DROPPED, DELAY = 0.3, 2.0  # of the requests; seconds there and back
PATIENCE = 120  # seconds until a page must have saved
SAVED = ".bar:not([data-state])"
TEXTS = {
    "title": "생산관리 · quality control, ca đêm {n}",
    "english_name": "Nguyen Van Anh {n}",
    "email": "vananh{n}@example.com",
    "detail_address": "306동 602호 ({n})",
}


class BadNetwork:
    """Stands in front of the site: every post is slow, and some do not arrive, or their answer does not."""

    def __init__(self, member: Member) -> None:
        self.app = member.app
        self.chance = random.Random(7)  # noqa: S311  no secret
        self.dropped = self.passed = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return self.app(environ, start_response)
        sleep(DELAY / 2)
        fate = self.chance.random()
        if fate < DROPPED / 2:
            return self.drop(environ)
        answer = self.app(environ, start_response)
        sleep(DELAY / 2)
        if fate < DROPPED:
            return self.drop(environ)
        self.passed += 1
        return answer

    def drop(self, environ: WSGIEnvironment) -> Iterable[bytes]:
        self.dropped += 1
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return []


def write(context: BrowserContext, path: str, number: int) -> Page:
    """Type all texts, key by key, and go on to the next person while the page saves."""
    page = context.new_page()
    page.goto(path)
    for name, text in TEXTS.items():
        page.fill(f"#{name}", "")
        page.locator(f"#{name}").press_sequentially(text.format(n=number))
    return page


def lost(member: Member, path: str, number: int) -> int:
    """Count the characters that the site does not have."""
    draft_id = path.rpartition("/")[2].replace("-", "")
    with member.app.app_context():
        kept = {
            field.name: field.value
            for field in db.session.scalars(select(DraftField))
            if field.draft_id.hex == draft_id
        }
    typed = {name: text.format(n=number) for name, text in TEXTS.items()}
    return sum(len(text) for name, text in typed.items() if kept.get(name) != text)


def main() -> None:
    started, typed, gone = time(), 0, 0
    with new_site() as member, sync_playwright() as playwright:
        network = BadNetwork(member)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(network) as url:
            context = browser.new_context(base_url=url, viewport={"width": 360, "height": 740}, locale="ko-KR")
            context.add_cookies([{"name": "session", "value": member.cookie, "url": url}])
            for first in range(0, PEOPLE, AT_ONCE):
                people = range(first, first + AT_ONCE)
                paths = [member.write_resume().page for _ in people]
                pages = [write(context, path, number) for path, number in zip(paths, people, strict=True)]
                for page, path, number in zip(pages, paths, people, strict=True):
                    page.wait_for_selector(SAVED, timeout=PATIENCE * 1000)
                    gone += lost(member, path, number)
                    typed += sum(len(text.format(n=number)) for text in TEXTS.values())
                    page.close()
                    member.send("/resume", {}, f"{path}/delete")
        browser.close()
    print(
        f"{PEOPLE} people, {network.dropped} of {network.dropped + network.passed} requests dropped, {DELAY:g} s each:"
    )
    print(f"{gone} of {typed} characters lost, {time() - started:.0f} s")
    sys.exit(bool(gone))


main()
