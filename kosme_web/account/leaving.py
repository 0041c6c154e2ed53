"""내 정보 → 회원탈퇴: what will be erased and when, the wish to leave, and staying after all."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.account import blueprint, proof
from kosme_web.domain.social import SocialProvider
from kosme_web.extensions import db
from kosme_web.models.base import now
from kosme_web.services import social_accounts, withdrawal
from kosme_web.web.fields import BilingualForm, Required, TickField
from kosme_web.web.languages import both
from kosme_web.web.leaving import outside_of
from kosme_web.web.session import end_log_in, logged_in_user, own_token
from kosme_web.web.toolbox import settings, toolbox

BY_US = both("the link ends here, and we have it ended there")
BY_PERSON = both("the link ends here. To end it there too, unlink it before you leave, or use your settings there")
HERE_ONLY = both("the link ends here")  # the provider knows none
ERASED = both("Your account is closed and your data are erased. Thank you for having been with us.")
ERASED_SOON = both("Your account is closed. Your data will be erased within the next hours.")


class LeaveForm(BilingualForm):
    is_sure = TickField(
        both("I have read this and want to close my account."), [Required(both("Tick this box to close your account"))]
    )


@blueprint.get("/leave")
def show_leaving() -> ResponseReturnValue:
    """Say what leaving means; to a member who has asked for it, how to stay."""
    user = logged_in_user()
    if user.leaves_at:
        return render_template("account/staying.html", day=user.leaves_at)
    return proof.wanted() or show_page(LeaveForm())


@blueprint.post("/leave")
def leave() -> ResponseReturnValue:
    form, user = LeaveForm(request.form), logged_in_user()
    if user.is_leaving:
        return redirect(url_for(".show_leaving"), HTTPStatus.SEE_OTHER)
    if not form.validate():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if missing := proof.missing():
        return show_page(form, missing)
    withdrawal.begin(db.session(), user, grace=settings().periods.grace, here=own_token())
    if not settings().periods.leaving:
        return leave_at_once(user.id)
    return redirect(url_for(".show_leaving"), HTTPStatus.SEE_OTHER)


def leave_at_once(user_id: UUID) -> ResponseReturnValue:
    """Erase this member now; where a provider is away, the worker does so a little later."""
    end_log_in()
    is_done = withdrawal.release_and_erase(db.session(), user_id, outside_of(toolbox()), now())
    flash(ERASED if is_done else ERASED_SOON)
    return redirect(url_for("log_in.log_in"), HTTPStatus.SEE_OTHER)


@blueprint.post("/leave/stay")
def stay() -> ResponseReturnValue:
    withdrawal.take_back(db.session(), logged_in_user())
    return proof.done(both("You keep your account. Everything is as it was: what was published is shown again."))


def end_of_link(provider: str) -> Markup:
    """Say what becomes of the link at the provider; Naver ends it for the person only, Kakao for who has its key."""
    if provider == SocialProvider.SSO:
        return HERE_ONLY
    is_ours = provider == SocialProvider.FACEBOOK or (provider == SocialProvider.KAKAO and toolbox().kakao.admin_key)
    return BY_US if is_ours else BY_PERSON


def show_page(form: LeaveForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    user = logged_in_user()
    accounts = social_accounts.accounts_of(db.session(), user)
    page = {
        "days": settings().periods.leaving,
        "extent": withdrawal.extent(db.session(), user),
        "links": [(one.provider, end_of_link(one.provider)) for one in accounts],
        "asks_proof": status is HTTPStatus.FORBIDDEN,
    }
    return render_template("account/leave.html", form=form, **page), status
