"""The official files of addresses in small: true places in the true layouts."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kosme_web.address_index.layouts import EPOST_HEADER


@dataclass(frozen=True)
class Place:
    zip: str
    names: tuple[str, str, str, str]  # province, district, town or quarter, village
    english: tuple[str, str, str]
    road: tuple[str, str]
    house: tuple[int, int]
    code: str
    road_code: str
    lot: tuple[int, int]
    building: str = ""
    is_underground: bool = False
    is_mountain: bool = False
    is_apartment: bool = False

    @property
    def is_town(self) -> bool:
        return self.names[2].endswith(("읍", "면"))

    @property
    def number(self) -> str:
        """The management number of 26 digits."""
        main, sub = self.house
        return f"{self.code[:8]}{self.road_code[5:]}{int(self.is_underground)}{main:05}{sub:05}"

    @property
    def marks(self) -> tuple[str, str]:
        return str(int(self.is_underground)), str(int(self.is_mountain))


CHOBUK = Place(
    "52731",
    ("경상남도", "진주시", "초전동", ""),
    ("Gyeongsangnam-do", "Jinju-si", "Chojeon-dong"),
    ("초북로", "Chobuk-ro"),
    (77, 0),
    "4817013400",
    "481703194021",
    (1635, 2),
    "진주초정 오피스타운",
    is_apartment=True,
)
NEXT_DOOR = replace(CHOBUK, house=(77, 3), lot=(1635, 5), building="", is_apartment=False)
ALLEY = replace(NEXT_DOOR, road=("초북로20번길", "Chobuk-ro 20beon-gil"), road_code="481704804022", house=(5, 3))
CITY_HALL = Place(
    "04524",
    ("서울특별시", "중구", "태평로1가", ""),
    ("Seoul", "Jung-gu", "Taepyeongno 1(il)-ga"),
    ("세종대로", "Sejong-daero"),
    (110, 0),
    "1114010300",
    "111402005001",
    (31, 0),
    "서울특별시청",
)
ARCADE = replace(
    CITY_HALL,
    zip="04533",
    names=("서울특별시", "중구", "을지로1가", ""),
    road=("을지로", "Eulji-ro"),
    house=(42, 0),
    code="1114010400",
    road_code="111402005009",
    building="",
    is_underground=True,
)
DOLPYEONG = Place(
    "25627",
    ("강원도", "강릉시", "강동면", "모전리"),
    ("Gangwon-do", "Gangneung-si", "Gangdong-myeon"),
    ("돌평길", "Dolpyeong-gil"),
    (58, 16),
    "4215034022",
    "421504460343",
    (735, 1),
    is_mountain=True,
)
SEJONG = Place(
    "30145",
    ("세종특별자치시", "", "반곡동", ""),
    ("Sejong-si", "", "Bangok-dong"),
    ("한누리대로", "Hannuri-daero"),
    (1811, 0),
    "3611010100",
    "361102000002",
    (47, 1),
    "수루배마을5단지 상가동",
)
BUSAN = Place(
    "48943",
    ("부산광역시", "중구", "중앙동4가", ""),
    ("Busan", "Jung-gu", "Jungang-dong 4(sa)-ga"),
    ("중앙대로", "Jungang-daero"),
    (110, 0),
    "2611010500",
    "261102006001",
    (15, 0),
)
PLACES = (CHOBUK, NEXT_DOOR, ALLEY, CITY_HALL, ARCADE, DOLPYEONG, SEJONG, BUSAN)


def epost(place: Place) -> list[str]:
    sido, sgg, quarter, ri = place.names
    town = (quarter, place.english[2]) if place.is_town else ("", "")
    under, mountain = place.marks
    parts = [place.zip, sido, place.english[0], sgg, place.english[1], *town, place.road_code, *place.road, under]
    parts += [*map(str, place.house), place.number[:25], "", place.building, place.code]
    parts += ["" if place.is_town else quarter, ri, quarter, mountain, str(place.lot[0]), "01", str(place.lot[1])]
    return [*parts, "", ""]


def korean(place: Place, reason: str = "") -> list[str]:
    under, mountain = place.marks
    lot = [mountain, *map(str, place.lot)]
    road = [place.road_code, place.road[0], under, *map(str, place.house)]
    rest = ["", "", place.zip, "", "20181204", str(int(place.is_apartment)), reason, "", place.building, ""]
    return [place.number, place.code, *place.names, *lot, *road, *rest]


def further_lot(place: Place, lot: tuple[int, int], reason: str = "") -> list[str]:
    under, _ = place.marks
    return [
        place.number,
        place.code,
        *place.names,
        "0",
        *map(str, lot),
        place.road_code,
        under,
        *map(str, place.house),
        reason,
    ]


def building(place: Place) -> list[str]:
    under, mountain = place.marks
    parts = [place.code, *place.names, mountain, *map(str, place.lot), place.road_code, place.road[0], under]
    parts += [*map(str, place.house), place.building, "", place.number[:25], "01", "", "", place.zip, "001", "", ""]
    return [*parts, "", "", "", str(int(place.is_apartment)), place.zip, "0", "", ""]


def english(place: Place, reason: str = "") -> list[str]:
    under, mountain = place.marks
    parts = [place.number, place.code, *place.english, "", place.road_code, place.road[1], under]
    return [*parts, *map(str, place.house), place.zip, mountain, *map(str, place.lot), "20181204", reason]


def road(place: Place) -> list[str]:
    sido, sgg, quarter, _ = place.names
    pairs = [part for pair in zip((sido, sgg, quarter), place.english, strict=True) for part in pair]
    return [place.road_code, *place.road, "01", *pairs, "0", "101", "0", "", "", "20181204", ""]


def text(rows: Iterable[list[str]], encoding: str = "cp949", end: str = "\r\n") -> bytes:
    return "".join("|".join(row) + end for row in rows).encode(encoding)


def epost_text(places: Iterable[Place] = PLACES, encoding: str = "utf-8-sig") -> bytes:
    return text([list(EPOST_HEADER), *map(epost, places)], encoding)


def zipped(path: Path, **files: bytes) -> Path:
    """Write the files, each named by its word and ``.txt``, into a ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name if "." in name else f"{name}.txt", (2026, 8, 1, 0, 0, 0))
            archive.writestr(info, content)
    return path
