"""확인, 등록: what companies will see is shown before, and what is left to put right is told again with each saving."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.site.filled import HTMX, SCHOOL


def page_of(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


@pytest.mark.parametrize("path", ["check", "published"])
def test_before_and_after_publishing_every_answer_about_school_and_work_is_shown(
    visitor: FlaskClient, url: str, path: str
) -> None:
    assert visitor.post(f"{url}/publish", data={"seen": "99"}).location == f"{url}/published"

    shown = page_of(visitor.get(f"{url}/{path}").text).text

    for text in ("품질관리", "https://example.com/project", "부산광역시", "설비 점검", "기타 기계", "경상남도"):
        assert text in shown


def test_a_university_without_a_name_is_asked_about_and_published_all_the_same(visitor: FlaskClient, url: str) -> None:
    visitor.post(url, data={f"education-{SCHOOL}-university": "", "seen": "99"})

    hints = page_of(visitor.get(f"{url}/check").text).select(".note--warn a")
    assert f"{url}#education-{SCHOOL}" in [hint["href"] for hint in hints]
    assert visitor.post(f"{url}/publish", data={"seen": "99"}).location == f"{url}/published"
    names = [name.text for name in page_of(visitor.get(f"{url}/published").text).select("h3")]
    assert any("한국 대학교" in name for name in names)


def test_a_saving_after_a_failed_publishing_tells_what_is_left(visitor: FlaskClient, url: str) -> None:
    failed = visitor.post(f"{url}/publish", data={"title": "", "visa": "", "seen": "99"})
    assert page_of(failed.text).select_one("#judged")["value"] == "title visa"  # type: ignore[index]

    saved = visitor.post(url, data={"title": "생산관리", "judged": "title visa", "seen": "99"}, headers=HTMX)

    assert page_of(saved.text).select_one("#judged")["value"] == "visa"  # type: ignore[index]
    assert not page_of(visitor.post(url, data={"seen": "99"}, headers=HTMX).text).select("#judged")
