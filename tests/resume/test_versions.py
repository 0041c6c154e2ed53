"""등록 이력: each publishing is kept as it was, and one can go on from any of them."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.site.filled import OLD_JOB

ROW = "e" * 12


def texts(client: FlaskClient, url: str) -> list[str]:
    """Give what the sheet says, piece by piece."""
    article = BeautifulSoup(client.get(url).text, "html.parser").select_one("article")
    assert article
    return list(article.stripped_strings)


def test_going_on_from_a_version_and_publishing_gives_the_same_resume_again(visitor: FlaskClient, shown: str) -> None:
    visitor.post(f"{shown}/publish", data={f"work-{OLD_JOB}-sido": "90", "seen": "99"})  # abroad, in a country
    first = texts(visitor, f"{shown}/version/2")
    visitor.post(f"{shown}/publish", data={"title": "다른 제목", "career_kind": "NEWCOMER", "seen": "99"})
    assert texts(visitor, f"{shown}/version/3") != first
    assert texts(visitor, f"{shown}/version/2") == first

    assert visitor.post(f"{shown}/version/2/restore").location == shown
    is_untouched = texts(visitor, f"{shown}/published") == texts(visitor, f"{shown}/version/3")
    assert is_untouched  # nothing is published by itself
    assert visitor.post(f"{shown}/publish", data={"seen": "999"}).location == f"{shown}/published"

    assert texts(visitor, f"{shown}/published") == first
    assert "다른 제목" in visitor.get(f"{shown}/versions").text


def test_what_stood_in_the_draft_can_be_brought_back_after_going_on_from_a_version(
    visitor: FlaskClient, shown: str
) -> None:
    visitor.post(f"{shown}/work/add", data={"row_id": ROW})
    visitor.post(shown, data={f"work-{ROW}-company_name": "새 회사", "seen": "99"})

    visitor.post(f"{shown}/version/1/restore")
    assert f"{shown}/work/{ROW}/undo" in visitor.get(shown).text
    visitor.post(f"{shown}/work/{ROW}/undo", data={"seen": "999"})

    assert "새 회사" in visitor.get(shown).text


def test_a_resume_out_of_sight_is_listed_so_keeps_its_versions_and_can_be_published_again(
    visitor: FlaskClient, shown: str
) -> None:
    for _ in range(2):
        visitor.post(f"{shown}/unpublish")

    page = visitor.get("/resume").text
    assert "이력서를 비공개로 바꾸었습니다" in page
    assert f"{shown}/published" not in page
    assert f"{shown}/versions" in page
    assert visitor.get(f"{shown}/version/1/pdf/ko").status_code == 200
    assert visitor.post(f"{shown}/publish", data={"seen": "99"}).location == f"{shown}/published"
    assert visitor.get(f"{shown}/published").status_code == 200
    assert visitor.get(f"{shown}/version/2").status_code == 200
