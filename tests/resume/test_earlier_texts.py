"""이전에 적은 내용: whatever another text took the place of can be read and put back until the résumé is published."""

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.extensions import db
from kosme_web.models import Draft, DraftField, DraftPast
from kosme_web.models.base import new_id, now
from tests.conftest import Membership
from tests.people import LOG_IN, NUMBER, new_resume
from tests.site.filled import BASICS
from tests.web.carrying import OURS, kept, press

JOB = "c" * 12
DUTIES, COMPANY = f"work-{JOB}-duties", f"work-{JOB}-company_name"


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    url = new_resume(visitor)
    visitor.post(f"{url}/work/add", data={"row_id": JOB})
    return url


def rewrite(visitor: FlaskClient, url: str, name: str, *texts: str) -> None:
    for text in texts:
        assert visitor.post(url, data={name: text, "seen": "999"}).status_code == 303


def section(visitor: FlaskClient, url: str, name: str, query: str = "") -> Tag | None:
    page = BeautifulSoup(visitor.get(f"{url}/earlier{query}").text, "html.parser")
    return page.find(id=f"of-{name}")


def texts_of(visitor: FlaskClient, url: str, name: str, query: str = "") -> list[str]:
    found = section(visitor, url, name, query)
    return [one.text for one in found.select("li [id^=text-]")] if found else []


def put_back(visitor: FlaskClient, url: str, name: str, text: str) -> list[TestResponse]:
    """Open the page and press the button beside the text, twice as some do."""
    page = BeautifulSoup(visitor.get(f"{url}/earlier").text, "html.parser")
    (place,) = [one for one in page.select(f"#of-{name} li") if text in [bit.text for bit in one.select("[id^=text-]")]]
    form = place.find("form")
    assert isinstance(form, Tag)
    return [visitor.post(str(form["action"]), data=hidden(form)) for _ in range(2)]


def first_form(visitor: FlaskClient, url: str) -> Tag:
    """Give the form of the newest of the duties, as the page has it now."""
    form = section(visitor, url, DUTIES).select_one("form")  # type: ignore[union-attr]
    assert form
    return form


def hidden(form: Tag) -> dict[str, str]:
    return {str(one["name"]): str(one["value"]) for one in form.select("input")}


def test_each_field_has_its_label_of_the_form_and_its_texts_newest_first_and_once(
    visitor: FlaskClient, url: str
) -> None:
    rewrite(visitor, url, DUTIES, "점검", "수리", "점검", "통역\n<b>")
    rewrite(visitor, url, COMPANY, "(주)동진정밀")
    rewrite(visitor, url, "visa", "D-2", "E-7")
    rewrite(visitor, url, f"work-{JOB}-started_year", "2019", "2024")
    rewrite(visitor, url, "title", "통역사")
    for second in ("Translator", "Interpreter"):
        visitor.post(f"{url}/second", data={"second_title": second})

    assert texts_of(visitor, url, DUTIES) == ["점검", "수리"]
    (visa,) = texts_of(visitor, url, "visa")
    assert "D-2" in visa
    assert "유학" in visa
    for name, texts in (
        (DUTIES, ("담당 업무", "Duties", "(주)동진정밀", "통역\n&lt;b&gt;")),
        (f"work-{JOB}-started_year", ("근무기간", "Start", "Year")),
        ("second_title", ("Title of Resume", "다른 언어로 쓴 글", "Translator")),
    ):
        told = str(section(visitor, url, name))
        assert [text for text in texts if text not in told] == []


