"""Pages without the script, on two devices (S3, N11): a plain post sends every field back, touched or not."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftField, DraftPast
from tests.conftest import Membership
from tests.people import new_resume
from tests.site.filled import HTMX


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    url = new_resume(visitor)
    for title in ("번역가", "통역사"):  # the page that is opened next shows the second
        write_elsewhere(visitor, url, title=title)
    return url


def write_elsewhere(visitor: FlaskClient, url: str, **texts: str) -> None:
    shown = fields_of(visitor, url)
    bases = {f"base-{name}": shown[name] for name in texts}
    assert visitor.post(f"{url}/autosave", data={**texts, **bases}, headers=HTMX).status_code < 300


def fields_of(visitor: FlaskClient, url: str) -> dict[str, str]:
    """Give what the open page would send: its version too."""
    page = BeautifulSoup(visitor.get(url).text, "html.parser")
    return {str(one["name"]): str(one.get("value", "")) for one in page.select("#page input[name]")} | {"lang": "ko"}


def stored(session: Session) -> tuple[str, str | None]:
    session.rollback()
    session.expire_all()
    title = session.scalars(select(DraftField).where(DraftField.name == "title")).one()
    return title.value, title.rival


@pytest.mark.parametrize(
    "elsewhere", [["의료 통역사"], ["통역사 겸 번역가"], ["통역사 겸", "의사"], [""], ["의사", "통"]]
)
def test_a_field_that_only_the_other_device_changed_is_no_conflict(
    visitor: FlaskClient, url: str, session: Session, elsewhere: list[str]
) -> None:
    open_page = fields_of(visitor, url)
    for title in elsewhere:
        write_elsewhere(visitor, url, title=title)

    answer = visitor.post(url, data={**open_page, "english_name": "TRAN VAN BE"})

    assert answer.status_code == 303
    assert stored(session) == (elsewhere[-1], None)
    assert fields_of(visitor, url)["english_name"] == "TRAN VAN BE"


@pytest.mark.parametrize("typed", ["교사", "번역가", "통역"])
def test_a_field_that_both_devices_changed_keeps_both_texts(
    visitor: FlaskClient, url: str, session: Session, typed: str
) -> None:
    """One of them is what the field held before this page was opened."""
    open_page = fields_of(visitor, url)
    write_elsewhere(visitor, url, title="의사")

    answer = visitor.post(url, data={**open_page, "title": typed})

    assert answer.status_code == 412
    assert stored(session) == ("의사", typed)
    assert "통역사" in session.scalars(select(DraftPast.text).where(DraftPast.name == "title")).all()


def test_characters_that_nobody_can_type_are_left_out(visitor: FlaskClient, url: str) -> None:
    visitor.post(url, data={"title": "통\x00역\x1b\x85사", "seen": "99"})

    assert fields_of(visitor, url)["title"] == "통역사"
