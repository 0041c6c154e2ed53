"""Who is behind the request: the log-in the cookie points to, its start and its end."""

import secrets
from typing import Any, cast

from flask import g, request, session
from flask_login import current_user

from kosme_web.extensions import db, login_manager
from kosme_web.models import LogInSession, User
from kosme_web.services import log_in_sessions
from kosme_web.web.toolbox import settings

TOKEN = "log_in"  # noqa: S105  the name of a value in the cookie, not one
BROWSER = "browser"


def is_logged_in() -> bool:
    return bool(cast("Any", current_user).is_authenticated)


def logged_in_user() -> User:
    """The user behind this request, on screens that only a logged-in user reaches."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001  Flask-Login has no other name for it


def start_log_in(user: User) -> None:
    """Open a new log-in and forget everything the visitor's session held: no identifier survives the rise."""
    end_log_in()
    session.clear()
    session.permanent = True
    session[TOKEN] = log_in_sessions.start(
        db.session(), user, device=request.user_agent.string[:200], lifetime=settings().session_lifetime
    )


def end_log_in() -> None:
    """End the log-in of this device, in the table too: a copied cookie opens nothing afterwards."""
    if TOKEN in session:
        log_in_sessions.end(db.session(), session[TOKEN])
    session.clear()
    g.pop("_login_user", None)


def browser_key() -> str:
    """A random name for this browser's visit, to bind a verification to it."""
    return cast("str", session.setdefault(BROWSER, secrets.token_urlsafe(24)))


@login_manager.request_loader  # type: ignore[untyped-decorator]
def load_user(_request: object) -> User | None:
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    found: LogInSession | None = log_in_sessions.find(db.session(), token, idle=settings().session_idle)
    return found.user if found else None
