"""Provinces, districts, towns and quarters, and all the names that people call them by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LEVELS = ("sido", "sgg", "emd")
# today's name, its English, and how else people say and said it
PROVINCES: dict[str, tuple[str, str]] = {
    "서울특별시": ("Seoul", "서울시 서울 seoulsi"),
    "부산광역시": ("Busan", "부산시 부산 busansi pusan"),
    "대구광역시": ("Daegu", "대구시 대구 daegusi taegu"),
    "인천광역시": ("Incheon", "인천시 인천 incheonsi inchon"),
    "광주광역시": ("Gwangju", "광주시 광주 전남광주통합특별시 jeonnamgwangju gwangjusi kwangju"),
    "대전광역시": ("Daejeon", "대전시 대전 daejeonsi taejon"),
    "울산광역시": ("Ulsan", "울산시 울산 ulsansi"),
    "세종특별자치시": ("Sejong-si", "세종시 세종 sejong"),
    "경기도": ("Gyeonggi-do", "경기 gyeonggi kyonggi"),
    "강원특별자치도": ("Gangwon State", "강원도 강원 gangwondo gangwon kangwon"),
    "충청북도": ("Chungcheongbuk-do", "충북 chungcheongbuk chungbuk"),
    "충청남도": ("Chungcheongnam-do", "충남 chungcheongnam chungnam"),
    "전북특별자치도": ("Jeonbuk State", "전라북도 전북도 전북 jeollabukdo jeollabuk jeonbukdo jeonbuk"),
    "전라남도": ("Jeollanam-do", "전남 전남광주통합특별시 jeonnamgwangju jeollanam jeonnam"),
    "경상북도": ("Gyeongsangbuk-do", "경북 gyeongsangbuk gyeongbuk"),
    "경상남도": ("Gyeongsangnam-do", "경남 gyeongsangnam gyeongnam"),
    "제주특별자치도": ("Jeju-do", "제주도 제주 jeju cheju"),
}
FORMER = {"군위군": "경상북도"}  # districts of another province today, and where people still look for them
RENAMED = {"강원도": "강원특별자치도", "전라북도": "전북특별자치도"}
ENDINGS = re.compile(
    r"(?<=..)(특별자치시|특별자치도|특별시|광역시|시|군|구|읍|면|동|리)$|(?<=...)(si|gun|gu|eup|myeon|dong|ri)$"
)


def key_of(text: str) -> str:
    """Give what is compared: letters and digits only, small ones."""
    return re.sub(r"[\W_]+", "", text.casefold())


def today(sido: str, sgg: str) -> str:
    """Give today's province of a district in older data."""
    return "대구광역시" if sgg in FORMER and FORMER[sgg] == sido else RENAMED.get(sido, sido)


def province_in_latin(sido: str) -> str | None:
    return PROVINCES[sido][0] if sido in PROVINCES else None


@dataclass(frozen=True, slots=True)
class Region:
    id: int
    parent_id: int  # 0: a province
    name: str
    english: str


def names(region: Region) -> Iterator[str]:
    """Give every key by which the region is known: whole, each of its parts, and without its ending."""
    known = next((key for key, (_, other) in PROVINCES.items() if region.name in (key, *other.split())), "")
    if region.parent_id == 0 and known:
        yield from map(key_of, (known, *PROVINCES[known]))
        yield from PROVINCES[known][1].split()
    for name in (region.name, *region.name.split(), region.english, *region.english.split(", ")):
        key = key_of(name)
        if len(key) > 1:
            yield key
            yield ENDINGS.sub("", key)


@dataclass
class Regions:
    """All of a generation in memory: some 5,500."""

    by_id: dict[int, Region] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    has_buildings: bool = False

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, str, str]], *, has_buildings: bool) -> "Regions":
        made = cls(has_buildings=has_buildings)
        for row in rows:
            region = Region(*row)
            made.by_id[region.id] = region
            for name in names(region):
                made.by_name.setdefault(name, set()).add(region.id)
        return made

    def line(self, region_id: int) -> Iterator[int]:
        """Give the region and those that it lies in."""
        while region_id:
            yield region_id
            region_id = self.by_id[region_id].parent_id

    def named(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """Give, by their level, the regions to which all these names lead: 중구 of 서울, not that of 부산."""
        sets = [self.by_name.get(key, set()) for key in keys]
        found: dict[str, list[int]] = {}
        for region_id in sorted(set().union(*sets)):
            line = list(self.line(region_id))
            known = set(line).union(*(self.by_name.get(FORMER.get(self.by_id[one].name, ""), ()) for one in line))
            if all(known & one for one in sets):
                found.setdefault(LEVELS[len(line) - 1], []).append(region_id)
        return found
