"""카카오 로그인 (contract: kakao.md, failure cases to test): the account with its consents, the end of a link."""

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.providers.http import ProviderAnswerError, ProviderUnavailableError
from kosme_web.providers.kakao import Kakao
from kosme_web.providers.social import NoticeError
from tests.providers.wire import visit

BIG = 2**53 + 1
TOKEN: dict[str, Any] = {"access_token": "t", "userinfo": {"sub": str(BIG)}}
EMAIL = {"email": "sample@sample.com", "is_email_valid": True, "is_email_verified": True}


@pytest.fixture
def kakao(httpserver: HTTPServer) -> Kakao:
    return Kakao(httpserver.url_for("").rstrip("/"), "admin-key", seconds=1)


def tell(server: HTTPServer, answer: Any, status: int = 200) -> None:  # noqa: ANN401  any JSON
    server.expect_request("/v2/user/me").respond_with_json(answer, status=status)


def test_an_id_beyond_2_to_the_53_keeps_all_its_digits(kakao: Kakao, httpserver: HTTPServer) -> None:
    account = {**EMAIL, "profile": {"nickname": "홍길동"}, "phone_number": "+82 10-1234-5678"}
    tell(httpserver, {"id": BIG, "kakao_account": account})

    found = kakao.profile(TOKEN, visit())

    assert (found.subject, found.name, found.email) == ("9007199254740993", "홍길동", "sample@sample.com")
    assert found.phone_number == "010-1234-5678"


@pytest.mark.parametrize(
    "account",
    [
        {"has_email": False},
        {"email_needs_agreement": True},
        {**EMAIL, "is_email_valid": False, "email": "ka***@sample.com"},
        {**EMAIL, "is_email_verified": False},
        {**EMAIL, "is_email_verified": "true"},
        {"email": "sample@sample.com"},
        {},
        None,
        [],
    ],
)
def test_an_e_mail_that_is_absent_or_unproven_is_asked_by_the_form(
    kakao: Kakao, httpserver: HTTPServer, account: object
) -> None:
    tell(httpserver, {"id": BIG, "kakao_account": account})

    found = kakao.profile(TOKEN, visit())

    assert (found.subject, found.email) == (str(BIG), "")


def test_a_nickname_that_was_not_agreed_to_and_a_foreign_number_are_left_out(
    kakao: Kakao, httpserver: HTTPServer
) -> None:
    tell(httpserver, {"id": BIG, "kakao_account": {"profile_nickname_needs_agreement": True, "phone_number": "+84 9"}})

    found = kakao.profile(TOKEN, visit())

    assert (found.name, found.phone_number) == ("", "")


@pytest.mark.parametrize("number", [BIG + 1, float(BIG), True, None, [], ""])
def test_an_id_other_than_the_one_of_the_id_token_is_refused(
    kakao: Kakao, httpserver: HTTPServer, number: object
) -> None:
    tell(httpserver, {"id": number})

    with pytest.raises(ProviderAnswerError):
        kakao.profile(TOKEN, visit())


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        (-401, 401, ProviderAnswerError),
        (-402, 403, ProviderAnswerError),
        (-101, 400, ProviderAnswerError),
        (-10, 400, ProviderUnavailableError),
        (-603, 400, ProviderUnavailableError),
        (-7, 400, ProviderUnavailableError),
        (-9798, 503, ProviderUnavailableError),
    ],
)
def test_each_number_of_an_error_has_its_name(
    kakao: Kakao, httpserver: HTTPServer, code: int, status: int, error: type[Exception]
) -> None:
    tell(httpserver, {"code": code, "msg": "secret words", "required_scopes": ["account_email"]}, status)

    with pytest.raises(error) as caught:
        kakao.profile(TOKEN, visit())
    assert "secret words" not in str(caught.value)


def test_html_in_maintenance_is_told_as_unavailable(kakao: Kakao, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v2/user/me").respond_with_data("<h1>점검</h1>", status=503)

    with pytest.raises(ProviderUnavailableError):
        kakao.profile(TOKEN, visit())


def test_unlinking_asks_once_and_an_account_that_is_not_linked_is_no_error(
    kakao: Kakao, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request("/v1/user/unlink", method="POST").respond_with_json({"id": BIG})
    httpserver.expect_ordered_request("/v1/user/unlink").respond_with_json({"code": -101, "msg": "x"}, status=400)

    kakao.unlink("t", str(BIG))
    kakao.unlink("t", str(BIG))

    assert [question.headers["Authorization"] for question, _ in httpserver.log] == ["Bearer t", "Bearer t"]


def test_a_link_is_ended_without_the_person_by_the_admin_key_and_by_nothing_else(
    kakao: Kakao, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request("/v1/user/unlink", method="POST").respond_with_json({"id": BIG})
    httpserver.expect_ordered_request("/v1/user/unlink").respond_with_json({"code": -101, "msg": "x"}, status=400)

    assert kakao.release(str(BIG))
    assert kakao.release(str(BIG))  # it is over already

    question = httpserver.log[0][0]
    assert question.headers["Authorization"] == "KakaoAK admin-key"
    assert question.form.to_dict() == {"target_id_type": "user_id", "target_id": str(BIG)}
    assert not Kakao(kakao.api_url, "").release(str(BIG))


def test_the_admin_key_is_the_proof_of_a_notice(kakao: Kakao) -> None:
    assert kakao.read_notice("KakaoAK admin-key", {"user_id": "123"}) == "123"


@pytest.mark.parametrize("authorization", ["", "KakaoAK ", "KakaoAK wrong", "Bearer admin-key", "admin-key", "한글"])
def test_a_notice_without_the_admin_key_is_refused(kakao: Kakao, authorization: str) -> None:
    with pytest.raises(NoticeError):
        kakao.read_notice(authorization, {"user_id": "123"})


def test_without_an_admin_key_of_our_own_no_notice_is_believed() -> None:
    with pytest.raises(NoticeError):
        Kakao("http://127.0.0.1", "").read_notice("KakaoAK ", {"user_id": "123"})


@pytest.mark.parametrize("user_id", ["", "x" * 300, "a\nb"])
def test_a_notice_about_nobody_is_refused(kakao: Kakao, user_id: str) -> None:
    with pytest.raises(NoticeError):
        kakao.read_notice("KakaoAK admin-key", {"user_id": user_id})
