"""Who is behind the request: the log-in the cookie points to, its start and its end."""

import secrets
import time
from typing import Any, cast

from flask import g, request, session
from flask_login import current_user

from kosme_web.extensions import db, login_manager
from kosme_web.models import LogInSession, User
from kosme_web.services import log_in_sessions
from kosme_web.web.toolbox import settings

TOKEN = "log_in"  # noqa: S105  the name of a value in the cookie, not one
BROWSER = "browser"
PROVED = "proved_at"
FRESH_SECONDS = 300


def is_logged_in() -> bool:
    return bool(cast("Any", current_user).is_authenticated)


def logged_in_user() -> User:
    """The user behind this request, on screens that only a logged-in user reaches."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001  Flask-Login has no other name for it


def start_log_in(user: User, *, keep: str = "") -> None:
    """Open a new log-in and forget what the visitor's session held, but for ``keep``: no identifier survives it."""
    kept = {keep: session[keep]} if keep in session else {}
    end_log_in()
    session.update(kept)
    session.permanent = True
    note_proof()
    session[TOKEN] = log_in_sessions.start(
        db.session(), user, device=request.user_agent.string[:200], lifetime=settings().session_lifetime
    )


def end_log_in() -> None:
    """End the log-in of this device, in the table too: a copied cookie opens nothing afterwards."""
    if TOKEN in session:
        log_in_sessions.end(db.session(), session[TOKEN])
    session.clear()
    g.pop("_login_user", None)


def note_proof() -> None:
    """Note that the member has just shown to be the one: by a log-in, the password, or the SNS account."""
    session[PROVED] = int(time.time())


def is_freshly_proved() -> bool:
    proved = session.get(PROVED)
    return isinstance(proved, int) and proved > time.time() - FRESH_SECONDS


def end_other_log_ins(user: User) -> None:
    log_in_sessions.end_all(db.session(), user, but=session.get(TOKEN, ""))


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
