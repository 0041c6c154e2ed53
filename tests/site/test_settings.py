"""Settings: development starts by itself, production only with everything real, and no secret is ever shown."""

import base64
import json
import subprocess
import sys
import time
from dataclasses import FrozenInstanceError
from datetime import timedelta
from pathlib import Path

import pytest

from kosme_web.config import Settings, SettingsError
from kosme_web.config.reading import GENERATED
from tests.site.production import ADDRESSES, HOST, KEY, OPTIONAL_SECRETS, SECRETS, environment

ROOT = Path(__file__).parents[2]
START = """
import os, pathlib, sys
from kosme_web.config.reading import development_secrets
data, go = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
pathlib.Path(sys.argv[3]).touch()
while not go.exists():
    pass
print(sorted(development_secrets(data).items()))
"""


def development(data_dir: Path, **more: str) -> Settings:
    return Settings.from_env({"KOSME_DATA_DIR": str(data_dir), **more})


def problems(env: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env)
    return str(caught.value).splitlines()


def test_development_needs_no_settings(tmp_path: Path) -> None:
    settings = development(tmp_path)

    assert not settings.is_production
    assert not settings.has_secure_cookies
    assert settings.database_url == f"sqlite:///{tmp_path}/kosme.db"
    assert settings.photo_store_url == f"file://{tmp_path}/photos"
    assert {settings.portone_url, settings.nice_url, settings.juso_url} == {"http://127.0.0.1:8001"}
    assert (settings.session_idle, settings.session_lifetime) == (timedelta(hours=12), timedelta(days=7))


def test_the_sandbox_is_looked_for_where_it_was_started(tmp_path: Path) -> None:
    settings = development(tmp_path, HOST="192.0.2.7", SANDBOX_PORT="9001", SANDBOX_MAIL_PORT="9025")

    assert settings.juso_url == settings.solapi_url == "http://192.0.2.7:9001"
    assert (settings.smtp_host, settings.smtp_port, settings.smtp_security) == ("192.0.2.7", 9025, "none")
    assert settings.public_url == "http://192.0.2.7:8000"
    assert settings.pass_qr_url == "http://192.0.2.7:9001/pass/{id}"


def test_secrets_of_development_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = development(tmp_path / "new" / "var")

    path = tmp_path / "new" / "var" / "secrets.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secrets.json"]
    assert development(tmp_path / "new" / "var") == first
    made = json.loads(path.read_text())
    assert made.keys() == GENERATED.keys()
    assert len(set(made.values())) == len(made)
    assert [len(key) for key in (*first.number_keys.values(), first.identity_key, first.backup_key)] == [32] * 3


def test_another_folder_has_other_secrets(tmp_path: Path) -> None:
    assert development(tmp_path / "a").secret_key != development(tmp_path / "b").secret_key


