"""내 정보 → 고유식별정보 동의 철회 (R-125, N25): one clear warning, then the number is gone everywhere."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint, proof
from kosme_web.account.consents import shown_now
from kosme_web.extensions import db
from kosme_web.services import identifier_withdrawal
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user

ERASED = both("Your foreigner registration number was erased, and your résumés are not published any more.")


@blueprint.get("/consents/identifier")
def ask_withdrawal() -> ResponseReturnValue:
    extent = identifier_withdrawal.extent(db.session(), logged_in_user())
    return render_template("account/identifier_consent.html", extent=extent)


@blueprint.post("/consents/identifier")
def withdraw_identifier() -> ResponseReturnValue:
    identifier_withdrawal.withdraw(db.session(), logged_in_user(), shown_now())
    return proof.done(ERASED)
