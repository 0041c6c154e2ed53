"""이력서 공유: a link shows the résumé to whoever has it, as much as its owner allows, until it is over."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import ShareLink
from kosme_web.models.base import now
from kosme_web.services import share_links
from tests.conftest import Server
from tests.people import somebody_else
from tests.resume.test_pdf import read, squeezed

CONTACT, STREET = ("010-2345-6789", "vananh97@example.com"), ("용소로 45", "세종2관 306호")


def link_of(client: FlaskClient, url: str, **allowed: str) -> str:
    page = client.post(f"{url}/share", data={"days": "7", **allowed}).text
    found = re.search(r'value="http://localhost(/shared/[^"]+)"', page)
    assert found
    return found[1]


ALLOWED: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({}, ()),
    ({"shows_contact": "1"}, CONTACT),
    ({"shows_street": "1"}, STREET),
    ({"shows_contact": "1", "shows_street": "1"}, CONTACT + STREET),
)


def test_a_reader_sees_phone_and_street_only_if_they_are_allowed(visitor: FlaskClient, app: Flask, shown: str) -> None:
    for allowed, seen in ALLOWED:
        link = link_of(visitor, shown, **allowed)
        reader = app.test_client()

        page = reader.get(link)
        _, pdf = read(reader.get(f"{link}/pdf/ko").data)

        assert "NGUYEN VAN ANH" in page.text
        assert "부산광역시 남구" in page.text
        for text in CONTACT + STREET:
            assert (text in page.text, squeezed(text) in squeezed(pdf)) == (text in seen, text in seen)
        assert reader.get(f"{link}/photo").mimetype == "image/jpeg"
        assert "6123456" not in page.text + pdf


def test_the_page_is_kept_by_nobody_and_tells_nobody_where_it_is(visitor: FlaskClient, app: Flask, shown: str) -> None:
    link = link_of(visitor, shown)

    for path in (link, f"{link}/pdf/en", f"{link}/photo"):
        headers = app.test_client().get(path).headers
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "strict-origin"


def test_the_link_is_long_and_stands_in_no_table(visitor: FlaskClient, shown: str, session: Session) -> None:
    secret = link_of(visitor, shown).rpartition("/")[2]

    kept = session.scalars(select(ShareLink)).one()
    assert len(secret) >= 43
    assert secret not in repr(vars(kept))
    assert secret not in visitor.get(f"{shown}/published").text


def test_a_link_shows_nothing_once_it_is_over_or_taken_back_or_the_resume_is_out_of_sight(
    visitor: FlaskClient, app: Flask, shown: str, session: Session
) -> None:
    reader = app.test_client()
    over, back, hidden, deleted = (link_of(visitor, shown) for _ in range(4))
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        told = [reader.get(over)]
    newest = session.scalars(select(ShareLink.id).order_by(ShareLink.created_at)).all()[1]
    for _ in range(2):
        assert visitor.post(f"{shown}/share/{newest}/revoke").status_code == 303
    told += [reader.get(back), reader.get("/shared/guessed"), reader.get("/shared/guessed/photo")]
    assert reader.get(hidden).status_code == 200
    visitor.post(f"{shown}/unpublish")
    told += [reader.get(hidden), reader.get(f"{hidden}/pdf/ko"), visitor.get(f"{shown}/published")]
    visitor.post(f"{shown}/publish", data={"seen": "99"})
    assert reader.get(deleted).status_code == 200
    visitor.post(f"{shown}/delete")
    told.append(reader.get(deleted))

    assert [answer.status_code for answer in told] == [404] * len(told)
    assert len({re.sub(r"[0-9a-f]{32}", "", answer.text) for answer in told[:3]}) == 1  # which of them is not told
    assert "NGUYEN" not in "".join(answer.text for answer in told)


def test_nobody_else_takes_a_link_back_or_makes_one(
    visitor: FlaskClient, app: Flask, shown: str, sandbox: Server, session: Session
) -> None:
    link = link_of(visitor, shown)
    link_id = session.scalars(select(ShareLink.id)).one()
    stranger = somebody_else(app.test_client(), sandbox.url)

    assert stranger.post(f"{shown}/share/{link_id}/revoke").status_code == 404
    assert stranger.post(f"{shown}/share", data={"days": "7"}).status_code == 404
    assert app.test_client().get(link).status_code == 200


@pytest.mark.parametrize("days", ["", "0", "3650", "²"])
def test_a_lifetime_that_is_not_offered_is_refused_in_words(visitor: FlaskClient, shown: str, days: str) -> None:
    answer = visitor.post(f"{shown}/share", data={"days": days})

    assert answer.status_code == 422
    assert "공개 기간을 선택해 주세요" in answer.text
    assert "Choose for how long" in answer.text


def test_no_more_links_are_open_than_there_is_room_for(
    visitor: FlaskClient, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_links, "MOST", 2)
    for _ in range(2):
        link_of(visitor, shown)

    assert visitor.post(f"{shown}/share", data={"days": "7"}).status_code == 409
