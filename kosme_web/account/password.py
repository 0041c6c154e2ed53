"""내 정보 → 비밀번호: another one, or the first with an ID for who came by an SNS account."""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint, proof
from kosme_web.account.proof import PasswordForm
from kosme_web.extensions import db
from kosme_web.services import members
from kosme_web.services.accounts import LoginIdTakenError
from kosme_web.web.fields import TextField
from kosme_web.web.languages import both
from kosme_web.web.passwords import ID_TAKEN, REQUIRED, KeysForm, is_good_password, own_data
from kosme_web.web.session import logged_in_user, own_token

CHANGED = both("Your password was changed. You were logged out on all other devices.")
IS_SET = both("An ID and a password were set. They open your membership from now on.")


class ChangeForm(PasswordForm):
    new_password = TextField(both("New password"), [REQUIRED])

    def judge(self) -> bool:
        """Judge the new one first: a guess at the old one is counted only with a new one that would do."""
        user = logged_in_user()
        self.validate()
        is_good = is_good_password(self.new_password, own_data(user, user.login_id or ""))
        return is_good and self.is_right()


class FirstKeysForm(KeysForm):
    def judge(self) -> bool:
        is_valid = self.validate()
        return is_good_password(self.password, own_data(logged_in_user(), self.login_id.text)) and is_valid


@blueprint.get("/password")
def show_password() -> ResponseReturnValue:
    if logged_in_user().password_hash:
        return show_page(ChangeForm())
    return proof.wanted() or show_page(FirstKeysForm())


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    if logged_in_user().password_hash is None:
        return set_keys(FirstKeysForm(request.form))
    form = ChangeForm(request.form)
    if not form.judge():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    members.change_password(db.session(), logged_in_user(), form.new_password.data or "", here=own_token())
    return proof.done(CHANGED)


def set_keys(form: FirstKeysForm) -> ResponseReturnValue:
    if not form.judge():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if missing := proof.missing():
        return show_page(form, missing)
    user, login_id = logged_in_user(), form.login_id.text
    try:
        members.set_keys(db.session(), user, login_id, form.password.data or "", here=own_token())
    except LoginIdTakenError:
        form.login_id.errors = (ID_TAKEN,)
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return proof.done(IS_SET)


def show_page(form: ChangeForm | FirstKeysForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    looks = {"has_password": isinstance(form, ChangeForm), "asks_proof": status is HTTPStatus.FORBIDDEN}
    return render_template("account/password.html", form=form, **looks), status
