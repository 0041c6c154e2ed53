"""The columns of each official file, turned into addresses, further lots and English names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kosme_web.address_index.archives import FileError, Member, rows
from kosme_web.address_index.entries import English, Entry, Lot
from kosme_web.address_index.regions import today
from kosme_web.address_index.romanise import place_in_latin

EPOST_HEADER = (
    *("우편번호", "시도", "시도영문", "시군구", "시군구영문", "읍면", "읍면영문", "도로명코드", "도로명", "도로명영문"),
    *("지하여부", "건물번호본번", "건물번호부번", "건물관리번호", "다량배달처명", "시군구용건물명", "법정동코드"),
    *("법정동명", "리명", "행정동명", "산여부", "지번본번", "읍면동일련번호", "지번부번", "구우편번호"),
    "우편번호일련번호",
)
IS_NUMBER = re.compile("[0-9]{0,5}")
IS_ZIP, IS_CODE = re.compile("([0-9]{5})?"), re.compile("([0-9]{10})?")


@dataclass(frozen=True, slots=True)
class FurtherLot:
    """Another lot of an address, which is known by its number."""

    number: str
    sido: str
    sgg: str
    emd: str
    lot: Lot
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Names:
    """English names of a road and the places it lies in. Without Korean names they are known by their codes."""

    road_code: str
    code: str  # of the legal quarter; empty in the list of roads
    korean: tuple[str, str, str, str]
    english: English


def numbered(*texts: str) -> list[int]:
    if not all(map(IS_NUMBER.fullmatch, texts)):
        raise ValueError("a number is none")
    return [int(text or 0) for text in texts]


def checked(entry: Entry) -> Entry:
    """Refuse what can be no address, whatever its columns hold."""
    if not (entry.sido and entry.road):
        raise ValueError("no province or no road")
    if not (IS_ZIP.fullmatch(entry.zip) and IS_CODE.fullmatch(entry.code or "")):
        raise ValueError("the postal code or the code of the quarter is none")
    return entry


def epost(row: list[str]) -> Entry:
    main, sub, under, mountain, lot_main, lot_sub = numbered(*row[11:13], row[10], *row[20:22], row[23])
    emd = row[5] or row[17]
    english = English(row[2], row[4], row[6] or place_in_latin(emd), row[9])
    return Entry(
        sido=today(row[1], row[3]),
        sgg=row[3],
        emd=emd,
        ri=row[18],
        road=row[8],
        main=main,
        sub=sub,
        underground=under,
        zip=row[0],
        road_code=row[7],
        code=row[16],
        number=row[13],
        lot=Lot(mountain, lot_main, lot_sub),
        buildings=_named(row[15], row[14]),
        english=english,
    )


def korean(row: list[str]) -> Entry:
    mountain, lot_main, lot_sub, under, main, sub = numbered(*row[6:9], *row[11:14])
    return Entry(
        sido=today(row[2], row[3]),
        sgg=row[3],
        emd=row[4],
        ri=row[5],
        road=row[10],
        main=main,
        sub=sub,
        underground=under,
        zip=row[16],
        road_code=row[9],
        code=row[1],
        number=row[0],
        lot=Lot(mountain, lot_main, lot_sub),
        buildings=_named(row[21], row[22]),
        is_apartment=row[19] == "1",
    )


def building(row: list[str]) -> Entry:
    mountain, lot_main, lot_sub, under, main, sub = numbered(*row[5:8], *row[10:13])
    return Entry(
        sido=today(row[1], row[2]),
        sgg=row[2],
        emd=row[3],
        ri=row[4],
        road=row[9],
        main=main,
        sub=sub,
        underground=under,
        zip=row[27] or row[19],
        road_code=row[8],
        code=row[0],
        number=row[15],
        lot=Lot(mountain, lot_main, lot_sub),
        buildings=_named(row[13], row[25], row[17]),
        is_apartment=row[26] == "1",
    )


def further_lot(row: list[str]) -> FurtherLot:
    lot = Lot(*numbered(*row[6:9]))
    return FurtherLot(row[0], today(row[2], row[3]), row[3], row[4], lot, row[13] in DELETED)


def english(row: list[str]) -> Names:
    return Names(row[6], row[1], ("", "", "", ""), English(row[2], row[3], row[4], row[7]))


def road(row: list[str]) -> Names:
    names = (today(row[4], row[6]), row[6], row[8], row[1])
    return Names(row[0], "", names, English(row[5], row[7], row[9], row[2]))


DELETED = ("63", "64")


def _named(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


@dataclass(frozen=True)
class Layout:
    """The files of one kind: what they are called, their columns, and where the code of the quarter stands."""

    pattern: str
    columns: int
    read: Callable[[list[str]], Entry | FurtherLot | Names]
    code: int
    header: tuple[str, ...] = ()

    def fits(self, member: Member) -> bool:
        return bool(re.fullmatch(self.pattern, member.name, re.IGNORECASE))

    def entries(self, member: Member, sido: str = "") -> Iterator[tuple[list[str], Entry | FurtherLot | Names]]:
        """Give each row of the province, or all, beside what it says; raises FileError."""
        for line, row in rows(member, self.columns, self.header):
            if row[self.code].startswith(sido):
                try:
                    said = self.read(row)
                    yield row, checked(said) if isinstance(said, Entry) else said
                except ValueError as error:
                    raise FileError(member.name, line, str(error)) from None


FURTHER_LOTS = Layout(r"jibun_rnaddrkor_.*\.txt", 14, further_lot, 1)
FULL = {
    "epost": (Layout(r".*\.txt", 26, epost, 16, EPOST_HEADER),),
    "korean": (Layout(r"rnaddrkor_.*\.txt", 24, korean, 1), FURTHER_LOTS),
    "building": (Layout(r"build_.*\.txt", 31, building, 0),),
}
NAMES = {
    "english": Layout(r"rneng_.*\.txt", 17, english, 1),
    "road": Layout(r".*(도로명코드|road_code).*\.txt", 17, road, 0),
}
CHANGES = (
    Layout(r"AlterD\.JUSUKR\.[0-9]{8}\.TH_SGCO_RNADR_MST\.TXT", 24, korean, 1),
    Layout(r"AlterD\.JUSUKR\.[0-9]{8}\.TH_SGCO_RNADR_LNBR\.TXT", 14, further_lot, 1),
    Layout(r"AlterD\.JUSUEN\.[0-9]{8}\.TH_SGCO_ENADR_MST\.TXT", 17, english, 1),
)
