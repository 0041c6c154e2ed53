"""내 정보 → 휴대폰 번호: the member is verified again with the new number, and then takes it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint, proof
from kosme_web.extensions import db
from kosme_web.services import identity, members
from kosme_web.services.identity import Purpose
from kosme_web.services.members import AnotherPersonError
from kosme_web.web.languages import both
from kosme_web.web.session import browser_key, logged_in_user

ANOTHER = both("The verified person is not the one this membership belongs to. Nothing was changed")


@blueprint.get("/phone")
def show_phone() -> ResponseReturnValue:
    found = identity.find_proof(db.session(), browser_key(), Purpose.PHONE)
    return render_template("account/phone.html", user=logged_in_user(), found=found)


@blueprint.post("/phone")
def change_phone() -> ResponseReturnValue:
    found = identity.find_proof(db.session(), browser_key(), Purpose.PHONE)
    if found is None:
        return redirect(url_for(".show_phone"), HTTPStatus.SEE_OTHER)
    try:
        members.change_phone(db.session(), logged_in_user(), found)
    except AnotherPersonError:
        flash(ANOTHER, "warn")
        return redirect(url_for(".show_phone"), HTTPStatus.SEE_OTHER)
    return proof.done(both("Your phone number was changed"))
