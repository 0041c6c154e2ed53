"""내 정보 → 동의: every text as it was decided on, and the answers about messages, which may change at any time."""

from datetime import date
from http import HTTPStatus

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import AnyOf

from kosme_web.account import blueprint, proof
from kosme_web.domain import legal
from kosme_web.domain.legal import LegalText
from kosme_web.extensions import db
from kosme_web.models import Consent, Decision
from kosme_web.services import consents, identifier_withdrawal
from kosme_web.services.consents import Shown
from kosme_web.web.fields import BilingualForm, Required
from kosme_web.web.languages import both, page_display
from kosme_web.web.message_answers import AnswerField
from kosme_web.web.session import logged_in_user

CHECKS = [
    Required(both("Choose one of the list")),
    AnyOf(("AGREED", "REFUSED"), message=both("Choose one of the list")),
]


class ChannelsForm(BilingualForm):
    mkt_sns = AnswerField(both("Messages"), CHECKS)
    mkt_email = AnswerField(both("E-mail"), CHECKS)
    mkt_night = AnswerField(both("Advertising at night (21:00 to 08:00)"), CHECKS)


def shown_now() -> Shown:
    return Shown(page_display(), g.get("request_id", ""))


def answers_of(said: dict[str, Consent]) -> dict[str, str]:
    """Give how the answers stand; one that was taken back, or never given, is a refusal."""
    agreed = {kind for kind, one in said.items() if one.decision == Decision.AGREED}
    return {kind.lower(): Decision.AGREED if kind in agreed else Decision.REFUSED for kind in legal.ADVERTISING}


@blueprint.get("/consents")
def show_consents() -> ResponseReturnValue:
    said = consents.standing(db.session(), logged_in_user().id)
    return show_page(ChannelsForm(data=answers_of(said)))


@blueprint.post("/consents")
def change_channels() -> ResponseReturnValue:
    """Add a record of each answer that differs from the last one."""
    form, user = ChannelsForm(request.form), logged_in_user()
    if not form.validate():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    before = answers_of(consents.standing(db.session(), user.id))
    given = {kind: Decision(form[kind.lower()].text) for kind in legal.ADVERTISING}
    changed = {kind: answer for kind, answer in given.items() if answer != before[kind.lower()]}
    consents.decide(db.session(), user, changed, shown_now())
    return proof.done(both("Your answers about receiving messages were saved"))


@blueprint.get("/consents/<kind>/<version>")
def show_text(kind: str, version: str) -> ResponseReturnValue:
    """Give a text as the member decided on it, however old."""
    user = logged_in_user()
    decided = [one for one in consents.history(db.session(), user.id) if one.kind == kind]
    try:
        text = legal.get(kind, date.fromisoformat(version))
    except (KeyError, ValueError):
        abort(HTTPStatus.NOT_FOUND)
    return render_template("account/consent_text.html", text=text, decided=decided)


def show_page(form: ChannelsForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    session, user = db.session(), logged_in_user()
    said = consents.standing(session, user.id)
    rows: list[tuple[LegalText, Consent | None]] = []
    for kind in legal.CONSENTS:
        one = said.get(kind)
        rows.append((legal.get(kind, one.version) if one else legal.current(kind), one))
    can_withdraw = identifier_withdrawal.is_due(session, user)
    return render_template("account/consents.html", form=form, rows=rows, can_withdraw=can_withdraw), status