def test_starts_at_the_same_moment_agree_on_the_secrets(tmp_path: Path) -> None:
    go, data = tmp_path / "go", tmp_path / "var"
    ready = [tmp_path / f"ready-{number}" for number in range(4)]
    starts = [
        subprocess.Popen(  # noqa: S603  our own words
            [sys.executable, "-c", START, data, go, flag], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for flag in ready
    ]
    while not all(flag.exists() for flag in ready):
        time.sleep(0.01)
    go.touch()
    told = {start.communicate(timeout=10)[0] for start in starts}

    assert [start.returncode for start in starts] == [0] * len(starts)
    assert len(told) == 1
    assert [one.name for one in data.iterdir()] == ["secrets.json"]


def test_a_complete_production_starts_and_speaks_to_the_real_services(tmp_path: Path) -> None:
    settings = Settings.from_env(environment(tmp_path))

    assert settings.is_production
    assert settings.has_secure_cookies
    assert settings.trusted_hosts == (HOST,)
    assert settings.pass_qr_url == ""
    assert (settings.portone_mode, settings.portone_sdk_url) == ("window", "https://cdn.portone.io/v2/browser-sdk.js")
    urls = (settings.portone_url, settings.nice_url, settings.juso_url)
    assert urls == ("https://api.portone.io", "https://svc.niceapi.co.kr:22001", "https://business.juso.go.kr")
    assert settings.solapi_url == "https://api.solapi.com"
    assert (settings.smtp_port, settings.smtp_security) == (587, "starttls")
    assert list(settings.number_keys) == ["k2", "k1"]  # the first one seals
    assert (settings.backup_key, settings.access_log_days) == (b"", 730)
    assert list(tmp_path.iterdir()) == []  # nothing was made up


@pytest.mark.parametrize("name", [*SECRETS, *ADDRESSES, "KOSME_TRUSTED_HOSTS"])
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_to_start_without_a_setting_and_names_it(
    tmp_path: Path, name: str, value: str | None
) -> None:
    env = environment(tmp_path)
    if value is None:
        del env[name]
    else:
        env[name] = value

    assert [line.partition(":")[0] for line in problems(env)] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOSME_PORTONE_URL", "http://api.portone.io"),
        ("KOSME_NICE_URL", "https://127.0.0.1:8001"),
        ("KOSME_JUSO_URL", "https://localhost"),
        ("KOSME_JUSO_URL", "https://[::1]:8001"),
        ("KOSME_JUSO_URL", "https://0.0.0.0:8001"),
        ("KOSME_SOLAPI_URL", "http://api.solapi.com"),
        ("KOSME_SOLAPI_SECRET", "sandbox-solapi-secret"),
        ("KOSME_SOLAPI_SENDER", "0212345678"),
        ("KOSME_SOLAPI_WEBHOOK_SECRET", "sandbox-webhook-secret"),
        ("KOSME_SMTP_HOST", "127.0.0.1"),
        ("KOSME_SMTP_HOST", "localhost"),
        ("KOSME_SMTP_PORT", "0"),
        ("KOSME_SMTP_SECURITY", "none"),
        ("KOSME_SMTP_PASSWORD", "sandbox-mail-password"),
        ("KOSME_MAIL_FROM", "KOSME <no-reply@sandbox.example>"),
        ("KOSME_MAIL_FROM", "no address"),
        ("KOSME_MAIL_FROM", "KOSME\r\nBcc: all@example.kr <no-reply@example.kr>"),
        ("KOSME_PUBLIC_URL", "http://jobs.example.kr"),
        ("KOSME_PUBLIC_URL", "https://127.0.0.1:8000"),
        ("KOSME_PORTONE_URL", "ftp://api.portone.io"),
        ("KOSME_PORTONE_URL", "api.portone.io"),
        ("KOSME_SECURE_COOKIES", "0"),
        ("KOSME_PORTONE_SECRET", "sandbox-portone-secret"),
        ("KOSME_NICE_CLIENT_SECRET", "sandbox-nice-secret"),
        ("KOSME_JUSO_KEY", "sandbox-juso-key"),
        ("KOSME_SECRET_KEY", "x" * 31),
        ("KOSME_IDENTITY_KEY", KEY[:-4]),
        ("KOSME_IDENTITY_KEY", "not base64 at all"),
        ("KOSME_NUMBER_KEYS", f"k1:{KEY[4:]}"),
        ("KOSME_NUMBER_KEYS", "k1"),
        ("KOSME_NUMBER_KEYS", KEY),
        ("KOSME_PROXY_HOPS", "6"),
        ("KOSME_PROXY_HOPS", "-1"),
        ("KOSME_PROXY_HOPS", "²"),
        ("KOSME_PASSWORD_MIN_LENGTH", "7"),
        ("KOSME_SESSION_DAYS", "0"),
        ("KOSME_SESSION_IDLE_HOURS", "many"),
        ("KOSME_LOG_LEVEL", "debug"),
        ("KOSME_SECURE_COOKIES", "yes"),
        ("KOSME_PORTONE_MODE", "popup"),
        ("KOSME_PORTONE_SDK_URL", "http://127.0.0.1:8001/v2/browser-sdk.js"),
        ("KOSME_PORTONE_WINDOW_ORIGINS", "https://a.example; script-src *"),
        ("KOSME_PORTONE_WINDOW_ORIGINS", "http://a.example"),
        ("KOSME_PORTONE_BYPASS", "[]"),
        ("KOSME_PORTONE_BYPASS", "{"),
        ("KOSME_NICE_NAME_FORMAT", "lower"),
        ("KOSME_JUSO_RESULT_TYPE", "csv"),
        ("KOSME_PROVIDER_SECONDS", "6"),
        ("KOSME_METRICS_TOKEN", "short"),
        ("KOSME_BACKUP_KEY", KEY[4:]),
        ("KOSME_ACCESS_LOG_DAYS", "729"),
    ],
)
def test_production_refuses_a_value_that_is_wrong_and_names_it(tmp_path: Path, name: str, value: str) -> None:
    told = problems(environment(tmp_path, **{name: value}))

    assert {line.partition(":")[0] for line in told} == {name}
    assert not any(value in line for line in told if name in SECRETS)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems({"KOSME_ENV": "production", "KOSME_DATA_DIR": str(tmp_path)})

    assert {line.partition(":")[0] for line in told} == {*SECRETS, *ADDRESSES, "KOSME_TRUSTED_HOSTS"}


