"""The rows of the log-ins by another service: each call of the way back, and what the person can do instead."""

from collections.abc import Callable
from functools import partial

from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.test import TestResponse

from kosme_web.domain.social import SocialProvider
from kosme_web.models import SocialAccount, User
from kosme_web.web.languages import each, message, only
from kosme_web.web.oauth import client_of
from tests.failures.rows import Row, asked, leads_to, nothing
from tests.failures.stage import Stage
from tests.social import LOG_IN, SIGN_UP, answer_at

AWAY = message("%(provider)s is not available at the moment")
NEXT = "/resume/new"
KEPT_NEXT = (f'href="/log-in?next={NEXT}"',)
BACK_TO_SIGN_UP = ('class="btn btn--main" href="/sign-up"',)
SNS = {
    "naver": {"ko": "네이버", "en": "Naver"},
    "kakao": {"ko": "카카오", "en": "Kakao"},
    "facebook": {"ko": "페이스북", "en": "Facebook"},
}
INSTITUTION = {"ko": "기관 통합 로그인", "en": "Institutional log-in"}


def told_of(names: dict[str, str]) -> Markup:
    return each(lambda lang: only(AWAY, lang, provider=names[lang]))


def trip(provider: str, start: str = LOG_IN, **data: str) -> Callable[[Stage, FlaskClient], TestResponse]:
    """Give the whole way: from our button to the provider, where the person agrees, and back."""

    def act(stage: Stage, client: FlaskClient) -> TestResponse:
        answer = client.post(start.format(provider), data=data)
        onward = answer.headers.get("Refresh", "").removeprefix("0; url=")
        return client.get(answer_at(stage.directly(onward))) if onward else answer

    return act


def accounts(stage: Stage) -> object:
    with stage.database() as session:
        return session.scalars(select(SocialAccount.id)).all(), session.scalars(select(User.id)).all()


def can_log_in_otherwise(_stage: Stage, client: FlaskClient) -> bool:
    page = client.get(f"/log-in?next={NEXT}").text
    ways = ('name="login_id"', f'value="{NEXT}"', *(LOG_IN.format(provider) for provider in (*SNS, "sso")))
    return all(way in page for way in ways)


def can_sign_up_otherwise(_stage: Stage, client: FlaskClient) -> bool:
    """The sign-up with an ID, which was under way already, goes on where it was."""
    return (
        "/sign-up/general" in client.get("/sign-up").text and client.get("/sign-up/identity/confirm").status_code == 200
    )


def undescribed(stage: Stage, _client: FlaskClient) -> None:
    """The site was just started: it has not read the provider's description."""
    with stage.app.app_context():
        client = client_of(SocialProvider.SSO)
        assert client
        client.server_metadata.pop("_loaded_at", None)


def described(stage: Stage, client: FlaskClient, provider: str) -> None:
    """Somebody was here before: description and keys are known."""
    assert trip(provider)(stage, client).location == "/social/unknown"


def at_log_in(name: str, adapter: str, provider: str, before: Callable[[Stage, FlaskClient], None], after: int) -> Row:
    return Row(
        name, adapter, told_of(SNS.get(provider, INSTITUTION)), before, trip(provider, next=NEXT), KEPT_NEXT,
        accounts, can_log_in_otherwise, leads_to("/social/unknown"), after=after,
    )  # fmt: skip


def at_sign_up(name: str, provider: str) -> Row:
    return Row(
        name, provider, told_of(SNS[provider]), asked, trip(provider, SIGN_UP), BACK_TO_SIGN_UP,
        accounts, can_sign_up_otherwise, leads_to("/sign-up/identity"), after=1,
    )  # fmt: skip


ROWS = (
    at_log_in("Naver token", "naver", "naver", nothing, 0),
    at_sign_up("Naver profile", "naver"),
    at_log_in("Kakao token", "kakao", "kakao", partial(described, provider="kakao"), 0),
    at_sign_up("Kakao profile", "kakao"),
    at_log_in("Facebook token", "facebook", "facebook", nothing, 0),
    at_sign_up("Facebook profile", "facebook"),
    at_log_in("SSO description", "institutional_sso", "sso", undescribed, 0),
    at_log_in("SSO token", "institutional_sso", "sso", partial(described, provider="sso"), 0),
    at_log_in("SSO userinfo", "institutional_sso", "sso", partial(described, provider="sso"), 1),
)
