"""회원정보 입력, 동의 (R-011, R-030…R-038): judged here, written by the account service."""

from collections.abc import Sequence
from dataclasses import replace

from wtforms.validators import ValidationError

from kosme_web.domain import address_codes, credentials, legal
from kosme_web.domain.code_lists import PROGRAM_TYPE, REFERRAL_ROUTE, SEEKER_TYPE
from kosme_web.domain.credentials import PasswordProblem
from kosme_web.models import Decision, IdentityVerification
from kosme_web.services.accounts import NewMember
from kosme_web.web.contact_fields import check_email
from kosme_web.web.fields import AtMost, BilingualForm, CodeField, Required, TextField, TickField
from kosme_web.web.languages import both
from kosme_web.web.toolbox import settings

ANSWERS = [("AGREED", both("Accept")), ("REFUSED", both("Refuse"))]
NO_ANSWER = both("Choose one. You may refuse and still join")
ID_TAKEN = both("This ID is taken. Choose another one")
PASSWORD_TEXTS = {
    PasswordProblem.TOO_LONG: both("Write at most 128 characters"),
    PasswordProblem.COMMON: both("This password is easy to guess. Choose words that do not belong together"),
    PasswordProblem.OWN_DATA: both("Do not build the password from your ID, name, birth date or phone number"),
}


class AnswerField(TextField):
    """수신동의 / 수신거부: an answer is required, a yes is not, and none is chosen beforehand."""

    def choices(self) -> Sequence[tuple[str, object]]:
        return ANSWERS


def check_answer(_form: BilingualForm, field: TextField) -> None:
    if field.text not in (Decision.AGREED, Decision.REFUSED):
        raise ValidationError(NO_ANSWER)


def agreement(label: object) -> TickField:
    return TickField(label, [Required(both("Read the text and agree to it, or you cannot join"))])


class KeysForm(BilingualForm):
    """What opens a membership without an SNS account."""

    login_id = TextField(both("ID"), [Required(both("Enter an ID")), AtMost(20)])
    password = TextField(both("Password"), [Required(both("Enter a password"))])


class SocialMemberForm(BilingualForm):
    """What an SNS account leaves out (R-011…R-014)."""

    email = TextField(both("Email"), [AtMost(254), check_email])
    road_address = TextField(both("Address"), [Required(both("Enter your address in Korea")), AtMost(200)])
    detail_address = TextField(both("Detailed address"), [AtMost(100)])
    found_address = TextField(both("Address"), [AtMost(200)])
    english_address = TextField(both("Address"), [AtMost(300)])
    postal_code = TextField(both("Address"), [AtMost(5)])
    address_codes = TextField(both("Address"), [AtMost(60)])
    seeker_type = CodeField(both("Type of job seeker"), SEEKER_TYPE, [Required(both("Choose your type of job seeker"))])
    program_type = CodeField(
        both("Type of participating project"), PROGRAM_TYPE, [Required(both("Choose the type of project"))]
    )
    referral_route = CodeField(
        both("How did you hear of us"), REFERRAL_ROUTE, [Required(both("Choose how you heard of us"))]
    )
    referral_other = TextField(both("In your own words"), [AtMost(100)])
    mkt_sns = AnswerField(both("Messages"), [Required(NO_ANSWER), check_answer])
    mkt_email = AnswerField(both("E-mail"), [Required(NO_ANSWER), check_answer])
    tos_privacy = agreement(both("Terms; collection and use"))
    corp_info = agreement(both("Company (credit) information"))
    uid_signup = agreement(both("Unique identification information"))
    third_party = agreement(both("Provision to third parties"))

    def agree_to_all(self) -> None:
        """Without the script, "agree to all" ticks the four required texts here; never the two answers."""
        for kind in legal.REQUIRED_AT_SIGN_UP:
            self[kind.lower()].data = "1"

    def judge(self, _proof: IdentityVerification) -> bool:
        return bool(self.validate())

    def member(self) -> NewMember:
        is_found = self.road_address.text == self.found_address.text
        details = {name: self[name].text for name in ("road_address", "detail_address", "seeker_type", "program_type")}
        details |= {name: self[name].text for name in ("referral_route", "referral_other")}
        details |= {name: self[name].text if is_found else "" for name in ("english_address", "postal_code")}
        codes = address_codes.split(self.address_codes.text if is_found else "")
        decisions = dict.fromkeys(legal.REQUIRED_AT_SIGN_UP, Decision.AGREED)
        decisions |= {kind: Decision(self[kind.lower()].text) for kind in legal.CHANNELS}
        return NewMember(details={**details, **codes, "email": self.email.text or None}, decisions=decisions)


class MemberForm(KeysForm, SocialMemberForm):
    """The whole form of general sign-up."""

    def validate_login_id(self, field: TextField) -> None:
        if not credentials.is_login_id(field.text):
            raise ValidationError(both("Write 4 to 20 letters (a-z) and digits"))

    def own_data(self, proof: IdentityVerification) -> list[str]:
        born = proof.birth_date
        return [
            self.login_id.text,
            *proof.name.split(),
            proof.name,
            f"{born:%Y%m%d}",
            f"{born:%y%m%d}",
            proof.phone_number[-8:],
        ]

    def judge(self, proof: IdentityVerification) -> bool:
        is_valid = super().judge(proof)
        shortest = settings().password_min_length
        found = credentials.password_problem(self.password.data or "", self.own_data(proof), shortest=shortest)
        if found and not self.password.errors:
            short = both("Write at least %(least)s characters", least=shortest)
            self.password.errors = (PASSWORD_TEXTS.get(found, short),)
            return False
        return is_valid

    def member(self) -> NewMember:
        return replace(super().member(), login_id=self.login_id.text, password=self.password.data or "")
