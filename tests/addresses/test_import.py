"""The import of the official files of addresses: each failure that their contract names."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kosme_web.address_index import AddressIndex
from kosme_web.address_index.building import Source, build
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.layouts import korean
from kosme_web.address_index.storage import alone
from tests.addresses import files
from tests.addresses.conftest import Import
from tests.addresses.files import CHOBUK, CITY_HALL, PLACES, zipped

KOREAN = files.text(map(files.korean, PLACES))


def roads(index: AddressIndex, question: str) -> list[str]:
    page = index.search(question)
    assert page is not None
    return [row.road for row in page.rows]


def counts(told: str) -> dict[str, int]:
    lines = [line.split() for line in told.rpartition("\r")[2].splitlines() if len(line.split()) == 2]
    return {name: int(number.replace(",", "")) for name, number in lines}


def test_the_file_of_the_post_gives_an_index_in_both_languages(
    take_in: Import, index: AddressIndex, tmp_path: Path
) -> None:
    told = take_in("epost", zipped(tmp_path / "zipcode_DB.zip", gyeongnam=files.epost_text()))

    page = index.search("초북로 77")
    assert page is not None
    found = page.rows[0]
    assert (counts(told)["inserted"], page.total, page.as_of) == (8, 2, "2026-08")
    assert (found.road, found.reference) == ("경상남도 진주시 초북로 77", "(초전동, 진주초정 오피스타운)")
    assert (found.english, found.is_official) == ("77, Chobuk-ro, Jinju-si, Gyeongsangnam-do", True)
    assert (found.zip, found.lot) == ("52731", "경상남도 진주시 초전동 1635-2")
    assert (found.code, found.road_code, found.number) == (CHOBUK.code, CHOBUK.road_code, CHOBUK.number[:25])


def test_the_three_full_sets_give_the_same_addresses(take_in: Import, index: AddressIndex, tmp_path: Path) -> None:
    told = {}
    for kind, name, content in (
        ("epost", "all", files.epost_text()),
        ("korean", "rnaddrkor_seoul", KOREAN),
        ("building", "build_seoul", files.text(map(files.building, PLACES))),
    ):
        take_in(kind, zipped(tmp_path / f"{kind}.zip", **{name: content}))
        found = [index.search(question) for question in ("초북로", "을지로", "돌평길", "한누리대로", "중구")]
        told[kind] = [[(row.road, row.zip, row.lot) for row in page.rows] for page in found if page]

    assert told["epost"] == told["korean"] == told["building"]
    assert ("세종특별자치시 한누리대로 1811", "30145", "세종특별자치시 반곡동 47-1") in told["korean"][3]
    assert ("서울특별시 중구 을지로 지하 42", "04533", "서울특별시 중구 을지로1가 31") in told["korean"][1]
    assert told["korean"][2][0][0] == "강원특별자치도 강릉시 강동면 돌평길 58-16"
    assert told["korean"][2][0][2] == "강원특별자치도 강릉시 강동면 모전리 산 735-1"


@pytest.mark.parametrize("kind", ["english", "road"])
def test_official_english_takes_the_place_of_that_by_the_rule(
    take_in: Import, index: AddressIndex, tmp_path: Path, kind: str
) -> None:
    take_in("korean", zipped(tmp_path / "full.zip", rnaddrkor_a=KOREAN))
    by_rule = index.search("세종대로 110")
    names = {"english": ("rneng_a", files.english), "road": ("개선_도로명코드_전체분", files.road)}[kind]
    told = take_in(kind, zipped(tmp_path / "names.zip", **{names[0]: files.text(map(names[1], PLACES))}))

    official = index.search("Sejong-daero 110 Jung-gu")
    assert by_rule
    assert official
    assert counts(told)["changed"] == 7
    assert (by_rule.rows[0].is_official, official.rows[0].is_official) == (False, True)
    assert official.rows[0].english == "110, Sejong-daero, Jung-gu, Seoul"
    assert official.total == 1


def test_daily_changes_are_applied_in_the_order_of_their_days_and_once(
    take_in: Import, index: AddressIndex, tmp_path: Path
) -> None:
    take_in(
        "korean",
        zipped(
            tmp_path / "full.zip", rnaddrkor_a=KOREAN, jibun_rnaddrkor_a=files.text([files.further_lot(CHOBUK, (9, 9))])
        ),
    )
    new = files.Place(**{**vars(CHOBUK), "house": (79, 0), "building": ""})
    renamed = files.Place(**{**vars(CHOBUK), "building": "초북타워"})
    unknown = files.Place(**{**vars(CHOBUK), "house": (999, 0)})
    changes = {
        "AlterD.JUSUKR.20260902.TH_SGCO_RNADR_MST.TXT": files.text(
            [files.korean(CITY_HALL, "63"), files.korean(unknown, "63")]
        ),
        "AlterD.JUSUKR.20260901.TH_SGCO_RNADR_MST.TXT": files.text(
            [files.korean(new, "31"), files.korean(renamed, "34"), files.korean(CITY_HALL, "34")]
        ),
        "AlterD.JUSUKR.20260901.TH_SGCO_RNADR_LNBR.TXT": files.text([files.further_lot(new, (7, 1), "31")]),
        "AlterD.JUSUEN.20260901.TH_SGCO_ENADR_MST.TXT": b"No Data",
    }
    path = zipped(tmp_path / "changes.zip", **changes)

    first = counts(take_in("change", path))
    after = roads(index, "초북로")
    assert (first["inserted"], first["changed"], first["deleted"], first["total"]) == (2, 2, 1, 8)
    assert roads(index, "초북타워") == ["경상남도 진주시 초북로 77"]
    assert roads(index, "초전동 7-1") == ["경상남도 진주시 초북로 79"]
    assert roads(index, "세종대로 110") == roads(index, "초전동 9-9") == []
    assert [road for road in after if road.endswith("79")]

    again = counts(take_in("change", path))
    assert (again["skipped"], again["total"], roads(index, "초북로")) == (4, 8, after)


def test_changes_of_no_day_and_an_import_beside_another_one_are_refused(
    take_in: Import, index: AddressIndex, tmp_path: Path
) -> None:
    full = zipped(tmp_path / "full.zip", rnaddrkor_a=KOREAN)
    changes = {"AlterD.JUSUKR.20269999.TH_SGCO_RNADR_MST.TXT": files.text([files.korean(CHOBUK, "31")])}

    with alone(index.engine):
        assert "another import is at work" in take_in("korean", full)
    take_in("korean", full)
    assert "no day is called so" in take_in("change", zipped(tmp_path / "changes.zip", **changes))


def test_changes_and_names_need_a_full_set_first(take_in: Import, tmp_path: Path) -> None:
    changes = {"AlterD.JUSUKR.20260901.TH_SGCO_RNADR_MST.TXT": files.text([files.korean(CHOBUK, "31")])}

    assert "import the full set first" in take_in("change", zipped(tmp_path / "c.zip", **changes))
    take_in("epost", zipped(tmp_path / "e.zip", a=files.epost_text()))
    assert "import the full set first" in take_in("change", zipped(tmp_path / "c.zip", **changes))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (files.text([files.korean(CHOBUK), files.korean(CITY_HALL)[:-1]]), "line 2: 23 columns in place of 24"),
        (files.text([[*files.korean(CHOBUK), ""]]), "line 1: 25 columns in place of 24"),
        (files.text(map(files.korean, PLACES), "utf-8"), "line 1: UTF-8 without a BOM"),
        (KOREAN.replace("중구".encode("cp949"), b"\xff\xff"), "line 4: not CP949"),
        (KOREAN.replace(b"|1811|", b"|18a1|"), "line 7: a number is none"),
        (KOREAN.replace(b"|30145|", b"|3014S|"), "line 7: the postal code or the code of the quarter is none"),
        (KOREAN.replace("|한누리대로|".encode("cp949"), b"||"), "line 7: no province or no road"),
        (KOREAN.replace("한누리".encode("cp949"), b"a\0"), "line 7: a control character"),
        (b"x" * 30_000, "line 1: the line has no end"),
        (b"", "there is no address in it"),
        (b"No Data\r\n", "there is no address in it"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_and_what_is_in_use_stays(
    take_in: Import, index: AddressIndex, tmp_path: Path, content: bytes, problem: str
) -> None:
    take_in("epost", zipped(tmp_path / "before.zip", a=files.epost_text()))

    told = take_in("korean", zipped(tmp_path / "full.zip", rnaddrkor_a=content))

    assert problem in told
    assert roads(index, "세종대로 110") == ["서울특별시 중구 세종대로 110"]


@pytest.mark.parametrize(
    "content",
    [
        files.text(map(files.korean, PLACES), end="\n"),
        KOREAN.removesuffix(b"\r\n"),
        files.text(map(files.korean, PLACES), "utf-8-sig"),
    ],
    ids=["LF only", "no last line end", "UTF-8 with a BOM"],
)
def test_what_reads_the_same_is_taken(take_in: Import, tmp_path: Path, content: bytes) -> None:
    assert counts(take_in("korean", zipped(tmp_path / "full.zip", rnaddrkor_a=content)))["inserted"] == 8


def test_an_edition_of_the_post_with_other_columns_is_refused_by_its_header(take_in: Import, tmp_path: Path) -> None:
    old = files.epost_text().replace("시도영문".encode(), "우편일련번호".encode())

    assert "not the header line" in take_in("epost", zipped(tmp_path / "old.zip", a=old))
    assert "not UTF-8" in take_in("epost", zipped(tmp_path / "euc.zip", a=files.epost_text(encoding="euc-kr")))


def test_an_archive_can_lead_nowhere_else(take_in: Import, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", rnaddrkor_a=KOREAN).read_bytes()
    locked = zipped(tmp_path / "locked.zip", rnaddrkor_a=KOREAN)
    data = bytearray(locked.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the mark of encryption in the list of files
    locked.write_bytes(data)

    damaged, cut = tmp_path / "damaged.zip", tmp_path / "cut.zip"
    whole = zipped(tmp_path / "whole.zip", rnaddrkor_a=KOREAN).read_bytes()
    damaged.write_bytes(whole[:60] + bytes(4) + whole[64:])
    cut.write_bytes(whole[:200])

    assert "leads out" in take_in("korean", zipped(tmp_path / "a.zip", **{"../rnaddrkor_a.txt": KOREAN}))
    assert "leads out" in take_in("korean", zipped(tmp_path / "b.zip", **{"/rnaddrkor_a.txt": KOREAN}))
    assert "no file of the kind" in take_in("korean", zipped(tmp_path / "c.zip", **{"rnaddrkor_a.zip": inner}))
    assert "is encrypted" in take_in("korean", locked)
    assert "archive is broken" in take_in("korean", damaged)
    assert "archive is broken" in take_in("korean", cut)
    assert "no file of the kind" in take_in("english", zipped(tmp_path / "d.zip", other=KOREAN))


def test_korean_names_of_files_that_do_not_say_so_are_understood(take_in: Import, tmp_path: Path) -> None:
    path = tmp_path / "full.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rnaddrkor_XXXXXXXXXX.txt", KOREAN)
    path.write_bytes(path.read_bytes().replace(b"XXXXXXXXXX", "서울특별시".encode("cp949")))

    assert counts(take_in("korean", path))["inserted"] == 8


def test_the_same_file_twice_gives_the_same_and_one_province_can_be_taken(take_in: Import, tmp_path: Path) -> None:
    path = zipped(tmp_path / "full.zip", rnaddrkor_a=KOREAN)

    assert take_in("korean", path).split("\r")[-1] == take_in("korean", path).split("\r")[-1]
    assert counts(take_in("korean", path, "--sido", "48"))["total"] == 3


def test_an_import_that_was_interrupted_goes_on_and_until_then_the_old_one_serves(
    take_in: Import, index: AddressIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in("epost", zipped(tmp_path / "before.zip", a=files.epost_text([CITY_HALL])))
    monkeypatch.setattr("kosme_web.address_index.building.BATCH", 2)
    entries = [korean(files.korean(place)) for place in PLACES]
    tries: list[int] = []

    def broken() -> Iterator[Entry]:
        tries.append(1)
        for place, entry in enumerate(entries):
            if place == 5 and len(tries) == 1:
                raise KeyboardInterrupt
            yield entry

    source = Source("korean", "the same", "2026-08", (broken,))
    with pytest.raises(KeyboardInterrupt):
        build(index.engine, source)
    assert roads(index, "초북로 77") == []
    assert roads(index, "세종대로 110") == ["서울특별시 중구 세종대로 110"]

    report = build(index.engine, source)
    assert (report.skipped, report.inserted, report.total) == (4, 4, 8)
    assert len(roads(index, "초북로 77")) == 2
