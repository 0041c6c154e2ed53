"""이력서 PDF: in each language from one entry; what is in it is read out of it again."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from kosme_web.resume.document import lines_of
from kosme_web.services import typesetting
from tests.site.filled import JOB, OVERSEAS, SCHOOL, of_row

SCRIPTS = (
    "Trần Thị Nguyễn Ưởng Ẵng",  # Vietnamese
    "Oʻgʻiloy Gʻulomova",  # Uzbek, Latin
    "Ўғилой Қодирова Ҳасан",  # Uzbek, Cyrillic
    "Алёна Щёлкова",  # Russian
    "Өнөрбүү Ңандай",  # Mongolian, Kyrgyz
    "朴漢字 大韓民國 李",  # Hanja
    "复旦大学 软件工程 张伟",  # Chinese
    "갂꿻뷁 힣 똠방각하",  # Hangul outside the common syllables
    "#set text(1pt) *bold* _it_ $x^2$ `raw` @ref <label> \\ // no /* markup */ [x] = y",
    '#read("/etc/passwd") #import "x.typ" #{panic()}',
)


def read(answer_data: bytes) -> tuple[PdfReader, str]:
    pdf = PdfReader(io.BytesIO(answer_data))
    return pdf, "\n".join(page.extract_text() for page in pdf.pages)


def squeezed(text: str) -> str:
    """Leave out blanks: where a line breaks is the sheet's own business."""
    return "".join(text.split())


def published(client: FlaskClient, url: str, **texts: str) -> str:
    assert client.post(f"{url}/publish", data={**texts, "seen": "99"}).location == f"{url}/published"
    return f"{url}/version/1/pdf"


def test_one_entry_gives_a_document_in_each_language(visitor: FlaskClient, url: str) -> None:
    path = published(visitor, url)

    korean, english = (visitor.get(f"{path}/{lang}") for lang in ("ko", "en"))

    assert korean.mimetype == "application/pdf"
    assert korean.headers["Cache-Control"] == "private, no-store"
    (first, ko), (second, en) = read(korean.data), read(english.data)
    assert (len(first.pages), len(second.pages)) == (1, 1)
    for text in ("베트남", "2024.03 – 현재", "총 경력", "010-2345-6789", "2099.03.14까지", "기타 기계", "품질관리"):
        assert squeezed(text) in squeezed(ko)
    for text in (
        "Nationality Vietnam",
        "Mar 2024 – present",
        "in total",
        "+82 10 2345 6789",
        "until 14 Mar 2099",
        "품질관리",
    ):
        assert squeezed(text) in squeezed(en)
    assert all(squeezed("NGUYEN VAN ANH") in squeezed(text) for text in (ko, en))
    assert ko.index("동진정밀") < ko.index("Cơ khí") < ko.index("학력사항")  # the most recent work first
    assert "6123456" not in ko + en


def test_the_document_is_tagged_and_brings_its_fonts_and_names_its_language(visitor: FlaskClient, url: str) -> None:
    path = published(visitor, url)

    pdf, _ = read(visitor.get(f"{path}/en").data)

    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    resources: Any = pdf.pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)


def test_what_was_written_in_any_script_or_looks_like_markup_comes_out_as_it_was(
    visitor: FlaskClient, url: str
) -> None:
    path = published(visitor, url, **{f"work-{JOB}-duties": "\n".join(f"- {line}" for line in SCRIPTS)})

    _, text = read(visitor.get(f"{path}/ko").data)

    assert [line for line in SCRIPTS if squeezed(line) not in squeezed(text)] == []


def test_a_letter_that_no_font_has_is_told_and_does_not_keep_the_document_back(visitor: FlaskClient, url: str) -> None:
    told = "다음 글자는 PDF에 표시되지 않습니다: 𓀀 😀."
    assert told not in visitor.get(f"{url}/check").text
    path = published(visitor, url, title="𓀀 😀")

    assert told in visitor.get(f"{url}/published").text
    assert told in visitor.get(f"{url}/check").text
    pdf, text = read(visitor.get(f"{path}/ko").data)

    root: Any = pdf.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert "베트남" in text


def test_the_sign_that_a_person_set_before_a_line_is_not_set_twice() -> None:
    assert lines_of("- 가\n• 나\n * 다 - 라\n-5 °C\n\n") == ["가", "나", "다 - 라", "-5 °C"]


def test_a_long_resume_takes_its_pages_and_an_empty_one_a_sheet(visitor: FlaskClient, url: str) -> None:
    long = of_row("education", SCHOOL, {"coursework": "\n".join(f"{n} 품질 관리 수업" for n in range(200))})
    short = of_row("overseas", OVERSEAS, {"coursework": ""})
    path = published(visitor, url, **long, **short)

    pdf, text = read(visitor.get(f"{path}/ko").data)

    assert len(pdf.pages) > 2
    assert "199 품질 관리 수업" in text
    assert f"{len(pdf.pages)} / {len(pdf.pages)}" in text


@pytest.mark.parametrize("path", ["version/9/pdf/ko", "version/99999999999999999999/pdf/ko", "version/1/pdf/vi"])
def test_a_version_or_language_that_is_not_there_is_not_found(visitor: FlaskClient, url: str, path: str) -> None:
    published(visitor, url)

    assert visitor.get(f"{url}/{path}").status_code == 404


def test_without_its_fonts_no_empty_sheet_is_given(
    visitor: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = published(visitor, url)
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    monkeypatch.setattr(typesetting, "fonts", typesetting.fonts.__wrapped__)

    assert visitor.get(f"{path}/ko").status_code == 503