def test_a_text_that_is_put_back_changes_places_with_the_one_that_stood_there_however_often_it_is_pressed(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    rewrite(visitor, url, DUTIES, "점검", "통역")

    answers = put_back(visitor, url, DUTIES, "점검")

    assert [answer.location for answer in answers] == [f"{url}/earlier#of-{DUTIES}"] * 2
    assert kept(session)[DUTIES] == "점검"
    assert texts_of(visitor, url, DUTIES) == ["통역", "점검"]
    assert section(visitor, url, DUTIES).select("li:has(button) [id^=text-]")[0].text == "통역"  # type: ignore[union-attr]
    assert len(session.scalars(select(DraftPast).where(DraftPast.name == DUTIES)).all()) == 2


def test_a_text_that_came_in_another_tab_meanwhile_stays_and_the_person_chooses(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    rewrite(visitor, url, DUTIES, "점검", "통역")
    form = first_form(visitor, url)
    rewrite(visitor, url, DUTIES, "번역")

    answer = visitor.post(str(form["action"]), data=hidden(form))

    assert answer.location == f"{url}?open={JOB}#{DUTIES}"
    field = session.scalars(select(DraftField).where(DraftField.name == DUTIES)).one()
    assert (field.value, field.rival) == ("번역", "점검")
    shown = visitor.get(answer.location).text
    assert f"{url}/earlier" in shown[shown.index(f'id="{DUTIES}-rival"') :].partition("</div>\n</div>")[0]


def test_an_entry_that_was_removed_is_brought_back_before_its_texts(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    rewrite(visitor, url, DUTIES, "점검", "통역")
    stale = first_form(visitor, url)
    visitor.post(f"{url}/work/{JOB}/remove", data={"seen": "999"})

    refused = visitor.post(str(stale["action"]), data=hidden(stale))

    assert "먼저 항목을 되살려 주세요" in visitor.get(refused.location).text
    assert kept(session)[DUTIES] == "통역"
    way = first_form(visitor, url)
    assert visitor.post(str(way["action"]), data=hidden(way)).location == f"{url}?open={JOB}#work-{JOB}"
    put_back(visitor, url, DUTIES, "점검")
    assert kept(session)[DUTIES] == "점검"


def test_an_address_comes_back_with_what_the_search_had_found_for_it(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    jinju = {"road_address": "경상남도 진주시 초북로 77", "english_address": "77, Chobuk-ro", "postal_code": "52852"}
    busan = {"road_address": "부산광역시 남구 용소로 45", "english_address": "45, Yongso-ro", "postal_code": "48513"}
    for found in (jinju, busan, {"road_address": "서울 어딘가"}, busan):
        codes = {"found_address": found["road_address"]} if "postal_code" in found else {}
        visitor.post(url, data={**found, **codes, "seen": "999"})

    put_back(visitor, url, "road_address", jinju["road_address"])

    assert {name: kept(session)[name] for name in jinju} == jinju
    assert kept(session)["found_address"] == jinju["road_address"]
    assert not section(visitor, url, "postal_code")
    put_back(visitor, url, "road_address", "서울 어딘가")
    assert kept(session)["found_address"] != kept(session)["road_address"]


def test_neither_the_number_nor_a_consent_is_among_them_and_publishing_ends_them(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    visitor.post(url, data={**BASICS, "unique_identifier_consent": "1"})
    visitor.post(url, data={"registration_front": NUMBER[0], "registration_back": "6123457", "seen": "999"})
    visitor.post(url, data={"unique_identifier_consent": "", "seen": "999"})
    rewrite(visitor, url, "title", "통역사")
    page = visitor.get(f"{url}/earlier").text
    past = session.scalars(select(DraftPast)).all()

    assert BASICS["title"] in [one.text for one in past]
    assert not [one.name for one in past if "registration" in one.name or NUMBER[0] in one.text]
    assert "unique_identifier_consent" not in page
    (consent,) = [one for one in past if one.name == "unique_identifier_consent"]
    for past_id in (consent.id, new_id()):  # of another résumé, or forgotten since
        answer = visitor.post(f"{url}/earlier/{past_id}", data={"seen": "999"})
        assert "더 이상 보관하지 않는 내용입니다" in visitor.get(answer.location).text
    session.rollback()
    assert "unique_identifier_consent" not in kept(session)


def test_a_thousand_texts_take_as_many_questions_as_one_and_every_one_is_found(
    app: Flask, visitor: FlaskClient, url: str, session: Session
) -> None:
    def questions_of(path: str) -> int:
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        assert visitor.get(path).status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    rewrite(visitor, url, DUTIES, "점검", "통역")
    few = questions_of(f"{url}/earlier")
    draft_id = session.scalars(select(Draft.id)).one()
    names = ["title", *(f"work-{JOB}-{name}" for name in ("company_name", "rank_other", "company_department"))]
    session.execute(
        insert(DraftPast),
        [
            {"id": new_id(), "draft_id": draft_id, "name": names[n % 4], "text": f"<{n}>", "version": n, "until": n + 4}
            | {"replaced_at": now()}
            for n in range(1000)
        ],
    )
    session.commit()

    assert questions_of(f"{url}/earlier") == few
    assert [len(texts_of(visitor, url, name)) for name in names] == [3] * 4
    found = [text for page in range(1, 6) for text in texts_of(visitor, url, "title", f"?field=title&page={page}")]
    assert sorted(found) == sorted(f"<{n}>" for n in range(0, 1000, 4))
    assert "더 이전 내용" not in visitor.get(f"{url}/earlier?field=title&page=5").text
    for wrong in ("field=%00", "field=" + "x" * 81, "page=0", "page=x", "page=" + "9" * 20):
        assert visitor.get(f"{url}/earlier?{wrong}").status_code == 404


def test_the_way_there_saves_first_and_leaves_no_number_behind(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    form = {"title": "통역사", "seen": "999"}

    assert f'formaction="{url}/earlier"' in visitor.get(url).text
    stays = visitor.post(f"{url}/earlier", data={**form, "registration_back": NUMBER[1]})
    assert (stays.status_code, NUMBER[1] in stays.text) == (200, True)
    assert kept(session)["title"] == "통역사"
    assert visitor.post(f"{url}/earlier", data=form).location == f"{url}/earlier"
    assert "이전에 적은 내용이 없습니다" in visitor.get(f"{url}/earlier").text


def test_a_log_in_that_ended_meanwhile_costs_nothing_but_another_press(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    rewrite(visitor, url, DUTIES, "점검", "통역")
    form = first_form(visitor, url)
    visitor.delete_cookie("session")

    ended = visitor.post(str(form["action"]), data=hidden(form), headers=OURS)
    press(visitor, press(visitor, ended, **LOG_IN))

    assert kept(session)[DUTIES] == "점검"
