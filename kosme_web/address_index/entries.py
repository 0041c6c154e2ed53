"""One address as the files tell it, whichever file that was."""

from dataclasses import dataclass, field

from kosme_web.address_index.regions import province_in_latin
from kosme_web.address_index.romanise import place_in_latin, road_in_latin


@dataclass(frozen=True, slots=True)
class Lot:
    mountain: int
    main: int
    sub: int

    def __str__(self) -> str:
        number = f"{self.main}-{self.sub}" if self.sub else str(self.main)
        return f"산 {number}" if self.mountain else number


@dataclass(frozen=True, slots=True)
class English:
    """The official names, from a file that has them."""

    sido: str
    sgg: str
    emd: str
    road: str


@dataclass(frozen=True, slots=True)
class Entry:
    sido: str
    sgg: str
    emd: str
    ri: str
    road: str
    main: int
    sub: int
    underground: int
    zip: str
    road_code: str | None = None
    code: str | None = None  # of the legal town or quarter (법정동코드)
    number: str | None = None  # of the address or its building (관리번호)
    lot: Lot | None = None
    buildings: tuple[str, ...] = field(default=())
    is_apartment: bool = False
    english: English | None = None

    @property
    def in_latin(self) -> English:
        """Give the official names, else those by the rule."""
        if self.english:
            return self.english
        sido = province_in_latin(self.sido) or place_in_latin(self.sido)
        return English(sido, place_in_latin(self.sgg), place_in_latin(self.emd), road_in_latin(self.road))
