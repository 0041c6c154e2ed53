"""Every setting of the site, read once from the environment, checked, and never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from kosme_web.config.addresses import SEARCHES, AddressReader
from kosme_web.config.oauth import OAuthKeys, OAuthReader
from kosme_web.config.reading import GENERATED, LOOPBACK
from kosme_web.config.safekeeping import SafekeepingReader

PORTONE_MODES = ("window", "api")
PORTONE_CDN, SDK_PATH = "https://cdn.portone.io", "/v2/browser-sdk.js"
NAME_FORMATS = ("capitals", "as-typed", "joined")


class SettingsError(Exception):
    """The start is refused; each line names a setting and says what is wrong with it."""


@dataclass(frozen=True)
class Settings:
    """What ``create_app`` needs. Secrets stay out of ``repr``."""

    is_production: bool
    data_dir: Path
    database_url: str = field(repr=False)
    photo_store_url: str = field(repr=False)
    rate_limit_storage: str = field(repr=False)
    secret_key: str = field(repr=False)
    number_keys: Mapping[str, bytes] = field(repr=False)  # key id → AES-256 key; the first one seals
    identity_key: bytes = field(repr=False)  # HMAC key for CI and DI
    backup_key: bytes = field(repr=False)  # AES-256 key; empty: no backups are made
    access_log_days: int
    portone_url: str
    portone_secret: str = field(repr=False)
    portone_store_id: str
    portone_channel_key: str = field(repr=False)
    portone_mode: str  # "window": the agency's own window; "api": our pages ask
    portone_sdk_url: str
    portone_window_origins: tuple[str, ...]
    portone_bypass: Mapping[str, Any]
    pass_qr_url: str  # "{id}" stands for the verification; empty: the QR method is not offered
    nice_url: str
    nice_client_id: str = field(repr=False)
    nice_client_secret: str = field(repr=False)
    nice_product_id: str
    nice_access_token: str = field(repr=False)
    nice_name_format: str
    nice_contact: str
    address_index_url: str = field(repr=False)
    address_search: str  # "juso": the service, and our copy while it is away; "local": our copy only
    juso_url: str
    juso_key: str = field(repr=False)
    juso_english_key: str = field(repr=False)
    oauth: Mapping[str, OAuthKeys]  # by provider
    oauth_cache: str = field(repr=False)  # empty: what a log-in under way needs travels in the session cookie
    juso_result_type: str
    provider_seconds: float
    metrics_token: str = field(repr=False)
    public_url: str  # of the site, for links in messages
    solapi_url: str
    solapi_key: str = field(repr=False)
    solapi_secret: str = field(repr=False)
    solapi_sender: str
    solapi_webhook_secret: str = field(repr=False)
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str = field(repr=False)
    smtp_password: str = field(repr=False)
    mail_from: str
    has_secure_cookies: bool
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    password_min_length: int
    session_idle_hours: int
    session_days: int
    log_level: str

    @property
    def session_lifetime(self) -> timedelta:
        return timedelta(days=self.session_days)

    @property
    def session_idle(self) -> timedelta:
        return timedelta(hours=self.session_idle_hours)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read and check the settings; development fills what is missing, production refuses it."""
        return _Reader(env).settings()


