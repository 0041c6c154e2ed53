"""휴대폰 본인인증: PortOne V2 (contract: identity-portone.md), against the sandbox and against bare answers."""

import traceback
from dataclasses import replace
from datetime import date

import pytest
import requests
from pytest_httpserver import HTTPServer

from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
)
from kosme_web.providers.identity_verification import (
    IdentityVerification,
    Method,
    Operator,
    Person,
    Refusal,
    VerificationRefusedError,
    VerifiedPerson,
    new_verification_id,
)
from tests.conftest import Server
from tests.people import last_code
from tests.providers.portone import SECRET, VERIFIED, service
from tests.providers.wire import nobody

PERSON = Person("Nguyen Van  Anh", "01023456789", "9703146", "192.0.2.7")


@pytest.fixture
def agency(sandbox: Server) -> IdentityVerification:
    return service(sandbox.url)


def ask_by(agency: IdentityVerification, method: Method = Method.SMS, *, phone: str = PERSON.phone_number) -> str:
    verification_id = new_verification_id()
    agency.send(verification_id, replace(PERSON, phone_number=phone), Operator.KT_MVNO, method)
    return verification_id


def test_an_id_is_32_hexadecimal_digits_and_new_each_time() -> None:
    made = {new_verification_id() for _ in range(100)}

    assert len(made) == 100
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in made)


