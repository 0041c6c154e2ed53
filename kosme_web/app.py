"""Assembles the site: nothing imports this module but ``wsgi.py`` and the tests."""

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.templating import Environment
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from kosme_web import account, home, identity, log_in, resume, sign_up, webhooks
from kosme_web.config import Settings
from kosme_web.domain import code_lists, legal
from kosme_web.extensions import compress, csrf, db, engine_options, limiter, login_manager, migrate
from kosme_web.web import (
    address_commands,
    address_search,
    assets,
    audit_commands,
    backup_commands,
    errors,
    fields,
    formats,
    frame,
    headers,
    key_commands,
    languages,
    oauth,
    options,
    outbox_commands,
    request_log,
    session,
    social_names,
    toolbox,
    university_commands,
)
from kosme_web.web.headers import FORM_BYTES
from kosme_web.web.requests import CleanRequest

PROJECT_ROOT = Path(__file__).parent.parent


class SharedGlobals(Environment):
    """Templates share one table of globals: looking an import up asks for all names of a chain of tables otherwise."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Site(Flask):
    jinja_environment = SharedGlobals
    request_class = CleanRequest


def create_app(settings: Settings) -> Flask:
    """Build the site from checked settings; touches no network and no database."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    request_log.configure(settings.log_level)
    app = Site(__name__, template_folder=PROJECT_ROOT / "templates", static_folder=None)
    app.jinja_options = {"cache_size": -1}  # all our templates: the bounded cache costs each look-up a walk
    app.config.from_mapping(flask_settings(settings))
    toolbox.install(app, settings)
    request_log.install(app)
    headers.install(app)  # before the CSRF check, which reads the body that this bounds
    for extension in (db, csrf, login_manager, limiter, compress):
        extension.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    oauth.install(app, settings)
    errors.install(app)
    prepare_templates(app)
    for screens in (home, identity, sign_up, log_in, account, resume, webhooks):
        app.register_blueprint(screens.blueprint)
    app.register_blueprint(resume.shared)
    for group in (outbox_commands, audit_commands, key_commands, backup_commands):
        app.cli.add_command(group.commands)
    app.cli.add_command(address_commands.import_addresses)
    app.cli.add_command(university_commands.import_universities)
    serve_files(app, settings)
    return app


def flask_settings(settings: Settings) -> dict[str, object]:
    name = "session"
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": f"__Host-{name}" if settings.has_secure_cookies else name,
        "SESSION_COOKIE_SECURE": settings.has_secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": settings.session_lifetime,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "RATELIMIT_STORAGE_URI": settings.rate_limit_storage,
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_ZSTD_LEVEL": 3,
        "COMPRESS_MIN_SIZE": 500,
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "image/svg+xml"],
    }


def prepare_templates(app: Flask) -> None:
    helpers = (
        languages.both,
        languages.both_n,
        languages.each,
        languages.message,
        languages.only,
        languages.page_display,
        languages.page_language,
        assets.asset,
        frame.framed,
        session.is_hiding,
        session.is_logged_in,
        session.standing,
        languages.pair,
        fields.complaints_of,
        fields.draft_id_of,
        address_search.choice_value,
        options.named,
        social_names.account_name,
        social_names.continue_with,
        social_names.has_sso,
        social_names.member_id,
        social_names.of_provider,
        social_names.offered_sns,
        social_names.provider_name,
    )
    for helper in helpers:
        app.add_template_global(helper)
    app.jinja_env.globals.update(code_lists=vars(code_lists), legal_text=legal.current)
    for name, filter_ in formats.FILTERS.items():
        app.add_template_filter(cast("Callable[..., Any]", filter_), name)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def serve_files(app: Flask, settings: Settings) -> None:
    files = WhiteNoise(
        app.wsgi_app,
        root=assets.DIST,
        prefix=assets.PREFIX,
        immutable_file_test=assets.is_immutable,
        add_headers_function=headers.add_file_headers,
    )
    app.wsgi_app = ProxyFix(files, *[settings.proxy_hops] * 4) if settings.proxy_hops else files  # type: ignore[method-assign]
