"""Walks the whole site: every page and every part of one is sound, and in both languages (L13)."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Server
from tests.people import IDENTITY, LOG_IN, MEMBER, NUMBER, join, last_code, new_resume, verify
from tests.site.filled import BASICS, HTMX, JOB, OVERSEAS, SCHOOL, filled_resume, of_row, picture
from tests.site.walker import Walker, validated
from tests.social import LINK, SIGN_UP, SNS, answer_at, come_by, join_by, leave


def see(client: Walker, path: str, **data: str) -> None:
    """Have the part for the script and the page without it, of the same post."""
    data = {"seen": "99", **data}
    for headers in (HTMX, None):
        answer = client.post(path, data=data, headers=headers)
        assert answer.status_code < 500
        if answer.status_code == 303:
            assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/legal/terms", "/legal/privacy", "/log-in", "/sign-up", "/sign-up/identity", "/sign-up/complete"]
)
@pytest.mark.parametrize("display", ["ko", "en", "both"])
def test_a_page_for_visitors(walker: Walker, path: str, display: str) -> None:
    answer = walker.get(f"{path}?lang={display}")

    assert (answer.status_code, walker.pages) == (200, 1)
    assert f'<html lang="{"en" if display == "en" else "ko"}">' in answer.text


def test_the_offline_page_and_the_word_of_a_new_version(walker: Walker) -> None:
    walker.get("/offline")
    walker.get("/new-version", headers=HTMX)

    assert (walker.pages, walker.parts) == (1, 1)


@pytest.mark.parametrize("provider", SNS)
def test_every_page_of_an_sns_sign_up_and_log_in(walker: Walker, sandbox: Server, provider: str) -> None:
    come_by(walker, provider)
    for page in ("/social/unknown", "/log-in?next=/account/social/confirm", "/sign-up", "/sign-up/identity"):
        assert walker.get(page).status_code == 200
    for fault in ("profile-500", "profile-html", "code-reused"):
        assert come_by(walker, provider, fault=fault).status_code >= 400
    assert walker.get(f"/social/{provider}/callback").status_code == 400
    walker.get(answer_at(leave(walker, provider), "cancel"))
    walker.get("/log-in")
    come_by(walker, provider, SIGN_UP)
    verify(walker, sandbox.url)
    walker.get("/sign-up/member")
    walker.post("/sign-up/member", data={})


def test_every_page_of_the_sns_accounts(walker: Walker, sandbox: Server, app: Flask) -> None:
    join_by(walker, sandbox.url, "kakao")
    walker.get("/sign-up/complete")
    walker.get(walker.post("/resume/new").location)
    walker.get("/account/social")
    come_by(walker, "naver", LINK)
    walker.get("/account/social")
    walker.post("/account/social/prove", data={})
    other = app.test_client()
    come_by(other, "facebook", SIGN_UP)
    other.post("/sign-up/identity", data=IDENTITY)
    assert other.post("/sign-up/identity/confirm", data={"code": last_code(sandbox.url)}).status_code == 422
    other.get(answer_at(leave(other, "naver", next="/account/social/confirm")))
    assert other.get("/account/social/confirm").status_code == 200
    assert other.get("/account/social").status_code == 200


def test_the_errors_of_log_in_and_identity_verification(walker: Walker) -> None:
    walker.post("/log-in", data={})
    walker.post("/log-in", data=LOG_IN)
    walker.post("/sign-up/identity", data={})
    walker.post("/sign-up/identity", data={**IDENTITY, "phone_number": "01023450001"})
    walker.post("/sign-up/identity", data={**IDENTITY, "phone_number": "01023450003"})

    assert walker.pages == 5


@pytest.mark.parametrize("method", ["SMS", "PASS_APP", "PASS_QR"])
def test_every_way_of_identity_verification(walker: Walker, method: str) -> None:
    walker.post("/sign-up/identity", data={**IDENTITY, "verify_method": method})

    assert walker.get("/sign-up/identity/confirm").status_code == 200
    assert walker.post("/sign-up/identity/confirm", data={"code": "12"}).status_code == 422
    walker.post("/sign-up/identity/resend")
    assert walker.get("/sign-up/identity/confirm").status_code == 200


def test_member_information_its_errors_and_its_parts(walker: Walker, sandbox: Server) -> None:
    verify(walker, sandbox.url)
    walker.get("/sign-up/member")
    for login_id in ("", "x", "free1234", "vananh97"):
        walker.post("/sign-up/member/login-id", data={"login_id": login_id}, headers=HTMX)
    see(walker, "/sign-up/member/address", **MEMBER)
    for keyword in ("초북로 77", "sandbox-down", "없는길이름"):
        see(walker, "/sign-up/member/address/search", **{**MEMBER, "address_keyword": keyword})
    chosen = '{"road": "경상남도 진주시 초북로 77", "english": "77, Chobuk-ro", "postal_code": "52852"}'
    see(walker, "/sign-up/member/address/choose", **{**MEMBER, "address_choice": chosen})
    walker.post("/sign-up/member", data={})
    walker.post("/sign-up/member", data={**MEMBER, "password": "short", "mkt_sns": ""})

    assert walker.pages == 8
    assert walker.parts > 8


def test_an_id_that_is_taken(walker: Walker, sandbox: Server, app: Flask) -> None:
    join(app.test_client(), sandbox.url)
    verify(walker, sandbox.url, name="Tran Thi Be", phone_number="010-9876-5432")

    assert walker.post("/sign-up/member/login-id", data={"login_id": "vananh97"}, headers=HTMX).status_code == 200
    assert walker.post("/sign-up/member", data=MEMBER).status_code == 422
    walker.post("/sign-up/identity", data=IDENTITY)
    assert walker.post("/sign-up/identity/confirm", data={"code": last_code(sandbox.url)}).status_code == 422


def test_an_empty_resume_and_all_its_errors(member: Walker) -> None:
    member.get("/resume")
    url = new_resume(member)
    member.get(url)
    member.get(f"{url}/check")
    assert member.post(f"{url}/publish", data={"seen": "99"}).status_code == 422
    for kind, row in (("education", SCHOOL), ("overseas", OVERSEAS), ("work", JOB)):
        see(member, f"{url}/{kind}/add", row_id=row, career_kind="EXPERIENCED")
    wrong = {**BASICS, "english_name": "이름", "phone_number": "1", "email": "x", "visa_expires_month": "13"}
    rows = of_row("education", SCHOOL, {"university": "학교", "entered_year": "x", "project_url": "x"})
    assert member.post(f"{url}/publish", data={**wrong, **rows, "registration_back": "1"}).status_code == 422
    member.get(f"{url}/check")


def test_every_button_of_an_entry(member: Walker) -> None:
    url = filled_resume(member)
    member.get(url)
    for kind, row in (("education", SCHOOL), ("overseas", OVERSEAS), ("work", JOB)):
        for change in ("reset", "undo", "remove", "undo"):
            assert member.post(f"{url}/{kind}/{row}/{change}", headers=HTMX).status_code == 200
    for change in ("duties/reset", "remove", "undo"):
        see(member, f"{url}/work/{JOB}/{change}")
    see(member, f"{url}/earlier")
    member.post(f"{url}/overseas/{OVERSEAS}/remove")
    assert f"{url}/overseas/{OVERSEAS}/undo" in member.get(f"{url}/earlier").text
    assert member.get(f"{url}/earlier?field=work-{JOB}-duties").status_code == 200
    see(member, f"{url}/work/{JOB}/sub_industry", **{f"work-{JOB}-industry": "C"})
    see(member, f"{url}/work/{JOB}/sigungu", **{f"work-{JOB}-sido": "48"})
    see(member, f"{url}/work/{JOB}/industry", list_text="제조")
    see(member, f"{url}/work/{JOB}/industry/choose", list_choice="29")
    see(member, f"{url}/work/{JOB}/position")
    see(member, f"{url}/work/{JOB}/position/choose", **{f"work-{JOB}-rank": "R03"})


def test_an_entry_too_many(member: Walker) -> None:
    url = new_resume(member)
    member.get(url)
    added = [
        member.post(f"{url}/overseas/add", data={"row_id": f"{number:012x}"}, headers=HTMX).status_code
        for number in range(11)
    ]
    member.get(url)

    assert added == [201] * 10 + [409]


def test_every_other_part_of_a_resume(member: Walker) -> None:
    url = filled_resume(member)
    member.get(url)
    see(member, url, title="다른 제목")
    see(member, f"{url}/visa-subtypes", visa="E-7")
    for text in ("viet", "없는 나라"):
        see(member, f"{url}/nationality", list_text=text)
    see(member, f"{url}/nationality/choose", list_choice="VN")
    see(member, "/resume/universities", text="서울")
    see(member, f"{url}/address")
    for keyword in ("초북로", "가"):
        see(member, f"{url}/address/search", address_keyword=keyword)
    see(member, f"{url}/address/choose", address_choice="")
    for change in ("frame", "frame/choose", "remove", "undo"):
        see(member, f"{url}/photo/{change}")
    see(member, f"{url}/hand-over", at="photo")
    shown = member.post(f"{url}/hand-over", headers=HTMX).text
    assert member.get(re.search('/resume/hand-over/[^"]*', shown)[0]).status_code == 200  # type: ignore[index]
    assert member.get(f"{url}/photo", headers=HTMX).status_code == 200
    see(member, f"{url}/photo")
    for headers in (HTMX, None):
        photo = picture() if headers else (b"", "empty.svg")
        data = {"photo": photo, "seen": "99"} if headers else {"seen": "99"}
        member.post(f"{url}/photo", data=data, content_type="multipart/form-data", headers=headers)


@pytest.mark.parametrize("name", ["", "NGUYEN VAN ANH", "SANDBOX MISMATCH", "SANDBOX DOWN", "ស្រី"])
def test_the_name_check_and_each_kind_of_its_answers(member: Walker, name: str) -> None:
    url = new_resume(member)
    member.get(url)
    see(member, f"{url}/name-check", registration_front=NUMBER[0], registration_back=NUMBER[1])
    see(member, f"{url}/name-check/back", check_front=NUMBER[0], check_back=NUMBER[1])
    see(member, f"{url}/name-check/run", check_front=NUMBER[0], check_back=NUMBER[1], check_name=name)
    see(member, f"{url}/name-check/run", check_front="99", check_back="", check_name=name)


def test_two_devices_that_differ(member: Walker) -> None:
    url = new_resume(member)
    member.post(url, data={"title": "하나", "seen": "99"})
    member.post(url, data={"title": "둘", "email": "a@b.c", "seen": "0"})

    assert all(text in member.get(url).text for text in ("하나", "둘"))
    see(member, f"{url}/choose/theirs", field="title")
    assert "하나" in member.get(f"{url}/earlier").text


def test_a_published_resume_its_answers_and_the_list(member: Walker) -> None:
    url = filled_resume(member)
    member.get(url)
    see(member, f"{url}/check")
    answer = member.post(f"{url}/publish", data={"seen": "99"})
    assert answer.location == f"{url}/published"
    assert "&lt;Vietnam&gt;" in member.get(f"{url}/published").text
    member.get("/resume")
    see(member, f"{url}/copy")
    member.post(f"{url}/delete")
    assert member.get("/resume").status_code == 200
    assert member.get(f"{url}/published").status_code == 404


def test_every_page_of_a_published_resume(member: Walker, app: Flask) -> None:
    url = filled_resume(member)
    past = {"visa_expires_year": "2026", "visa_expires_month": "1", f"education-{SCHOOL}-entered_year": "2021"}
    see(member, f"{url}/publish", **past)
    see(member, f"{url}/publish", visa_past_reason="LEAVING", gap_reason="<어학연수>")
    for days in ("", "30"):
        shown = member.post(f"{url}/share", data={"days": days, "shows_street": "1"}).text
    for path in ("published", "versions", "version/1"):
        assert member.get(f"{url}/{path}").status_code == 200
    see(member, f"{url}/second", second_title="Second")
    assert member.post(f"{url}/second", data={"second_title": "x" * 5001}).status_code == 422
    link = re.search(r"http://localhost(/shared/[^\"]+)", shown)
    assert app.test_client().get(link[1]).status_code == 200  # type: ignore[index]
    assert member.get(link[1]).status_code == 200  # type: ignore[index]
    assert member.get("/shared/guessed").status_code == 404
    see(member, f"{url}/version/1/restore")
    see(member, f"{url}/unpublish")
    member.get("/resume/import")
    assert member.post("/resume/import", data={}).status_code == 422


def test_the_resume_of_a_newcomer(member: Walker) -> None:
    url = filled_resume(member)

    assert member.post(f"{url}/publish", data={"career_kind": "NEWCOMER", "seen": "99"}).status_code == 303
    assert "동진정밀" not in member.get(f"{url}/published").text


def test_the_validator_finds_mistakes(tmp_path: Path) -> None:
    mistakes = ["<p><div></div></p>", '<ul><li id="a"></li><li id="a"></li></ul>', "<b>x</i>"]
    for number, html in enumerate(mistakes):
        (tmp_path / f"{number}.html").write_text(html, encoding="utf-8")

    told = validated(tmp_path)

    assert [f"{number}.html" in told for number in range(3)] == [True] * 3
