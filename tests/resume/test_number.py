"""외국인등록번호, 외국인 실명 인증 (R-104, R-111…R-115, R-125): kept under its consent only, and nowhere else."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import structlog
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from urllib3 import encode_multipart_formdata

from kosme_web.models import Consent, DraftNumber
from kosme_web.services.vault import Vault, VaultError
from tests.conftest import Membership
from tests.people import NUMBER, new_resume

FRONT, BACK = NUMBER
TYPED = {"registration_front": FRONT, "registration_back": BACK, "seen": "99"}
AGREED = {"unique_identifier_consent": ["", "1"]}
CHECK = {"check_front": FRONT, "check_back": BACK, "check_name": "Nguyen Van Anh"}


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


def test_without_consent_the_number_goes_back_into_the_page_and_nowhere_else(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    answer = visitor.post(url, data=TYPED)

    assert f'value="{BACK}"' in answer.text
    assert session.scalars(select(DraftNumber)).all() == []
    assert BACK not in visitor.get(url).text


def test_with_consent_the_number_is_kept_sealed_and_shown_masked(
    visitor: FlaskClient, url: str, session: Session, tmp_path: Path
) -> None:
    visitor.post(url, data={**TYPED, **AGREED})

    page = visitor.get(url).text
    assert "970314-•••••••" in page
    assert BACK not in page
    session.commit()
    for file in tmp_path.glob("kosme.db*"):
        assert BACK.encode() not in file.read_bytes()
    consent = session.scalars(select(Consent).where(Consent.kind == "UID_RESUME")).one()
    assert (consent.decision, len(consent.digest)) == ("AGREED", 64)


def test_withdrawing_the_consent_erases_the_number_and_is_recorded(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    visitor.post(url, data={**TYPED, **AGREED})

    visitor.post(url, data={"unique_identifier_consent": "", "seen": "99"})

    assert session.scalars(select(DraftNumber)).all() == []
    decisions = session.scalars(select(Consent.decision).where(Consent.kind == "UID_RESUME").order_by(Consent.id))
    assert list(decisions) == ["AGREED", "WITHDRAWN"]


def test_a_check_before_the_consent_travels_as_a_token_and_counts_when_the_number_is_kept(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    answer = visitor.post(f"{url}/name-check/run", data=CHECK)
    token = BeautifulSoup(answer.text, "html.parser").select_one("[name=name_check_token]")
    assert token is not None
    assert "실명 확인이 완료되었습니다" in answer.text
    assert session.scalars(select(DraftNumber)).all() == []

    visitor.post(url, data={**TYPED, **AGREED, "name_check_token": token["value"]})

    assert session.scalars(select(DraftNumber)).one().checked_name == "NGUYEN VAN ANH"


def test_another_number_voids_the_mark(visitor: FlaskClient, url: str, session: Session) -> None:
    visitor.post(url, data={**TYPED, **AGREED})
    visitor.post(f"{url}/name-check/run", data={"check_name": "NGUYEN VAN ANH"})
    assert session.scalars(select(DraftNumber)).one().checked_at is not None
    session.expire_all()

    visitor.post(url, data={**TYPED, **AGREED, "registration_back": "6123457"})

    assert session.scalars(select(DraftNumber)).one().checked_at is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SANDBOX MISMATCH", "이 번호로 등록된 이름과 다릅니다"),
        ("SANDBOX UNKNOWN", "NICE에 등록되지 않은 번호입니다"),
        ("SANDBOX PROTECTED", "명의도용 방지"),
        ("SANDBOX MISUSE", "도용이 의심되어"),
        ("SANDBOX NINE", "지금은 확인할 수 없습니다"),
        ("SANDBOX LYING", "지금은 확인할 수 없습니다"),
        ("SANDBOX QUOTA", "지금은 확인할 수 없습니다"),
        ("SANDBOX DOWN", "지금은 확인할 수 없습니다"),
        ("ស្រី", "NICE에서 읽을 수 없는 글자"),
    ],
)
def test_each_answer_of_the_bureau_is_told_and_the_number_stays_in_the_page(
    visitor: FlaskClient, url: str, session: Session, name: str, told: str
) -> None:
    answer = visitor.post(f"{url}/name-check/run", data={**CHECK, "check_name": name})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{BACK}"' in answer.text
    assert "1600-1522" in answer.text
    assert session.scalars(select(DraftNumber)).all() == []


def test_the_number_and_the_password_reach_no_log(visitor: FlaskClient, url: str, app: Flask) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    visitor.post(f"{url}/name-check/run", data=CHECK)
    visitor.post(url, data={**TYPED, **AGREED})
    app.view_functions["resume.check_answers"] = lambda **_: str(1 // int(BACK[:0] or "0"))

    assert visitor.get(f"{url}/check").status_code == 500

    assert '"event": "crash"' in written.getvalue()
    assert not re.search(f"{BACK}|seven purple kites", written.getvalue())


def test_a_seal_opens_in_its_own_place_only() -> None:
    vault = Vault({"k1": bytes(32)})

    with pytest.raises(VaultError):
        vault.open(vault.seal("9703146123456", "draft_number/sealed/1"), "draft_number/sealed/2")


def test_a_photo_survives_the_errors_of_the_rest(visitor: FlaskClient, url: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (120, 160), "red").save(out, "BMP")
    file = (io.BytesIO(out.getvalue()), "me.png")

    answer = visitor.post(f"{url}/publish", data={"photo": file, "seen": "99"}, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "파일 개수 : 1 개, 사이즈 : 57,654 Bytes" in answer.text
    photo = BeautifulSoup(visitor.get(url).text, "html.parser").select_one(".photo img")
    assert photo is not None
    assert visitor.get(str(photo["src"])).data.startswith(b"\xff\xd8")


def test_a_photo_of_one_byte_too_many_is_refused_and_the_text_is_kept(visitor: FlaskClient, url: str) -> None:
    parts: list[tuple[str, Any]] = list(
        {"photo": ("me.jpg", b"x" * 5_242_881), "title": "통역사", "seen": "99"}.items()
    )
    body, mimetype = encode_multipart_formdata(parts)  # the client's own encoder leaves a file open at this size

    answer = visitor.post(url, data=body, content_type=mimetype)

    assert "5 MB(5,242,880 bytes)보다 큽니다" in answer.text
    assert 'value="통역사"' in visitor.get(url).text


def test_another_english_name_than_the_checked_one_is_told_at_the_name(visitor: FlaskClient, url: str) -> None:
    visitor.post(url, data={**TYPED, **AGREED, "english_name": "LE MINH CHAU"})
    visitor.post(f"{url}/name-check/run", data={**CHECK, "seen": "99"})

    answer = visitor.post(f"{url}/publish", data={"seen": "99"})

    page = BeautifulSoup(answer.text, "html.parser")
    links = [link["href"] for link in page.select("#problems a")]
    assert "#english_name" in links
    assert "#name-check-open" not in links
    assert "NGUYEN VAN ANH" in page.select_one("#registration-number .note--good").text  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "are_told"), [("SANDBOX MISMATCH", True), ("SANDBOX PROTECTED", False)])
def test_slips_are_named_only_where_a_slip_may_be_the_cause(
    visitor: FlaskClient, url: str, name: str, *, are_told: bool
) -> None:
    answer = visitor.post(f"{url}/name-check/run", data={**CHECK, "check_name": name, "seen": "99"})

    assert ("번호를 잘못 입력한 경우" in answer.text) is are_told


def test_a_refused_photo_is_told_with_the_saving(visitor: FlaskClient, url: str) -> None:
    answer = visitor.post(url, data={"seen": "99", "photo": (io.BytesIO(b"%PDF-1.4"), "cv.pdf")})

    told = BeautifulSoup(answer.text, "html.parser").select_one(".note[role=status]")
    assert told
    assert "형식의 사진이 아닙니다" in told.text
