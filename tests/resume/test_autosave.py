"""Saving by itself, field by field (S2, S3, S9): what the server answers, and what it then holds."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.extensions import limiter
from kosme_web.models import Consent, Draft, DraftField, DraftPast
from tests.conftest import Membership
from tests.people import NUMBER, new_resume

HTMX = {"HX-Request": "true"}
ROW = "0123456789ab"
UNIVERSITY = f"education-{ROW}-university"
CONTROLS = "input:not([type=hidden]), select, textarea"


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


def keep(visitor: FlaskClient, url: str, key: str = "", **data: Any) -> TestResponse:  # noqa: ANN401  form data
    """Save as the page does: each text with what stood there before."""
    headers = {**HTMX, "Idempotency-Key": key} if key else HTMX
    return visitor.post(
        f"{url}/autosave", data={name.replace("__", "-"): text for name, text in data.items()}, headers=headers
    )


def stored(session: Session) -> dict[str, tuple[str, str | None]]:
    session.rollback()
    session.expire_all()
    return {field.name: (field.value, field.rival) for field in session.scalars(select(DraftField))}


def element(answer: TestResponse, name: str) -> Tag:
    found = BeautifulSoup(answer.text, "html.parser").find(id=name)
    assert found
    return found


def version(answer: TestResponse) -> int:
    return int(answer.headers["ETag"].strip('"'))


def test_a_text_is_kept_without_a_word_and_the_version_is_told(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    keep(visitor, url, title="통역", base__title="")

    answer = keep(visitor, url, title="통역사", base__title="통역")

    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Kosme-Partial"] == "true"
    assert version(answer) == session.scalars(select(Draft)).one().version
    assert stored(session)["title"] == ("통역사", None)


def test_a_section_that_is_filled_by_it_says_so_and_no_field_is_in_the_answer(visitor: FlaskClient, url: str) -> None:
    answer = keep(visitor, url, title="통역사", base__title="")

    page = BeautifulSoup(answer.text.replace("hx-partial", "div"), "html.parser")
    assert answer.status_code == 200
    assert page.select(CONTROLS) == []
    assert "of 7 done" in page.text
    assert keep(visitor, url, title="", base__title="통역사").status_code == 200


def test_what_publishing_refused_leaves_the_page_when_it_is_put_right(visitor: FlaskClient, url: str) -> None:
    before = keep(visitor, url, visa_expires_year="2099", base__visa_expires_year="", judged="title")
    after = keep(visitor, url, title="통역사", base__title="", judged="title")

    judged = [str(element(answer, "judged")["value"]).split() for answer in (before, after)]
    assert "title" in judged[0]
    assert "title" not in judged[1]


def test_a_save_that_comes_again_is_done_once(visitor: FlaskClient, url: str, session: Session) -> None:
    """S2: the answer was lost, the browser sends the same again."""
    data = {"title": "통역사", "base__title": ""}
    first = version(keep(visitor, url, "key-0001", **data))

    again = keep(visitor, url, "key-0001", **data)

    assert again.status_code in (200, 204)
    assert version(again) == first
    assert stored(session)["title"] == ("통역사", None)


def test_a_late_repetition_does_not_undo_what_was_typed_since(visitor: FlaskClient, url: str, session: Session) -> None:
    keep(visitor, url, "key-0001", title="통", base__title="")
    keep(visitor, url, "key-0002", title="통역사", base__title="통")

    late = keep(visitor, url, "key-0001", title="통", base__title="")

    assert late.status_code in (200, 204)
    assert stored(session)["title"] == ("통역사", None)


def test_a_repetition_is_known_after_hundreds_of_saves_of_another_device(visitor: FlaskClient, url: str) -> None:
    keep(visitor, url, "key-0001", title="통역사", base__title="")
    for number in range(250):
        if number % 100 == 0:
            limiter.reset()
        year, before = str(number), str(number - 1) if number else ""
        last = keep(visitor, url, f"other-{year:0>4}", visa_expires_year=year, base__visa_expires_year=before)
        assert last.status_code in (200, 204)

    assert version(keep(visitor, url, "key-0001", title="통역사", base__title="")) == version(last)


@pytest.mark.parametrize("bases", [["", "통"], ["통", "통역"]], ids=["it arrived", "it did not"])
def test_a_text_may_follow_one_whose_answer_was_lost(
    visitor: FlaskClient, url: str, session: Session, bases: list[str]
) -> None:
    keep(visitor, url, title="통", base__title="")

    answer = visitor.post(f"{url}/autosave", data={"title": "통역사", "base-title": bases}, headers=HTMX)

    assert answer.status_code in (200, 204)
    assert stored(session)["title"] == ("통역사", None)


def test_two_devices_keep_different_fields_without_a_conflict(visitor: FlaskClient, url: str, session: Session) -> None:
    """S3."""
    keep(visitor, url, title="통역사", base__title="")

    answer = keep(visitor, url, visa_expires_year="2099", base__visa_expires_year="")

    assert answer.status_code in (200, 204)
    assert {name: stored(session)[name] for name in ("title", "visa_expires_year")} == {
        "title": ("통역사", None),
        "visa_expires_year": ("2099", None),
    }


def test_the_same_field_meets_412_for_that_field_alone_with_both_texts(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    """S3, N11."""
    keep(visitor, url, title="통역사", base__title="")

    answer = keep(visitor, url, title="번역가", base__title="", visa_expires_year="2099", base__visa_expires_year="")

    piece = element(answer, "title-rival")
    assert answer.status_code == 412
    assert answer.headers["Kosme-Refused"] == "title"
    assert answer.headers["Kosme-Partial"] == "true"
    assert [bdi.text for bdi in piece.select("bdi")] == ["번역가", "통역사"]
    assert [str(button["formaction"]).rpartition("/")[2] for button in piece.select("button")] == [
        "mine",
        "theirs",
        "earlier",
    ]
    assert piece.select(CONTROLS) == []
    assert stored(session)["title"] == ("통역사", "번역가")
    assert stored(session)["visa_expires_year"] == ("2099", None)


def test_a_conflict_whose_answer_was_lost_is_told_again(visitor: FlaskClient, url: str) -> None:
    keep(visitor, url, title="통역사", base__title="")
    for _ in range(2):
        answer = keep(visitor, url, "key-0001", title="번역가", base__title="")

    assert (answer.status_code, answer.headers["Kosme-Refused"]) == (412, "title")


def test_a_text_that_is_only_sent_back_as_it_was_shown_takes_no_part(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    """S3: Save sends the whole page, and most of it nobody touched."""
    keep(visitor, url, title="통역사", base__title="")

    answer = visitor.post(
        url,
        data={"title": "", "base-title": "", "visa_expires_year": "2099", "base-visa_expires_year": ""},
        headers=HTMX,
    )

    assert answer.status_code == 200
    assert not answer.headers["Kosme-Refused"]
    assert stored(session)["title"] == ("통역사", None)


@pytest.mark.parametrize(("choice", "kept", "given_up"), [("mine", "번역가", "통역사"), ("theirs", "통역사", "번역가")])
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "no-javascript"])
def test_either_text_can_be_chosen_and_the_other_has_a_past(  # noqa: PLR0913, PLR0917
    visitor: FlaskClient, url: str, session: Session, choice: str, kept: str, given_up: str, headers: dict[str, str]
) -> None:
    """N11."""
    seen = session.scalars(select(Draft)).one().version
    keep(visitor, url, title="통역사", base__title="")
    refused = visitor.post(url, data={"title": "번역가", "seen": seen})
    assert refused.status_code == 412
    assert element(refused, "title")["value"] == "번역가"  # what was typed is still in its field
    form = {
        one["name"]: one["value"] for one in element(refused, "page").select("[name][value]") if "title" in one["name"]
    }

    answer = visitor.post(f"{url}/choose/{choice}", data={**form, "field": "title", "seen": seen}, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert stored(session)["title"] == (kept, None)
    assert given_up in {past.text for past in session.scalars(select(DraftPast))}


def test_a_third_text_that_nobody_saw_is_not_chosen_away(visitor: FlaskClient, url: str, session: Session) -> None:
    keep(visitor, url, title="하나", base__title="")
    keep(visitor, url, title="둘", base__title="")
    keep(visitor, url, title="셋", base__title="하나")

    data = {"field": "title", "title": "둘", "base-title": "", "other-title": "하나"}
    answer = visitor.post(f"{url}/choose/mine", data=data, headers=HTMX)

    assert answer.status_code == 412
    assert stored(session)["title"] == ("셋", "둘")


def test_a_choice_about_the_consent_is_a_decision_on_record(visitor: FlaskClient, url: str, session: Session) -> None:
    name = "unique_identifier_consent"
    keep(
        visitor,
        url,
        **{name: "1", f"base__{name}": "", "registration_front": NUMBER[0], "registration_back": NUMBER[1]},
    )
    keep(visitor, url, **{name: "", f"base__{name}": "x"})
    assert stored(session)[name] == ("1", "")

    visitor.post(f"{url}/choose/theirs", data={"field": name, "seen": "99"})

    assert stored(session)[name] == ("", None)
    assert session.scalars(select(Draft)).one().number is None
    decisions = [str(one.decision) for one in session.scalars(select(Consent).where(Consent.kind == "UID_RESUME"))]
    assert len(decisions) == 2


def test_a_text_that_is_too_long_is_named_and_the_rest_is_kept(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    answer = keep(
        visitor, url, title="가" * 20_001, base__title="", visa_expires_year="2099", base__visa_expires_year=""
    )

    assert (answer.status_code, answer.headers["Kosme-Refused"]) == (422, "title")
    assert "20,000" in answer.text
    assert "title" not in stored(session)
    assert stored(session)["visa_expires_year"] == ("2099", None)


def test_the_text_of_an_entry_that_is_gone_never_counts_as_kept(visitor: FlaskClient, url: str) -> None:
    """R4."""
    data = {UNIVERSITY: "서울대학교", f"base-{UNIVERSITY}": ""}

    answer = visitor.post(f"{url}/autosave", data=data, headers=HTMX)

    assert (answer.status_code, answer.headers["Kosme-Refused"]) == (422, UNIVERSITY)
    assert "another device" in answer.text


@pytest.mark.parametrize(
    ("consent", "back", "is_kept"), [("1", NUMBER[1], True), ("", NUMBER[1], False), ("1", "61", False)]
)
def test_the_number_counts_as_kept_only_when_it_is(
    visitor: FlaskClient, url: str, consent: str, back: str, *, is_kept: bool
) -> None:
    boxes = {"registration_front": NUMBER[0], "registration_back": back}
    if consent:
        boxes |= {"unique_identifier_consent": consent, "base__unique_identifier_consent": ""}

    answer = keep(visitor, url, **boxes)

    assert answer.headers.get("Kosme-Number") == ("kept" if is_kept else None)
    assert NUMBER[1] not in answer.text


def test_saving_by_itself_is_bounded_and_says_when_to_come_again(visitor: FlaskClient, url: str) -> None:
    answers = [keep(visitor, url, title=f"{number}", base__title="0") for number in range(121)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].headers["Kosme-Partial"] == "true"
    limiter.reset()
    assert keep(visitor, url, title="통역사", base__title="119").status_code != 429


def test_a_draft_that_is_not_ones_own_or_gone_is_not_found(visitor: FlaskClient, membership: Membership) -> None:
    membership.give(visitor)
    answer = keep(visitor, "/resume/00000000-0000-7000-8000-000000000000", title="x", base__title="")

    assert (answer.status_code, answer.headers["Kosme-Partial"]) == (404, "true")
