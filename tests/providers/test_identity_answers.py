"""휴대폰 본인인증: what PortOne's answers must hold before anybody is believed (contract: identity-portone.md)."""

from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.identity_verification import Refusal, VerificationRefusedError, VerifiedPerson
from tests.providers.portone import VERIFIED, service


def confirmed(httpserver: HTTPServer, found: object, *, takes_tests: bool = False) -> VerifiedPerson:
    httpserver.expect_request("/identity-verifications/abc/confirm").respond_with_json({"identityVerification": found})
    return service(httpserver.url_for("").rstrip("/"), takes_tests=takes_tests).confirm("abc", "012345")


def test_a_live_channel_with_the_least_that_the_contract_promises_is_enough(httpserver: HTTPServer) -> None:
    assert confirmed(httpserver, VERIFIED) == VerifiedPerson(
        "NGUYEN VAN ANH", datetime(2026, 11, 24, 3, tzinfo=UTC), None, None, None, None
    )


def test_production_does_not_believe_a_test_channel(httpserver: HTTPServer) -> None:
    with pytest.raises(ProviderAnswerError):
        confirmed(httpserver, {**VERIFIED, "channel": {"type": "TEST"}})


def test_a_failed_verification_is_refused_with_the_words_of_the_agency(httpserver: HTTPServer) -> None:
    failure = {"reason": "x", "pgCode": "B1", "pgMessage": "명의자  불일치\x00" + "x" * 300}

    with pytest.raises(VerificationRefusedError) as caught:
        confirmed(httpserver, {**VERIFIED, "status": "FAILED", "failure": failure})

    assert caught.value.refusal is Refusal.FAILED
    assert caught.value.told.startswith("명의자 불일치x")
    assert len(caught.value.told) == 200
    assert "명의자" not in str(caught.value)


@pytest.mark.parametrize("status", ["READY", "verified", "", None])
def test_any_other_status_than_verified_confirms_nothing(httpserver: HTTPServer, status: object) -> None:
    with pytest.raises(ProviderAnswerError):
        confirmed(httpserver, {**VERIFIED, "status": status})


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        "VERIFIED",
        {},
        {"status": "VERIFIED"},
        {**VERIFIED, "channel": None},
        {**VERIFIED, "id": "another"},
        {**VERIFIED, "verifiedAt": None},
        {**VERIFIED, "verifiedAt": "yesterday"},
        {**VERIFIED, "verifiedAt": "2026-11-24T03:00:00"},
        {**VERIFIED, "verifiedCustomer": {"name": None}},
        {**VERIFIED, "verifiedCustomer": {"name": "A", "di": 7}},
        {**VERIFIED, "verifiedCustomer": {"name": "A", "phoneNumber": {}}},
        {**VERIFIED, "verifiedCustomer": None},
        {**VERIFIED, "verifiedCustomer": {}},
        {**VERIFIED, "verifiedCustomer": {"name": "A", "birthDate": "1997-13-01"}},
        {**VERIFIED, "verifiedCustomer": {"name": "A", "birthDate": 19970314}},
    ],
)
def test_an_answer_of_another_shape_breaks_the_contract(httpserver: HTTPServer, found: object) -> None:
    with pytest.raises(ProviderAnswerError):
        confirmed(httpserver, found)