def test_the_question_is_the_one_of_the_contract(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/identity-verifications/abc/send", method="POST").respond_with_json({})
    httpserver.expect_ordered_request("/identity-verifications/abc/resend", method="POST").respond_with_json({})
    httpserver.expect_ordered_request("/identity-verifications/abc/confirm", method="POST").respond_with_json(
        {"identityVerification": VERIFIED}
    )
    agency = service(httpserver.url_for("").rstrip("/"))

    agency.send("abc", PERSON, Operator.KT_MVNO, Method.SMS)
    agency.resend("abc")
    agency.confirm("abc", "012345")

    sent, resent, confirmed = (question for question, _ in httpserver.log)
    assert sent.headers["Authorization"] == f"PortOne {SECRET}"
    assert sent.json == {
        "storeId": "store-1",
        "channelKey": "sandbox-channel",
        "customer": {
            "name": "Nguyen Van  Anh",
            "phoneNumber": "01023456789",
            "ipAddress": "192.0.2.7",
            "identityNumber": "9703146",
        },
        "operator": "KT_MVNO",
        "method": "SMS",
    }
    assert resent.args.to_dict() == {"storeId": "store-1"}
    assert confirmed.json == {"storeId": "store-1", "otp": "012345"}


def test_the_code_of_the_message_verifies_the_person(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency)

    found = agency.confirm(verification_id, last_code(sandbox.url))

    assert (found.name, found.birth_date, found.phone_number) == (PERSON.name, date(1997, 3, 14), PERSON.phone_number)
    assert (len(found.ci or ""), len(found.di or "")) == (88, 64)
    assert str(found.ci) not in repr(found)


def test_a_code_sent_again_replaces_the_first(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency)
    first = last_code(sandbox.url)
    agency.resend(verification_id)
    second = last_code(sandbox.url)

    if first != second:  # one in a million
        with pytest.raises(VerificationRefusedError) as caught:
            agency.confirm(verification_id, first)
        assert caught.value.refusal is Refusal.BY_AGENCY
    assert agency.confirm(verification_id, second).name == PERSON.name


def test_the_pass_app_verifies_after_it_approved_and_not_before(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency, Method.APP)
    with pytest.raises(VerificationRefusedError):
        agency.confirm(verification_id, None)

    requests.post(f"{sandbox.url}/pass/{verification_id}", data={"answer": "approve"}, timeout=5)

    assert agency.confirm(verification_id, None).name == PERSON.name


def test_a_denial_in_the_pass_app_is_refused(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency, Method.APP)
    requests.post(f"{sandbox.url}/pass/{verification_id}", data={"answer": "deny"}, timeout=5)

    with pytest.raises(VerificationRefusedError) as caught:
        agency.confirm(verification_id, None)

    assert caught.value.refusal is Refusal.BY_AGENCY


def test_five_wrong_codes_use_the_verification_up(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency)
    refusals = []
    for _ in range(6):
        with pytest.raises(VerificationRefusedError) as caught:
            agency.confirm(verification_id, "wrong")
        refusals.append(caught.value.refusal)

    assert refusals == [Refusal.BY_AGENCY] * 5 + [Refusal.TOO_MANY]
    with pytest.raises(VerificationRefusedError):
        agency.confirm(verification_id, last_code(sandbox.url))


def test_the_states_of_a_verification_are_told(agency: IdentityVerification, sandbox: Server) -> None:
    verification_id = ask_by(agency)
    told = []
    agency.confirm(verification_id, last_code(sandbox.url))
    for act in (
        lambda: agency.confirm("0" * 32, "000000"),
        lambda: agency.resend("0" * 32),
        lambda: agency.resend(verification_id),
        lambda: agency.send(verification_id, PERSON, Operator.SKT, Method.SMS),
    ):
        with pytest.raises(VerificationRefusedError) as caught:
            act()
        told.append(caught.value.refusal)

    assert told == [
        Refusal.NOT_SENT,
        Refusal.NOT_SENT,
        Refusal.ALREADY_VERIFIED,
        Refusal.ALREADY_SENT,
    ]


def test_a_confirmation_whose_answer_got_lost_is_found_again_by_its_id(
    agency: IdentityVerification, sandbox: Server
) -> None:
    verification_id = ask_by(agency, phone="01023450011")
    with pytest.raises(ProviderUnavailableError):
        agency.confirm(verification_id, last_code(sandbox.url))

    assert agency.confirm(verification_id, last_code(sandbox.url)).name == PERSON.name
    assert agency.fetch(verification_id) is not None


def test_a_person_who_is_still_being_asked_is_nobody_yet(agency: IdentityVerification) -> None:
    assert agency.fetch(ask_by(agency)) is None


@pytest.mark.parametrize("operator", list(Operator))
@pytest.mark.parametrize("method", list(Method))
def test_every_carrier_and_method_of_the_contract_is_taken(
    agency: IdentityVerification, operator: Operator, method: Method
) -> None:
    verification_id = new_verification_id()
    agency.send(verification_id, PERSON, operator, method)

    assert agency.fetch(verification_id) is None


@pytest.mark.parametrize(
    ("channel", "missing"), [("sandbox-danal", ["phone_number"]), ("sandbox-inicis", ["di"]), ("sandbox-live", [])]
)
def test_each_agency_leaves_out_what_its_contract_leaves_out(sandbox: Server, channel: str, missing: list[str]) -> None:
    agency = service(sandbox.url, channel=channel)

    found = agency.confirm(ask_by(agency), last_code(sandbox.url))

    assert [name for name in VerifiedPerson.__slots__ if getattr(found, name) is None] == missing


def test_a_channel_that_does_not_exist_is_no_answer_for_a_person(sandbox: Server) -> None:
    with pytest.raises(ProviderAnswerError):
        ask_by(service(sandbox.url, channel="nowhere"))


def test_an_id_of_another_store_is_not_found(agency: IdentityVerification) -> None:
    verification_id = ask_by(agency)

    with pytest.raises(VerificationRefusedError) as caught:
        replace(agency, store_id="store-2").fetch(verification_id)

    assert caught.value.refusal is Refusal.NOT_FOUND


def test_fields_for_the_agency_go_along(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/identity-verifications/abc/send").respond_with_json({})
    bypass = {"danal": {"CPTITLE": "www.example.kr", "AGELIMIT": 15}}

    replace(service(httpserver.url_for("").rstrip("/")), bypass=bypass).send("abc", PERSON, Operator.KT, Method.SMS)

    sent = httpserver.log[0][0].json
    assert sent is not None
    assert sent["bypass"] == bypass


@pytest.mark.parametrize(("phone", "missing"), [("01023450008", "di"), ("01023450009", "phone_number")])
def test_what_an_agency_leaves_out_is_none(
    agency: IdentityVerification, sandbox: Server, phone: str, missing: str
) -> None:
    found = agency.confirm(ask_by(agency, phone=phone), last_code(sandbox.url))

    assert [name for name in VerifiedPerson.__slots__ if getattr(found, name) is None] == [missing]


@pytest.mark.parametrize(
    ("digits", "error"),
    [
        ("0001", VerificationRefusedError),
        ("0002", VerificationRefusedError),
        ("0003", ProviderUnavailableError),
        ("0004", ProviderUnavailableError),
        ("0005", ProviderUnavailableError),
        ("0006", ProviderUnavailableError),
        ("0007", ProviderAnswerError),
    ],
)
def test_each_fault_of_the_sandbox_has_its_name(sandbox: Server, digits: str, error: type[ProviderError]) -> None:
    agency = service(sandbox.url, seconds=0.05 if digits == "0006" else 2)

    with pytest.raises(error) as caught:
        ask_by(agency, phone=f"0102345{digits}")

    assert PERSON.identity_number not in "".join(traceback.format_exception(caught.value))


def test_a_wrong_secret_is_a_matter_for_the_operator(sandbox: Server) -> None:
    with pytest.raises(ProviderCredentialsError):
        ask_by(service(sandbox.url, secret="another"))


def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailableError):
        ask_by(service(nobody()))


def test_secrets_stay_out_of_repr() -> None:
    shown = repr(service("https://api.example", secret="a-live-secret")) + repr(PERSON)

    assert "a-live-secret" not in shown
    assert PERSON.identity_number not in shown
