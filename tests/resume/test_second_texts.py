"""다른 언어로 쓰기 (F57): a text that was written twice stands in each document in its language."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.resume.test_pdf import read, squeezed
from tests.resume.test_take_along import send
from tests.site.filled import JOB, SCHOOL

SECONDS = {
    "second_title": "Production & QA <Vietnam>",
    f"work-{JOB}-second_company_name": "Dongjin Precision",
    f"work-{JOB}-second_duties": "- Equipment checks\n- QA",
    f"education-{SCHOOL}-second_department": "Industrial Systems",
    f"education-{SCHOOL}-second_coursework": "One line only",
}


def second_of(client: FlaskClient, url: str) -> set[str]:
    """Give what stands in the boxes of the page."""
    page = BeautifulSoup(client.get(f"{url}/second").text, "html.parser")
    texts = {str(box.get("value") or box.text).lstrip("\n") for box in page.select("[name*=second_]")}
    return texts - {""}


def test_each_document_has_the_text_of_its_language_and_the_page_both(visitor: FlaskClient, url: str) -> None:
    visitor.post(url, data={f"work-{JOB}-company_name": "동진정밀", "title": "생산관리", "seen": "99"})
    assert visitor.post(f"{url}/second", data=SECONDS).location == f"{url}/check"
    visitor.post(f"{url}/publish", data={"seen": "999"})

    ko, en = (read(visitor.get(f"{url}/version/1/pdf/{lang}").data)[1] for lang in ("ko", "en"))
    for korean, english in (
        ("동진정밀", "Dongjin Precision"),
        ("생산관리", "Production & QA <Vietnam>"),
        ("설비 점검", "Equipment checks"),
        ("산업시스템공학과", "Industrial Systems"),
    ):
        told = [squeezed(text) in squeezed(document) for document in (ko, en) for text in (korean, english)]
        assert told == [True, False, False, True], korean
    taken = visitor.get(f"{url}/version/1/json-resume/en").get_json()
    assert (taken["basics"]["label"], taken["work"][0]["name"]) == ("Production & QA <Vietnam>", "Dongjin Precision")
    name = BeautifulSoup(visitor.get(f"{url}/published").text, "html.parser").select_one(".time h3")
    assert name
    assert [(one["lang"], one.text) for one in name.select("span")] == [("ko", "동진정밀"), ("en", "Dongjin Precision")]


def test_what_was_written_stays_through_versions_and_files_until_it_is_emptied(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/second", data=SECONDS)
    visitor.post(f"{url}/publish", data={"seen": "999"})
    visitor.post(f"{url}/second", data={**SECONDS, "second_title": ""})
    assert SECONDS["second_title"] not in second_of(visitor, url)
    visitor.post(f"{url}/version/1/restore")

    new = send(visitor, visitor.get("/resume/export").data).location

    for draft in (url, new):
        assert second_of(visitor, draft) == set(SECONDS.values())


def test_a_text_that_is_too_long_comes_back_in_its_box_and_the_others_are_kept(visitor: FlaskClient, url: str) -> None:
    long = {**SECONDS, f"work-{JOB}-second_duties": "x" * 5001}

    answer = visitor.post(f"{url}/second", data=long)

    assert answer.status_code == 422
    assert "x" * 5001 in answer.text
    page = visitor.get(f"{url}/second").text
    assert "Dongjin Precision" in page
    assert "xxx" not in page


def test_a_text_of_no_entry_is_not_kept(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/second", data={"second_visa": "x-y-z", f"work-{'9' * 12}-second_duties": "x-y-z"})

    assert "x-y-z" not in visitor.get("/resume/export").text


def test_what_was_written_in_one_language_only_is_marked_in_the_document_of_the_other(
    visitor: FlaskClient, url: str
) -> None:
    """N23: and nothing is marked once it is there."""
    visitor.post(f"{url}/publish", data={"title": "생산관리", "seen": "99"})
    _, english = read(visitor.get(f"{url}/version/1/pdf/en").data)
    _, korean = read(visitor.get(f"{url}/version/1/pdf/ko").data)

    assert squeezed("생산관리 †") in squeezed(english)
    assert "not given in English" in english
    assert squeezed("생산관리 †") not in squeezed(korean)