def test_an_environment_that_is_neither_is_refused(tmp_path: Path) -> None:
    assert problems({"KOSME_DATA_DIR": str(tmp_path), "KOSME_ENV": "prod"})[0].startswith("KOSME_ENV:")


def test_a_slash_at_the_end_of_an_address_does_no_harm(tmp_path: Path) -> None:
    assert development(tmp_path, KOSME_JUSO_URL="http://127.0.0.1:9/").juso_url == "http://127.0.0.1:9"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    settings = Settings.from_env(environment(tmp_path, **OPTIONAL_SECRETS))

    shown = repr(settings)
    assert "canary" not in shown
    assert KEY not in shown
    assert str(base64.b64decode(KEY)) not in shown
    assert settings.nice_access_token == OPTIONAL_SECRETS["KOSME_NICE_ACCESS_TOKEN"]


def test_settings_never_change(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        development(tmp_path).secret_key = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"KOSME_NAVER_CLIENT_ID": "a"}, "KOSME_NAVER_CLIENT_SECRET"),
        ({"KOSME_KAKAO_CLIENT_SECRET": "a"}, "KOSME_KAKAO_CLIENT_ID"),
        ({"KOSME_KAKAO_ADMIN_KEY": "sandbox-kakao-admin-key"}, "KOSME_KAKAO_ADMIN_KEY"),
        ({"KOSME_FACEBOOK_URL": "http://www.facebook.com"}, "KOSME_FACEBOOK_URL"),
        ({"KOSME_SSO_CLIENT_ID": "a", "KOSME_SSO_CLIENT_SECRET": "b"}, "KOSME_SSO_CLIENT_"),
        ({"KOSME_SSO_TOKEN_AUTH": "none"}, "KOSME_SSO_TOKEN_AUTH"),
    ],
)
def test_production_refuses_half_a_provider_and_names_it(tmp_path: Path, more: dict[str, str], named: str) -> None:
    told = problems(environment(tmp_path, **more))

    assert told
    assert all(line.startswith(named) for line in told)


def test_production_offers_no_provider_unless_it_is_registered_there(tmp_path: Path) -> None:
    keys = {"KOSME_NAVER_CLIENT_ID": "live-id-canary", "KOSME_NAVER_CLIENT_SECRET": "live-secret-canary"}
    settings = Settings.from_env(environment(tmp_path, **keys))

    assert [name for name, one in settings.oauth.items() if one.is_offered] == ["naver"]
    assert "canary" not in repr(settings)


def test_development_offers_the_sandboxs_sns(tmp_path: Path) -> None:
    assert [name for name, one in development(tmp_path).oauth.items() if one.is_offered] == [
        "naver",
        "kakao",
        "facebook",
    ]
