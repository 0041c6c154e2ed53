"""Walks the screens around an account: recovery, details, devices, consents (L13)."""

from dataclasses import replace
from datetime import date

import pytest

from kosme_web.domain import legal
from kosme_web.domain.legal import Block, BlockKind, Pair
from tests.conftest import Server
from tests.people import IDENTITY, MEMBER, last_code
from tests.recovery import PASSWORD, verified
from tests.site.filled import HTMX, filled_resume
from tests.site.walker import Walker


def test_every_page_of_the_recovery(walker: Walker, sandbox: Server) -> None:
    for path in ("/recover/identity", "/recover/identity/confirm", "/recover"):
        verified(walker, sandbox.url)
        assert walker.get(path).status_code in (200, 303)
    walker.post("/recover/password", data={"password": "short"})
    walker.post("/recover/login-id")
    walker.get("/recover")
    walker.post("/recover/password", data={"password": PASSWORD})
    assert walker.get("/log-in").status_code == 200


ACCOUNT = ("", "/prove", "/password", "/email", "/phone", "/details", "/devices", "/consents", "/consents/identifier")


def test_every_page_of_the_account(member: Walker, sandbox: Server) -> None:
    assert member.post("/account/prove", data={"password": MEMBER["password"]}).status_code == 303
    for name in (*ACCOUNT, "/consents/UID_RESUME/2026-11-24", "/identity"):
        assert member.get(f"/account{name}").status_code == 200
    for name in ("/prove", "/password", "/details", "/consents"):
        assert member.post(f"/account{name}", data={}).status_code == 422
    for headers in (HTMX, None):
        member.post("/account/details/address/suggest", data={"address_keyword": "초북로"}, headers=headers)
        found = member.post("/account/details/address/search", data={"address_keyword": "초북로"}, headers=headers)
        assert found.status_code == 200
    member.post("/account/email", data={"email": "x"})
    member.post("/account/email", data={"email": "new@example.com"})
    member.get("/account/email/code")
    member.post("/account/email/code", data={"code": "1"})
    member.post("/account/identity", data=IDENTITY)
    member.post("/account/identity/confirm", data={"code": last_code(sandbox.url)})
    member.get("/account/phone")
    url = filled_resume(member)
    member.post(f"{url}/hide", data={"seen": "99"})
    for page in (url, "/resume", "/account/prove"):
        assert member.get(page).status_code == 200


def test_every_page_of_leaving(member: Walker) -> None:
    member.post("/account/prove", data={"password": MEMBER["password"]})
    assert member.get("/account/leave").status_code == 200
    assert member.post("/account/leave", data={"is_sure": ""}).status_code == 422
    member.post("/account/leave", data={"is_sure": "1"})
    for page in ("/account/leave", "/account", "/resume"):
        assert member.get(page).status_code == 200


def test_the_question_about_texts_after_a_log_in(member: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Block(BlockKind.LIST, (Pair("하나가 바뀌었습니다.", "One thing changed."),))
    text = replace(legal.current("TOS_PRIVACY"), version=date(2027, 3, 1), changed=(said,))
    both = {text.version: text, **legal._LIBRARY["TOS_PRIVACY"]}  # noqa: SLF001
    monkeypatch.setitem(legal._LIBRARY, "TOS_PRIVACY", both)  # noqa: SLF001
    member.get("/account/review")

    assert member.post("/account/review", data={}).status_code == 422
