"""SNS 로그인: the way to a provider and back, for whatever purpose, and what came of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import structlog
from flask import request, session, url_for
from joserfc.errors import JoseError
from requests import HTTPError, RequestException

from kosme_web.domain.social import SocialProvider
from kosme_web.providers.http import ProviderAnswerError, ProviderError, ProviderUnavailableError
from kosme_web.providers.service import Visit
from kosme_web.providers.social import Profile
from kosme_web.services.social_accounts import SocialIdentity
from kosme_web.web.languages import page_language
from kosme_web.web.oauth import BoundedClient, OAuthError, client_of
from kosme_web.web.toolbox import toolbox

LEEWAY = 60  # seconds that the provider's clock may differ
CANCELLED = ("access_denied", "login_required", "consent_required", "interaction_required")
BUSY = ("server_error", "temporarily_unavailable")
FACEBOOK_BUSY = (1, 2, 4, 17, 32, 613)
BROKEN = (JoseError, ValueError, KeyError, TypeError, AttributeError, IndexError)

log = structlog.get_logger()


class Purpose(StrEnum):
    """What a person went to the provider for."""

    SIGN_UP = "sign_up"
    LOG_IN = "log_in"
    PROVE = "prove"  # that it is still the member who sits here
    LINK = "link"
    UNLINK = "unlink"


class Refusal(StrEnum):
    STATE = "state"  # not begun in this browser, or too long ago, or ended already
    CANCELLED = "cancelled"
    REFUSED = "refused"  # the provider does not take the code, or us


class SocialRefusedError(ProviderError):
    """No account comes of it, and the person can do something about it: the provider did its part."""

    def __init__(self, refusal: Refusal, trip: "Trip | None" = None) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.trip = trip


@dataclass(frozen=True)
class Trip:
    """What was kept in this browser's session while the person was away."""

    provider: SocialProvider
    purpose: Purpose
    next: str = ""
    member: str = ""  # who was logged in when it began
    account: str = ""  # the link it is about

    @classmethod
    def of(cls, provider: SocialProvider, kept: Mapping[str, Any]) -> "Trip":
        rest = {name: str(kept.get(name, "")) for name in ("next", "member", "account")}
        return cls(provider, Purpose(kept["purpose"]), **rest)


@dataclass(frozen=True)
class Arrival:
    """Somebody the provider vouches for; the token ends with the request."""

    trip: Trip
    profile: Profile
    access_token: str = field(repr=False)

    @property
    def identity(self) -> SocialIdentity:
        return SocialIdentity(self.trip.provider, self.profile.issuer, self.profile.subject)


def authorize_url(trip: Trip) -> str:
    """Begin: keep what the way back needs, and give the provider's address."""
    client = _client(trip.provider)
    back = url_for("log_in.arrive", provider=trip.provider.value, _external=True)
    locales = "ko en" if page_language() == "ko" else "en ko"
    if not client.is_described:
        with visiting(trip, client) as (lent, _):
            lent.load_server_metadata()
    with naming_failures(trip):
        made = client.create_authorization_url(back, **({"ui_locales": locales} if has_locales(trip.provider) else {}))
    kept = {"purpose": trip.purpose.value, "next": trip.next, "member": trip.member, "account": trip.account}
    client.save_authorize_data(redirect_uri=back, **made, **{name: text for name, text in kept.items() if text})
    return str(made["url"])


def _client(provider: SocialProvider) -> BoundedClient:
    client = client_of(provider)
    if client is None:
        raise LookupError(provider)
    return client


def has_locales(provider: SocialProvider) -> bool:
    """Whether the contract knows a parameter for the language of the provider's pages."""
    return provider is SocialProvider.SSO


def trip_of(provider: SocialProvider) -> Trip:
    """Give what the person went for; nothing in the address counts before the state is known to be ours."""
    client = _client(provider)
    kept = client.framework.get_state_data(session, request.args.get("state", ""))
    if not kept:
        raise SocialRefusedError(Refusal.STATE)
    return Trip.of(provider, kept)


