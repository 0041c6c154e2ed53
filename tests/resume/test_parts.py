"""Parts of the résumé page: a stencil gives what its template would; an added entry borrows the page's lists."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import select

from kosme_web.extensions import db
from kosme_web.models import DraftRow, User
from kosme_web.resume import parts
from kosme_web.resume.forms.resume import ResumePage
from kosme_web.services.drafts import get_draft
from tests.conftest import Server
from tests.people import join
from tests.site.filled import HTMX, filled_resume

ADDED = "e" * 12
PAGE_PARTS = [
    ("resume/_title.html", "title"),
    ("resume/_english_name.html", "basic_information"),
    ("resume/_reach.html", "basic_information"),
    ("resume/_contact.html", "basic_information"),
    ("resume/_types.html", "address"),
    ("resume/_consent.html", "consent"),
    ("resume/_career.html", "career"),
]
languages = pytest.mark.parametrize("language", ["ko", "en"])


@pytest.fixture
def url(visitor: FlaskClient, sandbox: Server) -> str:
    join(visitor, sandbox.url)
    return filled_resume(visitor)


@pytest.fixture
def page(app: Flask, url: str, language: str) -> Iterator[ResumePage]:
    """The page's forms within a request of that language."""
    with app.test_request_context(f"{url}?_lang={language}"):
        owner = db.session.scalars(select(User)).one()
        yield ResumePage(get_draft(db.session(), owner, UUID(url.rpartition("/")[2])))


def plain(html: str) -> str:
    return re.sub(r"\n\s*", "\n", html).strip()


def as_template(page: ResumePage, row: DraftRow, *, is_open: bool) -> str:
    context = {"is_open": is_open, "position_row": None, "is_lean": False}
    return render_template(parts.ROW_TEMPLATE, form=page.rows[row.id], **context)


@languages
def test_an_entry_from_its_stencil_is_what_its_template_draws(page: ResumePage) -> None:
    rows = page.of_kind("education", "overseas", "work")

    assert len(rows) == 4
    for row in rows:
        for is_open in (True, False):
            row.cleared = {"old": "text"} if is_open else None
            assert plain(parts.entry(page, row, is_open=is_open)) == plain(as_template(page, row, is_open=is_open))


@languages
@pytest.mark.parametrize(("template", "form"), PAGE_PARTS)
def test_a_part_of_the_page_from_its_stencil_is_what_its_template_draws(
    page: ResumePage, template: str, form: str
) -> None:
    drawn = render_template(template, form=getattr(page, form), draft_id=page.draft.id)

    assert plain(parts.part(page, template, form)) == plain(drawn)


def test_two_entries_share_a_stencil_and_no_text(visitor: FlaskClient, url: str) -> None:
    page = BeautifulSoup(visitor.get(url).text, "html.parser")

    names = [str(one["value"]) for one in page.select('[name^="work-"][name$="-company_name"]')]
    assert names == ["(주)동진정밀", "Cơ khí Hà Nội"]
    assert len({str(one["id"]) for one in page.select("details.entry")}) == 4


def test_an_entry_that_is_added_brings_no_list_that_the_page_says_it_holds(visitor: FlaskClient, url: str) -> None:
    page = BeautifulSoup(visitor.get(url).text, "html.parser")
    held = {str(one["data-options"]): len(one.select("option")) for one in page.select("template[data-options]")}
    assert held["industry"] == 22

    def added(**headers: str) -> BeautifulSoup:
        answer = visitor.post(f"{url}/work/add", data={"row_id": ADDED}, headers={**HTMX, **headers})
        return BeautifulSoup(answer.text, "html.parser")

    lean, whole = added(**{"Kosme-Lists": "here"}), added()
    lists = {str(one["data-list"]) for one in lean.select("select[data-list]")}
    assert lists == {"industry", "sido", "leave_reason"}
    assert lists <= held.keys()
    for name in lists:
        assert [str(one["value"]) for one in lean.select(f"[data-list={name}] option")] == [""]
        assert len(whole.select(f"[data-list={name}] option")) == held[name]
