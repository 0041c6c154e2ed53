"""내 정보: what the service knows of a member, and where each of it is changed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint
from kosme_web.extensions import db
from kosme_web.services import social_accounts
from kosme_web.web.session import logged_in_user


@blueprint.get("")
def show_account() -> ResponseReturnValue:
    user = logged_in_user()
    return render_template("account/account.html", user=user, accounts=social_accounts.accounts_of(db.session(), user))
