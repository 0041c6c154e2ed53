"""내 정보 내려받기, 이력서 가져오기: everything goes out, and comes in again as new résumés or not at all."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.domain import legal
from kosme_web.models import Draft
from tests.conftest import Membership
from tests.people import NUMBER, new_resume
from tests.resume.test_versions import texts
from tests.site.filled import HTMX, JOB

ENTRY = {"kind": "work", "texts": {"company_name": "회사"}}
BASICS = {"name": "Nguyen Van Anh", "label": "생산관리", "email": "a@example.com", "phone": "010-2345-6789"}
JSON_RESUME = {
    "basics": BASICS,
    "work": [
        {"name": "동진정밀", "position": "Engineer", "startDate": "2024-03-01", "highlights": ["설비 점검", "QA"]},
        {"company": "Old Ltd", "position": "x" * 60, "startDate": "2019", "endDate": "2020-01", "summary": "Line"},
    ],
    "education": [
        {"institution": "Hanoi University", "area": "IE", "studyType": "Bachelor", "startDate": "2015-09"},
        {"institution": "부경대학교", "area": "산업공학", "startDate": "soon", "courses": ["품질"]},
    ],
}


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


def send(client: FlaskClient, content: bytes) -> TestResponse:
    file = (io.BytesIO(content), "data.json")
    return client.post("/resume/import", data={"file": file}, content_type="multipart/form-data")


def ours(**resume: Any) -> bytes:  # noqa: ANN401  right and wrong ones
    resumes = [{"texts": {}, "entries": [], **resume}]
    return json.dumps({"format": "kosme-web-export", "version": 1, "resumes": resumes}).encode()


def test_everything_comes_out_but_what_opens_something(member: FlaskClient, shown: str) -> None:
    member.post(f"{shown}/share", data={"days": "7"})

    answer = member.get("/resume/export")
    told = answer.get_json()

    assert answer.headers["Content-Disposition"] == 'attachment; filename="kosme-data.json"'
    assert told["member"]["phone_number"] == "+821023456789"
    assert {one["kind"] for one in told["consents"]} >= {*legal.REQUIRED_AT_SIGN_UP, "UID_RESUME"}
    (resume,) = told["resumes"]
    assert resume["texts"]["visa"] == "D-10"
    assert {entry["kind"] for entry in resume["entries"]} == {"education", "overseas", "work"}
    assert resume["published"][0]["work"][0]["company_name"] == "(주)동진정밀"
    assert len(resume["links"]) == len(told["log_ins"]) == len(told["photos"]) == 1
    assert told["photos"][0]["jpeg_base64"].startswith("/9j/")
    assert "RESUME_PUBLISHED" in str(told["messages"]).upper()
    for secret in (NUMBER[1], "$argon2", "hash", "sealed", "identity_key", "token"):
        assert secret not in answer.text


def test_what_was_taken_along_comes_in_as_a_new_resume_that_says_the_same(member: FlaskClient, shown: str) -> None:
    new = send(member, member.get("/resume/export").data).location

    assert new != shown
    consent = {"unique_identifier_consent": "1", "registration_front": NUMBER[0], "registration_back": NUMBER[1]}
    member.post(new, data={**consent, "seen": "99"})
    member.post(f"{new}/name-check/run", data={"check_name": "Nguyen Van Anh"}, headers=HTMX)
    assert member.post(f"{new}/publish", data={"seen": "99"}).location == f"{new}/published"
    assert texts(member, f"{new}/published") == texts(member, f"{shown}/published")


def test_neither_number_nor_consent_comes_in_with_a_file(member: FlaskClient, session: Session) -> None:
    new = send(member, ours(texts={"unique_identifier_consent": "1", "registration_back": "6123456"})).location

    assert 'name="unique_identifier_consent" value="1" checked' not in member.get(new).text
    assert "6123456" not in member.get("/resume/export").text
    assert session.scalars(select(Draft)).one().number is None


def test_a_json_resume_comes_in_and_a_published_one_goes_out_as_one(member: FlaskClient, shown: str) -> None:
    new = send(member, json.dumps(JSON_RESUME).encode("utf-8-sig")).location
    resume = member.get("/resume/export").get_json()["resumes"][1]

    assert member.get(new).status_code == 200
    assert (resume["texts"]["english_name"], resume["texts"]["career_kind"]) == ("Nguyen Van Anh", "EXPERIENCED")
    by_name = {one["texts"].get("company_name") or one["texts"]["university"]: one for one in resume["entries"]}
    assert by_name["동진정밀"]["texts"]["duties"] == "- 설비 점검\n- QA"
    assert (by_name["동진정밀"]["texts"]["is_current"], by_name["동진정밀"]["texts"]["rank_other"]) == ("1", "Engineer")
    assert by_name["Old Ltd"]["texts"]["duties"] == "x" * 60 + "\nLine"
    assert by_name["Old Ltd"]["texts"]["ended_month"] == "1"
    assert (by_name["Hanoi University"]["kind"], by_name["부경대학교"]["kind"]) == ("overseas", "education")

    told = member.get(f"{shown}/version/1/json-resume/en").get_json()
    assert (told["basics"]["location"]["region"], told["work"][0]["startDate"]) == ("Nam-gu, Busan", "2024-03")
    assert "endDate" not in told["work"][0]
    assert told["education"][0]["courses"] == ["품질관리", "Lean production"]


def test_a_json_resume_says_what_was_written_without_the_mark_of_the_sheet(member: FlaskClient, shown: str) -> None:
    texts = {f"work-{JOB}-rank": "R99", f"work-{JOB}-rank_other": "선임 연구원", f"work-{JOB}-job_title": ""}
    member.post(f"{shown}/publish", data={**texts, "seen": "99"})

    assert member.get(f"{shown}/version/2/json-resume/en").get_json()["work"][0]["position"] == "선임 연구원"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSON 파일이 아닙니다"),
        (b"\xff\xfe", "JSON 파일이 아닙니다"),
        (b"[" * 200_000, "JSON 파일이 아닙니다"),
        (b"9" * 5000, "JSON 파일이 아닙니다"),
        (b"[]", "이 서비스의 파일도"),
        (b'{"basics": []}', "이 서비스의 파일도"),
        (b'{"basics": {"name": 7}}', "올바르지 않습니다"),
        (b'{"basics": {}, "work": [3]}', "올바르지 않습니다"),
        (b'{"basics": {}, "work": [{"highlights": [{"text": "x"}]}]}', "올바르지 않습니다"),
        (b'{"basics": {}, "work": [{"highlights": "one line"}]}', "올바르지 않습니다"),
        (b'{"format": "kosme-web-export", "version": 2}', "더 새로운 버전"),
        (b'{"format": "kosme-web-export", "version": 1}', "올바르지 않습니다"),
        (b'{"format": "kosme-web-export", "version": 1, "resumes": []}', "이력서가 없습니다"),
        (ours(deleted_at="2026-01-01"), "이력서가 없습니다"),
        (ours(texts={"title": 1}), "올바르지 않습니다"),
        (ours(texts=[]), "올바르지 않습니다"),
        (ours(texts={"title": "x" * 20_001}), "20,000자"),
        (ours(entries=[{"kind": "hobby", "texts": {}}]), "올바르지 않습니다"),
        (ours(entries=[ENTRY] * 21), "입력할 수 있는 수보다"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_leaves_nothing(
    member: FlaskClient, session: Session, content: bytes, said: str
) -> None:
    answer = send(member, content)

    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_no_file_and_too_many_resumes_are_told_and_leave_nothing(member: FlaskClient, session: Session) -> None:
    assert "먼저 파일을 선택해" in member.post("/resume/import", data={}).text
    new_resume(member)
    data = json.loads(ours())
    data["resumes"] *= 50

    assert send(member, json.dumps(data).encode()).status_code == 409
    assert session.scalar(select(func.count()).select_from(Draft)) == 1
    del data["resumes"][49]
    assert send(member, json.dumps(data).encode()).location == "/resume"
    assert session.scalar(select(func.count()).select_from(Draft)) == 50


def test_signs_that_no_database_takes_are_left_out(member: FlaskClient) -> None:
    content = ours(texts={"title": "가\ud800나\x00\x1f다"})

    new = send(member, content).location

    assert 'value="가나다"' in member.get(new).text
