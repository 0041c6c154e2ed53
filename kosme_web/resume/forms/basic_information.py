"""이력서 제목, 기본정보: title, names, phone, e-mail, nationality, visa (R-100…R-110)."""

from datetime import date

from email_validator import EmailNotValidError, validate_email
from wtforms.validators import ValidationError

from kosme_web.domain import names, phone_numbers, visa_rules
from kosme_web.domain.code_lists import NATIONALITY, VISA, VISA_SUBTYPE
from kosme_web.domain.phone_numbers import PhoneNumberError, PhoneProblem
from kosme_web.web.fields import (
    AtMost,
    Between,
    BilingualForm,
    CodeField,
    Required,
    TextField,
    whole_number,
)
from kosme_web.web.languages import both

PHONE_TEXTS = {
    PhoneProblem.EMPTY: both("Enter your mobile phone number"),
    PhoneProblem.LENGTH: both("Write 010 and 8 more digits, such as 010-1234-5678"),
    PhoneProblem.OLD_PREFIX: both("Numbers with 011, 016, 017, 018 or 019 are no longer in use. Write a 010 number"),
    PhoneProblem.NOT_MOBILE: both("Write a mobile number that begins with 010"),
    PhoneProblem.NOT_DIGITS: both("Write the number with digits, such as 010-1234-5678"),
}


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


class TitleForm(BilingualForm):
    title = TextField(both("Title of Resume"), [Required(both("Enter a title")), AtMost(100)])


class BasicInformation(BilingualForm):
    english_name = TextField(
        both("English Name"), [Required(both("Enter your name in English")), AtMost(100), check_english_name]
    )
    phone_number = TextField(both("Phone number"), [Required(PHONE_TEXTS[PhoneProblem.EMPTY]), check_phone])
    email = TextField(both("Email"), [AtMost(254), check_email])
    nationality = CodeField(both("Nationality"), NATIONALITY, [Required(both("Choose your nationality"))])
    visa = CodeField(both("Visa"), VISA, [Required(both("Choose your visa"))])
    visa_subtype = CodeField(both("Visa subtype"), VISA_SUBTYPE, parent="visa")
    visa_expires_year = TextField(both("Year"), [Between(1990, 2100)])
    visa_expires_month = TextField(both("Month"), [Between(1, 12)])
    visa_expires_day = TextField(both("Day"), [Between(1, 31)])

    def validate_visa_expires_year(self, field: TextField) -> None:
        """Ask for the whole date, except of those whose stay does not end (F-5)."""
        parts = (field, self.visa_expires_month, self.visa_expires_day)
        if not any(part.text for part in parts):
            if visa_rules.needs_expiry(self.visa.text):
                raise ValidationError(both("Enter the date your visa ends"))
        elif not all(part.text for part in parts):
            raise ValidationError(both("Enter the year, the month and the day"))

    def validate_visa_expires_day(self, field: TextField) -> None:
        numbers = [whole_number(part) for part in (self.visa_expires_year, self.visa_expires_month, field)]
        if None in numbers or self.visa_expires_year.errors or self.visa_expires_month.errors:
            return
        if _date(*numbers) is None:
            raise ValidationError(both("There is no such day in that month"))

    @property
    def visa_expires_on(self) -> date | None:
        parts = (self.visa_expires_year, self.visa_expires_month, self.visa_expires_day)
        return _date(*(whole_number(part) for part in parts))

    def details(self) -> dict[str, object]:
        return {
            "english_name": names.upper(names.clean(self.english_name.text)),
            "phone_number": phone_numbers.parse_mobile(self.phone_number.text),
            "email": self.email.text or None,
            "nationality": self.nationality.code,
            "visa": self.visa.code,
            "visa_subtype": self.visa_subtype.code,
            "visa_expires_on": self.visa_expires_on,
        }


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
