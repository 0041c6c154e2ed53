"""What the providers are called on our pages, and which of them are offered."""

from functools import partial

from markupsafe import Markup

from kosme_web.domain.social import SNS, SocialProvider
from kosme_web.extensions import db
from kosme_web.models import User
from kosme_web.services.social_accounts import accounts_of
from kosme_web.web.languages import LANGUAGES, both, each, message, only
from kosme_web.web.oauth import is_offered
from kosme_web.web.toolbox import settings

NAMES = {
    SocialProvider.NAVER: message("Naver"),
    SocialProvider.KAKAO: message("Kakao"),
    SocialProvider.FACEBOOK: message("Facebook"),
}
ACCOUNTS = {
    SocialProvider.NAVER: message("Naver account"),
    SocialProvider.KAKAO: message("Kakao account"),
    SocialProvider.FACEBOOK: message("Facebook account"),
    SocialProvider.SSO: message("Institutional account"),
}
CONTINUE = {
    SocialProvider.NAVER: both("Continue with Naver"),
    SocialProvider.KAKAO: both("Continue with Kakao"),
    SocialProvider.FACEBOOK: both("Continue with Facebook"),
}


def name_in(provider: str, lang: str) -> str:
    """Give the name of a provider; that of the institution is a setting."""
    if provider == SocialProvider.SSO:
        return settings().oauth[provider].labels[LANGUAGES.index(lang)]
    return only(NAMES[SocialProvider(provider)], lang)


def provider_name(provider: str) -> Markup:
    return each(partial(name_in, provider))


def of_provider(text: str, provider: str) -> Markup:
    """Give a marked message about a provider, whose name stands in it as ``%(provider)s``, or ``%(account)s``."""
    account = ACCOUNTS[SocialProvider(provider)]
    return each(lambda lang: only(text, lang, provider=name_in(provider, lang), account=only(account, lang)))


def account_name(provider: str) -> Markup:
    return both(ACCOUNTS[SocialProvider(provider)])


def continue_with(provider: str) -> Markup:
    return CONTINUE.get(SocialProvider(provider)) or provider_name(provider)


def offered_sns() -> list[str]:
    return [one.value for one in SNS if is_offered(one)]


def has_sso() -> bool:
    return is_offered(SocialProvider.SSO)


def member_id(user: User) -> str | Markup:
    """Give what takes the place of the ID (R-103) of a member who has none: the SNS account."""
    accounts = accounts_of(db.session(), user)
    return account_name(accounts[0].provider) if accounts else "-"
