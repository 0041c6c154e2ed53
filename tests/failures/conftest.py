"""The stages of the matrix, and the table that `make failures` prints at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db
from tests.conftest import COMPILED, Server, settings_for
from tests.failures.certificates import Certificates
from tests.failures.gate import HOST, Fault, Gate
from tests.failures.mail_gate import MailGate
from tests.failures.stage import Stage

ADAPTERS = {
    "identity_verification": ("PORTONE_URL",),
    "name_check": ("NICE_URL",),
    "address_search": ("JUSO_URL",),
    "sms": ("SOLAPI_URL",),
    "naver": ("NAVER_URL", "NAVER_API_URL"),
    "kakao": ("KAKAO_URL", "KAKAO_API_URL"),
    "facebook": ("FACEBOOK_URL", "FACEBOOK_GRAPH_URL"),
    "institutional_sso": ("SSO_ISSUER",),  # the sandbox's Kakao is an OpenID provider like any other
}  # and the settings that lead to its gate; the gate of mail is of another kind
PATHS = {"naver": "/naver", "kakao": "/kakao", "facebook": "/facebook", "institutional_sso": "/kakao"}
SSO = {"CLIENT_ID": "sandbox-kakao-client", "CLIENT_SECRET": "sandbox-kakao-secret", "TOKEN_AUTH": "client_secret_post"}
Staging = Callable[[Fault], Stage]


@pytest.fixture(scope="session")
def staging(
    tmp_path_factory: pytest.TempPathFactory, sandbox: Server, sandbox_app: Flask, template_database: Path
) -> Iterator[Staging]:
    """One site over HTTP and one over HTTPS for all faults: each has to survive every one before."""
    made: dict[bool, Stage] = {}
    certificates = Certificates.make(tmp_path_factory.mktemp("certificates"))

    def build(*, is_sealed: bool) -> Stage:
        folder = tmp_path_factory.mktemp("stage")
        (folder / "kosme.db").write_bytes(template_database.read_bytes())
        known = certificates if is_sealed else None
        gates = {adapter: Gate(sandbox.url, known) for adapter in ADAPTERS}
        gates["mail"] = MailGate(f"smtp://{HOST}:{sandbox.mail_port}", known)
        app = create_app(settings_through(folder, sandbox, gates))
        app.jinja_env.bytecode_cache = COMPILED
        return Stage(app, sandbox.url, gates, sandbox_app.extensions["state"])

    def stage_for(fault: Fault) -> Stage:
        is_sealed = fault is Fault.TLS
        made[is_sealed] = made.get(is_sealed) or build(is_sealed=is_sealed)
        made[is_sealed].reset()
        return made[is_sealed]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificates.bundle))
        patch.setenv("SSL_CERT_FILE", str(certificates.bundle))  # for mail
        patch.setattr(sandbox_app, "wsgi_app", ProxyFix(sandbox_app.wsgi_app, x_for=0))  # it is told of HTTPS
        yield stage_for
    for stage in made.values():
        with stage.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for gate in stage.gates.values():
            gate.close()


def settings_through(folder: Path, sandbox: Server, gates: dict[str, Gate]) -> Settings:
    env = {"KOSME_DATA_DIR": str(folder), "KOSME_LOG_LEVEL": "ERROR"}
    urls = {
        f"KOSME_{setting}": f"{gates[adapter].url}{PATHS.get(adapter, '')}"
        for adapter, settings in ADAPTERS.items()
        for setting in settings
    }
    mail = gates["mail"]
    urls |= {"KOSME_SMTP_HOST": HOST, "KOSME_SMTP_PORT": str(mail.port)}
    urls |= {"KOSME_SMTP_SECURITY": "tls" if mail.certificates else "none"}
    urls |= {f"KOSME_SSO_{name}": value for name, value in SSO.items()}
    usual = settings_for(folder, sandbox)
    return Settings.from_env({**env, **urls, "KOSME_PASS_QR_URL": usual.pass_qr_url})


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401  pytest's own
    """Print a line a service and a column a fault: the languages that passed, and the longest answer."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    cells: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for report in reports:
        for name, (row, fault, language, seconds) in report.user_properties:
            if name == "cell" and report.when == "call":
                told = language if report.passed else f"{language} FAILED"
                cells.setdefault((row, fault), []).append((told, seconds))
    if not cells:
        return
    faults = [fault for fault in Fault if any(fault == told for _, told in cells)]
    terminalreporter.write_line("")
    terminalreporter.write_line("| service | " + " | ".join(faults) + " |")
    terminalreporter.write_line("|---" * (len(faults) + 1) + "|")
    for row in dict.fromkeys(row for row, _ in cells):
        told = [cells.get((row, fault), []) for fault in faults]
        shown = [f"{' '.join(sorted(one for one, _ in cell))} {max(s for _, s in cell):.1f} s" for cell in told if cell]
        terminalreporter.write_line(f"| {row} | " + " | ".join(shown) + " |")
    passed = sum(not one.endswith("FAILED") for cell in cells.values() for one, _ in cell)
    terminalreporter.write_line(f"{passed} of {sum(map(len, cells.values()))} cells pass; seconds: the longest answer")
