"""주소검색 from our own copy: while somebody types, while juso.go.kr is away, and where it alone is set."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.address_index.importing import take_in
from kosme_web.address_index.storage import open_engine
from kosme_web.models import Resume, User
from kosme_web.sandbox import create_sandbox
from kosme_web.web import address_search
from kosme_web.web.toolbox import NAME
from tests.addresses import files
from tests.conftest import Server
from tests.people import MEMBER, join, new_resume, verify
from tests.providers.wire import nobody
from tests.site.filled import HTMX, filled_resume

AWAY = "juso.go.kr does not answer just now"


@pytest.fixture
def copy(app: Flask, tmp_path: Path) -> None:
    """Put some addresses into the copy: six with official English, two by the rule."""
    index = app.extensions[NAME].local_addresses.index
    path = files.zipped(tmp_path / "a.zip", rnaddrkor_a=files.text(map(files.korean, files.PLACES)))
    take_in(index.engine, "korean", path, "", lambda _: None)
    names = files.zipped(tmp_path / "n.zip", rneng_a=files.text(map(files.english, files.PLACES[:6])))
    take_in(index.engine, "english", names, "", lambda _: None)


@pytest.fixture
def is_away(app: Flask) -> None:
    """Let nobody listen where juso.go.kr should be."""
    toolbox = app.extensions[NAME]
    away = replace(toolbox.address_search.service, base_url=nobody())
    app.extensions[NAME] = replace(toolbox, address_search=replace(toolbox.address_search, service=away))


@pytest.fixture
def url(visitor: FlaskClient, sandbox: Server) -> str:
    join(visitor, sandbox.url)
    return new_resume(visitor)


def ask(client: FlaskClient, url: str, step: str, keyword: str, **more: str) -> Tag:
    data = {"address_keyword": keyword, "seen": "99", **more}
    answer = client.post(f"{url}/{step}", data=data, headers=HTMX)
    assert (answer.status_code, answer.headers["Kosme-Partial"]) == (200, "true")
    return BeautifulSoup(answer.text, "html.parser")


def found(part: Tag) -> list[str]:
    return [row.text.strip() for row in part.select(".results b")]


@pytest.mark.usefixtures("copy", "is_away")
def test_while_the_service_is_away_the_copy_answers_and_says_so_in_both_languages(
    visitor: FlaskClient, url: str
) -> None:
    part = ask(visitor, url, "address/search", "초북로 77")
    told = str(part.select_one("[role=status]"))

    assert found(part)[0].startswith("경상남도 진주시 초북로 77")
    assert AWAY in told
    assert "지금 juso.go.kr이 응답하지 않아" in told
    assert "as of 2026-08" in told
    assert "unofficial English" not in part.text
    assert "unofficial English" in ask(visitor, url, "address/search", "중앙대로").text
    assert "Nothing was found" in ask(visitor, url, "address/search", "없는길 1").text
    assert "Write more than the province" in ask(visitor, url, "address/search", "서울특별시").text
    plain = visitor.post(f"{url}/address/search", data={"address_keyword": "초북로 77", "title": "통역", "seen": "99"})
    assert AWAY in plain.text
    assert 'value="통역"' in plain.text


@pytest.mark.usefixtures("copy")
def test_what_is_being_typed_is_looked_up_in_the_copy_and_is_never_a_mistake(
    visitor: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(found(ask(visitor, url, "address/suggest", "Chobuk"))) == 3
    monkeypatch.setattr(address_search, "PAGE_SIZE", 2)
    first, second = (ask(visitor, url, "address/suggest", "Chobuk", address_page=page) for page in "12")
    assert [len(found(part)) for part in (first, second)] == [2, 1]
    assert [str(part.select("[name=address_page]")[0]["hx-post"]) for part in (first, second)] == [
        f"{url}/address/suggest"
    ] * 2
    for unfinished in ("", "초", "서울특별시", "110", "초북로 " * 40):
        part = ask(visitor, url, "address/suggest", unfinished)
        assert found(part) == []
        assert part.select(".error") == []


def test_without_a_copy_typing_finds_nothing_and_the_search_asks_the_service(visitor: FlaskClient, url: str) -> None:
    assert found(ask(visitor, url, "address/suggest", "초북로 77")) == []
    assert found(ask(visitor, url, "address/search", "초북로 77")) != []


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize(("keyword", "count"), [("중구", 3), ("Jung-gu", 3)])
def test_a_region_narrows_the_search_down(visitor: FlaskClient, url: str, keyword: str, count: int) -> None:
    assert len(found(ask(visitor, url, "address/suggest", keyword))) == count

    narrowed = ask(visitor, url, "address/suggest", keyword, address_region="26")
    assert found(narrowed) == ["부산광역시 중구 중앙대로 110 (중앙동4가)"]
    assert found(ask(visitor, url, "address/search", "Jungang", address_region="26"))
    chosen = ask(visitor, url, "address/search", "Jungang", address_region="26").select("option[selected]")
    assert [option["value"] for option in chosen] == ["26"]
    assert len(found(ask(visitor, url, "address/suggest", keyword, address_region="<b>"))) == count


@pytest.mark.usefixtures("copy", "is_away")
def test_where_the_copy_alone_is_set_nobody_else_is_asked(app: Flask, visitor: FlaskClient, url: str) -> None:
    toolbox = app.extensions[NAME]
    app.extensions[NAME] = replace(toolbox, settings=replace(toolbox.settings, address_search="local"))

    part = ask(visitor, url, "address/search", "세종대로 110")
    assert found(part) == ["서울특별시 중구 세종대로 110 (태평로1가, 서울특별시청)"]
    assert AWAY not in part.text


@pytest.mark.usefixtures("copy", "is_away")
def test_the_official_codes_go_with_the_address_into_the_membership_and_the_resume(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    verify(visitor, sandbox.url)
    part = BeautifulSoup(
        visitor.post("/sign-up/member/address/search", data={"address_keyword": "초북로 77"}, headers=HTMX).text,
        "html.parser",
    )
    choice = {"address_choice": str(part.select("[name=address_choice]")[0]["value"])}
    chosen = BeautifulSoup(
        visitor.post("/sign-up/member/address/choose", data=choice, headers=HTMX).text, "html.parser"
    )
    fields = {str(field["name"]): str(field["value"]) for field in chosen.select("input")}
    visitor.post("/sign-up/member", data={**MEMBER, **fields})
    visitor.post("/log-in", data={"login_id": "vananh97", "password": MEMBER["password"], "name": "Nguyen Van Anh"})
    url = filled_resume(visitor)
    other = {**choice, "seen": "99"}
    visitor.post(f"{url}/address/choose", data=other)
    assert visitor.post(f"{url}/publish", data={"seen": "99"}).location == f"{url}/published"

    codes = (files.CHOBUK.code, files.CHOBUK.road_code, files.CHOBUK.number)
    rows: list[User | Resume] = [session.scalars(select(User)).one(), session.scalars(select(Resume)).one()]
    assert [(row.legal_area_code, row.road_code, row.building_code) for row in rows] == [codes, codes]
    visitor.post(url, data={"address_codes": "1/<b>/" + "9" * 50, "seen": "99"})
    visitor.post(f"{url}/publish", data={"seen": "99"})
    last = session.scalars(select(Resume).order_by(Resume.number.desc())).first()
    assert last
    assert (last.legal_area_code, last.road_code, last.building_code) == (None, None, None)


def test_the_sandbox_answers_from_the_copy_where_there_is_one(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'a.db'}"
    take_in(open_engine(address), "epost", files.zipped(tmp_path / "a.zip", a=files.epost_text()), "", lambda _: None)
    sandbox = create_sandbox(addresses=address).test_client()
    asked = {"confmKey": "sandbox-juso-key", "keyword": "돌평길 58", "resultType": "json"}

    row = sandbox.get("/addrlink/addrLinkApi.do", query_string=asked).json["results"]["juso"][0]  # type: ignore[index]

    assert row["roadAddrPart1"] == "강원특별자치도 강릉시 강동면 돌평길 58-16"
    assert (row["admCd"], row["rnMgtSn"]) == (files.DOLPYEONG.code, files.DOLPYEONG.road_code)
