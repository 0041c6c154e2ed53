"""네이버 로그인 (contract: naver.md, failure cases to test): the profile, the end of a link, the signed notice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.providers.http import ProviderAnswerError, ProviderUnavailableError
from kosme_web.providers.naver import Naver
from kosme_web.providers.social import NoticeError
from tests.providers.wire import visit

SENT_AT = datetime.fromtimestamp(1693877406, UTC)
VECTOR = {
    "clientId": "test-client-id",
    "encryptUniqueId": "AAECAwQFBgcICQoLDA0ODz8PfbMQj8LltXIbQ7ZDjLCIUrv4kOhwgtkvnTc5RVs6",
    "timestamp": "1693877406",
    "signature": "bMbajnvfdBT6A60U9HpG6irq_24MU6IbPkdAXkCK66M",
}
ID_64 = "q_-" * 21 + "z"


@pytest.fixture
def naver(httpserver: HTTPServer) -> Naver:
    url = httpserver.url_for("").rstrip("/")
    return Naver(url, url, "test-client-id", "test-client-secret", seconds=1)


def tell(server: HTTPServer, answer: Any, status: int = 200) -> None:  # noqa: ANN401  any JSON
    server.expect_request("/v1/nid/me").respond_with_json(answer, status=status)


def wrapped(**response: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    return {"resultcode": "00", "message": "success", "response": response}


def test_the_profile_is_taken_out_of_its_wrapping(naver: Naver, httpserver: HTTPServer) -> None:
    tell(httpserver, wrapped(id="a_-1", name="오픈 API", email="openapi@naver.com", mobile="010-0000-0000", gender="U"))

    found = naver.profile({"access_token": "AAAA+/="}, visit())

    assert (found.issuer, found.subject, found.name) == ("https://nid.naver.com", "a_-1", "오픈 API")
    assert (found.email, found.phone_number) == ("openapi@naver.com", "010-0000-0000")
    assert httpserver.log[0][0].headers["Authorization"] == "Bearer AAAA+/="
    assert "openapi" not in repr(found)


def test_refused_items_are_absent_and_left_to_the_form(naver: Naver, httpserver: HTTPServer) -> None:
    tell(httpserver, wrapped(id=ID_64))

    found = naver.profile({"access_token": "t"}, visit())

    assert (found.subject, found.name, found.email, found.phone_number) == (ID_64, "", "", "")


@pytest.mark.parametrize(
    "answer",
    [
        {"resultcode": "00", "message": "success"},
        {"resultcode": "024", "message": "x", "response": {"id": "a"}},
        wrapped(name="no id"),
        wrapped(id=""),
        wrapped(id=None),
        wrapped(id=True),
        wrapped(id=["a"]),
        wrapped(id="x" * 256),
        wrapped(id="a\nb"),
        {"resultcode": "00", "response": []},
        {},
        [],
        "x",
    ],
)
def test_200_without_a_profile_breaks_the_contract(naver: Naver, httpserver: HTTPServer, answer: object) -> None:
    tell(httpserver, answer)

    with pytest.raises(ProviderAnswerError):
        naver.profile({"access_token": "t"}, visit())


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (401, {"resultcode": "024", "message": "Authentication failed"}, ProviderAnswerError),
        (401, {"errorMessage": "Authentication failed", "errorCode": "024"}, ProviderAnswerError),
        (401, {"errorMessage": "header missing", "errorCode": "028"}, ProviderAnswerError),
        (403, {}, ProviderAnswerError),
        (429, {}, ProviderUnavailableError),
        (500, {}, ProviderUnavailableError),
    ],
)
def test_an_error_of_the_gateway_has_a_name(
    naver: Naver, httpserver: HTTPServer, status: int, answer: object, error: type[Exception]
) -> None:
    tell(httpserver, answer, status)

    with pytest.raises(error):
        naver.profile({"access_token": "t"}, visit())


@pytest.mark.parametrize("value", ["\ud800", "x" * 101, "a\x00b", 5, None, {}])
def test_a_name_that_cannot_be_shown_is_left_out(naver: Naver, httpserver: HTTPServer, value: object) -> None:
    tell(httpserver, wrapped(id="a", name=value))

    assert naver.profile({"access_token": "t"}, visit()).name == ""


def test_revoking_sends_the_token_with_its_signs_intact(naver: Naver, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/oauth2.0/revoke", method="POST").respond_with_data("")

    naver.unlink("AAAA+/=", "a")

    form = httpserver.log[0][0].form.to_dict()
    assert form == {"client_id": "test-client-id", "client_secret": "test-client-secret", "token": "AAAA+/="}


@pytest.mark.parametrize(("status", "error"), [(503, ProviderUnavailableError), (401, ProviderAnswerError)])
def test_a_revoke_that_fails_has_a_name(
    naver: Naver, httpserver: HTTPServer, status: int, error: type[Exception]
) -> None:
    httpserver.expect_request("/oauth2.0/revoke").respond_with_data("", status=status)

    with pytest.raises(error):
        naver.unlink("t", "a")


def test_the_notice_of_the_contract_names_its_person(naver: Naver) -> None:
    notice = naver.read_notice(VECTOR, SENT_AT + timedelta(minutes=9))

    assert (notice.subject, notice.sent_at) == ("abcdefgABCDEFG1234567", SENT_AT)
    assert "abcdefg" not in repr(notice)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("signature", "aMbajnvfdBT6A60U9HpG6irq_24MU6IbPkdAXkCK66M"),
        ("signature", ""),
        ("signature", "%%%"),
        ("signature", "한글"),
        ("clientId", "another-client"),
        ("timestamp", "1693877407"),
        ("encryptUniqueId", "AAECAwQFBgcICQoLDA0ODw"),
    ],
)
def test_a_notice_with_anything_changed_is_refused(naver: Naver, name: str, text: str) -> None:
    with pytest.raises(NoticeError):
        naver.read_notice({**VECTOR, name: text}, SENT_AT)


@pytest.mark.parametrize("moment", [SENT_AT + timedelta(minutes=11), SENT_AT - timedelta(minutes=11)])
def test_a_notice_of_another_time_is_refused(naver: Naver, moment: datetime) -> None:
    with pytest.raises(NoticeError):
        naver.read_notice(VECTOR, moment)


def test_a_notice_without_anything_is_refused(naver: Naver) -> None:
    with pytest.raises(NoticeError):
        naver.read_notice({}, SENT_AT)
