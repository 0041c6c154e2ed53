"""A code list's file that is wrong stops the start, and the message says where."""

from datetime import date
from pathlib import Path

import pytest

from kosme_web.domain.code_lists import SIDO, CodeListError, load
from kosme_web.domain.code_lists.countries import aliases

HEADER = "code,ko,en"


def broken(folder: Path, *lines: str) -> str:
    (folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CodeListError) as caught:
        load("list", folder=folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((HEADER, "A,가,a", "B,,b"), "list.csv, line 3: no ko name"),
        ((HEADER, "A,가, "), "list.csv, line 2: no en name"),
        ((HEADER, "A,가,a", "A,나,b"), "list.csv, line 3: code 'A' is empty, not ASCII, or stands twice"),
        ((HEADER, ",가,a"), "list.csv, line 2: code '' is empty, not ASCII, or stands twice"),
        ((HEADER, "가,가,a"), "list.csv, line 2: code '가' is empty, not ASCII, or stands twice"),
        ((HEADER, "A,가,a", "B,가,b"), "list.csv, line 3: '가' stands twice"),
        ((HEADER, "A,가,a", "B,나,a"), "list.csv, line 3: 'a' stands twice"),
        ((HEADER, "A,가"), "list.csv, line 2: 2 of 3 columns"),
        ((HEADER, "A,가,a,b"), "list.csv, line 2: 4 of 3 columns"),
        ((HEADER,), "list.csv: has no rows"),
        (("code,ko", "A,가"), "list.csv, line 2: the columns are code, ko"),
        ((f"{HEADER},colour", "A,가,a,red"), "list.csv, line 2: the columns are code, ko, en, colour"),
        ((f"{HEADER},en", "A,가,a,b"), "list.csv, line 1: a column stands twice, or there is none"),
        ((f"{HEADER},parent", "A,가,a,11"), "list.csv, line 2: no parent '11'"),
        ((f"{HEADER},replaced_by", "A,가,a,", "B,나,b,C"), "list.csv, line 3: no successor 'C'"),
        ((f"{HEADER},replaced_by", "A,가,a,A"), "list.csv, line 2: no successor 'A'"),
        ((f"{HEADER},shown", "A,가,a,yes"), "list.csv, line 2: shown is 'yes', not empty or no"),
        ((f"{HEADER},valid_from,valid_to", "A,가,a,2026-07-01,2026-06-30"), "list.csv, line 2: ends before it begins"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    assert broken(tmp_path, *lines) == message


@pytest.mark.parametrize("column", ["valid_from", "valid_to", "stopped_on"])
def test_a_day_that_is_none_is_named(tmp_path: Path, column: str) -> None:
    assert broken(tmp_path, f"{HEADER},{column}", "A,가,a,2026-02-30").startswith("list.csv, line 2: ")


def test_a_row_is_added_by_one_line_that_names_its_first_day(tmp_path: Path) -> None:
    """A rank, say: from its first day it is offered, and whoever chose the old one is still understood."""
    lines = ["code,ko,en,valid_from,valid_to,replaced_by", "R03,사원,Staff,,2026-12-31,R24"]
    added = "R24,매니저,Associate,2027-01-01,,"
    (tmp_path / "rank.csv").write_text("\n".join([*lines, added]), encoding="utf-8")

    ranks = load("rank", folder=tmp_path)

    assert (ranks.current(date(2026, 12, 31)), ranks.current(date(2027, 1, 1))) == (("R03",), ("R24",))
    assert (ranks.label("R03", "ko"), ranks.replaced_by("R03")) == ("사원", "R24")


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("code,ko,en\nA,가,a\n".encode("euc-kr"))
    with pytest.raises(CodeListError, match=r"list\.csv: is not UTF-8"):
        load("list", folder=tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert broken(tmp_path, "") == "list.csv, line 1: a column stands twice, or there is none"


def test_a_parent_must_be_in_the_list_above(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("code,ko,en,parent\nA,가,a,11\nB,나,b,99\n", encoding="utf-8")
    with pytest.raises(CodeListError, match="line 3: no parent '99'"):
        load("list", folder=tmp_path, parents=SIDO)


def test_a_name_stands_once_under_one_parent(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("code,ko,en,parent\nA,가,a,11\nB,나,a,11\n", encoding="utf-8")
    with pytest.raises(CodeListError, match="line 3: 'a' stands twice"):
        load("list", folder=tmp_path, parents=SIDO)


def test_one_name_may_stand_under_two_parents(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("code,ko,en,parent\nA,가,a,11\nB,가,a,26\n", encoding="utf-8")
    assert load("list", folder=tmp_path, parents=SIDO).codes == ("A", "B")


@pytest.mark.parametrize("line", ["USA,QQ", ",TW", "Formosa,TW\nFormosa,TW"])
def test_a_wrong_alias_of_a_country_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "country_alias.csv"
    path.write_text(f"alias,code\n{line}\n", encoding="utf-8")
    rows = dict(load("country_name").rows)
    with pytest.raises(CodeListError, match=r"country_alias\.csv, line"):
        aliases(path, rows)
