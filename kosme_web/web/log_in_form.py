"""로그인: the form itself, which also stands where a page finds that its log-in has ended."""

from http import HTTPStatus

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.web import pending_social
from kosme_web.web.carried import Sealed
from kosme_web.web.fields import AtMost, BilingualForm, Required, TextField
from kosme_web.web.languages import both, both_as
from kosme_web.web.partials import is_htmx, partial_response


class LogInForm(BilingualForm):
    login_id = TextField(both("ID"), [Required(both("Enter your ID")), AtMost(100)])
    password = TextField(both("Password"), [Required(both("Enter your password")), AtMost(128)])
    name = TextField(both_as("log-in", "Name"), [Required(both_as("log-in", "Enter your name")), AtMost(100)])


def show_log_in(form: LogInForm, status: HTTPStatus, sealed: Sealed | None = None) -> ResponseReturnValue:
    """Show it in the dialog over a page that is open, as a page, or as the page that holds a post that met the end."""
    if is_htmx():
        for field in form:
            field.id = f"again-{field.id}"  # the page below may have one of that name
        return partial_response("log_in/_dialog.html", status=status, form=form)
    if sealed and sealed.texts:
        return render_template("log_in/again.html", form=form, sealed=sealed), status
    target = request.values.get("next", "")
    held = pending_social.pending() if target == url_for("account.confirm_link") else None
    linking = held and held.provider
    return render_template("log_in/log_in.html", form=form, next=target, linking=linking), status
