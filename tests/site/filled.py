"""A résumé with everything in it, as a person would type it, and how it is published."""

import io

from flask.testing import FlaskClient
from PIL import Image

from tests.people import NUMBER, new_resume

SCHOOL, OVERSEAS, JOB, OLD_JOB = "a" * 12, "b" * 12, "c" * 12, "d" * 12
HTMX = {"HX-Request": "true"}
SCHOOL_TEXTS = {
    "university": "부경대학교 <b>용당</b>",
    "univ_kind": "UNIV",
    "school_region": "26",
    "major": "산업공학",
    "department": "산업시스템공학과",
    "entered_year": "2020",
    "entered_month": "3",
    "left_year": "2024",
    "left_month": "2",
    "graduation_kind": "GRADUATED",
    "project_url": "https://example.com/project",
    "coursework": "- 품질관리\n- Lean production",
}
OVERSEAS_TEXTS = {
    "university": "Hanoi University",
    "school_country": "Viet Nam",
    "entered_year": "2015",
    "entered_month": "9",
    "left_year": "2019",
    "left_month": "6",
    "graduation_kind": "GRADUATED",
}
JOB_TEXTS = {
    "company_name": "(주)동진정밀",
    "industry": "C",
    "sub_industry": "29",
    "sido": "48",
    "started_year": "2024",
    "started_month": "3",
    "is_current": "1",
    "rank": "R02",
    "job_title": "T01",
    "duties": "- 설비 점검\n- Quality control",
}
OLD_JOB_TEXTS = {
    "company_name": "Cơ khí Hà Nội",
    "work_country": "Viet Nam",
    "started_year": "2019",
    "started_month": "7",
    "ended_year": "2020",
    "ended_month": "1",
    "rank": "R99",
    "rank_other": "Line leader",
}
BASICS = {
    "title": "생산관리 · QA <Vietnam>",
    "english_name": "Nguyen Van Anh",
    "phone_number": "010-2345-6789",
    "email": "vananh97@example.com",
    "nationality": "VN",
    "visa": "D-10",
    "visa_expires_year": "2099",
    "visa_expires_month": "3",
    "visa_expires_day": "14",
    "unique_identifier_consent": "1",
    "registration_front": NUMBER[0],
    "registration_back": NUMBER[1],
    "career_kind": "EXPERIENCED",
    "seen": "99",
}


def of_row(kind: str, row: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{kind}-{row}-{name}": text for name, text in texts.items()}


EVERYTHING = {
    **BASICS,
    **of_row("education", SCHOOL, SCHOOL_TEXTS),
    **of_row("overseas", OVERSEAS, OVERSEAS_TEXTS),
    **of_row("work", JOB, JOB_TEXTS),
    **of_row("work", OLD_JOB, OLD_JOB_TEXTS),
}


def picture() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (120, 160), "blue").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "my picture.png"


def filled_resume(client: FlaskClient) -> str:
    """Write a whole résumé, have the name checked, and give its address; it is ready to be published."""
    url = new_resume(client)
    for kind, row in (("education", SCHOOL), ("overseas", OVERSEAS), ("work", JOB), ("work", OLD_JOB)):
        client.post(f"{url}/{kind}/add", data={"row_id": row})
    client.get(url)
    client.post(url, data={**EVERYTHING, "photo": picture()}, content_type="multipart/form-data", headers=HTMX)
    client.post(f"{url}/name-check/run", data={"check_name": BASICS["english_name"]}, headers=HTMX)
    return url
