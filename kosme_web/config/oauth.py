"""The settings about logging in with an account of another service."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kosme_web.config.reading import Reader

SSO_SCOPE = "openid profile email phone"
TOKEN_AUTHS = ("client_secret_basic", "client_secret_post")


@dataclass(frozen=True)
class OAuthKeys:
    """An application that is registered at a provider; without an id the provider is not offered."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    url: str  # where a person logs in; of an OpenID provider its issuer
    api_url: str
    admin_key: str = field(default="", repr=False)  # Kakao: proves a notice to us and ours to it
    scope: str = ""  # what is asked for, where the provider wants to be told
    version: str = ""  # Facebook: of the Graph API
    token_auth: str = "client_secret_post"  # noqa: S105  the name of a method
    labels: tuple[str, str] = ("", "")  # Korean, English

    @property
    def is_offered(self) -> bool:
        return bool(self.client_id and self.url)


class OAuthReader(Reader):
    """The part of the reader of settings that knows the providers."""

    def _oauth(self, sandbox: str) -> Mapping[str, OAuthKeys]:
        """Read what each provider registered us as."""
        naver, kakao, facebook = (f"{sandbox}/{name}" for name in ("naver", "kakao", "facebook"))
        return {
            "naver": OAuthKeys(
                *self._client("NAVER"),
                url=self._outside("KOSME_NAVER_URL", naver, "https://nid.naver.com"),
                api_url=self._outside("KOSME_NAVER_API_URL", naver, "https://openapi.naver.com"),
            ),
            "kakao": OAuthKeys(
                *self._client("KAKAO"),
                url=self._outside("KOSME_KAKAO_URL", kakao, "https://kauth.kakao.com"),
                api_url=self._outside("KOSME_KAKAO_API_URL", kakao, "https://kapi.kakao.com"),
                scope=self._text("KOSME_KAKAO_SCOPE", "openid profile_nickname account_email"),
                admin_key=self._optional("KOSME_KAKAO_ADMIN_KEY", "sandbox-kakao-admin-key"),
            ),
            "facebook": OAuthKeys(
                *self._client("FACEBOOK"),
                url=self._outside("KOSME_FACEBOOK_URL", facebook, "https://www.facebook.com"),
                api_url=self._outside("KOSME_FACEBOOK_GRAPH_URL", facebook, "https://graph.facebook.com"),
                version=self._text("KOSME_FACEBOOK_GRAPH_VERSION", "v24.0"),
            ),
            "sso": self._sso(),
        }

    def _client(self, provider: str) -> tuple[str, str]:
        id_name, secret_name = f"KOSME_{provider}_CLIENT_ID", f"KOSME_{provider}_CLIENT_SECRET"
        client_id = self._optional(id_name, f"sandbox-{provider.lower()}-client")
        client_secret = self._optional(secret_name, f"sandbox-{provider.lower()}-secret")
        if bool(client_id) != bool(client_secret):
            self.problems.append(
                f"{secret_name if client_id else id_name}: id and secret are set together or not at all"
            )
        return client_id, client_secret

    def _sso(self) -> OAuthKeys:
        issuer = self.env.get("KOSME_SSO_ISSUER", "")
        given = {name: self.env.get(f"KOSME_SSO_{name.upper()}", "") for name in ("client_id", "client_secret")}
        for name, value in given.items():
            if bool(value) != bool(issuer):
                self.problems.append(f"KOSME_SSO_{name.upper()}: issuer, id and secret are set together or not at all")
        url = self._outside("KOSME_SSO_ISSUER", issuer, issuer) if issuer else ""
        korean = self._text("KOSME_SSO_LABEL_KO", "기관 통합 로그인")
        english = self._text("KOSME_SSO_LABEL_EN", "Institutional log-in")
        auth = self._choice("KOSME_SSO_TOKEN_AUTH", TOKEN_AUTHS[0], TOKEN_AUTHS)
        return OAuthKeys(url=url, api_url=url, token_auth=auth, labels=(korean, english), scope=SSO_SCOPE, **given)

    def _optional(self, name: str, development: str) -> str:
        """Read what may be missing in production: then the part it belongs to is not offered."""
        value = self.env.get(name, "" if self.is_production else development)
        if self.is_production and value.startswith("sandbox-"):
            self.problems.append(f"{name}: this is a value of the sandbox")
        return value
