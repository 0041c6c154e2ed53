"""외국인 실명확인: NICE (contract: namecheck-nice.md), against the sandbox and against bare answers."""

import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.models.base import now
from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
)
from kosme_web.providers.name_check import (
    CryptoKeys,
    NameCheck,
    NameCheckClosedError,
    NameCheckResult,
    NameFormat,
    NameNotEncodableError,
)
from tests.conftest import Server
from tests.providers.wire import nobody

NUMBER = "9703146123456"  # synthetic
OAUTH = "/digital/niceid/oauth/oauth/token"
CRYPTO = "/digital/niceid/api/v1.0/common/crypto/token"
CHECK = "/digital/niceid/api/v1.0/name/foreigner/check"
KEYS = {"rsp_cd": "P000", "result_cd": "0000", "token_version_id": "v1", "token_val": "dG9rZW4="}


def service(url: str, *, token: str | None = None) -> NameCheck:
    return NameCheck(url, "sandbox-nice-client", "sandbox-nice-secret", "2101960011", token, seconds=2)


@pytest.fixture
def bureau(sandbox: Server) -> NameCheck:
    return service(sandbox.url)


def envelope(body: object, code: str = "1200") -> dict[str, Any]:
    return {"dataHeader": {"GW_RSLT_CD": code, "GW_RSLT_MSG": ""}, "dataBody": body}


def scripted(httpserver: HTTPServer, answer: object, keys: object = KEYS) -> NameCheck:
    """A bureau that hands out keys and then gives this answer."""
    httpserver.expect_request(CRYPTO).respond_with_json(envelope(keys))
    httpserver.expect_request(CHECK).respond_with_json(answer)
    return service(httpserver.url_for("").rstrip("/"), token="token-1")


def test_the_keys_are_those_of_the_contract() -> None:
    keys = CryptoKeys.derive(
        "20261122120000", "REQ000000000000000000000000001", "AbCdEf0123456789AbCdEf0123456789AbCdEf01234="
    )

    assert (keys.key, keys.iv) == (b"f6+LUtdgYCNcBWby", b"i4QXvex983ZCods=")
    assert keys.hmac_key == b"BWbysc4C9g+nYPqKi4QXvex983ZCods="  # the last 32, not the first
    number, name = keys.encrypt(b"9803015123456"), keys.encrypt("NGUYEN VAN A".encode("euc-kr"))
    assert (number, name) == ("GhSVccfwaAyDwn9K0L26Iw==", "MJn1V/CzitHVF7Ztac+TUQ==")
    assert keys.sign(f"20261122120000-NC000001-TEST{number}{name}") == "WziZDmH7TF8xiQ7mg8e7YBP1GhfCTBHlhdKnVod1/Es="
    assert "f6+LUtdg" not in repr(keys)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("NGUYEN VAN ANH", NameCheckResult.MATCH),
        ("SANDBOX MISMATCH", NameCheckResult.NAME_DIFFERS),
        ("SANDBOX UNKNOWN", NameCheckResult.NOT_FOUND),
        ("SANDBOX PROTECTED", NameCheckResult.PROTECTED),
        ("SANDBOX MISUSE", NameCheckResult.MISUSE),
        ("  sandbox   Misuse ", NameCheckResult.MISUSE),  # trimmed, one blank, capitals
        ("김민준", NameCheckResult.MATCH),  # EUC-KR has Hangul
    ],
)
def test_each_result_of_the_bureau_is_read(bureau: NameCheck, name: str, result: NameCheckResult) -> None:
    answer = bureau.check(NUMBER, name, now=now())

    assert answer.result is result
    assert len(answer.request_no) <= 30


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("SANDBOX NINE", ProviderAnswerError),
        ("SANDBOX LYING", ProviderUnavailableError),  # rsp_cd is not P000 although the result says 1
        ("SANDBOX EXPIRED", ProviderAnswerError),
        ("SANDBOX EMPTY", ProviderAnswerError),
        ("SANDBOX HTML", ProviderAnswerError),
        ("SANDBOX ADDRESS", ProviderCredentialsError),
        ("SANDBOX QUOTA", ProviderUnavailableError),
        ("SANDBOX CLOSED", NameCheckClosedError),
        ("SANDBOX DOWN", ProviderUnavailableError),
    ],
)
def test_anything_else_confirms_nothing_and_quotes_nothing(
    bureau: NameCheck, name: str, error: type[ProviderError]
) -> None:
    with pytest.raises(error) as caught:
        bureau.check(NUMBER, name, now=now())

    assert NUMBER not in "".join(traceback.format_exception(caught.value))


