"""회원정보 입력, 동의 (R-011, R-030…R-038): judged here, written by the account service."""

from dataclasses import replace

from kosme_web.domain import legal
from kosme_web.domain.code_lists import REFERRAL_ROUTE
from kosme_web.models import Decision, IdentityVerification
from kosme_web.services.accounts import NewMember
from kosme_web.web.fields import AtMost, CodeField, Required, TextField, TickField
from kosme_web.web.languages import both
from kosme_web.web.member_forms import EmailForm, PlaceForm
from kosme_web.web.message_answers import NO_ANSWER, AnswerField, check_answer
from kosme_web.web.passwords import KeysForm, is_good_password, own_data


def agreement(label: object) -> TickField:
    return TickField(label, [Required(both("Read the text and agree to it, or you cannot join"))])


class SocialMemberForm(EmailForm, PlaceForm):
    """What an SNS account leaves out (R-011…R-014)."""

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
        details = self.details() | {name: self[name].text for name in ("referral_route", "referral_other")}
        decisions = dict.fromkeys(legal.REQUIRED_AT_SIGN_UP, Decision.AGREED)
        decisions |= {kind: Decision(self[kind.lower()].text) for kind in legal.CHANNELS}
        return NewMember(details={**details, "email": self.email.text or None}, decisions=decisions)


class MemberForm(KeysForm, SocialMemberForm):
    """The whole form of general sign-up."""

    def judge(self, proof: IdentityVerification) -> bool:
        is_valid = super().judge(proof)
        return is_good_password(self.password, own_data(proof, self.login_id.text)) and is_valid

    def member(self) -> NewMember:
        return replace(super().member(), login_id=self.login_id.text, password=self.password.data or "")
