"""The rows of the matrix: what a person does at each outside service, and what must not be lost when it fails."""

from collections.abc import Callable
from dataclasses import dataclass

from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.test import TestResponse

from kosme_web.identity import texts as identity_texts
from kosme_web.models import DraftField, DraftNumber, IdentityVerification, User
from kosme_web.resume import name_check_results
from kosme_web.web import address_search
from tests.failures.stage import Stage
from tests.people import IDENTITY, NUMBER, last_code

TYPED = {"title": "통역사, interpreter", "road_address": "경상남도 진주시 초북로 77", "detail_address": "101동 202호"}
NEWCOMER = {**IDENTITY, "name": "Tran Thi Be"}  # the member of the stage is another person
CHECK = {"check_front": NUMBER[0], "check_back": NUMBER[1], "check_name": "Nguyen Van Anh"}


@dataclass(frozen=True)
class Row:
    """One step at one service. ``written`` gives what the database holds of it: a failure must not change it."""

    name: str
    adapter: str
    told: Markup
    before: Callable[[Stage, FlaskClient], None]
    act: Callable[[Stage, FlaskClient], TestResponse]
    keeps: tuple[str, ...]
    written: Callable[[Stage], object]
    goes_on: Callable[[Stage, FlaskClient], bool]
    worked: Callable[[TestResponse], bool]
    is_member: bool = False
    after: int = 0  # calls of the step that go well before


def nothing(_stage: Stage, _client: FlaskClient) -> None:
    """The person comes as she is."""


def asked(_stage: Stage, client: FlaskClient) -> None:
    assert client.post("/sign-up/identity", data=NEWCOMER).location == "/sign-up/identity/confirm"


def send(_stage: Stage, client: FlaskClient) -> TestResponse:
    return client.post("/sign-up/identity", data=NEWCOMER)


def confirm(stage: Stage, client: FlaskClient) -> TestResponse:
    return client.post("/sign-up/identity/confirm", data={"code": last_code(stage.sandbox_url)})


def resend(_stage: Stage, client: FlaskClient) -> TestResponse:
    return client.post("/sign-up/identity/resend")


def verifications(stage: Stage) -> object:
    table = IdentityVerification
    columns = select(table.id, table.send_count, table.verified_at, table.ended_at, table.identity_key, table.used_at)
    with stage.database() as session:
        return session.execute(columns.order_by(table.id)).all(), session.scalars(select(User.id)).all()


def can_start_again(_stage: Stage, client: FlaskClient) -> bool:
    return client.get("/sign-up/identity").status_code == 200 and client.get("/").status_code == 200


def leads_to(path: str) -> Callable[[TestResponse], bool]:
    return lambda answer: (answer.status_code, answer.location) == (303, path)


def check_name(stage: Stage, client: FlaskClient) -> TestResponse:
    return client.post(f"{stage.resume}/name-check/run", data=CHECK)


def numbers(stage: Stage) -> object:
    with stage.database() as session:
        return session.execute(select(DraftNumber.draft_id, DraftNumber.checked_at)).all()


def search(keyword: str) -> Callable[[Stage, FlaskClient], TestResponse]:
    return lambda stage, client: client.post(
        f"{stage.resume}/address/search", data={**TYPED, "address_keyword": keyword, "seen": "9999"}
    )


def addresses(stage: Stage) -> object:
    found = select(DraftField.value).where(DraftField.name.in_(("found_address", "english_address", "postal_code")))
    with stage.database() as session:
        return session.scalars(found).all()


def can_save(stage: Stage, client: FlaskClient) -> bool:
    """The address is written by hand, and the résumé is saved."""
    by_hand = {**TYPED, "road_address": "서울특별시 중구 세종대로 110", "seen": "9999"}
    answer = client.post(stage.resume, data=by_hand)
    with stage.database() as session:
        kept = session.scalars(select(DraftField.value).where(DraftField.name == "road_address")).all()
    return answer.status_code == 303 and by_hand["road_address"] in kept


def found_it(answer: TestResponse) -> bool:
    return answer.status_code == 200 and "52852" in answer.text


KEPT_IDENTITY = tuple(f'value="{NEWCOMER[name]}"' for name in ("name", "birth_year", "phone_number"))
ROWS = (
    Row(
        "PortOne send", "identity_verification", identity_texts.UNAVAILABLE, nothing, send, KEPT_IDENTITY,
        verifications, can_start_again, leads_to("/sign-up/identity/confirm"),
    ),
    Row(
        "PortOne confirm", "identity_verification", identity_texts.UNAVAILABLE, asked, confirm, ('name="code"',),
        verifications, can_start_again, leads_to("/sign-up/member"),
    ),
    Row(
        "PortOne resend", "identity_verification", identity_texts.UNAVAILABLE, asked, resend, ('name="code"',),
        verifications, can_start_again, leads_to("/sign-up/identity/confirm"),
    ),
    Row(
        "NICE name check", "name_check", name_check_results.UNAVAILABLE, nothing, check_name,
        tuple(f'value="{text}"' for text in CHECK.values()),
        numbers, can_save, lambda answer: "실명 확인이 완료되었습니다" in answer.text, is_member=True,
    ),
    *(
        Row(
            name, "address_search", address_search.UNAVAILABLE, nothing, search(keyword),
            (f'value="{keyword}"', *(f'value="{text}"' for text in TYPED.values())),
            addresses, can_save, found_it, is_member=True,
        )
        for name, keyword in (("juso Korean", "초북로 77"), ("juso English", "Chobuk-ro 77"))
    ),
)  # fmt: skip
