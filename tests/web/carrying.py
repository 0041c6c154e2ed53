"""The page that carries what was typed: what it would send, and its button pressed."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.models import DraftField
from tests.people import NUMBER

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
TYPED = {
    "title": '통역사 <b>"quoted"</b> & more',
    "english_name": "Nguyen Van Anh",
    "registration_front": NUMBER[0],
    "registration_back": NUMBER[1],
    "seen": "99",
}


def form_of(answer: TestResponse) -> tuple[str, dict[str, list[str]]]:
    """Give where the page's form goes, and what it would send."""
    form = BeautifulSoup(answer.text, "html.parser").select_one("form#page")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name]"):
        sent.setdefault(str(field["name"]), []).append(str(field.get("value", "")))
    return str(form["action"]), sent


def press(client: FlaskClient, answer: TestResponse, **typed: str) -> TestResponse:
    action, sent = form_of(answer)
    return client.post(action, data={**sent, **typed}, headers=OURS)


def kept(session: Session) -> dict[str, str]:
    """Give what the one draft holds."""
    session.rollback()
    session.expire_all()
    return {field.name: field.value for field in session.scalars(select(DraftField)) if field.value}
