"""The agency's own window, as PortOne's browser SDK opens it: in a pop-up on a computer, in the page on a phone."""

import secrets
import time
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.portone import CHANNELS, MAGIC, NOT_OWNER, OPERATORS, WRONG_CARRIER
from kosme_web.sandbox.portone_person import CENTURIES
from kosme_web.sandbox.state import Verification, state

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' http: https:"
CARRIED = ("storeId", "identityVerificationId", "channelKey", "redirectUrl", "isPopup")
blueprint = Blueprint("portone_window", __name__, template_folder="templates")


@blueprint.after_request
def admit_own_script(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


@blueprint.get("/v2/<any('browser-sdk', 'window-done'):name>.js")
def script(name: str) -> ResponseReturnValue:
    return Response(render_template(f"{name}.js"), mimetype="text/javascript")


@blueprint.post("/window")
def show_window() -> ResponseReturnValue:
    """Ask for what the agency asks, with what the page that opened the window knows already filled in."""
    asked = request.form
    born = "".join(asked.get(f"birth{part}", "").zfill(2)[-2:] for part in ("Year", "Month", "Day"))
    known = {"name": asked.get("fullName", ""), "phoneNumber": asked.get("phoneNumber", ""), "digits": f"{born}6"}
    return render_template("window.html", known=known, carried={name: asked.get(name, "") for name in CARRIED})


@blueprint.post("/window/answer")
def answer() -> ResponseReturnValue:
    told = _settle()
    told |= {
        "transactionType": "IDENTITY_VERIFICATION",
        "identityVerificationId": request.form["identityVerificationId"],
        "identityVerificationTxId": f"tx-{secrets.token_hex(8)}",
    }
    if request.form.get("isPopup"):
        return render_template("window_done.html", told=told)
    return redirect(f"{request.form['redirectUrl']}?{urlencode(told)}", 303)


def _settle() -> dict[str, str]:
    """Verify, fail or cancel as the person pressed, and give the failure that the browser is told."""
    form, id_ = request.form, request.form["identityVerificationId"]
    known = state().verifications.get(id_)
    if known is not None and known.status == "VERIFIED":
        return {"code": "IdentityVerificationAlreadyVerified", "message": "이미 인증된 건입니다"}
    digits, phone = form.get("digits", ""), "".join(filter(str.isdecimal, form.get("phoneNumber", "")))
    if form["channelKey"] not in CHANNELS:
        return {"code": "ChannelNotFound", "message": "채널이 없습니다"}
    if form.get("press") == "cancel":
        return {"code": "PGProviderError", "message": "사용자가 취소했습니다", "pgCode": "CANCEL"}
    is_sound = len(digits) == 7 and digits.isdecimal() and digits[6] in CENTURIES and len(phone) > 4  # noqa: PLR2004
    customer = {"name": form.get("name", ""), "phoneNumber": phone or "0000", "identityNumber": digits}
    verification = Verification(id_, customer, form.get("operator", OPERATORS[0]), "APP", "", time.monotonic())
    verification.store, verification.channel = form["storeId"], form["channelKey"]
    is_good = is_sound and form.get("press") == "verify" and verification.magic not in (NOT_OWNER, WRONG_CARRIER)
    verification.settle("VERIFIED" if is_good else "FAILED")
    state().remember(verification)
    problem = MAGIC.get(verification.magic, ("본인인증에 실패했습니다",))[0]
    return {} if is_good else {"code": "PGProviderError", "message": problem, "pgMessage": problem}