def test_a_slow_bureau_is_unavailable(sandbox: Server) -> None:
    with pytest.raises(ProviderUnavailableError):
        replace(service(sandbox.url), seconds=0.05).check(NUMBER, "SANDBOX SLOW", now=now())


def test_a_name_outside_euc_kr_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(NameNotEncodableError):
        service(nobody()).check(NUMBER, "ស្រី", now=now())


def test_a_clock_that_is_wrong_confirms_nothing(bureau: NameCheck) -> None:
    with pytest.raises(ProviderAnswerError):
        bureau.check(NUMBER, "NGUYEN VAN ANH", now=now() - timedelta(minutes=10))


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "product_id"])
def test_a_wrong_contract_confirms_nothing(bureau: NameCheck, wrong: str) -> None:
    with pytest.raises(ProviderAnswerError):
        replace(bureau, **{wrong: "another"}).check(NUMBER, "NGUYEN VAN ANH", now=now())  # type: ignore[arg-type]


def test_a_revoked_organisation_token_confirms_nothing(bureau: NameCheck) -> None:
    with pytest.raises(ProviderAnswerError):
        replace(bureau, access_token="revoked").check(NUMBER, "NGUYEN VAN ANH", now=now())


def test_an_organisation_token_that_is_known_is_not_fetched(httpserver: HTTPServer) -> None:
    bureau = scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": "1"}))

    assert bureau.check(NUMBER, "A B", now=now()).result is NameCheckResult.MATCH
    assert [question.path for question, _ in httpserver.log] == [CRYPTO, CHECK]


def test_the_moment_of_the_question_is_that_of_korea(httpserver: HTTPServer) -> None:
    scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": "1"})).check(
        NUMBER, "A B", now=datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    )

    body = httpserver.log[0][0].json
    assert body is not None
    assert body["dataBody"]["req_dtim"] == "20270101003000"


def test_the_question_holds_neither_number_nor_name_in_the_clear(httpserver: HTTPServer) -> None:
    scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": "1"})).check(NUMBER, "NGUYEN VAN ANH", now=now())

    for question, _ in httpserver.log:
        sent = question.get_data() + str(question.headers).encode() + question.url.encode()
        assert NUMBER.encode() not in sent
        assert b"NGUYEN" not in sent


def test_the_check_is_billed_so_it_is_asked_once_even_when_it_fails(httpserver: HTTPServer) -> None:
    httpserver.expect_request(CRYPTO).respond_with_json(envelope(KEYS))
    httpserver.expect_request(CHECK).respond_with_data("<h1>Error</h1>", status=500)
    bureau = service(httpserver.url_for("").rstrip("/"), token="token-1")

    with pytest.raises(ProviderUnavailableError):
        bureau.check(NUMBER, "A B", now=now())

    assert [question.path for question, _ in httpserver.log].count(CHECK) == 1


@pytest.mark.parametrize(
    ("code", "error"),
    [
        *[(code, ProviderAnswerError) for code in ("1300", "1500", "1501", "")],
        *[(code, ProviderCredentialsError) for code in ("1403", "1700", "1702", "1706", "1717", "1800", "1801")],
        *[(code, ProviderCredentialsError) for code in ("1907", "1908")],
        *[(code, NameCheckClosedError) for code in ("1711", "1716")],
        *[(code, ProviderUnavailableError) for code in ("1900", "1905", "1906")],
    ],
)
def test_a_code_of_the_gateway_is_believed_before_the_body(
    httpserver: HTTPServer, code: str, error: type[ProviderError]
) -> None:
    bureau = scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": "1"}, code))

    with pytest.raises(error):
        bureau.check(NUMBER, "A B", now=now())


