"""Who is behind the request: the log-in the cookie points to, its start, its end, and what a page knows of it."""

import hashlib
import hmac
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from flask import Response, g, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from kosme_web.extensions import db, login_manager
from kosme_web.models import LogInSession, User
from kosme_web.services import log_in_sessions
from kosme_web.services.health import UNAVAILABLE
from kosme_web.web.toolbox import settings

TOKEN = "log_in"  # noqa: S105  the name of a value in the cookie, not one
BROWSER = "browser"
PROVED = "proved_at"
HIDING = "hides_personal_data"
FRESH_SECONDS = 300


@dataclass(frozen=True)
class Standing:
    """What a page is told of its log-in: an opaque mark of the person, and the seconds until it ends untouched."""

    person: str = ""
    seconds: int = 0


@dataclass(frozen=True)
class Unread:
    """Somebody whom the cookie names: the database is not asked who."""

    is_authenticated: bool


def is_logged_in() -> bool:
    return bool(cast("Any", current_user).is_authenticated)


def logged_in_user() -> User:
    """The user behind this request, on screens that only a logged-in user reaches."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001  Flask-Login has no other name for it


def standing() -> Standing:
    is_logged_in()  # reads the log-in, if nothing has yet
    return cast("Standing", g.get("standing", Standing()))


def person_mark(user_id: UUID) -> str:
    """Name a member to the pages of the member's own browsers; outside this site it means nothing."""
    return hmac.new(settings().secret_key.encode(), f"person|{user_id}".encode(), hashlib.sha256).hexdigest()[:24]


def introduce(response: Response) -> Response:
    """Tell a page that is open already who is logged in now, for how long, and the token that its forms need."""
    response.headers["Kosme-Person"] = standing().person
    response.headers["Kosme-Seconds"] = str(standing().seconds)
    response.headers["Kosme-Csrf"] = generate_csrf()
    return response


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
    for known in ("_login_user", "standing", "leaves_at"):
        g.pop(known, None)


def note_proof() -> None:
    """Note that the member has just shown to be the one: by a log-in, the password, or the SNS account."""
    session[PROVED] = int(time.time())
    session.pop(HIDING, None)


def hide_personal_data() -> None:
    """Keep number, phone, e-mail and address off this device's pages until the member proves again to be the one."""
    session[HIDING] = True


def is_hiding() -> bool:
    return HIDING in session


def is_freshly_proved() -> bool:
    proved = session.get(PROVED)
    return isinstance(proved, int) and proved > time.time() - FRESH_SECONDS


def own_token() -> str:
    """Give the token of this device's log-in, for what ends all the others."""
    return str(session.get(TOKEN, ""))


def end_other_log_ins(user: User) -> None:
    log_in_sessions.end_all(db.session(), user, but=own_token())
    db.session().commit()


def browser_key() -> str:
    """A random name for this browser's visit, to bind a verification to it."""
    return cast("str", session.setdefault(BROWSER, secrets.token_urlsafe(24)))


@login_manager.request_loader  # type: ignore[untyped-decorator]
def load_user(_request: object) -> User | None:
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    found = log_in_sessions.find(db.session(), token, idle=settings().session_idle)
    if found is None:
        return None
    g.standing, g.leaves_at = standing_of(found), found.user.leaves_at
    return found.user


def standing_of(found: LogInSession) -> Standing:
    left = log_in_sessions.time_left(found, idle=settings().session_idle)
    return Standing(person_mark(found.user_id), int(left.total_seconds()))


def peek() -> bool:
    """Tell whether the log-in is still open, without making a visit of the question."""
    token = session.get(TOKEN)
    found = log_in_sessions.peek(db.session(), token, idle=settings().session_idle) if isinstance(token, str) else None
    g._login_user = found.user if found else login_manager.anonymous_user()  # noqa: SLF001  where Flask-Login looks
    if found:
        g.standing = standing_of(found)
    return found is not None


def spare_database() -> None:
    """Undo what was begun, and have the rest of this request ask nothing of the database: it may be what failed."""
    with suppress(*UNAVAILABLE):
        db.session.rollback()
    g._login_user = Unread(TOKEN in session)  # noqa: SLF001  where Flask-Login looks
