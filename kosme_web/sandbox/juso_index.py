"""The nation's addresses for juso.go.kr, if ``make addresses`` or an import has put them beside the site's data."""

from kosme_web.address_index import AddressIndex, Found, QuestionError
from kosme_web.sandbox.juso_rows import Building


def found(index: AddressIndex, keyword: str, page: int, size: int) -> tuple[int, list[Building]] | None:
    """Give the number and one page of what fits; None where there is no index or it does not take the question."""
    try:
        answer = index.search(keyword, page, size)
    except QuestionError:
        return None
    return (answer.total, [_building(row) for row in answer.rows]) if answer else None


def _building(row: Found) -> Building:
    name = row.reference.strip("()")
    codes = {"admCd": row.code, "rnMgtSn": row.road_code, "bdMgtSn": row.number}
    known = {code: value for code, value in codes.items() if value}
    return Building(row.road, row.english, row.zip, name, (), is_apartment=row.is_apartment, codes=known)
