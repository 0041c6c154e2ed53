"""What the server spends on an answer and how much it sends: P1, P2, P4, P5, P10."""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from time import process_time
from urllib.parse import urlencode

import brotli
from flask import render_template
from sqlalchemy import select
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.site import Member, Resume, SetUpError
from bench.table import Figure
from kosme_web.extensions import db
from kosme_web.models import Draft, DraftRow, User
from kosme_web.resume.forms.resume import ResumePage
from kosme_web.services.drafts import get_draft
from kosme_web.web import assets

WARM_UP, TIMES = 20, 120
QUALITY = 5  # of brotli, for what is made anew at each request
CHROMIUM_TAKES = "gzip, deflate, br, zstd"
HASHED = re.compile(r"-[0-9a-f]{12}\.")
AS_HTMX = {"HX-Request": "true", "Kosme-Lists": "here"}
LATER = ("address.js", "combobox.js", "keep.js", "photo.js", "pwa.js", "session.js")
FIRST_VIEWS = {"home": "/", "sign-up": "/sign-up/identity", "log-in": "/log-in"}


@dataclass(frozen=True)
class Question:
    """A request as a browser sends it, given to the whole app, from its outermost layer on."""

    member: Member
    path: str
    form: dict[str, str] | None = None
    takes: str = CHROMIUM_TAKES
    is_signed_in: bool = True

    def environ(self) -> dict[str, object]:
        headers: dict[str, str] = {"Accept-Encoding": self.takes, "Accept-Language": "ko-KR,ko;q=0.9,en;q=0.8"}
        if self.is_signed_in:
            headers["Cookie"] = f"session={self.member.cookie}"
        if self.form is None:
            return EnvironBuilder(self.path, headers=Headers(headers)).get_environ()
        return EnvironBuilder(
            self.path,
            method="POST",
            headers=Headers({**headers, **AS_HTMX}),
            input_stream=BytesIO(urlencode(self.form).encode()),
            content_type="application/x-www-form-urlencoded",
        ).get_environ()

    def ask(self, environ: dict[str, object]) -> tuple[dict[str, str], bytes]:
        chunks, status, headers = run_wsgi_app(self.member.app, environ, buffered=True)
        if not status.startswith("2"):
            raise SetUpError(f"{self.path} answered {status}")
        return {name.lower(): value for name, value in headers}, b"".join(chunks)

    def answer(self) -> tuple[dict[str, str], bytes]:
        return self.ask(self.environ())

    def milliseconds(self) -> float:
        """Give the processor time of the whole process for one answer: the median of many."""
        spent = [self._spent() for _ in range(WARM_UP + TIMES)]
        return median(spent[WARM_UP:]) * 1000

    def _spent(self) -> float:
        environ = self.environ()
        started = process_time()
        self.ask(environ)
        return process_time() - started

    def compressed(self) -> int:
        """Give the size of what is made at each request, at the quality that the budgets name."""
        plain = Question(self.member, self.path, self.form, "identity", self.is_signed_in)
        return len(brotli.compress(plain.answer()[1], quality=QUALITY))


def file(member: Member, name: str) -> tuple[dict[str, str], bytes]:
    """Ask for a built file as a page does."""
    return Question(member, assets.asset(name), is_signed_in=False).answer()


def measure(member: Member) -> Iterator[Figure]:
    resume = member.write_resume(education=2, overseas=1, work=3)
    gc.collect()
    whole = Question(member, resume.page)
    yield Figure("P1", "résumé page, 3 schools and 3 jobs", whole.milliseconds(), 5, "ms CPU")
    yield from _partial(member, resume)
    css, script, icon = (len(file(member, name)[1]) for name in ("site.css", "site.js", "icon.svg"))
    for name, path in FIRST_VIEWS.items():
        html = Question(member, path, is_signed_in=False).compressed()
        yield Figure("P4", f"{name}: HTML {html} + CSS {css}", (html + css) / 1024, 14, "KB")
    html = whole.compressed()
    total = (html + css + script + icon) / 1024
    yield Figure("P5", f"résumé page: HTML {html} + CSS {css} + JS {script} + icon {icon}", total, 40, "KB")
    later = sum(len(file(member, name)[1]) for name in LATER)
    yield Figure("P5", f"the same with {later} that come when the page is idle or used", total + later / 1024, 40, "KB")
    yield immutable_files(member)


def _partial(member: Member, resume: Resume) -> Iterator[Figure]:
    """Press the add button again with the id of an entry, empty or filled: it gives that entry, and saves the draft."""
    form = {"csrf_token": member.token(resume.page), "seen": "999"}
    empty, filled = (
        Question(member, f"{resume.page}/work/add", {**form, "row_id": row_id})
        for row_id in ("f" * 12, resume.row_ids[-1])
    )
    yield Figure("P2", "a new job as a partial, as it is sent", empty.compressed() / 1024, 2, "KB")
    yield Figure("P2", "a filled job as a partial, as it is sent", filled.compressed() / 1024, 2, "KB")
    yield Figure("P2", "a filled job as a partial: drawing it", drawing(member, resume), 1.5, "ms CPU")
    yield Figure(
        "P2", "the same with log-in, checks, and the draft saved on disk", filled.milliseconds(), 1.5, "ms CPU"
    )


def drawing(member: Member, resume: Resume) -> float:
    """Give the time of the partial alone: what an answer adds to the request that it answers."""
    with member.app.test_request_context(headers=AS_HTMX):
        session = db.session()
        draft = get_draft(session, session.scalars(select(User)).one(), resume.draft_id)
        page = ResumePage(draft)
        row = draft.rows[resume.row_ids[-1]]
        spent = [_drawn(draft, page, row) for _ in range(WARM_UP + TIMES)]
    return median(spent[WARM_UP:]) * 1000


def _drawn(draft: Draft, page: ResumePage, row: DraftRow) -> float:
    started = process_time()
    render_template("resume/_added.html", draft=draft, page=page, row=row)
    return process_time() - started


def list_files(member: Member) -> Iterator[str]:
    """Show how the built files come (P10), and how the résumé page does."""
    page = member.write_resume().page
    answers = {entry["file"]: file(member, name) for name, entry in assets.manifest().items()}
    answers[page[: page.index("/", 1)]] = Question(member, page).answer()
    for path, (headers, body) in answers.items():
        shown = (headers.get(name, "-") for name in ("content-encoding", "vary", "cache-control"))
        yield f"P10  {path:<26} {len(body):>6} bytes   {'   '.join(shown)}"


def immutable_files(member: Member) -> Figure:
    """Count the built files that come precompressed, under a name with their hash, and for good."""
    names = assets.manifest()
    good = [name for name in names if _is_immutable(file(member, name)[0]) and HASHED.search(names[name]["file"])]
    return Figure("P10", f"files precompressed, hashed, immutable: {len(good)} of", len(good), len(names), "files")


def _is_immutable(headers: dict[str, str]) -> bool:
    is_small = (
        "content-encoding" in headers or headers["content-type"] == "image/png"
    )  # a picture is compressed by itself
    return is_small and "immutable" in headers["cache-control"]
