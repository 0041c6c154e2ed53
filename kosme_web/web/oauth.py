"""Authlib, held to our limits: one client a provider, state for ten minutes, every call through our own door."""

import time
from collections.abc import Mapping
from copy import copy
from functools import partial
from http import HTTPStatus
from typing import Any, cast

import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app
from requests import Request

from kosme_web.config import Settings
from kosme_web.config.oauth import OAuthKeys
from kosme_web.domain.social import SocialProvider
from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.oauth_transport import BoundedAdapter
from kosme_web.providers.service import Visit

NAME = "authlib.integrations.flask_client"
STATE_SECONDS = 600
MOST_STATES = 4  # log-ins under way in one browser; they travel in its cookie
ALGORITHMS = ("RS256", "ES256")
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TAKEN = (*NEEDED, "issuer", "userinfo_endpoint", "authorization_response_iss_parameter_supported")
PKCE = {"code_challenge_method": "S256"}

log = structlog.get_logger()


class BoundedSession(OAuth2Session):
    """What Authlib asks with, within a visit; without one it reaches nobody. The machine's settings do not count."""

    def __init__(self, *args: Any, visit: Visit | None = None, **kwargs: Any) -> None:  # noqa: ANN401  as its base
        super().__init__(*args, **kwargs)
        self.trust_env = False
        self.adapters.clear()
        if visit:
            for scheme in ("http://", "https://"):
                self.mount(scheme, BoundedAdapter(visit))


class StateStore(FlaskIntegration):
    """What a log-in under way needs, bound to the browser's session; too old, it is as if it had never been."""

    expires_in = STATE_SECONDS

    def get_state_data(self, session: Any, state: str) -> dict[str, Any] | None:  # noqa: ANN401  as its base
        held = session.get(f"_state_{self.name}_{state}")
        if not isinstance(held, dict) or held.get("exp", 0) < time.time():
            return None
        return cast("dict[str, Any] | None", super().get_state_data(session, state))

    def set_state_data(self, session: Any, state: str, data: dict[str, Any]) -> None:  # noqa: ANN401  as its base
        held = sorted((name for name in session if name.startswith("_state_")), key=lambda name: session[name]["exp"])
        for name in held[: max(0, len(held) + 1 - MOST_STATES)]:
            session.pop(name)
        super().set_state_data(session, state, {name: text for name, text in data.items() if name != "url"})


class BoundedClient(FlaskOAuth2App):
    """One provider. Of an OpenID provider's description we take only what names the issuer we trust."""

    client_cls = BoundedSession
    visit: Visit | None = None

    def within(self, visit: Visit) -> "BoundedClient":
        """Give the same client, whose every call is one of that visit; what it learns, both know."""
        lent = copy(self)
        lent.visit = visit
        lent.client_cls = cast("type[BoundedSession]", partial(BoundedSession, visit=visit))
        return lent

    @property
    def is_described(self) -> bool:
        return not self._server_metadata_url or "_loaded_at" in self.server_metadata

    def load_server_metadata(self) -> Mapping[str, Any]:
        """Read the description when it is first needed, and keep it; what went wrong is not kept."""
        if self.visit and not self.is_described:
            reply = self.visit.ask(Request("GET", self._server_metadata_url))
            if reply.status != HTTPStatus.OK:
                raise reply.failure()
            found = reply.json()
            if found.get("issuer") != self.server_metadata["trusted_issuer"]:
                raise ProviderAnswerError("another issuer")
            if not all(isinstance(found.get(name), str) for name in NEEDED):
                raise ProviderAnswerError("no endpoints")
            taken = {name: found[name] for name in TAKEN if name in found}
            algorithms = {"id_token_signing_alg_values_supported": list(ALGORITHMS)}
            self.server_metadata.update(taken, **algorithms, _loaded_at=time.time())
        return cast("Mapping[str, Any]", self.server_metadata)


class BoundedOAuth(OAuth):
    oauth2_client_cls = BoundedClient
    framework_integration_cls = StateStore


def open_cache(url: str) -> object:
    """Open the shared store of log-ins under way; its client is loaded only where there is one, for a quicker start."""
    from kosme_web.web.oauth_cache import Cache  # noqa: PLC0415

    return Cache(url)


def install(app: Flask, settings: Settings) -> None:
    oauth = BoundedOAuth(app, cache=open_cache(settings.oauth_cache) if settings.oauth_cache else None)
    for name, keys in settings.oauth.items():
        if keys.is_offered:
            oauth.register(name, client_id=keys.client_id, client_secret=keys.client_secret, **endpoints(name, keys))


def endpoints(name: str, keys: OAuthKeys) -> dict[str, Any]:
    """Give what the contract of that provider says of its addresses, scopes and proofs."""
    client: dict[str, Any] = {"token_endpoint_auth_method": keys.token_auth}
    if name == SocialProvider.NAVER:
        base = f"{keys.url}/oauth2.0"
        return {"authorize_url": f"{base}/authorize", "access_token_url": f"{base}/token", "client_kwargs": client}
    if name == SocialProvider.FACEBOOK:
        return {
            "authorize_url": f"{keys.url}/{keys.version}/dialog/oauth",
            "access_token_url": f"{keys.api_url}/{keys.version}/oauth/access_token",
            "client_kwargs": {**client, "scope": "public_profile,email"},
        }
    return {
        "server_metadata_url": f"{keys.url}/.well-known/openid-configuration",
        "trusted_issuer": keys.url,
        "client_kwargs": {**client, **PKCE, "scope": keys.scope},
    }


def client_of(provider: SocialProvider) -> BoundedClient | None:
    """Give the client of a provider, or nothing if it is not set up here."""
    return cast("BoundedClient | None", current_app.extensions[NAME].create_client(provider))


def is_offered(provider: SocialProvider) -> bool:
    return client_of(provider) is not None


__all__ = ["BoundedClient", "OAuthError", "client_of", "install", "is_offered"]
