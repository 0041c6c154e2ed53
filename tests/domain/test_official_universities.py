"""The official list of universities: read as the contract has it, and refused as soon as it is something else."""

from datetime import date

import pytest

from kosme_web.domain.universities import OfficialFileError, merged, read_official
from kosme_web.domain.universities.official_file import COLUMNS
from tests.domain.official_universities import as_csv, as_json, official_rows


@pytest.mark.parametrize(
    "content",
    [as_csv(official_rows()), as_csv(official_rows(), "utf-8-sig"), as_json(official_rows())],
    ids=["CP949", "UTF-8", "JSON"],
)
def test_name_campus_kind_and_region_are_read_in_every_form_of_the_file(content: bytes) -> None:
    read = read_official(content)

    assert [(one.ko, one.en, one.campus, one.kind, one.region) for one in read.schools] == [
        ("경상국립대학교", "Gyeongsang National University", "", "UNIV", "48"),
        ("강원대학교", "Kangwon National University", "", "UNIV", "51"),
        ("강원대학교", "Kangwon National University", "제2캠퍼스", "UNIV", "51"),
        ("울산과학대학교", "Ulsan College", "", "COLLEGE", "31"),
        ("경상국립대학교 경영대학원", "", "", "", "48"),
    ]
    assert (read.as_of, read.unknown_regions) == (date(2026, 3, 31), ())


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        ("대학 사이버대학(대학)", "CYBER"),
        ("대학 방송통신대학", "CYBER"),
        ("전문대학 기능대학", "COLLEGE"),
        ("전문대학 사이버대학(전문)", "CYBER"),
        ("대학원 전문대학원", ""),
        ("대학 교육대학", "UNIV"),
        ("기타 각종학교", "OTHER"),
    ],
)
def test_the_kind_follows_from_the_two_columns_that_tell_it(level: str, kind: str) -> None:
    row = {**official_rows()[0], **dict(zip(COLUMNS[3:5], level.split(), strict=True))}

    assert read_official(as_csv([row])).schools[0].kind == kind


def test_names_that_are_too_long_for_a_resume_together_are_picked_in_korean_alone() -> None:
    row = {**official_rows()[0], "학교 영문명": "University of " + "Science, " * 12}

    assert read_official(as_csv([row])).schools[0].text == "경상국립대학교"


def test_a_cell_may_hold_a_line_break() -> None:
    row = {**official_rows()[0], "소재지도로명주소": "진주대로 501\n(가좌동)"}

    assert len(read_official(as_csv([row, official_rows()[1]])).schools) == 2


def test_a_region_that_nobody_knows_is_told_and_left_empty() -> None:
    read = read_official(as_csv([{**official_rows()[0], "시도명": "평안도"}]))

    assert (read.schools[0].region, read.unknown_regions) == ("", ("평안도",))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (as_csv([{k: v for k, v in row.items() if k != "시도명"} for row in official_rows()]), "missing: 시도명"),
        (as_csv([{**official_rows()[0], "학교명": " "}]), "row 1: no 학교명"),
        (as_csv([{**official_rows()[0], "데이터기준일자": "soon"}]), "row 1: 데이터기준일자 is 'soon'"),
        (as_csv(official_rows()[:1], "utf-8") + "경상,국립\r\n".encode(), "row 2: 2 of 20 columns"),
        (as_csv(official_rows()).partition(b"\r\n")[0], "no rows"),
        (b"", "no CSV"),
        (b"name,city\r\n", "missing: 학교명"),
        (b"x" * 140_000, "no CSV"),
        (b"\xff\xfe\x00", "neither UTF-8 nor CP949"),
        (b'{"fields": 1}', "not the form"),
        (b"[1, 2]", "not the form"),
        (b"[" * 100_000, "not the form"),
        (as_csv([{**official_rows()[0], "학교명": "가\0대"}]), "row 1: a control character"),
        (b'{"fields": [], "records"', "not the form"),
    ],
)
def test_a_file_that_is_not_the_official_list_is_refused_and_told_why(content: bytes, message: str) -> None:
    with pytest.raises(OfficialFileError, match=message):
        read_official(content)


def test_a_school_that_vanishes_is_marked_with_the_first_list_without_it_and_comes_back() -> None:
    whole = read_official(as_csv(official_rows()))
    less = read_official(as_csv(official_rows("울산과학대학교", as_of="2027-03-31")))
    later = read_official(as_csv(official_rows("울산과학대학교", as_of="2028-03-31")))
    gone = merged(merged(merged((), whole), less), later)

    assert [(one.ko, one.gone_on) for one in gone if one.gone_on] == [("울산과학대학교", date(2027, 3, 31))]
    assert merged(gone, whole) == whole.schools == merged(whole.schools, whole)
