"""The whole general path: from nothing to a published résumé, in both languages, with and without the script."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import EducationEntry, Resume, WorkEntry
from tests.browser.applicant import Applicant
from tests.conftest import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def has_worker() -> bool:
    return True


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "#8ac").save(out, "PNG")
    return out.getvalue()


def stored(session: Session) -> dict[str, Any]:
    """Give what was published, without ids and moments."""
    rows: list[Any] = [session.scalars(select(kind)).one() for kind in (Resume, EducationEntry, WorkEntry)]
    left_out = {"id", "draft_id", "owner_id", "resume_id", "photo_id", "published_at", "name_checked_at"}
    columns = [(row, column.key) for row in rows for column in row.__table__.columns]
    return {f"{type(row).__name__}.{key}": getattr(row, key) for row, key in columns if key not in left_out}


@pytest.mark.parametrize("way", ["ko", "en", "switch"])
def test_a_newcomer_publishes_a_resume(
    page: Page, sandbox: Server, session: Session, way: str, *, javascript: bool
) -> None:
    applicant = Applicant(page, sandbox.url, way, has_script=javascript)
    applicant.verify_identity()
    applicant.join()
    applicant.log_in()
    applicant.begin_resume()
    applicant.fill_basics()
    applicant.check_name()
    applicant.add_photo(picture())
    applicant.add_school()
    assert page.locator(".photo img").count() == 1
    applicant.add_job()
    applicant.publish()

    resume = session.scalars(select(Resume)).one()
    assert resume.photo_id is not None
    assert resume.name_checked_at is not None
    published = stored(session)
    assert published["Resume.title"] == "생산관리 · QA"
    assert published["Resume.nationality"] == "VN"
    assert published["Resume.road_address"] == "경상남도 진주시 초북로 77"
    assert published["Resume.english_address"] == "77, Chobuk-ro, Jinju-si, Gyeongsangnam-do"
    assert published["EducationEntry.graduation_kind"] == "GRADUATED"
    assert (published["WorkEntry.sub_industry"], published["WorkEntry.rank"], published["WorkEntry.job_title"]) == (
        "29",
        "R02",
        "T01",
    )
    assert "부경대학교" in page.locator("article").inner_text()
    assert "6123456" not in page.content()
