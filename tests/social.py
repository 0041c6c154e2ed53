"""How somebody logs in at the sandbox's SNS: leaves our page, agrees there, and comes back."""

from urllib.parse import parse_qs, urlsplit

import requests
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.models import SocialAccount
from tests.people import IDENTITY, MEMBER, last_code

SNS = ("naver", "kakao", "facebook")
ITEMS = ("name", "email", "mobile", "account_email", "phone_number")
SIGN_UP, LOG_IN, LINK = "/sign-up/social/{}", "/log-in/social/{}", "/account/social/{}/link"
SOCIAL_MEMBER = {name: text for name, text in MEMBER.items() if name not in ("login_id", "password")}


def address_of(answer: TestResponse) -> str:
    """Give the provider's address out of the page before it: the header and the link must agree."""
    assert answer.status_code == 200, answer.text
    link = BeautifulSoup(answer.text, "html.parser").select_one("#onward")
    assert link is not None
    assert answer.headers["Refresh"] == f"0; url={link['href']}"
    return str(link["href"])


def leave(client: FlaskClient, provider: str, start: str = LOG_IN, **data: str) -> str:
    return address_of(client.post(start.format(provider), data=data))


def answer_at(
    url: str, answer: str = "agree", person: str = "nguyen", fault: str = "", items: tuple[str, ...] = ITEMS
) -> str:
    """Answer the consent page and give the address, on our side, where that leads."""
    form = {"answer": answer, "person": person, "fault": fault, "item": items}
    reply = requests.post(url, data=form, allow_redirects=False, timeout=5)
    assert reply.status_code == 302, reply.text
    return path_of(reply.headers["Location"])


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def question_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def come_by(client: FlaskClient, provider: str, start: str = LOG_IN, **choice: str) -> TestResponse:
    """Go to the provider and come back; ``choice`` says what is chosen there."""
    return client.get(answer_at(leave(client, provider, start), **choice))  # type: ignore[arg-type]


def join_by(client: FlaskClient, sandbox_url: str, provider: str, person: str = "nguyen", **claim: str) -> None:
    """Sign up with an SNS account, from its button to the end."""
    assert come_by(client, provider, SIGN_UP, person=person).location == "/sign-up/identity"
    client.post("/sign-up/identity", data={**IDENTITY, **claim})
    client.post("/sign-up/identity/confirm", data={"code": last_code(sandbox_url)})
    assert client.post("/sign-up/member", data=SOCIAL_MEMBER).location == "/sign-up/complete"


def linked(session: Session) -> list[str]:
    session.rollback()
    return sorted(session.scalars(select(SocialAccount.provider)))
