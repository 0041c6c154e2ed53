"""Checks of a phone number, an e-mail address and a Latin name, for every form that asks for one."""

from email_validator import EmailNotValidError, validate_email
from wtforms.validators import ValidationError

from kosme_web.domain import names, phone_numbers
from kosme_web.domain.phone_numbers import PhoneNumberError, PhoneProblem
from kosme_web.web.fields import BilingualForm, TextField
from kosme_web.web.languages import both

PHONE_TEXTS = {
    PhoneProblem.EMPTY: both("Enter your mobile phone number"),
    PhoneProblem.LENGTH: both("Write 010 and 8 more digits, such as 010-1234-5678"),
    PhoneProblem.OLD_PREFIX: both("Numbers with 011, 016, 017, 018 or 019 are no longer in use. Write a 010 number"),
    PhoneProblem.NOT_MOBILE: both("Write a mobile number that begins with 010"),
    PhoneProblem.NOT_DIGITS: both("Write the number with digits, such as 010-1234-5678"),
}

EMPTY_PHONE = PHONE_TEXTS[PhoneProblem.EMPTY]


def check_phone(_form: BilingualForm, field: TextField) -> None:
    try:
        phone_numbers.parse_mobile(field.text)
    except PhoneNumberError as error:
        raise ValidationError(PHONE_TEXTS[error.problem]) from None


def check_email(_form: BilingualForm, field: TextField) -> None:
    if not field.text:
        return
    if "@" not in field.text:
        raise ValidationError(both("Write an address with an @"))
    try:
        validate_email(field.text, check_deliverability=False)
    except EmailNotValidError:
        raise ValidationError(both("Write an address such as name@example.com")) from None


def check_english_name(_form: BilingualForm, field: TextField) -> None:
    if not names.is_english_name(field.text):
        raise ValidationError(both("Use Latin letters, spaces, hyphens, apostrophes and full stops only"))