class _Reader(OAuthReader, AddressReader, SafekeepingReader):
    """Reads all of them, so that one start tells every complaint."""

    def settings(self) -> Settings:
        host = self.env.get("HOST") or "127.0.0.1"
        here = f"http://{f'[{host}]' if ':' in host else host}"
        sandbox = f"{here}:{self.env.get('SANDBOX_PORT') or '8001'}"
        settings = Settings(
            is_production=self.is_production,
            data_dir=self.data_dir,
            database_url=self._text("KOSME_DATABASE_URL", f"sqlite:///{self.data_dir / 'kosme.db'}"),
            photo_store_url=self._text("KOSME_PHOTO_STORE_URL", f"file://{self.data_dir / 'photos'}"),
            rate_limit_storage=self._text("KOSME_RATE_LIMIT_STORAGE", "memory://"),
            secret_key=self._secret("KOSME_SECRET_KEY"),
            number_keys=self._key_ring("KOSME_NUMBER_KEYS"),
            identity_key=self._key("KOSME_IDENTITY_KEY", self._secret("KOSME_IDENTITY_KEY")),
            backup_key=self._backup_key(),
            access_log_days=self._access_log_days(),
            portone_url=self._outside("KOSME_PORTONE_URL", sandbox, "https://api.portone.io"),
            portone_secret=self._secret("KOSME_PORTONE_SECRET", "sandbox-portone-secret"),
            portone_store_id=self._secret("KOSME_PORTONE_STORE_ID", "sandbox-store"),
            portone_channel_key=self._secret("KOSME_PORTONE_CHANNEL_KEY", "sandbox-channel"),
            portone_mode=self._choice("KOSME_PORTONE_MODE", "window" if self.is_production else "api", PORTONE_MODES),
            portone_sdk_url=self._outside("KOSME_PORTONE_SDK_URL", f"{sandbox}{SDK_PATH}", f"{PORTONE_CDN}{SDK_PATH}"),
            portone_window_origins=self._origins("KOSME_PORTONE_WINDOW_ORIGINS"),
            portone_bypass=self._object("KOSME_PORTONE_BYPASS"),
            pass_qr_url=self.env.get("KOSME_PASS_QR_URL", "" if self.is_production else f"{sandbox}/pass/{{id}}"),
            nice_url=self._outside("KOSME_NICE_URL", sandbox, "https://svc.niceapi.co.kr:22001"),
            nice_client_id=self._secret("KOSME_NICE_CLIENT_ID", "sandbox-nice-client"),
            nice_client_secret=self._secret("KOSME_NICE_CLIENT_SECRET", "sandbox-nice-secret"),
            nice_product_id=self._text("KOSME_NICE_PRODUCT_ID", "2101960011"),
            nice_access_token=self.env.get("KOSME_NICE_ACCESS_TOKEN", ""),
            nice_name_format=self._choice("KOSME_NICE_NAME_FORMAT", "capitals", NAME_FORMATS),
            nice_contact=self._text("KOSME_NICE_CONTACT", "1600-1522, 02-3771-4810, callcenter@kisinfo.com"),
            address_index_url=self._address_index(),
            address_search=self._choice("KOSME_ADDRESS_SEARCH", "juso", SEARCHES),
            juso_url=self._outside("KOSME_JUSO_URL", sandbox, "https://business.juso.go.kr"),
            juso_key=self._juso_key("KOSME_JUSO_KEY", "sandbox-juso-key"),
            juso_english_key=self._juso_key("KOSME_JUSO_ENGLISH_KEY", "sandbox-juso-english-key"),
            oauth=self._oauth(sandbox),
            oauth_cache=self.env.get("KOSME_OAUTH_CACHE", ""),
            juso_result_type=self._choice("KOSME_JUSO_RESULT_TYPE", "json", ("json", "xml")),
            provider_seconds=self._number("KOSME_PROVIDER_SECONDS", 5, 2, 5),
            metrics_token=self.env.get("KOSME_METRICS_TOKEN", ""),
            public_url=self._outside("KOSME_PUBLIC_URL", f"{here}:{self.env.get('PORT') or '8000'}", ""),
            solapi_url=self._outside("KOSME_SOLAPI_URL", sandbox, "https://api.solapi.com"),
            solapi_key=self._secret("KOSME_SOLAPI_KEY", "sandbox-solapi-key"),
            solapi_secret=self._secret("KOSME_SOLAPI_SECRET", "sandbox-solapi-secret"),
            solapi_sender=self._secret("KOSME_SOLAPI_SENDER", "0212345678"),
            solapi_webhook_secret=self._secret("KOSME_SOLAPI_WEBHOOK_SECRET", "sandbox-webhook-secret"),
            smtp_host=self._secret("KOSME_SMTP_HOST", host),
            smtp_port=self._number(
                "KOSME_SMTP_PORT", 587 if self.is_production else self._sandbox_mail_port(), 1, 65535
            ),
            smtp_security=self._mail_security(),
            smtp_user=self._secret("KOSME_SMTP_USER", "sandbox-mail"),
            smtp_password=self._secret("KOSME_SMTP_PASSWORD", "sandbox-mail-password"),
            mail_from=self._mail_from(),
            has_secure_cookies=self._flag("KOSME_SECURE_COOKIES", default=self.is_production),
            trusted_hosts=tuple(self.env.get("KOSME_TRUSTED_HOSTS", "").split()),
            proxy_hops=self._number("KOSME_PROXY_HOPS", 0, 0, 5),
            password_min_length=self._number("KOSME_PASSWORD_MIN_LENGTH", 12, 8, 64),
            session_idle_hours=self._number("KOSME_SESSION_IDLE_HOURS", 12, 1, 720),
            session_days=self._number("KOSME_SESSION_DAYS", 7, 1, 90),
            log_level=self._choice("KOSME_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        )
        self._check_production(settings)
        if self.problems:
            raise SettingsError("\n".join(self.problems))
        return settings

    def _check_production(self, settings: Settings) -> None:
        if not self.is_production:
            return
        if not settings.has_secure_cookies:
            self.problems.append(
                "KOSME_SECURE_COOKIES: production needs cookies that travel over HTTPS only; set it to 1"
            )
        if not settings.trusted_hosts:
            self.problems.append("KOSME_TRUSTED_HOSTS: name the host names of the site, separated by spaces")
        if settings.metrics_token and len(settings.metrics_token) < GENERATED["KOSME_SECRET_KEY"]:
            self.problems.append("KOSME_METRICS_TOKEN: too short; use at least 32 random characters")
        if settings.smtp_host.startswith(LOOPBACK):
            self.problems.append("KOSME_SMTP_HOST: production speaks to a real mail server, not to a sandbox")
        if settings.secret_key and len(settings.secret_key) < GENERATED["KOSME_SECRET_KEY"]:
            self.problems.append("KOSME_SECRET_KEY: too short; use at least 32 random characters")

    def _sandbox_mail_port(self) -> int:
        return self._number("SANDBOX_MAIL_PORT", 8025, 1, 65535)

    def _mail_security(self) -> str:
        """Plain mail is for the sandbox: passwords and names do not travel unprotected."""
        choices = ("starttls", "tls") if self.is_production else ("none", "starttls", "tls")
        return self._choice("KOSME_SMTP_SECURITY", choices[0], choices)

    def _mail_from(self) -> str:
        sender = self._secret("KOSME_MAIL_FROM", "KOSME <no-reply@sandbox.example>")
        name, _, domain = parseaddr(sender)[1].rpartition("@")
        if sender and (not (name and domain) or not sender.isprintable()):
            self.problems.append("KOSME_MAIL_FROM: an address such as KOSME <no-reply@host>")
        return sender
