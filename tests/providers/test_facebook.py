"""Facebook Login (contract: facebook.md, failure cases to test): the Graph with its proof, and signed requests."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.providers.facebook import Facebook
from kosme_web.providers.http import ProviderAnswerError, ProviderUnavailableError
from kosme_web.providers.social import NoticeError
from tests.providers.wire import visit

VECTOR = (
    "pydAtPhF3vWdC1aEpqcSo8HmobbbuYy7ZFDZiX1OlRM.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjE2OTM4ODEwMDYs"
    "Imlzc3VlZF9hdCI6MTY5Mzg3NzQwNiwidXNlcl9pZCI6IjIxODQ3MSJ9"
)
PROOF = "b15e563de2a106036cef7807b362777b33c08f4b1fb1251b4a3f5a9eeca7c277"
TOKEN = {"access_token": "EAAtoken"}


@pytest.fixture
def facebook(httpserver: HTTPServer) -> Facebook:
    return Facebook(httpserver.url_for("").rstrip("/"), "v24.0", "appsecret", seconds=1)


def signed(wish: object, by: str = "appsecret") -> str:
    payload = base64.urlsafe_b64encode(json.dumps(wish).encode()).rstrip(b"=")
    signature = base64.urlsafe_b64encode(hmac.digest(by.encode(), payload, "sha256")).rstrip(b"=")
    return f"{signature.decode()}.{payload.decode()}"


def refusal(code: int) -> dict[str, Any]:
    return {"error": {"message": "secret EAAtoken", "type": "OAuthException", "code": code, "fbtrace_id": "x"}}


def test_the_question_carries_the_proof_of_the_contract(facebook: Facebook, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v24.0/me").respond_with_json({"id": "10158", "name": "Nguyen Van A", "email": "a@b.c"})

    found = facebook.profile(TOKEN, visit())

    assert (found.issuer, found.subject, found.name) == ("https://www.facebook.com", "10158", "Nguyen Van A")
    asked = httpserver.log[0][0].args.to_dict()
    assert asked == {"fields": "id,name,email", "access_token": "EAAtoken", "appsecret_proof": PROOF}


def test_a_declined_e_mail_is_asked_by_the_form(facebook: Facebook, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v24.0/me").respond_with_json({"id": "10158", "name": "A"})

    assert facebook.profile(TOKEN, visit()).email == ""


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        (190, 400, ProviderAnswerError),
        (100, 400, ProviderAnswerError),
        (10, 403, ProviderAnswerError),
        (190, 200, ProviderAnswerError),
        (4, 400, ProviderUnavailableError),
        (17, 400, ProviderUnavailableError),
        (1, 500, ProviderUnavailableError),
        (2, 500, ProviderUnavailableError),
    ],
)
def test_each_number_of_an_error_has_its_name_and_its_words_stay_out(
    facebook: Facebook, httpserver: HTTPServer, code: int, status: int, error: type[Exception]
) -> None:
    httpserver.expect_request("/v24.0/me").respond_with_json(refusal(code), status=status)

    with pytest.raises(error) as caught:
        facebook.profile(TOKEN, visit())
    assert "EAAtoken" not in str(caught.value)
    assert len(httpserver.log) == (2 if error is ProviderUnavailableError else 1)  # asked once more, no oftener


def test_a_moment_out_of_order_is_asked_once_more(facebook: Facebook, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/v24.0/me").respond_with_json(refusal(2), status=500)
    httpserver.expect_ordered_request("/v24.0/me").respond_with_json({"id": "10158"})

    assert facebook.profile(TOKEN, visit()).subject == "10158"


@pytest.mark.parametrize("answer", [{}, {"id": ""}, {"id": None}, [], {"error": "words"}, {"error": {"code": "4"}}])
def test_an_answer_without_an_id_breaks_the_contract(
    facebook: Facebook, httpserver: HTTPServer, answer: object
) -> None:
    httpserver.expect_request("/v24.0/me").respond_with_json(answer)

    with pytest.raises(ProviderAnswerError):
        facebook.profile(TOKEN, visit())


def test_unlinking_takes_the_permissions_back(facebook: Facebook, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v24.0/10158/permissions", method="DELETE").respond_with_json({"success": True})

    facebook.unlink("EAAtoken", "10158")

    assert httpserver.log[0][0].args["appsecret_proof"] == PROOF


def test_the_signed_request_of_the_contract_names_its_person(facebook: Facebook) -> None:
    wish = facebook.read_signed_request(VECTOR)

    assert (wish.subject, wish.issued_at.timestamp()) == ("218471", 1693877406)


GOOD = {"algorithm": "HMAC-SHA256", "issued_at": 1693877406, "user_id": "218471"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "one part only",
        VECTOR.replace("pyd", "qyd"),
        VECTOR + "A",
        "%%%.%%%",
        "한글.한글",
        signed(GOOD, "another secret"),
        signed({**GOOD, "algorithm": "HMAC-SHA1"}),
        signed({**GOOD, "algorithm": None}),
        signed({**GOOD, "user_id": ""}),
        signed({**GOOD, "issued_at": "x"}),
        signed({**GOOD, "issued_at": 1e400}),
        signed({"algorithm": "HMAC-SHA256"}),
        signed(["HMAC-SHA256"]),
        signed("text"),
        signed(None),
    ],
)
def test_a_signed_request_with_anything_wrong_is_refused(facebook: Facebook, text: str) -> None:
    with pytest.raises(NoticeError):
        facebook.read_signed_request(text)


def test_a_link_is_ended_without_the_person_by_the_token_of_the_app_itself(
    facebook: Facebook, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/v24.0/17/permissions", method="DELETE").respond_with_json({"success": True})

    assert replace(facebook, client_id="app").release("17")
    assert not facebook.release("17")  # an app that is not registered

    question = httpserver.log[0][0]
    made = hmac.new(b"appsecret", b"app|appsecret", hashlib.sha256).hexdigest()
    assert question.args.to_dict() == {"access_token": "app|appsecret", "appsecret_proof": made}
