"""보안 안내의 내용: what was done to an account, what to do if it was somebody else, and what was asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from kosme_web.services import security_notices as kinds
from kosme_web.web.email_codes import code_of
from kosme_web.web.formats import SEOUL, day_in
from kosme_web.web.languages import message, only
from kosme_web.web.letters import Letter, link_to
from kosme_web.web.social_names import name_in

Parameters = Mapping[str, str]
Writer = Callable[[str, Parameters], Letter]
EVENTS = {
    kinds.PASSWORD_CHANGED: message("Your password was changed. You were logged out on all other devices."),
    kinds.PASSWORD_SET: message("An ID and a password were set. They open your membership from now on."),
    kinds.EMAIL_CHANGED: message("The e-mail address of your membership was changed."),
    kinds.PHONE_CHANGED: message("The phone number of your membership was changed."),
    kinds.SNS_LINKED: message("An SNS account was linked to your membership. It opens your membership from now on."),
    kinds.SNS_UNLINKED: message("The link to an SNS account was ended. It no longer opens your membership."),
    kinds.LOGGED_OUT_EVERYWHERE: message("You were logged out on your other devices."),
    kinds.STAYING: message("You keep your account. It will not be erased."),
    kinds.NUMBER_ERASED: message("Your foreigner registration number was erased, and your résumés were withdrawn."),
}


def _event(text: str, lang: str, _parameters: Parameters) -> Letter:
    return Letter(
        only("A change to your membership", lang),
        (only(text, lang), only("If it was not you, set a new password at once: that ends all log-ins.", lang)),
        link=_recovery(),
        link_text=only("Set a new password", lang),
    )


def _new_device(lang: str, parameters: Parameters) -> Letter:
    return Letter(
        only("You logged in on a new device", lang),
        (
            only("The device: %(device)s", lang, device=parameters["device"] or only("Unknown device", lang)),
            only("If it was not you, set a new password at once: that ends all log-ins.", lang),
        ),
        link=_recovery(),
        link_text=only("Set a new password", lang),
    )


def _leaving(lang: str, parameters: Parameters) -> Letter:
    day = datetime.fromisoformat(parameters["leaves_at"]).astimezone(SEOUL).date()
    return Letter(
        only("You asked to close your account", lang),
        (
            only("Your account and everything in it will be erased on %(day)s.", lang, day=day_in(day, lang)),
            only("To keep it, or if it was not you, log in before that day and press “Keep my account”.", lang),
        ),
        link=_log_in(),
        link_text=only("Log in", lang),
    )


def _login_id(lang: str, parameters: Parameters) -> Letter:
    return Letter(only("Your ID", lang), (_ways_in(lang, parameters),), link=_log_in(), link_text=only("Log in", lang))


def _password_reset(lang: str, parameters: Parameters) -> Letter:
    return Letter(
        only("Your new password is set", lang),
        (
            _ways_in(lang, parameters),
            only("You were logged out on all devices.", lang),
            only("If it was not you, write to us at once.", lang),
        ),
        link=_log_in(),
        link_text=only("Log in", lang),
    )


def _ways_in(lang: str, parameters: Parameters) -> str:
    """Name what opens the membership: the ID, else the SNS accounts."""
    if parameters["login_id"]:
        return only("Your ID is %(login_id)s.", lang, login_id=parameters["login_id"])
    accounts = ", ".join(name_in(one, lang) for one in parameters["accounts"].split(",") if one)
    if accounts:
        told = message("You have no ID. Log in with: %(accounts)s. Or set a password: then you get an ID.")
        return only(told, lang, accounts=accounts)
    return only("You have no ID yet. Set a password: then you get an ID.", lang)


def _no_membership(lang: str, _parameters: Parameters) -> Letter:
    return Letter(
        only("No membership was found", lang),
        (only("You were verified, but you have not signed up with us yet.", lang),),
        link=link_to("sign_up.choose_method"),
        link_text=only("Sign up", lang),
    )


def _email_code(lang: str, parameters: Parameters) -> Letter:
    return Letter(
        only("Confirm your e-mail address", lang),
        (
            only("Your code is %(code)s.", lang, code=code_of(parameters["change_id"])),
            only("Type it on the page where you wrote this address. It is valid for one hour.", lang),
            only("If you did not ask for this, do nothing. The address is then not used.", lang),
        ),
    )


def _log_in() -> str:
    return link_to("log_in.log_in")


def _recovery() -> str:
    return link_to("identity.ask_identity", way="recover")


WRITERS: dict[str, Writer] = {
    kinds.NEW_DEVICE: _new_device,
    kinds.LEAVING: _leaving,
    kinds.LOGIN_ID: _login_id,
    kinds.PASSWORD_RESET: _password_reset,
    kinds.NO_MEMBERSHIP: _no_membership,
    kinds.EMAIL_CODE: _email_code,
    **{kind: partial(_event, text) for kind, text in EVENTS.items()},
}