def arrive(trip: Trip) -> Arrival:
    """Take the person who came back from that trip."""
    client, state = _client(trip.provider), request.args.get("state", "")
    _check_answer(client, trip, state)
    with visiting(trip, client) as (lent, visit):
        token = lent.authorize_access_token(**_token_options(lent, trip.provider, state))
        _check_token(lent, token)
        profile = toolbox().social[trip.provider].profile(token, visit)
    return Arrival(trip, profile, token["access_token"])


def _check_answer(client: BoundedClient, trip: Trip, state: str) -> None:
    """Refuse an answer of another provider (RFC 9207), one without a code, and take an error for what it says."""
    issuer = client.server_metadata.get("issuer")
    has_to_say = client.server_metadata.get("authorization_response_iss_parameter_supported") is True
    told = request.args.get("iss")
    if issuer and (told != issuer if has_to_say or told is not None else False):
        client.framework.clear_state_data(session, state)
        raise SocialRefusedError(Refusal.STATE, trip)
    if request.args.get("code") and not request.args.get("error"):
        return
    client.framework.clear_state_data(session, state)
    error = request.args.get("error", "")
    if error in BUSY:
        raise ProviderUnavailableError(error)
    raise SocialRefusedError(Refusal.CANCELLED if error in CANCELLED else Refusal.REFUSED, trip)


def _token_options(client: BoundedClient, provider: SocialProvider, state: str) -> dict[str, Any]:
    if provider is SocialProvider.NAVER:
        return {"body": f"state={state}"}  # its contract wants it; Authlib does not send it by itself
    if not is_openid(client):
        return {}
    wanted = {
        "iss": {"essential": True, "value": client.server_metadata["trusted_issuer"]},
        "aud": {"essential": True, "value": client.client_id},
    }
    return {"claims_options": wanted, "leeway": LEEWAY}


def is_openid(client: BoundedClient) -> bool:
    return "trusted_issuer" in client.server_metadata


def _check_token(client: BoundedClient, token: dict[str, Any]) -> None:
    """Refuse a token without an id_token where there has to be one: Authlib says nothing then."""
    if not isinstance(token.get("access_token"), str) or not token["access_token"]:
        raise ProviderAnswerError("no access token")
    if is_openid(client):
        if not token.get("userinfo"):
            raise ProviderAnswerError("no id_token")
        token["userinfo_endpoint"] = client.server_metadata.get("userinfo_endpoint")


@contextmanager
def visiting(trip: Trip, client: BoundedClient) -> Iterator[tuple[BoundedClient, Visit]]:
    """Lend the client for one visit to its provider: all calls share a time limit and count as one."""
    service = toolbox().social[trip.provider]
    with service.service.visit(service.seconds) as visit, naming_failures(trip):
        yield client.within(visit), visit


@contextmanager
def naming_failures(trip: Trip) -> Iterator[None]:
    """Give whatever Authlib and its libraries raise one of our names; their words stay out of it."""
    try:
        yield
    except OAuthError as error:
        raise _named(error, trip) from None
    except HTTPError as error:
        raise ProviderUnavailableError(type(error).__name__) from None
    except (RequestException, *BROKEN) as error:
        log.warning("provider answer", provider=trip.provider.value, error=type(error).__name__)
        raise ProviderAnswerError(type(error).__name__) from None


def _named(error: OAuthError, trip: Trip) -> Exception:
    """Name an OAuth error; Facebook's is an object with a number in it, which is all of it that may be logged."""
    told = error.error
    code = told.get("code") if isinstance(told, dict) else told
    kind = code if isinstance(code, int) else "".join(filter(str.isalpha, str(code)))[:40]
    log.warning("provider refused", provider=trip.provider.value, error=kind)
    if code in BUSY or (isinstance(told, dict) and code in FACEBOOK_BUSY):
        return ProviderUnavailableError(kind)
    return SocialRefusedError(Refusal.STATE if code == "mismatching_state" else Refusal.REFUSED, trip)
