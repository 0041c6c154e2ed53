"""약관과 동의문: what each text has to say, that both languages say it, and that a broken file is named."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kosme_web.domain import legal
from kosme_web.domain.code_lists import CONSENT_KIND
from kosme_web.domain.legal import BlockKind, LegalTextError, loader
from tests.domain.legal_notes import EN, FIRST, KO, read, write

EVERY_KIND = (*legal.CONSENTS, *legal.PAGES)
OWN = (("수집 항목", "Items collected"), ("보유 및 이용 기간", "Period"))
REFUSAL = ("동의를 거부할 권리와 불이익", "Right to refuse, and what follows")
PURPOSE = (("수집 및 이용 목적", "Purpose"),)
RECIPIENTS_USE = ("제공받는 자의 이용 목적", "What the recipients use it for")
HEADINGS = {  # PIPA 15 (2): items, purpose, period, refusal; 17 (2) of a third party: who, why, what, how long, refusal
    "TOS_PRIVACY": (*OWN, *PURPOSE, REFUSAL),
    "CORP_INFO": (
        ("제공받는 자", "Recipients"),
        RECIPIENTS_USE,
        ("제공 항목", "Items provided"),
        ("보유 및 이용 기간", "Period"),
        REFUSAL,
    ),
    "UID_SIGNUP": (
        *OWN,
        *PURPOSE,
        ("제공받는 자", "Recipient"),
        ("제공받는 자의 이용 목적", "What the recipient uses it for"),
        ("제공 항목", "Items provided"),
        ("제공받는 자의 보유 및 이용 기간", "How long the recipient keeps it"),
        REFUSAL,
    ),
    "THIRD_PARTY": (
        ("1. 개인정보 수집 및 이용 현황", "1. Items collected and used"),
        ("2. 개인정보 수집 목적 및 보유/이용 기간", "2. Purpose and retention"),
        ("제공받는 자", "Recipients"),
        RECIPIENTS_USE,
        ("제공 항목", "Items provided"),
        ("제공받는 자의 보유 및 이용 기간", "How long the recipients keep it"),
        REFUSAL,
    ),
    "MKT_SNS": (*OWN, *PURPOSE, REFUSAL),
    "MKT_EMAIL": (*OWN, *PURPOSE, REFUSAL),
    "MKT_NIGHT": (*OWN, *PURPOSE, REFUSAL),
    "UID_RESUME": (*OWN, *PURPOSE, REFUSAL),
}
SAME_FIGURES = {
    "밤 9시": "21:00",
    "아침 8시": "08:00",
    "2026년 11월 24일": "24 November 2026",
    "two years": "2 years",
    "제3자": "third party",
}


def figures(text: str) -> list[str]:
    """Give the figures of a sentence, whether they are written in words or as a number."""
    for words, plain in SAME_FIGURES.items():
        text = text.replace(words, plain)
    return sorted(re.findall(r"\d+", text))


def sentences(kind: str) -> Iterator[tuple[str, str]]:
    text = legal.current(kind)
    for lang in ("ko", "en"):
        for line in text.plain(lang).splitlines():
            yield from ((lang, sentence) for sentence in re.split(r"(?<=[.]) ", line))


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_part_of_a_text_is_there_in_both_languages(kind: str) -> None:
    text = legal.current(kind)
    for pair in (text.title, *(pair for block in text.blocks for pair in block.texts)):
        assert re.search("[가-힣]", pair.ko), pair
        assert re.search("[A-Za-z]", pair.en), pair
        assert not re.search("[가-힣]", pair.en.replace("(광고)", "")), pair  # the mark that advertising must carry


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_both_languages_name_the_same_figures(kind: str) -> None:
    for block in legal.current(kind).blocks:
        for pair in block.texts:
            assert figures(pair.ko) == figures(pair.en), pair


@pytest.mark.parametrize("kind", legal.CONSENTS)
def test_a_consent_says_what_the_law_asks_of_it(kind: str) -> None:
    headings = {(block.ko, block.en) for block in legal.current(kind).blocks if block.kind is BlockKind.HEADING}

    assert set(HEADINGS[kind]) <= headings


@pytest.mark.parametrize("kind", legal.CONSENTS)
def test_a_consent_says_that_one_may_refuse_and_what_follows(kind: str) -> None:
    blocks = legal.current(kind).blocks
    after = next(index for index, block in enumerate(blocks) if block.ko == REFUSAL[0]) + 1

    assert blocks[after].en.startswith("You may refuse. ")
    assert ("불이익이 없습니다" if kind in legal.ADVERTISING else "않으면") in blocks[after].ko


def test_every_consent_is_in_the_code_list() -> None:
    assert set(legal.CONSENTS) == set(CONSENT_KIND.codes)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_resident_number_is_only_ever_named_as_not_collected(kind: str) -> None:
    for lang, sentence in sentences(kind):
        if "주민등록번호" in sentence or "resident" in sentence.lower():
            denial = r"수집하지 않습니다\.$" if lang == "ko" else r"(?i)^(- )?(no|never)\b|\bnever collected\b"
            assert re.search(denial, sentence), sentence


@pytest.mark.parametrize("kind", ["TOS_PRIVACY", "UID_SIGNUP", "PRIVACY"])
def test_a_text_about_what_is_collected_says_plainly_that_no_resident_number_is(kind: str) -> None:
    said = list(sentences(kind))

    assert any(lang == "ko" and "주민등록번호는" in sentence for lang, sentence in said)
    assert any(lang == "en" and "resident registration number" in sentence.lower() for lang, sentence in said)


@pytest.mark.parametrize("kind", ["UID_SIGNUP", "UID_RESUME"])
def test_a_consent_to_the_registration_number_carries_the_words_of_the_manual(kind: str) -> None:
    text = legal.current(kind)

    assert "다음과 같은 목적으로 고유식별정보(외국인등록번호)를 수집하고 있습니다." in text.plain("ko")
    assert "collects unique identification information (Foreigner registration number)" in text.plain("en")
    assert "중소기업 인력지원에 관한 사업 (근거: 중소기업진흥에 관한 법률 시행령 제80조 3항)" in text.plain("ko")
    assert "근로복지공단" in text.plain("ko")


def test_the_four_recipients_of_company_information_are_listed() -> None:
    recipients = next(block for block in legal.current("CORP_INFO").blocks if block.kind is BlockKind.LIST)

    assert [pair.ko.split()[0] for pair in recipients.texts] == ["일자리매칭플랫폼", "중소기업", "워크넷,", "중기부"]


def test_the_terms_agreed_to_at_sign_up_are_the_published_ones() -> None:
    published, agreed = legal.current("TERMS").blocks, legal.current("TOS_PRIVACY").blocks

    assert agreed[: len(published)] == published


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_no_text_holds_a_persons_contact(kind: str) -> None:
    both = legal.current(kind).plain("ko") + legal.current(kind).plain("en")

    assert "@" not in both
    assert set(re.findall(r"\d{2,4}-\d{3,4}(?:-\d{4})?", both)) <= {"1833-6972"}  # a public body's


def test_a_text_can_be_asked_for_by_its_version() -> None:
    assert legal.get("TERMS", FIRST) is legal.current("TERMS")
    with pytest.raises(KeyError):
        legal.get("TERMS", date(2020, 1, 1))
    with pytest.raises(KeyError):
        legal.current("NOTE")


def test_a_text_reads_as_plain_text_in_either_language(tmp_path: Path) -> None:
    text = read(write(tmp_path))

    assert text.plain("ko") == "제목\n\n문단 하나\n\n소제목\n\n- 첫째\n- 둘째"
    assert text.plain("en") == "Title\n\nOne paragraph\n\nHeading\n\n- First\n- Second"
    assert [block.kind for block in text.blocks] == ["paragraph", "heading", "list"]


def test_a_new_version_leaves_the_old_one_readable(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, ko=KO.replace("하나", "둘"), version="2027-03-02")

    versions = loader.load(["NOTE"], tmp_path)["NOTE"]
    assert list(versions) == [FIRST, date(2027, 3, 2)]
    assert "문단 하나" in versions[FIRST].plain("ko")


def test_the_digest_is_of_the_version_and_both_sources(tmp_path: Path) -> None:
    source = f"2026-11-24\0{KO.rstrip()}\0{EN.rstrip()}"

    assert read(write(tmp_path)).digest == hashlib.sha256(source.encode()).hexdigest()


def test_the_digest_changes_with_a_character_of_either_language_and_with_the_version(tmp_path: Path) -> None:
    digests = {
        read(write(tmp_path)).digest,
        read(write(tmp_path, ko=KO.replace("첫째", "첫재"))).digest,
        read(write(tmp_path, en=EN.replace("First", "first"))).digest,
        read(write(tmp_path, version="2026-11-25"), date(2026, 11, 25)).digest,
    }
    assert len(digests) == 4


def test_the_digest_stays_when_only_an_editor_left_its_traces(tmp_path: Path) -> None:
    plain = read(write(tmp_path)).digest
    decomposed = KO.replace("제목", "\u110c\u1166\u1106\u1169\u11a8")  # as macOS writes Korean

    assert read(write(tmp_path, ko=f"\ufeff{decomposed}\n", en=EN.replace("\n", " \r\n"))).digest == plain


@pytest.mark.parametrize(
    ("en", "line", "problem"),
    [
        ("", 1, "begins with"),
        ("Title\n\nText", 1, "begins with"),
        ("# Title", 1, "nothing below it"),
        ("# Title\nText", 2, "an empty line is missing"),
        ("# Title\n\n\nText", 3, "one empty line"),
        ("# Title\n\nText\nmore", 4, "an empty line is missing"),
        ("# Title\n\n- First\nText", 4, "an empty line is missing"),
        ("# Title\n\nText\n\n# Second", 5, "neither"),
        ("# Title\n\n### Small", 3, "neither"),
        ("# Title\n\n-First", 3, "neither"),
        ("# Title\n\n Text", 3, "neither"),
        ("# Title\n\n- First\n-  Second", 4, "neither"),
        ("# Title\n\n-", 3, "neither"),
        ("# Title\n\n* First", 3, "holds '*'"),
        ("# Title\n\nText\n\n<b>Text</b>", 5, "holds '<'"),
        ("# Title\n\nA\u200bB", 3, "holds '\\u200b'"),
        ("# Title\n\nA\u00a0B", 3, "holds '\\xa0'"),
        ("# Title\n\n## Heading", 3, "a heading with nothing below it"),
        ("# Title\n\n## Heading\n\n## Heading\n\nText", 3, "a heading with nothing below it"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, en: str, line: int, problem: str) -> None:
    with pytest.raises(LegalTextError, match=re.escape(f"NOTE/2026-11-24.en.md, line {line}: ")) as caught:
        read(write(tmp_path, en=en))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("ko", "en", "place"),
    [
        (KO, EN.replace("- Second\n", ""), "2026-11-24.en.md, line 7: a list of 1, but a list of 2 in "),
        (KO, EN.replace("## Heading", "Heading"), "2026-11-24.en.md, line 5: a paragraph of 1, but a heading of 1 in "),
        (KO, f"{EN}\nMore\n", "2026-11-24.en.md, line 10: nothing answers this in NOTE/2026-11-24.ko.md"),
        (f"{KO}\n더\n", EN, "2026-11-24.ko.md, line 10: nothing answers this in NOTE/2026-11-24.en.md"),
    ],
)
def test_a_text_that_differs_between_the_languages_is_refused(tmp_path: Path, ko: str, en: str, place: str) -> None:
    with pytest.raises(LegalTextError, match=re.escape(f"NOTE/{place}")):
        read(write(tmp_path, ko=ko, en=en))


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    (write(tmp_path) / "NOTE/2026-11-24.ko.md").write_bytes(b"# A\n\n" + "가".encode("euc-kr"))

    with pytest.raises(LegalTextError, match=re.escape("NOTE/2026-11-24.ko.md, line 3: is not UTF-8")):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("notes.txt", "NOTE/notes.txt: the name is not"),
        ("2026-02-30.ko.md", "NOTE/2026-02-30.ko.md: 2026-02-30 is no day"),
        ("2027-01-01.ko.md", "NOTE/2027-01-01.en.md: is missing"),
    ],
)
def test_a_file_that_does_not_belong_in_a_folder_is_named(tmp_path: Path, name: str, problem: str) -> None:
    (write(tmp_path) / "NOTE" / name).write_text(KO, encoding="utf-8")

    with pytest.raises(LegalTextError, match=re.escape(problem)):
        read(tmp_path)


def test_every_kind_has_a_folder_with_a_text_and_every_folder_is_a_known_kind(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(LegalTextError, match="OTHER is missing"):
        loader.load(["NOTE", "OTHER"], tmp_path)
    (tmp_path / "OTHER").mkdir()
    with pytest.raises(LegalTextError, match="OTHER is not a known kind"):
        loader.load(["NOTE"], tmp_path)
    with pytest.raises(LegalTextError, match="OTHER: has no text"):
        loader.load(["NOTE", "OTHER"], tmp_path)
