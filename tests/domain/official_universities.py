"""Makes official lists of universities as data.go.kr gives them: 20 columns, as CSV or JSON."""

import csv
import io
import json

from kosme_web.domain.universities.official_file import COLUMNS

SCHOOLS = [
    ("경상국립대학교", "Gyeongsang National University", "본교", "대학", "일반대학", "경상남도"),
    ("강원대학교", "Kangwon National University", "본교", "대학", "일반대학", "강원도"),
    ("강원대학교", "Kangwon National University", "제2캠퍼스", "대학", "일반대학", "강원특별자치도"),
    ("울산과학대학교", "Ulsan College", "본교", "전문대학", "전문대학", "울산광역시"),
    ("경상국립대학교 경영대학원", "", "본교", "대학원", "특수대학원", "경상남도"),
]


def official_rows(*leave_out: str, as_of: str = "2026-03-31") -> list[dict[str, str]]:
    return [
        {
            **dict.fromkeys(COLUMNS, ""),
            **dict(zip((*COLUMNS[:5], "시도명"), school, strict=True)),
            "데이터기준일자": as_of,
        }
        for school in SCHOOLS
        if school[0] not in leave_out
    ]


def as_csv(rows: list[dict[str, str]], encoding: str = "cp949") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_json(rows: list[dict[str, str]]) -> bytes:
    return json.dumps({"fields": [{"id": column} for column in rows[0]], "records": rows}).encode()
