"""What a résumé takes as a PDF: the first one, which loads the fonts, and those after it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from statistics import median
from time import process_time

from PIL import Image

from bench.table import Figure
from kosme_web.models import EducationEntry, Resume, WorkEntry
from kosme_web.resume.document import Document, Seen
from kosme_web.services.typesetting import typeset

BUDGET, TIMES = 300, 15
PHOTO = (413, 531)  # as every photo is drawn
LINES = "- 수입 검사 자동화, 검사 시간 40% 단축\n- Nguyễn 漢字 Ўзбек: quality control of a gearbox assembly"


def measure() -> Iterator[Figure]:
    photo = noise()
    first, *others = (milliseconds(number, photo) for number in range(TIMES))
    yield Figure("PDF", "a résumé as a PDF, with photo: the first one of a process", first, BUDGET, "ms CPU")
    yield Figure("PDF", f"the same: the longest of {TIMES - 1} others", max(others), BUDGET, "ms CPU")
    plain = median(milliseconds(number, None) for number in range(TIMES))
    yield Figure("PDF", "the same without the photo: the median", plain, BUDGET, "ms CPU")


def milliseconds(number: int, photo: bytes | None) -> float:
    """Set one that was not set before: typst remembers what it has seen."""
    resume = made_up(number)
    started = process_time()
    typeset(Document(resume, "ko", Seen(street=True), photo).content(), resume.published_at)
    return (process_time() - started) * 1000


def noise() -> bytes:
    """Give a picture that no JPEG makes small."""
    file = BytesIO()
    Image.effect_noise(PHOTO, 90).convert("RGB").save(file, "JPEG", quality=85)
    return file.getvalue()


def made_up(number: int) -> Resume:
    jobs = [
        WorkEntry(company_name=f"(주)동진정밀 {number}.{n}", started_on=date(2020 + n, 3, 1), duties=LINES)
        for n in range(3)
    ]
    schools = [
        EducationEntry(
            is_overseas=False,
            university=f"부경대학교 {number}.{n}",
            major="공학",
            department="산업시스템공학과",
            entered_on=date(2010, 3, 1),
            graduation_kind="GRADUATED",
            coursework=LINES,
            project_url="https://example.com/project",
        )
        for n in range(3)
    ]
    return Resume(
        published_at=datetime.now(UTC),
        title=f"생산관리 {number}",
        name="응우옌반아인",
        english_name="NGUYEN VAN ANH",
        phone_number="+821023456789",
        nationality="VN",
        visa="D-10",
        road_address="부산광역시 남구 용소로 45",
        detail_address="",
        career_kind="EXPERIENCED",
        work=jobs,
        education=schools,
    )
