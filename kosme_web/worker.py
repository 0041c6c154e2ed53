"""``python -m kosme_web.worker``: sends what waits in the outbox, until it is told to stop; tidies up daily."""

import signal
from datetime import timedelta
from threading import Event
from time import monotonic

import structlog
from flask import Flask

from kosme_web.extensions import db
from kosme_web.models.base import now
from kosme_web.services import access_log, consents
from kosme_web.services.draft_photos import forget_unused, remove_orphans
from kosme_web.services.sending import Courier, Step, step
from kosme_web.web import message_texts
from kosme_web.web.toolbox import NAME, Toolbox

IDLE_SECONDS, TROUBLE_SECONDS = 1.0, 5.0
ORPHAN_AGE = timedelta(days=1)  # a younger file may belong to a request that is still under way
TIDY_SECONDS = 86_400.0
log = structlog.get_logger()


def run(app: Flask, end: Event) -> None:
    """Take one step after the other; rest when nothing is due, longer when the database or we ourselves failed."""
    with app.app_context():
        courier = courier_of(app)
        tidied = tidy(app)
        while not end.is_set():
            if monotonic() > tidied + TIDY_SECONDS:
                tidied = tidy(app)
            try:
                done = step(db.session(), courier)
                rest = 0.0 if done else IDLE_SECONDS
            except Exception as error:
                log.exception("outbox step failed", error=type(error).__name__)
                done, rest = None, TROUBLE_SECONDS
            finally:
                db.session.remove()
            tell(done)
            end.wait(rest)


def tidy(app: Flask) -> float:
    """Remove photos that nobody can see again, and what crashes left in their store; say when, for the next time."""
    tools: Toolbox = app.extensions[NAME]
    remind_of_consents()
    trim_access_log(tools)
    before = now() - ORPHAN_AGE
    try:
        forget_unused(db.session(), before)
        count = remove_orphans(db.session(), tools.photo_store, before)
    except Exception as error:
        log.exception("tidying the photo store failed", error=type(error).__name__)
    else:
        if count:
            log.info("photo store tidied", removed=count)
    finally:
        db.session.remove()
    return monotonic()


def remind_of_consents() -> None:
    """Put the reminders that are due into the outbox; if that fails, the next time tries again."""
    try:
        consents.remind(db.session())
    except Exception as error:
        log.exception("reminding of consents failed", error=type(error).__name__)
    finally:
        db.session.remove()


def trim_access_log(tools: Toolbox) -> None:
    """Cut what is older than its period, and leave the newest row in this log: nobody can change it there."""
    try:
        removed = access_log.remove_before(db.session(), now() - timedelta(days=tools.settings.access_log_days))
        head = access_log.head(db.session())
    except Exception as error:
        log.exception("trimming the access log failed", error=type(error).__name__)
    else:
        if head.sequence:
            log.info("access log", removed=removed, head=str(head))
    finally:
        db.session.remove()


def courier_of(app: Flask) -> Courier:
    tools: Toolbox = app.extensions[NAME]
    return Courier(tools.sms, tools.mail, message_texts.render)


def tell(done: Step | None) -> None:
    if done is None:
        return
    write = log.error if done.needs_staff else log.info
    write(
        "outbox message needs staff" if done.needs_staff else "outbox message",
        id=str(done.id),
        kind=done.kind,
        channel=done.channel,
        state=done.state,
        error=done.error,
    )


def main() -> None:
    from wsgi import app  # noqa: PLC0415  reads the settings of this machine: only when run

    end = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: end.set())
    run(app, end)


if __name__ == "__main__":
    main()
