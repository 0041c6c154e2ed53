"""A made-up applicant, and how she signs up and logs in through the front door."""

from http import HTTPStatus

import requests
from flask.testing import FlaskClient

from kosme_web.domain import legal

IDENTITY = {
    "carrier": "MVNO",
    "network": "KT",
    "verify_method": "SMS",
    "name": "Nguyen Van Anh",
    "birth_year": "1997",
    "birth_month": "3",
    "birth_day": "14",
    "sex": "F",
    "phone_number": "010-2345-6789",
}
MEMBER = {
    "login_id": "vananh97",
    "password": "seven purple kites over Jinju",
    "email": "vananh97@example.com",
    "road_address": "부산광역시 남구 용소로 45",
    "detail_address": "세종2관 306호",
    "seeker_type": "INTL_STUDENT",
    "program_type": "GENERAL",
    "referral_route": "SCHOOL",
    "mkt_sns": "REFUSED",
    "mkt_email": "AGREED",
    **{kind.lower(): "1" for kind in legal.REQUIRED_AT_SIGN_UP},
}
LOG_IN = {"login_id": "VanAnh97", "password": MEMBER["password"], "name": "ANH NGUYEN VAN"}
NUMBER = ("970314", "6123456")  # synthetic


def last_code(sandbox_url: str) -> str:
    """Read the code that the phone received."""
    text: str = requests.get(f"{sandbox_url}/inbox.json", timeout=5).json()["sms"][0]["text"]
    return "".join(filter(str.isdigit, text))


def approve_in_pass(sandbox_url: str) -> None:
    """Approve, in the PASS app of the phone, what was asked last."""
    asked = requests.get(f"{sandbox_url}/inbox.json", timeout=5).json()["pass"][0]
    requests.post(asked["approve_url"], data={"answer": "approve"}, timeout=5)


def verify(client: FlaskClient, sandbox_url: str, **claim: str) -> None:
    assert client.post("/sign-up/identity", data={**IDENTITY, **claim}).location == "/sign-up/identity/confirm"
    answer = client.post("/sign-up/identity/confirm", data={"code": last_code(sandbox_url)})
    assert answer.location == "/sign-up/member", answer.text


def join(client: FlaskClient, sandbox_url: str) -> None:
    verify(client, sandbox_url)
    assert client.post("/sign-up/member", data=MEMBER).location == "/sign-up/complete"
    assert client.post("/log-in", data=LOG_IN).status_code == HTTPStatus.SEE_OTHER


def somebody_else(client: FlaskClient, sandbox_url: str) -> FlaskClient:
    """Let another person sign up and log in."""
    verify(client, sandbox_url, name="Tran Thi Be", phone_number="010-9876-5432")
    client.post("/sign-up/member", data={**MEMBER, "login_id": "thibe2000", "email": "thibe@example.com"})
    client.post("/log-in", data={**LOG_IN, "login_id": "thibe2000", "name": "Tran Thi Be"})
    return client


def new_resume(client: FlaskClient) -> str:
    return client.post("/resume/new").location
