"""내 정보 → 로그인한 기기: where the member is logged in, and logging out there."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint
from kosme_web.domain.devices import device_name
from kosme_web.extensions import db
from kosme_web.services import log_in_sessions, members
from kosme_web.web.languages import both
from kosme_web.web.session import end_log_in, logged_in_user, own_token
from kosme_web.web.toolbox import settings


@blueprint.get("/devices")
def show_devices() -> ResponseReturnValue:
    found = log_in_sessions.open_ones(db.session(), logged_in_user(), idle=settings().session_idle)
    devices = [(one, device_name(one.device)) for one in found]
    return render_template("account/devices.html", devices=devices, here=log_in_sessions.token_hash(own_token()))


@blueprint.post("/devices/<uuid:log_in_id>/end")
def end_device(log_in_id: UUID) -> ResponseReturnValue:
    """Log out there; asked for twice, or for a log-in of somebody else, nothing happens."""
    log_in_sessions.end_one(db.session(), logged_in_user(), log_in_id)
    flash(both("That device was logged out"))
    return redirect(url_for(".show_devices"), HTTPStatus.SEE_OTHER)


@blueprint.post("/devices/end-others")
def end_others() -> ResponseReturnValue:
    members.end_other_log_ins(db.session(), logged_in_user(), here=own_token())
    flash(both("You were logged out on your other devices."))
    return redirect(url_for(".show_devices"), HTTPStatus.SEE_OTHER)


@blueprint.post("/devices/end-all")
def end_all() -> ResponseReturnValue:
    members.end_other_log_ins(db.session(), logged_in_user(), here=own_token())
    end_log_in()
    flash(both("You were logged out on all devices."))
    return redirect(url_for("log_in.log_in"), HTTPStatus.SEE_OTHER)
