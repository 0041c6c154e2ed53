"""등록 전 질문: a visa that is over needs a word (N19), a gap may have one (N24), and hints forbid nothing."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.resume.test_pdf import read, squeezed
from tests.site.filled import JOB, OLD_JOB, SCHOOL

PAST = {"visa_expires_year": "2026", "visa_expires_month": "1", "visa_expires_day": "2", "seen": "99"}
WHY = "체류기간 연장 중"


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).text, "html.parser")


def test_a_visa_that_is_over_is_saved_and_published_only_with_a_word_why(visitor: FlaskClient, url: str) -> None:
    assert not page(visitor, f"{url}/check").select("#visa-past")

    refused = [visitor.post(f"{url}/publish", data=PAST).location]
    refused.append(visitor.post(f"{url}/publish", data={"visa_past_reason": "", "seen": "999"}).location)
    refused.append(visitor.post(f"{url}/publish", data={"visa_past_reason": "NONE", "seen": "999"}).location)

    assert refused == [f"{url}/check#visa-past"] * 3
    assert len(page(visitor, f"{url}/check").select("#visa-past [type=radio]")) == 4
    assert visitor.get(f"{url}/published").status_code == 404
    answer = visitor.post(f"{url}/publish", data={"visa_past_reason": "RENEWING", "seen": "999"})
    assert answer.location == f"{url}/published"
    assert WHY in visitor.get(f"{url}/published").text
    _, text = read(visitor.get(f"{url}/version/1/pdf/ko").data)
    assert squeezed(f"2026.01.02까지 ({WHY})") in squeezed(text)


def test_a_permanent_resident_is_not_asked_and_an_old_answer_is_not_published(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/publish", data={**PAST, "visa_past_reason": "LEAVING"})

    assert visitor.post(f"{url}/publish", data={"visa": "F-5", "seen": "999"}).location == f"{url}/published"

    assert "출국 예정" in visitor.get(f"{url}/version/1").text
    assert "출국 예정" not in visitor.get(f"{url}/version/2").text


def test_months_without_study_or_work_are_listed_with_room_for_a_word_until_nobody_wants_it(
    visitor: FlaskClient, url: str
) -> None:
    visitor.post(url, data={f"education-{SCHOOL}-entered_year": "2021", "seen": "99"})
    listed = page(visitor, f"{url}/check").select("#gaps li")
    assert [one.select_one("[lang=ko]").text for one in listed] == ["2020.02"]  # type: ignore[union-attr]
    assert "1년 1개월" in listed[0].text

    visitor.post(f"{url}/publish", data={"gap_reason": "어학연수 <서울>", "seen": "999"})
    assert "어학연수 &lt;서울&gt;" in visitor.get(f"{url}/published").text
    assert "어학연수 <서울>" in read(visitor.get(f"{url}/version/1/pdf/en").data)[1]
    assert "어학연수" in page(visitor, f"{url}/check").select_one("#gap_reason").text  # type: ignore[union-attr]

    visitor.post(f"{url}/publish", data={"gap_silent": "1", "seen": "999"})
    assert not page(visitor, f"{url}/check").select("#gaps")


def test_hints_on_title_work_and_type_are_told_in_words_and_keep_nothing_back(visitor: FlaskClient, url: str) -> None:
    visitor.post(url, data={"title": "이력서", "seeker_type": "GENERAL", f"work-{JOB}-duties": "일", "seen": "99"})

    told = [str(hint["href"]).rpartition("#")[2] for hint in page(visitor, f"{url}/check").select(".note--warn a")]

    assert told == ["title", "seeker_type", f"work-{JOB}", f"work-{OLD_JOB}"]
    assert visitor.post(f"{url}/publish", data={"seen": "999"}).location == f"{url}/published"


def test_the_check_page_shows_how_offices_write_the_name(visitor: FlaskClient, url: str) -> None:
    """N18."""
    shown = page(visitor, f"{url}/check").text

    assert all(form in shown for form in ("Van Anh Nguyen", "NGUYEN<<VAN<ANH" + "<" * 24))


def test_an_address_of_a_province_that_was_renamed_stays_and_the_new_name_is_told(
    visitor: FlaskClient, url: str
) -> None:
    """N21."""
    old = "전라남도 여수시 시청로 1"
    visitor.post(url, data={"road_address": old, "seen": "99"})

    told = page(visitor, f"{url}/check")

    assert old in told.text
    hints = [hint.text for hint in told.select(".note--warn a") if str(hint["href"]).endswith("#road_address")]
    assert ["전남광주통합특별시" in hint for hint in hints] == [True]