@pytest.mark.parametrize(
    ("rsp_cd", "error"),
    [
        *[(code, ProviderAnswerError) for code in ("P013", "S603", "EAPI2500", "EAPI2600", "p000", "", 0)],
        *[(code, ProviderUnavailableError) for code in ("E998", "E999", "EAPI2701", "EAPI5001", "EAPI5002")],
    ],
)
def test_a_code_of_the_service_is_believed_before_the_result(
    httpserver: HTTPServer, rsp_cd: object, error: type[ProviderError]
) -> None:
    with pytest.raises(error):
        scripted(httpserver, envelope({"rsp_cd": rsp_cd, "result_cd": "1"})).check(NUMBER, "A B", now=now())


@pytest.mark.parametrize("result", ["", "0", "4", "9", "11", " 1", None, True, ["1"]])
def test_a_result_that_nobody_knows_confirms_nothing(httpserver: HTTPServer, result: object) -> None:
    with pytest.raises(ProviderAnswerError):
        scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": result})).check(NUMBER, "A B", now=now())


@pytest.mark.parametrize("answer", [[], {}, envelope(None), envelope([]), envelope("1"), {"dataHeader": "1200"}])
def test_an_answer_of_another_shape_confirms_nothing(httpserver: HTTPServer, answer: object) -> None:
    with pytest.raises(ProviderAnswerError):
        scripted(httpserver, answer).check(NUMBER, "A B", now=now())


@pytest.mark.parametrize(
    "keys",
    [{}, {**KEYS, "rsp_cd": "P013"}, {**KEYS, "result_cd": "0003"}, {"rsp_cd": "P000", "result_cd": "0000"}],
)
def test_without_keys_nothing_is_asked(httpserver: HTTPServer, keys: object) -> None:
    bureau = scripted(httpserver, envelope({"rsp_cd": "P000", "result_cd": "1"}), keys)

    with pytest.raises(ProviderAnswerError):
        bureau.check(NUMBER, "A B", now=now())

    assert CHECK not in [question.path for question, _ in httpserver.log]


@pytest.mark.parametrize("body", [{}, {"access_token": None}, {"access_token": 7}])
def test_without_an_organisation_token_nothing_is_asked(httpserver: HTTPServer, body: object) -> None:
    httpserver.expect_request(OAUTH).respond_with_json(envelope(body))

    with pytest.raises(ProviderAnswerError):
        service(httpserver.url_for("").rstrip("/")).check(NUMBER, "A B", now=now())


def test_secrets_stay_out_of_repr() -> None:
    assert "sandbox-nice" not in repr(service("https://svc.example"))
    assert "token-1" not in repr(service("https://svc.example", token="token-1"))


def test_the_organisation_token_is_fetched_once_and_again_after_it_was_revoked(httpserver: HTTPServer) -> None:
    httpserver.expect_request(OAUTH).respond_with_json(envelope({"access_token": "token-2"}))
    httpserver.expect_oneshot_request(CRYPTO).respond_with_json(envelope(KEYS))
    httpserver.expect_oneshot_request(CHECK).respond_with_json(envelope({"rsp_cd": "P000", "result_cd": "1"}))
    httpserver.expect_oneshot_request(CRYPTO).respond_with_json(envelope(None, "1800"))
    httpserver.expect_oneshot_request(CRYPTO).respond_with_json(envelope(KEYS))
    httpserver.expect_oneshot_request(CHECK).respond_with_json(envelope({"rsp_cd": "P000", "result_cd": "1"}))
    bureau = service(httpserver.url_for("").rstrip("/"))

    bureau.check(NUMBER, "A B", now=now())
    with pytest.raises(ProviderCredentialsError):
        bureau.check(NUMBER, "A B", now=now())
    bureau.check(NUMBER, "A B", now=now())

    assert [question.path for question, _ in httpserver.log].count(OAUTH) == 2


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        (NameFormat.CAPITALS, "NGUYEN VAN ANH"),
        (NameFormat.AS_TYPED, "Nguyen van Anh"),
        (NameFormat.JOINED, "NGUYENVANANH"),
    ],
)
def test_the_name_goes_in_the_form_that_is_set(form: NameFormat, sent: str) -> None:
    assert form.of("  Nguyen  van Anh ") == sent
