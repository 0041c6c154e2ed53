"""이력서 PDF: names in real spellings of many languages are read out of the sheet as they went in."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from kosme_web.domain.names import in_document
from kosme_web.services.typesetting import typeset

NAMES = (
    ("Nguyễn Thị Hồng Ngọc", "응웬티홍응옥"),  # Vietnamese
    ("OʻGʻILOY GʻULOMOVA", "굴로모바"),  # Uzbek
    ("Ñandú Peña Güemes", ""),  # Spanish
    ("Łódź Wałęsa-Ćwikła", ""),  # Polish
    ("Çelik İbrahim Şığ", "셀릭"),  # Turkish
    ("Þórður Ægir Sæþórsson", ""),  # Icelandic
    ("Øyvind Åsbjørn", ""),  # Norwegian
    ("O’Connor-D'Angelo", ""),  # Irish
    ("Weiß Jürgen", ""),  # German
    ("Ștefan Ționescu", ""),  # Romanian
    ("Dvořák Jiří", ""),  # Czech
    ("Hồ", "호"),
    ("O", ""),
    ("SUKARNO", "수카르노"),  # one name
    ("FAʻASAVALU TAʻEFU", ""),  # Samoan
    ("Bùi Ưởng Ẵng Ỡn", ""),
    ("Désirée N’Guessan", ""),  # Ivorian
    ("MƏMMƏDOV ƏLİ", ""),  # Azerbaijani
    ("Ēriks Ģirts Ķēniņš", ""),  # Latvian
    ("ŐRY ŰR ÁRPÁD", ""),  # Hungarian
    ("Ramanathapuram Venkatasubramanian " + "Krishnamurthy " * 4, ""),
    ("WANG XIAOMING", "왕 샤오밍"),
)
# names and schools of countries from which people come to work in Korea
SCRIPTS = (
    "张伟 复旦大学",  # Chinese
    "山田さくら",  # Japanese
    "محمد علی پنجاب یونیورسٹی",  # Urdu
    "राम श्रेष्ठ त्रिभुवन विश्वविद्यालय",  # Nepali
    "মোহাম্মদ রহমান ঢাকা বিশ্ববিদ্যালয়",  # Bengali
    "නිමල් පෙරේරා කොළඹ විශ්වවිද්‍යාලය",  # Sinhala
    "கிருஷ்ணன் யாழ்ப்பாணப் பல்கலைக்கழகம்",  # Tamil
    "အောင်အောင် ရန်ကုန်တက္ကသိုလ်",  # Burmese
    "ສົມພອນ ມະຫາວິທະຍາໄລ",  # Lao
    "សុខ ភូមិន្ទភ្នំពេញ",  # Khmer
    "สมชาย มหาวิทยาลัยธรรมศาสตร์",  # Thai
)


def sheet(**texts: object) -> dict[str, object]:
    empty: dict[str, object] = {
        "photo": None,
        "photo_text": "",
        "facts": [],
        "sections": [],
        "marked": "",
        "foot": "",
        "headline": "",
    }
    return {"lang": "ko", "title": "이력서", "name": "N", **empty, **texts}


def read(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_every_spelling_of_a_name_is_read_as_it_was_written() -> None:
    names = [in_document(*name) for name in NAMES] + [name for name, _ in NAMES]

    text = read(typeset(sheet(facts=[["이름", name] for name in names]), datetime.now(UTC)))

    assert [name for name in names if "".join(name.split()) not in text] == []


@pytest.mark.parametrize("text", SCRIPTS)
def test_there_is_a_font_for_what_applicants_write(text: str) -> None:
    """PDF/UA forbids a letter without one: such a sheet would have gone out without that label."""
    assert b"pdfuaid" in typeset(sheet(headline=text, facts=[["이름", text]]), datetime.now(UTC))


@pytest.mark.parametrize(
    ("english", "name", "written"),
    [
        ("Nguyen Van Anh", "응우옌 반 아인", "NGUYEN VAN ANH(응우옌반아인)"),
        ("Sawyer  Tom", "SAWYER TOM", "SAWYER TOM"),
    ],
)
def test_a_name_is_written_by_the_rule_for_public_documents(english: str, name: str, written: str) -> None:
    assert in_document(english, name) == written


def test_the_same_resume_gives_the_same_bytes() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)

    assert typeset(sheet(name="A"), moment) == typeset(sheet(name="A"), moment)


def test_a_word_longer_than_a_line_stays_on_the_sheet_and_whole() -> None:
    address = "https://example.com/" + "a" * 200

    pdf = typeset(sheet(name="VENKATANARASIMHARAJUVARIPETA" * 2, facts=[["", address]]), datetime.now(UTC))

    lines = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    assert max(map(len, lines)) < 100
    assert address in read(pdf)
    assert "VENKATANARASIMHARAJUVARIPETA" * 2 in read(pdf)
